"""Which text has the keyboard, for what menus do to it: a menu that opens takes the keyboard, and is not meant."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

TextWidget = QLineEdit | QTextEdit | QPlainTextEdit


class FocusedText(QObject):
    """Follows the keyboard inside one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @property
    def focus(self) -> QWidget | None:
        """What has the keyboard, or had it before a menu was opened."""
        return self._focus if self._focus is not None and isValid(self._focus) else None

    @property
    def text(self) -> TextWidget | None:
        """The text widget that is meant; the field inside a number or a choice; None where it is none."""
        focus = self.focus
        if isinstance(focus, (QAbstractSpinBox, QComboBox)):
            return focus.findChild(QLineEdit)
        return focus if isinstance(focus, (QLineEdit, QTextEdit, QPlainTextEdit)) else None

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        window = self._window
        if new is None or not window.isAncestorOf(new):
            return
        menu_bar = window.menuBar() if isinstance(window, QMainWindow) else None
        if new is not menu_bar:
            self._focus = new


def has_selection(text: TextWidget) -> bool:
    return text.hasSelectedText() if isinstance(text, QLineEdit) else text.textCursor().hasSelection()


def selected_text(text: TextWidget) -> str:
    """The selected letters, paragraphs parted by line ends."""
    chosen = text.selectedText() if isinstance(text, QLineEdit) else text.textCursor().selectedText()
    return chosen.replace("\u2029", "\n")
