"""A page of the first start: a title, what it asks, and what stands at its foot, in sight however low the window is."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.widgets.verdict import Verdict

WIDEST = 700
_OVERHANG = 3  # pixels: as far as a J reaches to the left of where it begins
_ABOVE = 9  # a ninth of the height is free above the title, where there is room


class StartPage(QWidget):
    """Body and buttons in one column in the middle; Escape asks to go back, Enter that no widget wants to go on."""

    back_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, title: str, lead: str, body: QWidget, foot: Sequence[QWidget]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = heading = QLabel(title)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        heading.setIndent(_OVERHANG)
        self.lead = under = QLabel(lead, wordWrap=True)
        under.setProperty("role", "soft")
        self._note = Verdict()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (heading, under, self._note, body):
            column.addWidget(widget)
        content.setMaximumWidth(WIDEST)
        middle = QWidget()
        around = QVBoxLayout(middle)
        around.setContentsMargins(0, 0, 0, 0)
        self._above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        around.addItem(self._above)
        across = QHBoxLayout()
        across.addStretch()
        across.addWidget(content, 10)
        across.addStretch()
        around.addLayout(across)
        around.addStretch(1)
        self._around = around
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        if foot:
            outer.addWidget(_foot(foot))

    def show_note(self, sentence: str) -> None:
        """Says under the title what came meanwhile, beside what the page asks."""
        self._note.say(sentence)

    @property
    def note(self) -> str:
        """What came meanwhile, as it is said; empty where nothing did."""
        return self._note.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands above depends on the window alone: nothing moves under the hand as the page asks more or less."""
        super().resizeEvent(event)
        above = self.height() // _ABOVE
        self._above.changeSize(0, above, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self._around.invalidate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.next_wanted.emit()
            return
        super().keyPressEvent(event)


class LargeChoice(QPushButton):
    """A button of two lines: what one may choose, and what that is."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.setProperty("large", True)
        self.setAutoDefault(True)
        self.title, self.about = QLabel(title), QLabel(about, wordWrap=True)
        self.title.setProperty("role", "heading")
        self.about.setProperty("role", "soft")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        for label in (self.title, self.about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.say(title, about)

    def say(self, title: str, about: str) -> None:
        """Shows other words."""
        self.title.setText(title)
        self.about.setText(about)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down lead from choice to choice, as in a list."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


def _foot(widgets: Sequence[QWidget]) -> QWidget:
    foot = QWidget()
    foot.setObjectName("start-foot")
    foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    inner = QWidget()
    inner.setMaximumWidth(WIDEST)
    row = QHBoxLayout(inner)
    row.setContentsMargins(24, 10, 24, 12)
    row.setSpacing(12)
    for widget in widgets:
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(True)
        row.addWidget(widget, isinstance(widget, QLabel))
    row.addStretch()
    across = QHBoxLayout(foot)
    across.setContentsMargins(0, 0, 0, 0)
    across.addStretch()
    across.addWidget(inner, 10)
    across.addStretch()
    return foot
