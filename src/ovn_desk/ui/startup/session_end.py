"""The system asks the desk to end, at a logout or a shutdown: the text is saved, and nobody is asked anything."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class SessionEnd(QObject):
    """Hears of it as long as it lives, or until `stop`."""

    def __init__(self, parent: QObject, close: Callable[[], object]) -> None:
        """`close` ends the desk, at once."""
        super().__init__(parent)
        self._close = close
        # Python acts on a signal once it runs again, and Qt waits in C until something happens: a byte here is that.
        self._ear, self._mouth = socket.socketpair()
        self._ear.setblocking(False)
        self._mouth.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._fd_before = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}

    def stop(self) -> None:
        """Hears no signal any more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._ear.close()
        self._mouth.close()

    def _hear(self) -> None:
        if set(self._ear.recv(64)) & set(_SIGNALS):
            self._close()
