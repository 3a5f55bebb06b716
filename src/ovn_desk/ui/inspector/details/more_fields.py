"""The fields that few stories need to be changed in, folded under one line that says what is set."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets.link_row import LinkRow


class MoreFields(QWidget):
    """A line that folds and unfolds what is below it; whether it is open is remembered for the next time."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._summary = ""
        self.line = LinkRow(is_accented=True)
        self.line.setObjectName("more-fields")
        self.line.clicked.connect(lambda: self.set_open(is_open=not self.is_open))
        self.line.unfold_wanted.connect(lambda is_open: self.set_open(is_open=is_open))
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._box)
        self._box.setVisible(preferences.value.are_details_open)
        self._draw()

    @property
    def is_open(self) -> bool:
        return not self._box.isHidden()

    def add_field(self, text: str, field: QWidget, *, buddy: QWidget | None = None) -> None:
        """Puts a field below its label; `buddy` is what takes the keyboard for it."""
        label = QLabel(text)
        label.setProperty("role", "label")
        label.setBuddy(buddy or field)
        self._column.addWidget(label)
        self._column.addWidget(field)
        self._column.addSpacing(4)

    def show_summary(self, summary: str) -> None:
        """Says in the line what is set in the fields, while they are folded."""
        self._summary = summary
        self._draw()

    def set_open(self, *, is_open: bool) -> None:
        """Unfolds the fields, or folds them."""
        if self._box.isAncestorOf(self.focusWidget() or self):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.setVisible(is_open)
        self._draw()
        if self._preferences.value.are_details_open != is_open:
            self._preferences.set(are_details_open=is_open)

    def _draw(self) -> None:
        title = self.tr("Tags, language, type, address")
        arrow = "▾" if self.is_open else "▸"
        self.line.show_words(f"{title} {arrow}", "" if self.is_open else self._summary)
