"""Enter presses the button that has the keyboard: each kind of button, and every button of every view."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from ovn_desk.ui.widgets.button_keys import ButtonKeys
from scenes import SCENES

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def show(qtbot):
    """Shows a button in a window or a dialog, beside a default button where that is a dialog."""

    def shown(around, button):
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok) if isinstance(around, QDialog) else QPushButton("Ok")
        row = QHBoxLayout(around)
        row.addWidget(box)
        row.addWidget(button)
        qtbot.addWidget(around)
        around.show()
        around.activateWindow()
        qtbot.waitUntil(around.isActiveWindow)
        button.setFocus()
        around.presses = []
        button.clicked.connect(lambda: around.presses.append("focused"))
        (box.accepted if isinstance(around, QDialog) else box.clicked).connect(lambda: around.presses.append("other"))
        return around

    return shown


@pytest.mark.parametrize("key", ENTER)
@pytest.mark.parametrize("around", [QWidget, QDialog])
@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
def test_enter_presses_the_button_with_the_keyboard_and_no_other(show, kind, around, key):
    keys, button = QObject(), kind()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if kind is QPushButton:
        button.setAutoDefault(False)
    ButtonKeys(keys)
    shown = show(around(), button)
    QTest.keyClick(button, key)
    assert shown.presses == ["focused"]
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert shown.presses == ["focused"] * 2
    QTest.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert "focused" not in shown.presses[2:], "Ctrl+Enter is the story's"


def test_enter_answers_no_tick_box(show):
    keys, tick = QObject(), QCheckBox("I have written these words on paper")
    ButtonKeys(keys)
    shown = show(QWidget(), tick)
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert shown.presses == []
    assert not tick.isChecked()


class Fallen(QObject):
    """Hears what the keys of the window left to a button: a filter that was there before theirs is asked after it."""

    def __init__(self):
        super().__init__()
        self.keys = 0

    def eventFilter(self, _watched, event):
        self.keys += event.type() == QEvent.Type.KeyPress
        return False


def reachable_buttons(shown):
    for button in shown.findChildren(QPushButton) + shown.findChildren(QToolButton):
        if button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield button


def test_every_button_of_every_view_is_pressed_by_enter(stage):
    missed, count = set(), 0
    for name, show_scene in SCENES.items():
        stage.clear()
        shown = show_scene(stage)
        shown.activateWindow()
        QApplication.processEvents()
        for button in reachable_buttons(shown):
            if (focused := QApplication.focusWidget()) is not None:
                focused.clearFocus()  # its filter comes anew, after that of the test
            fallen, was = Fallen(), button.isChecked()
            button.installEventFilter(fallen)
            button.setFocus()
            if QApplication.focusWidget() is not button:
                continue
            action = button.defaultAction() if isinstance(button, QToolButton) else None
            for one in (button, action):
                if one is not None:
                    one.blockSignals(True)
            QTest.keyClick(button, Qt.Key.Key_Return)
            button.setChecked(was)
            for one in (button, action):
                if one is not None:
                    one.blockSignals(False)
            button.removeEventFilter(fallen)
            count += 1
            if fallen.keys:
                missed.add(f"{name}: {button.text() or button.accessibleName()}")
    assert not missed
    assert count > 100, count


DEFAULTS = {
    "preferences": ["Close"],
    "newsroom-settings": ["Save"],
    "assignment": ["Save"],
    "people": [],
    "people-invited": [],
    "hand-over": ["Write the file"],
    "upload": ["Check what would be done"],
    "restore": ["Bring back"],
}
"""What Enter presses in each dialog, wherever the keyboard is in it but on another button."""


def test_enter_presses_in_each_dialog_what_it_is_there_for(stage):
    """The first button of all is what Qt takes, where none is named: it once made a new key."""
    found = {}
    for name, show_scene in SCENES.items():
        stage.clear()
        shown = show_scene(stage)
        if isinstance(shown, QDialog):
            found[name] = [one.text() for one in shown.findChildren(QPushButton) if one.isDefault() and one.isVisible()]
    assert found == DEFAULTS
