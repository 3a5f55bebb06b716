"""Taking a step from the window: the bar asks for what the step needs, and says what stands in the way."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from ovn_desk.domain.addresses import slug_in
from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import RULES, Step
from ovn_desk.ui.correction import CorrectionDialog
from ovn_desk.ui.notices import Answer
from ovn_desk.ui.phrases import counted
from ovn_desk.usecases import checking, suggesting

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk

_REASONS = {
    Step.SEND_BACK: "What should the reporter change?",
    Step.HOLD: "Why is it held?",
    Step.SPIKE: "Why is it dropped? It can be restored.",
    Step.WITHDRAW: "Why is it withdrawn? Readers will see this.",
}
_CHANGES_HANDS = {Step.FILE, Step.SEND_BACK}


def take_next(desk: "Desk") -> None:
    if (step := desk.workspace.article.next_step) is not None:
        take(desk, step)


def take(desk: "Desk", step: Step) -> None:
    """Takes a step, after asking for what it needs: a passphrase, a note, a reason, a folder."""
    with_key(desk, partial(_take_with_key, desk, step))


def _take_with_key(desk: "Desk", step: Step) -> None:
    special: dict[Step, Callable[[], None]] = {
        Step.PUBLISH: desk.export_this,
        Step.APPROVE: partial(_approve, desk),
        Step.FILE: partial(_file, desk),
        Step.TAKE: partial(_take, desk),
        Step.CORRECT: partial(_correct, desk),
    }
    if step in special:
        special[step]()
    elif RULES[step].needs_reason:
        name = desk.actions_by_name[f"step.{step.value}"].text().rstrip("…")
        desk.bar.ask(_said(_REASONS[step]), answers=[(name, _with_reason(desk, step))])
    else:
        desk.workspace.steps.take(step)


def say_taken(desk: "Desk", step: Step, sentence: str) -> None:
    """What changed hands may have to travel: without a hub it goes as a file."""
    travels = step in _CHANGES_HANDS and not desk.sharing.hub.address
    answers: list[Answer] = []
    if travels:
        answers = [(_said("Hand over as a file…"), lambda _: desk.sharing.hand_over())]
    elif step in {Step.WITHDRAW, Step.MOVE}:  # until the site is written again, readers have it
        answers = [(_said("Export the whole site…"), lambda _: desk.export_site())]
    desk.bar.say(sentence, answers=answers)


def _with_reason(desk: "Desk", step: Step) -> Callable[[str], object]:
    return lambda reason: desk.workspace.steps.take(step, reason=reason)


def _file(desk: "Desk") -> None:
    desk.bar.ask(
        _said("A note to the editor, if there is something to say:"),
        answers=[(_said("File"), lambda note: desk.workspace.steps.take(Step.FILE, note=note))],
    )


def _take(desk: "Desk") -> None:
    """What another editor has is taken over only when one says so."""
    space = desk.workspace
    article = space.article.folded
    if article is None or article.holder in {None, space.session.person.id}:
        space.steps.take(Step.TAKE)
        return
    with space.session.read() as reading:
        holder = reading.person(article.holder or "")
    since = f"{article.held_since.astimezone():%H:%M}" if article.held_since else ""
    desk.bar.say(
        _said("{name} has this article since {since}. They will see that you took it over.").format(
            name=holder.name, since=since
        ),
        tone="warn",
        answers=[(_said("Take it over"), lambda _: space.steps.take(Step.TAKE))],
    )


def _correct(desk: "Desk") -> None:
    dialog = CorrectionDialog(desk.workspace.text, desk.workspace.steps, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def _approve(desk: "Desk") -> None:
    """Asks for what an approval needs, one thing at a time: words for undecided changes, an override, a passphrase."""
    space = desk.workspace
    if space.article.id is None or not space.article.save():  # what an editor changed just now is a change, too
        return
    store = space.session.flushed_store()
    if store is None:
        return
    with store.read() as reading:
        undecided = len(suggesting.suggestions(reading, space.article.id).undecided)
        problems = [p for p in checking.checked_article(reading, space.article.id).problems if p.blocks_approval]
    left = [problem for problem in problems if problem.rule != "suggestions"]
    if undecided:
        _ask_as_edited(desk, undecided)
    elif left:
        _say_what_blocks(desk, left)
    else:
        _sign(desk)


def _ask_as_edited(desk: "Desk", undecided: int) -> None:
    number = counted(undecided, "change", "changes")

    def keep(reason: str) -> None:
        if desk.workspace.steps.keep_as_edited(reason):
            _approve(desk)

    desk.bar.ask(
        _said("The reporter has not decided {number} of the desk. Why does the text stay as edited?").format(
            number=number
        ),
        answers=[(_said("Keep as edited"), keep)],
    )


def _say_what_blocks(desk: "Desk", problems: list[Problem]) -> None:
    first = problems[0].message
    more = _said(" And {number} more.").format(number=len(problems) - 1) if len(problems) > 1 else ""
    if desk.workspace.session.person.role is not Role.CHIEF:
        desk.bar.say(f"{first}{more}", tone="warn", answers=[(_said("Show"), lambda _: desk.show_tab(desk.details))])
        return
    desk.bar.ask(
        _said("{first}{more} A chief may approve all the same; readers will see that. Why?").format(
            first=first, more=more
        ),
        answers=[(_said("Override and sign"), lambda reason: _sign(desk, override=reason))],
    )


def _sign(desk: "Desk", *, override: str = "") -> None:
    with_key(desk, lambda: desk.workspace.steps.approve(override=override))


def move_page(desk: "Desk") -> None:
    """Asks a chief for another address of the open article's page, and then for the reason."""
    space = desk.workspace
    folded = space.article.folded
    if folded is None or not folded.claims:
        return

    def ask_why(new: str) -> None:
        desk.bar.ask(
            _said("Readers have the page by its old address, which will lead to “{new}”. Why does it move?").format(
                new=new
            ),
            answers=[(_said("Move it"), lambda why: with_key(desk, lambda: space.steps.move(new, reason=why)))],
        )

    desk.bar.ask(
        _said("Another address for this page, in place of {old}:").format(old=folded.claims[-1].path),
        value=slug_in(folded.claims[-1].path),
        answers=[(_said("Next"), ask_why)],
    )


def believe_clock(desk: "Desk") -> None:
    """A chief says that the clock here is right, which a refused export asks for."""
    session, notices = desk.workspace.session, desk.workspace.notices

    def believe(why: str) -> None:
        if notices.try_action(lambda: session.believe_clock(why)):
            notices.done.emit(_said("This computer's clock is believed. Export again."))

    desk.bar.ask(
        _said("Records here are of a later time than this computer's clock. How do you know that it is right?"),
        answers=[(_said("It is right"), lambda why: with_key(desk, lambda: believe(why)))],
    )


def with_key(desk: "Desk", act: Callable[[], object]) -> None:
    """Does something that has to be signed, after asking once for the passphrase of who sits here."""
    session, notices = desk.workspace.session, desk.workspace.notices
    if session.is_signing or not session.is_sealed:
        act()
        return

    def open_it(passphrase: str) -> None:
        if notices.try_action(lambda: session.open_key(passphrase)):
            act()

    desk.bar.ask(
        _said("Passphrase of {name}").format(name=session.person.name),
        answers=[(_said("Open my key"), open_it)],
        secret=True,
    )


def _said(text: str) -> str:
    return QCoreApplication.translate("Stepping", text)
