"""Taking a step from the window: the bar asks for what the step needs, and says what stands in the way."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ovn_desk.domain import checklist
from ovn_desk.domain.addresses import slug_in
from ovn_desk.domain.checklist import Line, Problem
from ovn_desk.domain.workflow import RULES, State, Step
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.dialogs.correction import CorrectionDialog
from ovn_desk.ui.features.conditions import form_of, is_chief
from ovn_desk.ui.features.custody_news import CustodyNews
from ovn_desk.ui.features.feature import Feature, Reviewing
from ovn_desk.ui.state.custody import is_to_review_again, take_label, take_over_question
from ovn_desk.ui.state.key_access import KeyAccess
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.kept_dialogs import KeptDialogs
from ovn_desk.ui.widgets.message_bar import LACKING, THIS_STORY, Answer, MessageBar
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import checking, exportable, queries, suggesting
from ovn_desk.usecases.writing import KeptCopy

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing import ExportRequest

_LABELS = {
    Step.FILE: "File to the desk",
    Step.RECALL: "Recall",
    Step.TAKE: "Take for review",
    Step.RELEASE: "Release to another editor",
    Step.APPROVE: "Approve and sign",
    Step.SEND_BACK: "Send back…",
    Step.CORRECT: "Open for correction…",
    Step.WITHDRAW: "Withdraw…",
    Step.MOVE: "Move the page…",
    Step.HOLD: "Hold…",
    Step.SPIKE: "Spike…",
    Step.RESTORE: "Restore",
}
_SUBMENUS = {
    **dict.fromkeys((Step.CORRECT, Step.WITHDRAW, Step.MOVE), Submenu.PUBLISHED),
    **dict.fromkeys((Step.HOLD, Step.SPIKE, Step.RESTORE), Submenu.HOLD),
}
_REASONS = {
    Step.HOLD: "Why is “{name}” held?",
    Step.SPIKE: "Why is “{name}” dropped? It can be restored.",
    Step.WITHDRAW: "Why is “{name}” withdrawn? Readers will see this.",
}
_NOTE, _OLD_PAGE = "note", "old page"
_STARTS_GROUP, _CHANGES_HANDS = {Step.FILE, Step.CORRECT}, {Step.FILE, Step.SEND_BACK}


class WorkflowFeature(Feature):
    """Asks one thing at a time; what then is done, `Steps` does."""

    editor_wanted = Signal()
    """Somebody is to be invited who may approve what lies here."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        steps: Steps,
        *,
        key_access: KeyAccess,
        bar: MessageBar,
        show_open: Callable[[], object],
        reviewing: Reviewing,
        open_export: Callable[[], object],
        open_site_export: Callable[[], object],
        hand_over: Callable[[], object],
        decide: Callable[[], object],
        has_hub: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        """`open_export` opens the Export view for the open article, `open_site_export` for the whole site.

        `show_open` shows what of the open article is still to be settled, `decide` its versions.
        """
        super().__init__(parent)
        self._session, self._article, self._text, self._steps = session, article, text, steps
        self._key_access, self._bar, self._show_open, self._window = key_access, bar, show_open, parent
        self._dialogs, self._reviewing = KeptDialogs(bar), reviewing
        self._open_export, self._open_site_export = open_export, open_site_export
        self._hand_over, self._decide, self._has_hub = hand_over, decide, has_hub
        steps.taken.connect(self._say_taken)
        steps.exported.connect(self._say_moved_no_more)
        session.committed.connect(lambda _: self._say_standing_no_more())
        for fact in (article.opened, session.person_changed):
            fact.connect(partial(bar.withdraw, _OLD_PAGE))
            fact.connect(lambda: self._dialogs.leave_others(form_of(article, session)))
        CustodyNews(
            session, article, text, bar, take=self.take_over, recall=partial(self.take, Step.RECALL), parent=parent
        )

    def commands(self) -> Sequence[Command]:
        take_next, has_next = self.take_next, self._has_next_step
        return (
            Command("step.next", "Next step", "Ctrl+Return", Menu.STORY, take_next, has_next),
            *(self._step_command(step, label) for step, label in _LABELS.items()),
        )

    def take_next(self) -> None:
        """Takes the step that the button at the top right names; before any, somebody decides between versions."""
        if self._article.versions.are_undecided and not self._article.edit_refusal:
            self._decide()
        elif (step := self._article.next_step) is not None:
            self.take(step)
        elif self._article.lacks_editor:
            said = self.tr("Another editor approves a story: nobody approves their own, and nobody else here may.")
            answers: list[Answer] = []
            if self._session.key.is_chiefs:
                answers.append((self.tr("Invite one…"), lambda _: self.editor_wanted.emit()))
            else:
                said = f"{said} {self.tr('A chief can invite one.')}"
            self._bar.say(said, tone="warn", answers=answers, topic=THIS_STORY)

    def take(self, step: Step) -> None:
        """Takes a step, after asking for what it needs: a passphrase, a note, a reason, a folder."""
        self._key_access.with_key(partial(self._take_with_key, step))

    def send_back(self) -> None:
        """Asks the editor, in the review, what the reporter should change."""

        def send(reason: str) -> bool:
            self._key_access.with_key(lambda: self._steps.take(Step.SEND_BACK, reason=reason))
            return self._article.folded is not None and self._article.folded.state is State.SENT_BACK

        self._reviewing.open()
        question, label = self.tr("What should the reporter change?"), self.tr("Send back")
        self._ask_reason(question, label, send, about="send-back", with_comments=True)

    def ask_address(self) -> None:
        """Asks a chief for another address of the open article's page, and then for the reason."""
        folded = self._article.folded
        if folded is None or not folded.claims:
            return

        def move(new: str, why: str) -> None:
            self._key_access.with_key(lambda: self._steps.move(new, reason=why))

        def ask_why(new: str) -> None:
            question = self.tr(
                "Readers have the page by its old address, which will lead to “{new}”. Why does it move?"
            )
            self._bar.ask(
                question.format(new=new), answers=[(self.tr("Move it"), partial(move, new))], topic=THIS_STORY
            )

        old = folded.claims[-1].path
        self._bar.ask(
            self.tr("Another address for this page, in place of {old}:").format(old=old),
            value=slug_in(old),
            answers=[(self.tr("Next"), ask_why)],
            topic=THIS_STORY,
        )

    def _step_command(self, step: Step, label: str) -> Command:
        run: Callable[[], object] = partial(self.take, step)
        when: Callable[[], bool] = partial(self._may_take, step)
        if step is Step.MOVE:
            run, when = self.ask_address, self._may_move
        return Command(
            f"step.{step.value}",
            label,
            "Ctrl+Shift+R" if step is Step.SEND_BACK else "",
            Menu.STORY,
            run,
            when,
            starts_group=step in _STARTS_GROUP,
            submenu=_SUBMENUS.get(step),
            label_now=(lambda: take_label(self._session, self._article.folded)) if step is Step.TAKE else None,
        )

    def _has_next_step(self) -> bool:
        article = self._article
        is_to_decide = article.versions.are_undecided and not article.edit_refusal
        return is_to_decide or article.next_step is not None or article.lacks_editor

    def _may_take(self, step: Step) -> bool:
        return self._article.may(step) and not self._steps.busy_with

    def _may_move(self) -> bool:
        folded = self._article.folded
        return folded is not None and bool(folded.claims) and is_chief(self._session)

    def _take_with_key(self, step: Step) -> None:
        ways: dict[Step, Callable[[], object]] = {
            Step.PUBLISH: self._export,
            Step.APPROVE: self._approve,
            Step.FILE: self._ask_note,
            Step.TAKE: self._take_for_review,
            Step.SEND_BACK: self.send_back,
            Step.CORRECT: self._show_correction,
        }
        if step in ways:
            ways[step]()
        elif RULES[step].needs_reason:
            answer = self.tr(_LABELS[step]).rstrip("…")
            name = self._text.content.headline.strip() or self.tr("No headline yet")
            self._bar.ask(
                self.tr(_REASONS[step]).format(name=name),
                answers=[(answer, lambda reason: self._steps.take(step, reason=reason))],
                topic=THIS_STORY,
                needs=self.tr("A reason is needed."),
            )
        else:
            self._steps.take(step)

    def _say_taken(self, step: Step, sentence: str) -> None:
        """What changed hands may have to travel: without a hub it goes as a file."""
        answers: list[Answer] = []
        topic = _OLD_PAGE if step in {Step.WITHDRAW, Step.MOVE} else THIS_STORY
        if step in _CHANGES_HANDS and not self._has_hub():
            answers = [(self.tr("Hand over as a file…"), lambda _: self._hand_over())]
        elif topic == _OLD_PAGE:  # until the site is written again, readers have it
            answers = [(self.tr("Export the whole site…"), lambda _: self._open_site_export())]
        self._bar.say(sentence, answers=answers, topic=topic)

    def _say_standing_no_more(self) -> None:
        """The site was written since the story was withdrawn, here or by another desk."""
        folded = self._article.folded
        if folded is None or folded.state is not State.WITHDRAWN or not self._bar.tells_of(_OLD_PAGE):
            return
        if folded.id not in queries.ask(self._session.store, exportable.standing_pages):
            self._bar.withdraw(_OLD_PAGE)

    def _say_moved_no_more(self, _result: object, asked: "ExportRequest") -> None:
        """The whole site was written: the old address leads to the new one."""
        folded = self._article.folded
        if asked.ids is None and folded is not None and folded.state is not State.WITHDRAWN:
            self._bar.withdraw(_OLD_PAGE)

    def _ask_note(self) -> None:
        """Asks for a note to the editor, and says what is open: the story may be filed so, and nobody is surprised."""
        store, article = self._session.flushed_store(), self._article.id
        if store is None or article is None:
            return
        check = queries.ask(store, checking.checked_article, article)
        look: Answer = (self.tr("Look at them"), lambda _: self._show_open())
        stopping = [one for one in check.problems if one.blocks_approval and (check.ready_to_file or one.blocks_filing)]
        lines = checklist.summarise(stopping, self._text.content)
        listed = "; ".join(_say_line(line) for line in lines if line.problems)
        if not check.ready_to_file:
            sentence = self.tr("It cannot be filed yet: {listed}.").format(listed=listed)
            self._bar.say(sentence, tone="warn", answers=[look], topic=LACKING)
            return

        def file(note: str) -> None:
            self._steps.take(Step.FILE, note=note)

        question = self.tr("A note to the editor, if there is something to say:")
        if not listed:
            self._bar.ask(question, answers=[(self.tr("File"), file)], topic=THIS_STORY, name=_NOTE)
            return
        opened = self._say_opened(check.to_settle, listed)
        answers = [(self.tr("File anyway"), file), look]
        self._bar.ask(f"{opened} {question}", answers=answers, topic=THIS_STORY, name=_NOTE)

    def _take_for_review(self) -> None:
        """What another editor has is taken over only when one says so; what was taken is there to be read at once."""
        article = self._article.folded
        question = take_over_question(self._session, article) if article else ""
        if not question:
            self._take_and_open()
            return
        is_own = article is not None and article.holder == self._session.person.id
        yes = self.tr("Keep it") if is_own else self.tr("Take it over")
        self._bar.say(
            question,
            tone="warn",
            answers=[(yes, lambda _: self._take_and_open()), (self.tr("Not now"), lambda _: None)],
            topic=THIS_STORY,
        )
        self._bar.setFocus()  # it was asked for: Enter answers it, Escape puts it away

    def take_over(self) -> None:
        """Takes the open story from whoever has it: somebody was asked already."""
        self._key_access.with_key(self._take_and_open)

    def _take_and_open(self) -> None:
        if self._steps.take(Step.TAKE):
            self._reviewing.open()

    def _show_correction(self) -> None:
        def make() -> CorrectionDialog:
            chosen = self._reviewing.chosen_words
            dialog = CorrectionDialog(self._text, self._steps, self._window, said=chosen)
            dialog.accepted.connect(self._reviewing.leave)  # what was opened is there to be written
            return dialog

        about = form_of(self._article, self._session)
        self._dialogs.open(about, make, name=f"correction {about[0]} {about[1]}")

    def _approve(self) -> None:
        """Asks for what an approval needs, in the review: words for undecided changes, an override, one more Enter.

        Nothing is signed that is not shown: from anywhere else the review is opened, and no more.
        """
        reviewing = self._reviewing
        if is_to_review_again(self._article):
            self._review_again()
            return
        if self._article.id is None or not reviewing.is_shown:
            reviewing.open()
            return
        store = self._session.flushed_store()
        if store is None or not reviewing.check_shown():
            return
        undecided = len(queries.ask(store, suggesting.suggestions, self._article.id).undecided)
        problems = queries.ask(store, checking.checked_article, self._article.id).problems
        blocking = [one for one in problems if one.blocks_approval and one.rule != "suggestions"]
        if undecided:
            self._ask_as_edited(undecided)
        elif blocking:
            self._say_what_blocks(blocking)
        else:
            self._sign()

    def _review_again(self) -> None:
        """What was typed after an approval becomes a version, which nobody has approved: it is read again."""
        if not self._article.save():
            return
        if self._article.may(Step.APPROVE):
            self._reviewing.open()
        else:
            self._take_for_review()

    def _export(self) -> None:
        """Opens the Export view; that words were typed since the approval is said first, for they would not go out."""
        if not is_to_review_again(self._article):
            self._open_export()
            return
        self._bar.say(
            self.tr(
                "This text was changed after it was approved. An export takes the approved text, without the change."
            ),
            tone="warn",
            answers=[
                (self.tr("Review again"), lambda _: self._review_again()),
                (self.tr("Export what was approved"), lambda _: self._open_export()),
            ],
            topic=THIS_STORY,
        )

    def _ask_as_edited(self, undecided: int) -> None:
        def keep(reason: str) -> bool:
            is_kept = self._steps.keep_as_edited(reason)
            if is_kept:
                self._approve()
            return is_kept

        question = self.tr("The reporter has not decided {number} of the desk. Why does the text stay as edited?")
        question = question.format(number=quantity(undecided, "change", "changes"))
        self._ask_reason(question, self.tr("Keep the text as edited"), keep, about="unresolved")

    def _say_what_blocks(self, problems: Sequence[Problem]) -> None:
        """Every kind of it, the worst first: whoever passes over it knows over what."""
        listed = "; ".join(_say_line(line) for line in checklist.list_blocking(problems))
        opened = self._say_opened(checklist.count_to_settle(problems), listed)
        if not is_chief(self._session):
            self._bar.say(opened, tone="warn", topic=LACKING)
            return
        self._ask_reason(
            self.tr("{opened} A chief may approve all the same; readers will see that. Why?").format(opened=opened),
            self.tr("Approve all the same"),
            lambda reason: self._sign(override=reason),
            about="override",
        )

    def _say_opened(self, number: int, listed: str) -> str:
        return self.tr("{number} to settle before approval: {listed}.").format(number=number, listed=listed)

    def _ask_reason(
        self, question: str, label: str, then: Callable[[str], object], *, about: str, with_comments: bool = False
    ) -> None:
        """Asks in the review; what was said of the story goes first, so that the box stays where it opens."""
        self._bar.withdraw(THIS_STORY)
        self._reviewing.ask(question, label, then, about=about, with_comments=with_comments)

    def _sign(self, *, override: str = "") -> None:
        def sign(known: KeptCopy) -> None:
            self._key_access.with_key(lambda: self._steps.approve(known=known, override=override))

        self._reviewing.confirm(sign)


def _say_line(line: Line) -> str:
    """A line of what is open as a part of a sentence; the words of the place in brackets, which end no sentence."""
    said = str(line.said).rstrip(".")
    return f"{said} ({line.words})" if line.words else said
