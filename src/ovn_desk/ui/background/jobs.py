"""Slow work off the window's thread: a pure function, and its result back on the window's thread."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from itertools import count
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from ovn_desk.domain.errors import DeskError

_Job = tuple[Future[Any], Callable[[Any], None], Callable[[str], None]]


def give_way() -> None:
    """Threads that work let the window go on within a millisecond; Python's own five are felt in every key."""
    sys.setswitchinterval(0.001)


class Worker(QObject):
    """One thread that does jobs in order. It ends with the worker, which waits for the jobs still to do.

    A job is an entry in a dict until its end has come, and no Qt object: nothing of it can stay behind.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread = ThreadPoolExecutor(max_workers=1)
        self._jobs: dict[int, _Job] = {}
        self.destroyed.connect(lambda: thread.shutdown(wait=True))

    def run(
        self,
        function: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        """Calls the function on the worker's thread, then `done` or `refused` on this one.

        What else it raises is raised again on this thread. Nothing is called once the worker is destroyed.
        """
        future = self._thread.submit(function)
        mailbox = _mailbox()
        number = mailbox.expect(self)
        self._jobs[number] = (future, done, refused)
        future.add_done_callback(partial(mailbox.announce, number))

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    def finish(self) -> None:
        """Waits for the jobs that are under way."""
        if self._jobs:
            self._thread.submit(int).result()

    def settle(self) -> None:
        """Waits for the jobs that are under way, and calls at once what they were to call."""
        self.finish()
        for number in tuple(self._jobs):
            self.answer(number)

    def answer(self, number: int) -> None:
        """Calls what a job that has ended was to call, once."""
        if number not in self._jobs:
            return
        future, done, refused = self._jobs.pop(number)
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, DeskError):
            refused(str(error))
        else:
            try:
                raise error
            finally:
                del error, future  # the error's traceback has this frame, and would keep both alive


class _Mailbox(QObject):
    """Takes the ends of jobs from all threads to the window's, for as long as the program runs."""

    _ended = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)
        self._workers: dict[int, Worker] = {}
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def expect(self, worker: Worker) -> int:
        """A number for a new job of this worker."""
        number = next(self._numbers)
        self._workers[number] = worker
        return number

    def announce(self, number: int, _future: object) -> None:
        """Called on any thread when the job with this number has ended."""
        self._ended.emit(number)

    def _deliver(self, number: int) -> None:
        worker = self._workers.pop(number)
        if shiboken6.isValid(worker):
            worker.answer(number)


@cache
def _mailbox() -> _Mailbox:
    return _Mailbox()


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
        self._worker.run(function, done=partial(self._after, done), refused=partial(self._after, refused))

    def _after(self, answer: Callable[[Any], None], value: Any) -> None:
        if self._next is None:
            answer(value)
        else:
            self._start()
