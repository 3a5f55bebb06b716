"""Sits in front of a window on a screen of its own, and does what a test asks; `screen.py` starts it.

Usage: at_screen.py HOME FD, with the display in the environment.
"""

import subprocess
import sys
import traceback
from contextlib import contextmanager
from multiprocessing import connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import claims
import laptop
import oracle
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication

from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui import preview
from ovn_desk.ui.widgets import theme

_NAMES = {Qt.Key.Key_Return: "Return", Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Tab: "Tab"}
_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_AT_ONCE = 40
"""Letters that are typed before it is seen that they came."""


class AtScreen(laptop.Laptop):
    """A laptop that says itself what of its window is not so."""

    def person(self):
        return self.space.session.person.name

    def lies(self, hub=None):
        """What the window says and the store does not hold."""
        return claims.lies(self, self.facts, hub)

    def words(self):
        """Every word that was typed anywhere and is in this store or on this screen."""
        return self.facts.words() | {word for text in self.screen() for word in oracle.WORD.findall(text)}

    def heads_of(self, story):
        """The versions of a story with which it may go on."""
        return set(self.facts.heads(story))


class Keys(QObject):
    """Keys as they come from a keyboard: through the X server, to whatever has the focus there."""

    def __init__(self):
        super().__init__()
        self._come = 0

    def eventFilter(self, _window, event):
        if event.type() == QEvent.Type.KeyRelease:
            self._come += event.key() not in _HELD
        return False

    def keyClicks(self, widget, words):  # noqa: N802 - the name of QTest
        self._reach(widget)
        for start in range(0, len(words), _AT_ONCE):
            part = words[start : start + _AT_ONCE]
            with self._heard(len(part)):
                subprocess.run(["xdotool", "type", "--delay", "2", part], check=True)

    def keyClick(self, widget, key, modifiers=None):  # noqa: N802 - the name of QTest
        self._reach(widget)
        held = "ctrl+" if modifiers == Qt.KeyboardModifier.ControlModifier else ""
        with self._heard(1):
            subprocess.run(["xdotool", "key", "--clearmodifiers", held + _NAMES[key]], check=True)

    def _reach(self, widget):
        window = widget.window()
        window.windowHandle().installEventFilter(self)  # once, however often
        window.activateWindow()
        widget.setFocus()
        self._until(lambda: QApplication.focusWidget() is widget, f"{widget} to have the focus")

    @contextmanager
    def _heard(self, count):
        before = self._come
        yield
        self._until(lambda: self._come >= before + count, f"{count} keys")

    def _until(self, condition, what):
        deadline = QDeadlineTimer(laptop.PATIENCE_MS)
        while not condition():
            assert not deadline.hasExpired(), f"waited in vain for {what}"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def main(home, line):
    """Does one thing after the other, until nobody asks any more; meanwhile the window goes on."""
    preview.prepare()
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    theme.apply(app)
    laptop.QTest = Keys()
    renderer = RenderHelper()
    there = AtScreen(renderer, home)
    while True:
        while not line.poll(0.005):
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        asked = line.recv()
        if asked is None:
            break
        name, given, named = asked
        try:
            found = getattr(there, name)
            answer = found(*given, **named) if callable(found) else found
            line.send((True, answer if isinstance(answer, (str, int, bool, Path, list, set, tuple)) else None))
        except Exception:  # the test says it, and fails
            line.send((False, traceback.format_exc()))
    renderer.close()


main(Path(sys.argv[1]), connection.Connection(int(sys.argv[2])))
