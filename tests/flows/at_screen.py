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

import laptop
import oracle
from conflicts import COMBINED, CONFLICTS
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication

import claims
from ovn_desk.domain.house import Role
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui import preview
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import people

_NAMES = {Qt.Key.Key_Return: "Return", Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Tab: "Tab"}
_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_AT_ONCE = 40
"""Letters that are typed before it is seen that they came."""


class AtScreen(laptop.Laptop):
    """A laptop that says itself what of its window is not so."""

    _hub_seen = None
    """What the hub held at the end of the last round."""

    def person(self):
        return self.space.session.person.name

    def lies(self):
        """What the window says and the store does not hold, nor the hub as it was seen last."""
        return claims.lies(self, self.facts, self._hub_seen)

    def changes(self, kind, word):
        """Changes the open story as one of two who do not know of each other: the reporter is the first."""
        by_reporter, by_other = (CONFLICTS | COMBINED)[kind]
        (by_reporter if self.space.session.person.role is Role.REPORTER else by_other)(self, word)

    def records(self):
        return set(self.facts.records)

    def refusal(self):
        """Why nobody may write here, or nothing."""
        return self.space.article.edit_refusal

    def why_not(self):
        """Why the last round did not come to its end."""
        return self.hub.why_not

    def sees_hub(self, server, database):
        """What the hub holds is known from now on, and anew after each round."""
        self.saw_hub = lambda: setattr(self, "_hub_seen", oracle.read_hub(server, database))
        self.saw_hub()

    def makes_hub(self, address):
        """The chief names an empty database, and makes it the newsroom's hub."""
        form = self.fills_in_hub(address)
        form.test.click()
        self.until(form.remedy.isVisible)
        form.remedy.click()
        self.until(lambda: "hub is made" in form.verdict.text())
        form.save.click()
        self.until(lambda: "Synced" in self.hub.standing())
        self.rest()

    def retires(self, name):
        """The chief shows somebody out."""
        people.retire_staff(self.start.store, name, by=self.space.session.by)

    def words(self):
        """Every word that was typed anywhere and is in this store or on this screen."""
        return self.facts.words() | {word for text in self.screen() for word in oracle.WORD.findall(text)}

    def versions_of(self, story):
        """What each version of a story says and was made from: why it has as many heads as it has."""
        return "\n".join(f"{name}: {one}" for name, one in self.facts.of(story).items())

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

    def keyClicks(self, widget, words):
        self._reach(widget)
        for start in range(0, len(words), _AT_ONCE):
            part = words[start : start + _AT_ONCE]
            with self._heard(len(part)):
                subprocess.run(["xdotool", "type", "--delay", "2", part], check=True)

    def keyClick(self, widget, key, modifiers=None):
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
            line.send((True, answer if isinstance(answer, (str, int, Path, list, set, tuple)) else None))
        except Exception:  # noqa: BLE001 - the test says it, and fails
            line.send((False, traceback.format_exc()))
    renderer.close()


main(Path(sys.argv[1]), connection.Connection(int(sys.argv[2])))
