"""One window on a store: the first has the lock and listens, a later start hands over what it was asked to open."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from ovn_desk import lock
from ovn_desk.lock import Holder, StoreLock, StoreTaken

PATIENCE_MS = 30_000
"""A window that listens answers within this, in a long piece of work on a slow laptop, too."""
OPENING_PATIENCE_MS = 180_000
"""One that does not listen is just starting or just closing: on a slow laptop that takes minutes."""
_AGAIN_MS = 100
_LONGEST = 64 * 1024
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


@dataclass(frozen=True, slots=True)
class Request:
    """What a start was asked to open. `tokens` are the desktop's leave to come to the front."""

    files: tuple[str, ...] = ()
    article: str = ""
    tokens: tuple[tuple[str, str], ...] = ()


def request(files: Iterable[Path], article: str) -> Request:
    """What this start was asked to open, as another process has to be told."""
    tokens = tuple((name, os.environ[name]) for name in _TOKENS if name in os.environ)
    return Request(tuple(str(file.absolute()) for file in files), article, tokens)


class Instance(QObject):
    """The process that is the window of a store.

    Nobody is told where it listens before `answer_calls`: until its window is there, nobody would be answered.
    """

    called = Signal(object)
    """A later start asks this window to come to the front and to open a Request."""

    def __init__(self, held: StoreLock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = held
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        if held.left and held.left.is_here and held.left.address:
            QLocalServer.removeServer(held.left.address)
        self._server.listen(f"ovn-desk-{os.getpid()}-{secrets.token_hex(4)}")

    @property
    def was_stopped(self) -> bool:
        """Whether the window before this one was killed, or its computer stopped, instead of being closed."""
        return self._lock.left is not None and self._lock.left.program == lock.WINDOW

    def answer_calls(self) -> None:
        """The window is there: once its events run, later starts are told where it listens."""
        QTimer.singleShot(0, self._publish)

    def stop_listening(self) -> None:
        """The window closes: a later start waits until the store is free."""
        self._server.close()
        self._lock.publish("")

    def release(self) -> None:
        """Lets another window have the store."""
        self._server.close()
        self._lock.release()

    def _publish(self) -> None:
        if self._server.isListening():
            self._lock.publish(self._server.fullServerName())

    def _welcome(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(lambda socket=socket: self._answer(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            asked = _parse(bytes(socket.readLine().data()))
        except ValueError:
            socket.abort()
            return
        socket.write(b"shown\n")
        socket.flush()
        socket.disconnectFromServer()
        self.called.emit(asked)


def claim(path: Path, asked: Request, *, is_taking_over: bool = False) -> Instance | None:
    """Becomes the window of the store; none when there is one already and it was asked to come to the front.

    Waits while that one is just starting or just closing. Raises StoreTaken when another process has the store and does
    not answer, and DeskError when there can be no lock.
    """
    seen: tuple[int, str] | None = None
    deadline = QDeadlineTimer()
    while True:
        try:
            return Instance(lock.take(path, program=lock.WINDOW, is_taking_over=is_taking_over))
        except StoreTaken as taken:
            holder = taken.holder
            if holder is None or not _may_answer(taken, holder):
                raise
            if seen != (holder.pid, holder.address):  # each has its own time to start, to answer and to close
                seen = holder.pid, holder.address
                deadline = QDeadlineTimer(PATIENCE_MS if holder.address else OPENING_PATIENCE_MS)
            if holder.address and _call(holder, asked, deadline):
                return None
            if deadline.hasExpired():
                raise StoreTaken(path, holder, is_silent=True) from taken
        QThread.msleep(_AGAIN_MS)


def show_in_front(window: QWidget, asked: Request) -> None:
    """Brings a window to the front, or makes the desktop point at it where that is not allowed."""
    os.environ.update(asked.tokens)
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


def _may_answer(taken: StoreTaken, holder: Holder) -> bool:
    return taken.is_certain and holder.program == lock.WINDOW and holder.is_here and holder.is_same_user


def _call(holder: Holder, asked: Request, deadline: QDeadlineTimer) -> bool:
    """Whether the window that listens there says that it comes to the front."""
    _give_way_to(holder)
    socket = QLocalSocket()
    socket.connectToServer(holder.address)
    if not socket.waitForConnected(_time_left(deadline)):
        return False
    socket.write(json.dumps(asdict(asked)).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_time_left(deadline)):
            return False
    return bytes(socket.readLine().data()) == b"shown\n"


def _time_left(deadline: QDeadlineTimer) -> int:
    return max(1, deadline.remainingTime())


def _parse(line: bytes) -> Request:
    """The request of another process; raises ValueError for anything else."""
    data = json.loads(line)
    try:
        tokens = tuple((str(name), str(value)) for name, value in data["tokens"] if name in _TOKENS)
        files = tuple(str(file) for file in data["files"])
        return Request(files, str(data["article"]), tokens)
    except (KeyError, TypeError) as error:
        raise ValueError from error


def _give_way_to(holder: Holder) -> None:
    """Windows lets only the program in front give the front to another."""
    import ctypes

    if windll := getattr(ctypes, "windll", None):
        windll.user32.AllowSetForegroundWindow(holder.pid)
