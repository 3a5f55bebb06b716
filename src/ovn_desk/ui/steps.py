"""What is done with the open article: each step kept first, the slow ones off the window's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import Step
from ovn_desk.ui.jobs import Worker
from ovn_desk.ui.phrases import counted
from ovn_desk.usecases import housekeeping, publishing, reviewing, suggesting

if TYPE_CHECKING:
    from ovn_desk.ui.workspace import Workspace


class Steps(QObject):
    """`busy_with` says what is under way; `stop` ends it."""

    progressed = Signal(int, int)
    busy_changed = Signal()

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

    def take(self, step: Step, *, reason: str = "") -> None:
        article = self._space.id
        if article is None or not self._space.flush():
            return
        said = workflow.WORDS[step][1].capitalize()
        if self._space.attempt(
            lambda: reviewing.take_step(self._space.store, article, step, by=self._space.person, reason=reason)
        ):
            self._space.done.emit(self.tr("{done} by {name}.").format(done=said, name=self._space.person.name))

    def decide(self, change: str, *, accept: bool, reason: str = "") -> bool:
        """Accepts or rejects a change of the desk's; the text follows. False when it could not be done."""
        article = self._space.id
        if article is None or not self._space.flush():
            return False
        done = self._space.attempt(
            lambda: suggesting.decide(
                self._space.store, article, change, accept=accept, by=self._space.person, reason=reason
            )
        )
        if done:
            self._space.reload(article)
        return done

    def approve(self, *, passphrase: str = "") -> None:
        """Signs the newest text, off the window's thread."""
        article, person = self._space.id, self._space.person
        if article is None or not self._space.flush():
            return

        def sign() -> None:
            key = housekeeping.open_key(self._space.store, person, passphrase=passphrase)
            reviewing.approve(self._space.store, article, by=person, key=key, renderer=self._space.renderer)

        said = self.tr("Approved and signed by {name}.").format(name=person.name)
        self._act(self.tr("Signing…"), sign, lambda _: self._space.done.emit(said))

    def export(self, to: Path, *, ids: list[ArticleId] | None) -> None:
        """Writes the site, with progress; `stop` ends it with nothing written."""
        if not self._space.flush():
            return
        person = self._space.person
        self._is_stopped = False

        def move(done: int, whole: int) -> bool:
            self.progressed.emit(done, whole)
            return not self._is_stopped

        def write() -> publishing.Exported:
            return publishing.export(
                self._space.store, ids, to=to, by=person, renderer=self._space.renderer, progress=move
            )

        self._act(self.tr("Exporting…"), write, lambda result: self._exported(result, to))

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
