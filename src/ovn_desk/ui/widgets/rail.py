"""The narrow columns at the window's edges: what the inspector is opened by, and the list."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from ovn_desk.ui.widgets.icons import icon

_WIDTH = 66
_STRIP_WIDTH = 44
_SIGN = 18


class Rail(QWidget):
    """A word for each tab of the inspector, with how many things are open in it."""

    wanted = Signal(str)

    def __init__(self, labels: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        """`labels` has icon and word by the tab's name, from the top."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.buttons = {name: _RailButton(sign, word) for name, (sign, word) in labels.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 12, 2, 12)
        column.setSpacing(8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, tab=name: self.wanted.emit(tab))
            column.addWidget(button)
        column.addStretch(1)

    def show_count(self, name: str, number: int) -> None:
        """Says below a word how many things are open there; nothing for none."""
        self.buttons[name].show_count(number)


class Strip(QWidget):
    """What the list is pulled out by, with how many articles wait for whoever sits here."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_STRIP_WIDTH)
        self.button = _RailButton("menu", "")
        self.button.setAccessibleName(self.tr("Article list"))
        self.button.setToolTip(self.tr("Article list (F9)"))
        self.button.clicked.connect(lambda _=False: self.wanted.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 2, 12)
        column.addWidget(self.button)
        column.addStretch(1)

    def show_count(self, number: int) -> None:
        """How many articles wait; nothing for none."""
        self.button.show_count(number)


class _RailButton(QToolButton):
    """A sign, a word and a count, one below the other."""

    def __init__(self, sign: str, word: str) -> None:
        super().__init__()
        self.setProperty("flat", True)
        self.setProperty("rail", True)
        self._word = word
        self._count = QLabel()
        self._count.setProperty("chip", "warn")
        self._count.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        label = QLabel(word, self)
        label.setObjectName("rail-word")
        label.setVisible(bool(word))
        for widget in (_Sign(sign), label, self._count):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(word)

    def show_count(self, number: int) -> None:
        self._count.setText(str(number))
        self._count.setVisible(bool(number))
        self.setAccessibleDescription(self.tr("{number} open").format(number=number) if number else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the column that it stands in."""
        layout = self.layout()
        return QSize(_WIDTH - 4 if self._word else _STRIP_WIDTH - 4, layout.sizeHint().height() if layout else 0)


class _Sign(QWidget):
    """An icon of the window's set."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = icon(name, "soft")
        self.setFixedSize(_SIGN, _SIGN)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._icon.paint(QPainter(self), self.rect())
