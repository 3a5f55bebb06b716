"""Where keys go: Ctrl+Enter to the box it is pressed in, and the keyboard back to where it was."""

from PySide6.QtWidgets import QWidget

from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.widgets.boxes import BoxKeys
from ovn_desk.ui.widgets.focus import FocusKeeper


def guard_keyboard(window: QWidget, *, writing: QWidget, start: QWidget) -> None:
    """`writing` holds the story's own fields, and `start` has the keyboard first: Qt would give it to + New."""
    BoxKeys(lambda box: isinstance(box, PlainEdit) and writing.isAncestorOf(box), window)
    FocusKeeper(window)
    start.setFocus()
