"""Work that may take long: what is under way, how far it is, how long it still takes, and how to stop it."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.widgets.phrases import time_left

Progress = Callable[[int, int], bool]
"""Told how many of how many are done; False asks to stop."""
_FORETELLS_AFTER = 2.0  # seconds of work that say something about the rest
_TELLS_EVERY = 0.1  # seconds


class Task:
    """One piece of work. `things` says how much, as `{done} of {whole} files`; `whole` is 0 while that is not known."""

    def __init__(self, work: "LongWork", what: str, things: str, *, may_stop: bool) -> None:
        self.what, self.things, self.may_stop = what, things, may_stop
        self.done = self.whole = 0
        self.is_stopping = False
        self._work, self._began, self._told = work, time.monotonic(), 0.0

    def move(self, done: int, whole: int) -> bool:
        """Notes how far the work is, from any thread; False where it was asked to stop."""
        self.done, self.whole = done, whole
        now = time.monotonic()
        if done >= whole or now - self._told > _TELLS_EVERY:
            self._told = now
            self._work.moved.emit()
        return not self.is_stopping

    def stop(self) -> None:
        """Asks the work to stop; it ends soon after."""
        self.is_stopping = True
        self._work.moved.emit()

    def end(self) -> None:
        """Notes that it is done, or given up."""
        self._work.end(self)

    @property
    def sentence(self) -> str:
        """What is being done, how much of it is done, and how long it still takes."""
        parts = [self.what]
        if self.is_stopping:
            return " · ".join((self.what, _translate("stopping…")))
        if self.whole > 1 and self.things:
            parts.append(self.things.format(done=self.done, whole=self.whole))
        if seconds := self.seconds_left:
            parts.append(time_left(seconds))
        return " · ".join(parts)

    @property
    def seconds_left(self) -> float:
        """How long it still takes at its pace up to now; 0 where that can not be said yet."""
        spent = time.monotonic() - self._began
        if not self.done or self.done >= self.whole or spent < _FORETELLS_AFTER:
            return 0.0
        return spent / self.done * (self.whole - self.done)


class LongWork(QObject):
    """What is under way in the window's workers, the newest last."""

    changed = Signal()
    """Something began or ended."""
    moved = Signal()
    """Something is further than before, or was asked to stop."""
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: list[Task] = []
        self._ended.connect(self.end)

    def begin(self, what: str, things: str = "", *, may_stop: bool = False) -> Task:
        """Notes that something is under way, until its task is ended."""
        task = Task(self, what, things, may_stop=may_stop)
        self.tasks.append(task)
        self.changed.emit()
        return task

    def end(self, task: Task) -> None:
        """Notes that a task has ended; once more does nothing."""
        if task in self.tasks:
            self.tasks.remove(task)
            self.changed.emit()

    def run(
        self,
        worker: Worker,
        function: Callable[[Progress], Any],
        *,
        what: str,
        things: str = "",
        may_stop: bool = False,
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> Task:
        """Calls a function that says how far it is on a worker's thread, then `done` or `refused` on this one.

        `may_stop` is given where the function ends when it is asked to.
        """
        task = self.begin(what, things, may_stop=may_stop)

        def work() -> Any:
            try:
                return function(task.move)
            finally:
                self._ended.emit(task)

        def follow(then: Callable[[Any], None], value: Any) -> None:
            self.end(task)
            then(value)

        worker.run(work, done=partial(follow, done), refused=partial(follow, refused))
        return task

    def stop(self) -> None:
        """Asks all that is under way to stop."""
        for task in self.tasks:
            task.stop()


def _translate(text: str) -> str:
    return QCoreApplication.translate("LongWork", text)
