"""What is done with the open article: each step kept first, the slow ones off the window's thread."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain import workflow
from ovn_desk.domain.assignments import Plan, moment
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Step
from ovn_desk.ui.jobs import Worker
from ovn_desk.ui.order import Order
from ovn_desk.ui.phrases import counted
from ovn_desk.usecases import people, planning, publishing, reviewing, suggesting

if TYPE_CHECKING:
    from ovn_desk.ui.workspace import Workspace


class Steps(QObject):
    """`busy_with` says what is under way; `stop` ends it."""

    progressed = Signal(int, int)
    busy_changed = Signal()
    taken = Signal(object, str)
    """A step that was taken, and what is to be said of it."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self._space = workspace
        self.busy_with = ""
        self._is_stopped = False
        self._jobs = Worker(self)

    def finish(self) -> None:
        """Ends the work under way."""
        self.stop()
        self._jobs.finish()

    def take(self, step: Step, *, reason: str = "", note: str = "") -> bool:
        """Takes a step that needs no more than a reason or a note."""
        said = self.tr("{done} by {name}.").format(
            done=workflow.WORDS[step][1].capitalize(), name=self._space.person.name
        )
        is_done = self._try(partial(reviewing.take_step, step=step, reason=reason, note=note))
        if is_done:
            self.taken.emit(step, said)
        return is_done

    def correct(self, kind: CorrectionKind, *, said: str, in_fact: str, supersedes: str) -> bool:
        """Opens the published article for a correction, which stands in its text from now on."""
        act = partial(reviewing.correct, kind=kind, said=said, in_fact=in_fact, supersedes=supersedes)
        return self._try(act, reloads=True)

    def decide(self, change: str, *, accept: bool, reason: str = "") -> bool:
        """Accepts or rejects a change of the desk's; the text follows."""
        return self._try(partial(suggesting.decide, change=change, accept=accept, reason=reason), reloads=True)

    def assign(self, to: Staff | None, *, what: str, due: datetime | None, words: int) -> bool:
        """Gives the story to somebody, or to nobody; nothing is written where nothing changes."""
        article = self._space.article
        given = article.assignment if article else None
        now = (given.who, given.what, given.due_at, given.words) if given else ("", "", None, 0)
        if now == (to.id if to else "", what.strip(), due, words):
            return True
        return self._try(partial(planning.assign, to=to, what=what, due=due, words=words))

    def plan(self, embargo_until: datetime | None, planned_at: datetime | None, *, reason: str) -> bool:
        """Says when the story may go out and when it is meant to."""
        article = self._space.article
        plan = article.plan if article else Plan()
        if (moment(plan.embargo_until), moment(plan.planned_at)) == (embargo_until, planned_at):
            return True
        act = partial(planning.plan, embargo_until=embargo_until, planned_at=planned_at, reason=reason)
        return self._try(act)

    def keep_as_edited(self, reason: str) -> bool:
        """Keeps every undecided change of the desk's without the reporter."""
        return self._try(partial(suggesting.keep_as_edited, reason=reason))

    def approve(self, *, passphrase: str = "", override: str = "") -> None:
        """Signs the newest text, off the window's thread."""
        space = self._space
        article, person = space.id, space.person
        if article is None or not space.flush():
            return

        def sign() -> None:
            key = people.open_key(space.store, person, passphrase=passphrase)
            reviewing.approve(space.store, article, by=person, key=key, renderer=space.renderer, override=override)

        said = self.tr("Approved and signed by {name}.").format(name=person.name)
        self._act(self.tr("Signing…"), sign, lambda _: space.done.emit(said))

    def _try(self, act: Callable[..., Any], *, reloads: bool = False) -> bool:
        """Does something with the open article once its text is kept; false when it was refused, which is said."""
        space = self._space
        article = space.id
        if article is None or not space.flush():
            return False
        is_done = space.attempt(lambda: act(space.store, article, by=space.person))
        if is_done and reloads:
            space.reload(article)
        return is_done

    def export(self, order: Order) -> None:
        """Writes what was ordered, with progress; `stop` ends it with nothing written."""
        if not self._space.flush():
            return
        person = self._space.person
        self._is_stopped = False

        def move(done: int, whole: int) -> bool:
            self.progressed.emit(done, whole)
            return not self._is_stopped

        def write() -> publishing.Exported:
            return publishing.export(
                self._space.store,
                order.ids,
                to=order.to,
                by=person,
                renderer=self._space.renderer,
                format=order.form,
                as_zip=order.as_zip,
                theme=order.theme,
                progress=move,
            )

        self._act(self.tr("Exporting…"), write, lambda result: self._exported(result, order.to))

    def stop(self) -> None:
        self._is_stopped = True

    def _exported(self, result: publishing.Exported, to: Path) -> None:
        if result.refused:
            self._space.refused.emit(result.refused[0].reason)
        if result.written or result.unchanged:
            number = counted(len(result.written), "file", "files")
            self._space.done.emit(self.tr("Exported to {folder}: {number} written.").format(folder=to, number=number))

    def _act(self, what: str, function: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.busy_with = what
        self.busy_changed.emit()

        def end(then: Callable[[Any], None], value: Any) -> None:
            self.busy_with = ""
            self.busy_changed.emit()
            then(value)

        self._jobs.run(
            function, done=lambda value: end(done, value), refused=lambda why: end(self._space.refused.emit, why)
        )
