"""Where keys go: Enter to the button that has the keyboard, Ctrl+Enter to the box, the keyboard back where it was."""

from PySide6.QtWidgets import QWidget

from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.widgets.boxes import BoxKeys
from ovn_desk.ui.widgets.button_keys import ButtonKeys
from ovn_desk.ui.widgets.focus import FocusKeeper


def guard_keyboard(window: QWidget, *, writing: QWidget, start: QWidget) -> None:
    """`writing` holds the story's own fields, and `start` has the keyboard first: Qt would give it to + New."""
    BoxKeys(lambda box: isinstance(box, PlainEdit) and writing.isAncestorOf(box), window)
    ButtonKeys(window)
    FocusKeeper(window)
    start.setFocus()
