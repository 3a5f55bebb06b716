"""What is done with the open article: each step kept first, the slow ones off the window's thread."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, RevisionId
from ovn_desk.domain.assignments import Plan, parse_moment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import FORMATS
from ovn_desk.signing import Signer
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.long_work import Progress, Task
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases import planning, reviewing, suggesting
from ovn_desk.usecases.queries import Store
from ovn_desk.usecases.writing import KeptCopy

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing import Exported, ExportRequest


class Steps(QObject):
    """`busy_with` says what is under way; `stop` ends it where `may_stop`."""

    progressed = Signal(int, int)
    busy_changed = Signal()
    taken = Signal(object, str)
    """A step that was taken, and what is to be said of it."""
    exported = Signal(object, object)
    """`publishing.Exported` and the request that it came of."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self.busy_with = ""
        self._task: Task | None = None
        self._jobs = Worker(self)

    def finish(self) -> None:
        """Ends the work under way."""
        self.stop()
        self._jobs.finish()

    def take(self, step: Step, *, reason: str = "", note: str = "") -> bool:
        """Takes a step that needs no more than a reason or a note."""
        name = self._session.person.name
        folded = self._article.folded
        is_kept = step is Step.TAKE and folded is not None and folded.holder == self._session.person.id
        said = self.tr("{done} by {name}.").format(done=str(workflow.step_done(step)).capitalize(), name=name)
        if is_kept:  # two took it: whoever has it takes nothing
            said = self.tr("{name} keeps this story.").format(name=name)
        is_done = self._act_on(
            lambda store, article, known: reviewing.take_step(
                store, article, step, by=self._session.by, reason=reason, note=note, known=known
            )
        )
        if is_done:
            self.taken.emit(step, said)
        return is_done

    def correct(
        self,
        kind: CorrectionKind,
        *,
        said: str,
        in_fact: str,
        supersedes: str,
        refused: Callable[[str], object] | None = None,
    ) -> bool:
        """Opens the published article for a correction, which stands in its text from now on.

        Why it can not be opened is told to `refused`, where the words are written, or else in the bar.
        """
        return self._act_on(
            lambda store, article, _: reviewing.correct(
                store, article, by=self._session.by, kind=kind, said=said, in_fact=in_fact, supersedes=supersedes
            ),
            refused=refused,
        )

    def move(self, new: str, *, reason: str) -> bool:
        """Gives the published page another address; the old one leads there from the next export on."""
        from ovn_desk.usecases.publishing import moving  # not needed to begin

        is_done = self._act_on(
            lambda store, article, _: moving.move(store, article, new, by=self._session.by, reason=reason)
        )
        if is_done:
            said = self.tr("The page has a new address. Export the whole site: the old one then leads there.")
            self.taken.emit(Step.MOVE, said)
        return is_done

    def decide(self, change: str, *, accept: bool, reason: str = "") -> bool:
        """Accepts or rejects a change of the desk's; the text follows."""
        return self._act_on(
            lambda store, article, known: suggesting.decide(
                store, article, change, accept=accept, by=self._session.by, reason=reason, known=known
            )
        )

    def withdraw_decision(self, change: str) -> bool:
        """Takes a decision about a change of the desk's back; the text has it again, and it waits to be decided."""
        return self._act_on(
            lambda store, article, known: suggesting.withdraw_decision(
                store, article, change, by=self._session.by, known=known
            )
        )

    def take_out(self, change: str, *, base: RevisionId | None, known: KeptCopy) -> bool:
        """Takes one change since the version `base` out of the text `known`."""
        return self._act_on(
            lambda store, article, _: suggesting.take_out(
                store, article, change, base=base, by=self._session.by, known=known
            )
        )

    def assign(self, to: Staff | None, *, what: str, due: datetime | None, words: int) -> bool:
        """Gives the story to somebody, or to nobody; nothing is written where nothing changes."""
        folded = self._article.folded
        given = folded.assignment if folded else None
        now = (given.who, given.what, given.due_at, given.words) if given else ("", "", None, 0)
        if now == (to.id if to else "", what.strip(), due, words):
            return True
        return self._act_on(
            lambda store, article, _: planning.assign(
                store, article, by=self._session.by, to=to, what=what, due=due, words=words
            )
        )

    def plan(self, embargo_until: datetime | None, planned_at: datetime | None, *, reason: str) -> bool:
        """Says when the story may go out and when it is meant to."""
        folded = self._article.folded
        plan = folded.plan if folded else Plan()
        if (parse_moment(plan.embargo_until), parse_moment(plan.planned_at)) == (embargo_until, planned_at):
            return True
        return self._act_on(
            lambda store, article, _: planning.plan(
                store, article, by=self._session.by, embargo_until=embargo_until, planned_at=planned_at, reason=reason
            )
        )

    def keep_as_edited(self, reason: str) -> bool:
        """Keeps every undecided change of the desk's without the reporter."""
        return self._act_on(
            lambda store, article, known: suggesting.keep_as_edited(
                store, article, by=self._session.by, reason=reason, known=known
            )
        )

    def approve(self, *, known: KeptCopy | None = None, override: str = "") -> None:
        """Signs the text `known`, which whoever signs has before them, off the window's thread: no other.

        Without it, that is the text of this window.
        """
        store, article, by = self._session.flushed_store(), self._article.id, self._signer()
        if store is None or article is None or by is None:
            return
        known, renderer = known or self._text.known, self._session.renderer

        def sign(_: Progress) -> None:
            reviewing.approve(store, article, by=by, renderer=renderer, override=override, known=known)

        said = self.tr("Approved and signed by {name}.").format(name=by.name)
        self._article.hold(self.tr("This text is being signed."))

        def tell(_: None) -> None:
            if self._article.id == article:  # of no other story
                self._notices.tell_of_story(said)

        self._work(self.tr("Signing"), sign, tell)

    def export(self, asked: "ExportRequest") -> None:
        """Writes what was asked for, with progress; `stop` ends it with nothing written."""
        from ovn_desk.usecases import publishing  # not needed to begin

        store, by, renderer = self._session.flushed_store(), self._signer(), self._session.renderer
        print_folder = self._session.print_folder
        if store is None or by is None:
            return
        what, things = self.tr("Exporting"), self.tr("{done} of {whole} stories")
        if FORMATS[asked.format].weight > 1:
            things = self.tr("{done} of {whole} steps")

        def write(progress: Progress) -> "Exported":
            def move(done: int, whole: int) -> bool:
                self.progressed.emit(done, whole)
                return progress(done, whole)

            return publishing.export(store, asked, by=by, renderer=renderer, print_folder=print_folder, progress=move)

        self._work(what, write, lambda result: self.exported.emit(result, asked), things=things, may_stop=True)

    def _signer(self) -> Signer | None:
        """Who signs; none, and why is said, where their key is not open."""
        try:
            return self._session.by
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return None

    @property
    def may_stop(self) -> bool:
        """Whether what is under way ends when it is asked to."""
        return self._task is not None and self._task.may_stop

    def stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _act_on(
        self, act: Callable[[Store, ArticleId, KeptCopy], Any], *, refused: Callable[[str], object] | None = None
    ) -> bool:
        """Does something with the open article once its text is kept; false when it was refused, which is said."""
        store, article = self._session.flushed_store(), self._article.id
        if store is None or article is None:
            return False
        known = self._text.known
        try:
            act(store, article, known)
        except DeskError as error:
            (refused or self._notices.refused.emit)(str(error))
            return False
        return True

    def _work(
        self,
        what: str,
        function: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        things: str = "",
        may_stop: bool = False,
    ) -> None:
        def end(then: Callable[[Any], None], value: Any) -> None:
            self.busy_with, self._task = "", None
            self._article.hold("")
            self.busy_changed.emit()
            then(value)

        self._task = self._notices.work.run(
            self._jobs,
            function,
            what=what,
            things=things,
            may_stop=may_stop,
            done=lambda value: end(done, value),
            refused=lambda why: end(self._notices.refused.emit, why),
        )
        self.busy_with = f"{what}…"
        self.busy_changed.emit()
