"""A laptop with a screen of its own: a process before an X server, with a window manager and a home folder."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection
from pathlib import Path

PATIENCE_S = 600.0  # a busy computer


@contextmanager
def display():
    """An X server of its own with a window manager, so that focus works as it does for people; gives its name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        # -r: no key repeats itself, however late a busy computer lets go of it
        ["Xvfb", "-r", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        name = f":{pipe.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": name}, stderr=subprocess.DEVNULL)
    try:
        yield name
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


class Screen:
    """What somebody does at that laptop: `screen.types("…")` is `AtScreen.types` there, `screen.story()` its story."""

    def __init__(self, home, display):
        home.mkdir(parents=True)
        self.name, self._display = home.name, display
        self._log = home.with_name(f"{home.name}.log")
        mine, theirs = connection.Pipe()
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "HOME": str(home),
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")},
        }
        command = [sys.executable, str(Path(__file__).with_name("at_screen.py")), str(home), str(theirs.fileno())]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=environment, pass_fds=[theirs.fileno()], stdout=log, stderr=log
            )
        theirs.close()
        self._line = mine

    def __getattr__(self, name):
        return partial(self._ask, name)

    def _ask(self, name, *given, **named):
        self._line.send((name, given, named))
        if not self._line.poll(PATIENCE_S):
            self.picture("stuck")
            raise AssertionError(f"{self.name}: {name} does not come to an end.")
        is_done, answer = self._line.recv()
        if not is_done:
            self.picture("failed")
            raise AssertionError(f"{self.name}: {name}{given}\n{answer}")
        return answer

    def picture(self, name):
        """Keeps what the screen shows, where pictures are wanted."""
        if folder := os.environ.get("OVN_DESK_PICTURES"):
            file = Path(folder) / f"{time.strftime('%H%M%S')}-{self.name}-{name}.png"
            command = ["import", "-display", self._display, "-window", "root", str(file)]
            subprocess.run(command, check=True)

    def close(self):
        """Closes the window as a person does, and ends."""
        if self._process.poll() is None:
            self._ask("end")
            self._line.send(None)
            assert self._process.wait(PATIENCE_S) == 0, self._log.read_text(encoding="utf-8", errors="replace")
        said = self._log.read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in said, said

    def kill(self):
        """Ends the process whatever it does."""
        self._process.kill()
        self._process.wait()
