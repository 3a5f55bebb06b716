"""Accepting and rejecting: a change of the desk is decided, any other is left or taken out; each can be undone."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ovn_desk.text.changes import ChangeId, State
from ovn_desk.ui.review.reason_form import ReasonForm
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.message_bar import THIS_STORY
from ovn_desk.usecases.comparing import Review
from ovn_desk.usecases.suggesting import Suggestion
from ovn_desk.usecases.writing import KeptCopy


class Decisions(QObject):
    """`is_deciding` while the text changes by a decision of this desk."""

    changed = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        steps: Steps,
        notices: Notices,
        form: ReasonForm,
        parent: QObject | None = None,
    ) -> None:
        """`form` asks for reasons."""
        super().__init__(parent)
        self._session, self._article, self._steps = session, article, steps
        self._notices, self._form = notices, form
        self.is_deciding = False
        self._undo: Callable[[], object] | None = None
        for fact in (article.opened, session.person_changed):
            fact.connect(self._forget)

    def undo(self) -> None:
        """Takes the last decision back, once."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def _forget(self) -> None:
        self._undo = None

    def decide(
        self, review: Review, change: ChangeId, *, accept: bool, known: KeptCopy, then: Callable[[], object]
    ) -> None:
        """Decides a change that is shown, and calls `then` where it is decided."""
        one = review.suggestion(change)
        if one is None:
            self._decide_reporters(review, change, accept=accept, known=known, then=then)
        elif accept and self._session.person.id != review.article.reporter:
            self._ask_why(one, then)
        else:
            self._decide(one, accept=accept, reason="", then=then)

    def _decide_reporters(
        self, review: Review, change: ChangeId, *, accept: bool, known: KeptCopy, then: Callable[[], object]
    ) -> None:
        """What the reporter wrote stays by itself; rejected, it is taken out of the text."""
        if accept:
            said = self.tr("This stays: it is accepted when the text is approved.")
            self._notices.tell_of_story(said)
            then()
            return
        before = known.base
        take_out = partial(self._steps.take_out, change, base=review.base, known=known)
        if self._act(take_out):
            undo = partial(self._act, partial(self._article.bring_back, before))
            self._say(self.tr("Taken out of the text."), undo)
            then()

    def _ask_why(self, one: Suggestion, then: Callable[[], object]) -> None:
        """An editor who keeps a change without the reporter says why."""
        self._form.ask(
            self.tr("Why does this change stay without the reporter's word?"),
            self.tr("Accept it"),
            lambda reason: self._decide(one, accept=True, reason=reason, then=then),
            about=f"accept:{self._article.id}",
        )

    def _decide(self, one: Suggestion, *, accept: bool, reason: str, then: Callable[[], object]) -> bool:
        if not self._act(partial(self._steps.decide, one.id, accept=accept, reason=reason)):
            return False
        undo = partial(self._act, partial(self._steps.withdraw_decision, one.id))
        self._say(self.tr("Accepted.") if accept else self.tr("Rejected: taken out of the text."), undo)
        then()
        return True

    def _act(self, act: Callable[[], bool]) -> bool:
        """Does something to the text that this desk knows of: what is shown follows."""
        self.is_deciding = True
        try:
            is_done = act()
        finally:
            self.is_deciding = False
        if is_done:
            self.changed.emit()
        return is_done

    def _say(self, sentence: str, undo: Callable[[], object]) -> None:
        self._undo = undo
        self._notices.said.emit(Notice(sentence, answers=[(self.tr("Undo"), lambda _: self.undo())], topic=THIS_STORY))


def words_of_change(review: Review | None, change: ChangeId | None) -> tuple[str, int, int]:
    """What came by a change, or the paragraph that something went from; no letters for anything else."""
    for field, text in review.changes.texts.items() if review else ():
        for paragraph in text.paragraphs:
            for one in paragraph.changes:
                if one.id == change:
                    start, end = one.new if one.after.strip() else paragraph.new
                    return field, start, end
            if paragraph.whole and paragraph.whole.id == change and paragraph.state is not State.MOVED_AWAY:
                return field, *paragraph.new
    return "body", 0, 0
