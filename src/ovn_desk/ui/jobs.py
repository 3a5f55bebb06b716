"""Slow work off the window's thread: a pure function, and its result back on the window's thread."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from ovn_desk.domain.errors import DeskError


def give_way() -> None:
    """Threads that work let the window go on within a millisecond; Python's own five are felt in every key."""
    sys.setswitchinterval(0.001)


class _Ends(QObject):
    done = Signal(object)
    refused = Signal(str)
    broke = Signal(object)


class _Work(QRunnable):
    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self.function = function
        self.ends = _Ends()
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            result = self.function()
        except DeskError as error:
            self.ends.refused.emit(str(error))
        except BaseException as error:  # noqa: BLE001 - a bug: it is raised again on the window's thread
            self.ends.broke.emit(error)
        else:
            self.ends.done.emit(result)


class Worker(QObject):
    """One thread that does jobs in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: set[_Work] = set()

    def run(
        self,
        function: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        """Calls the function on the worker's thread, then `done` or `refused` on this one."""
        work = _Work(function)
        self._running.add(work)

        def finish(then: Callable[[Any], None], value: Any) -> None:
            self._running.discard(work)
            then(value)

        # Bound to `self`, a QObject of this thread, so that Qt brings the call here.
        relay = _Relay(self, finish, done, refused)
        work.ends.done.connect(relay.on_done)
        work.ends.refused.connect(relay.on_refused)
        work.ends.broke.connect(relay.on_broke)
        self._pool.start(work)

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def finish(self) -> None:
        """Waits for the jobs that are under way."""
        self._pool.waitForDone()


class _Relay(QObject):
    def __init__(
        self,
        parent: QObject,
        finish: Callable[[Callable[[Any], None], Any], None],
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._finish, self._done, self._refused = finish, done, refused

    def on_done(self, result: Any) -> None:
        self.deleteLater()
        self._finish(self._done, result)

    def on_refused(self, sentence: str) -> None:
        self.deleteLater()
        self._finish(self._refused, sentence)

    def on_broke(self, error: BaseException) -> None:
        self.deleteLater()

        def raise_here(value: BaseException) -> None:
            raise value

        self._finish(raise_here, error)


class Latest(QObject):
    """One kind of work where only the newest question matters: what was asked in between is never done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker(self)
        self._next: tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None]] | None = None

    def ask(self, function: Callable[[], Any], *, done: Callable[[Any], None], refused: Callable[[str], None]) -> None:
        self._next = (function, done, refused)
        if not self._worker.is_busy:
            self._start()

    def finish(self) -> None:
        self._next = None
        self._worker.finish()

    def _start(self) -> None:
        if self._next is None:
            return
        (function, done, refused), self._next = self._next, None

        def after(answer: Callable[[Any], None], value: Any) -> None:
            if self._next is None:
                answer(value)
            else:
                self._start()

        self._worker.run(function, done=lambda value: after(done, value), refused=lambda value: after(refused, value))
