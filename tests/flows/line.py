"""The line to a PostgreSQL, which a test can cut and mend: a socket that hands on whatever comes."""

import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

_NAME = ".s.PGSQL.5432"


class Line:
    """A folder that stands for the server's: `host` of an address."""

    def __init__(self, server):
        self._server = Path(server) / _NAME
        self.folder = Path(tempfile.mkdtemp(dir="/tmp"))  # the name of a socket has to be short
        self._ends = []
        self._listener = None
        self.mend()

    def mend(self):
        """From now on connections go through."""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / _NAME))
        self._listener.listen()
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self):
        """Nobody comes through, and who was connected is no more."""
        (self.folder / _NAME).unlink(missing_ok=True)
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def close(self):
        self.cut()
        shutil.rmtree(self.folder)

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._server))
            self._ends += [near, far]
            for here, there in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(here, there), daemon=True).start()


def _pump(here, there):
    with suppress(OSError):
        while data := here.recv(65_536):
            there.sendall(data)
    with suppress(OSError):
        there.shutdown(socket.SHUT_WR)
