"""Ctrl+Enter in a box, or on a control of its form, sends what stands there; the story is neither filed nor signed."""

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

_BOXES = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SENDS = "sends"


def send_with(form: QWidget, button: QAbstractButton) -> None:
    """Ctrl+Enter in any box of a form, and on any other control of it, presses this button of it."""
    form.setProperty(_SENDS, button)


class BoxKeys(QObject):
    """Takes Ctrl+Enter before the window's shortcuts do, while a box or a control of its form has the keyboard.

    It watches only the one that has it, so no other key of the window costs anything.
    """

    def __init__(self, is_story: Callable[[QWidget], bool], window: QWidget) -> None:
        """For the boxes of a window and of its dialogs; `is_story` says which is the story itself: there it is its."""
        super().__init__(window)
        self._window = window
        self._is_story = is_story
        self._box: QWidget | None = None
        _application().focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._box is not None and shiboken6.isValid(self._box):
            self._box.removeEventFilter(self)
        self._box = now if now is not None and self._is_mine(now) and not self._is_story(now) else None
        if self._box is not None:
            self._box.installEventFilter(self)

    def _is_mine(self, widget: QWidget) -> bool:
        around = list(_ancestors(widget))
        is_in_form = any(isinstance(one.property(_SENDS), QAbstractButton) for one in around)
        return self._window in around and (is_in_form or _is_written_into(widget))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() not in {kinds.ShortcutOverride, kinds.KeyPress}:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or Qt.Key(event.key()) not in _ENTER:
            return False
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.isAutoRepeat() and (has_control or isinstance(watched, QLineEdit)):
            event.accept()
            return True  # a key that is held down gives one answer, and not the next one, too
        if not has_control:
            return False
        event.accept()
        return event.type() == kinds.ShortcutOverride or _send(watched)


def _is_written_into(widget: QWidget) -> bool:
    """Whether it is a box, and not a text to read, which has nothing to send."""
    return isinstance(widget, _BOXES) and not bool(widget.property("readOnly"))


def _send(box: QWidget) -> bool:
    """Presses the button of the form that a box stands in; False where none is named: the box has the key, then."""
    for around in _ancestors(box):
        button = around.property(_SENDS)
        if button is None and isinstance(around, QDialog):
            button = next((one for one in around.findChildren(QPushButton) if one.isDefault()), None)
        if isinstance(button, QAbstractButton):
            button.click()
            return True
    return False


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    around = widget.parentWidget()
    while around is not None:
        yield around
        around = around.parentWidget()


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        message = "boxes need an application"
        raise TypeError(message)
    return application
