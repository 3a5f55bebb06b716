"""Your first story: five steps on the real window, each of which sees by itself that it was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_WIDTH, _EDGE = 420, 16


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its name, how it is done, and whether it was."""

    title: str
    how: str
    is_done: Callable[[], bool]


class FirstStory(QFrame):
    """A card over the foot of the text. `left_at` says where it was left: the number of the next step."""

    left_at = Signal(int)

    def __init__(self, steps: Sequence[Step], place: QWidget) -> None:
        """`place` is the pane that it lies over."""
        super().__init__(place)
        self.setObjectName("first-story")
        self.setProperty("role", "card")
        self._steps, self._place, self._at = steps, place, 0
        self._count, self._title, self._how = QLabel(), QLabel(), QLabel(wordWrap=True)
        self._count.setProperty("role", "soft")
        self._title.setProperty("role", "sheet-title")
        self.skip = QPushButton(self.tr("Skip this step"))
        self.later = QPushButton(self.tr("Go on later"))
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addWidget(self.later)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for widget in (self._count, self._title, self._how):
            column.addWidget(widget)
        column.addLayout(row)
        self.skip.clicked.connect(lambda _=False: self._go_on())
        self.later.clicked.connect(lambda _=False: self._leave())
        place.installEventFilter(self)
        self.hide()

    @property
    def at(self) -> int:
        """The number of the step that is asked for, from 0."""
        return self._at

    @property
    def is_running(self) -> bool:
        """Whether a step is being asked for."""
        return not self.isHidden() and self._at < len(self._steps)

    def start(self, at: int = 0) -> None:
        """Shows the step that comes next; from the first one again where all were done."""
        self._at = at if at < len(self._steps) else 0
        self.show()
        self._show_step()
        self.look()

    def look(self) -> None:
        """Goes on where the step that is asked for was done."""
        while self.is_running and self._steps[self._at].is_done():
            self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._lie()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        self._at += 1
        self.left_at.emit(self._at)
        self._show_step()

    def _leave(self) -> None:
        self.left_at.emit(self._at)
        self.hide()

    def _show_step(self) -> None:
        is_over = self._at >= len(self._steps)
        if is_over:
            self._count.setText(self.tr("Your first story"))
            self._title.setText(self.tr("That is all of it"))
            self._how.setText(
                self.tr("An editor takes it from here. F1 shows every command and its key; Help begins this again.")
            )
        else:
            step = self._steps[self._at]
            number, count = self._at + 1, len(self._steps)
            self._count.setText(
                self.tr("Your first story: step {number} of {count}").format(number=number, count=count)
            )
            self._title.setText(step.title)
            self._how.setText(step.how)
        self.skip.setVisible(not is_over)
        self.later.setText(self.tr("Close") if is_over else self.tr("Go on later"))
        self._lie()

    def _lie(self) -> None:
        """At the foot of its place, as high as its words need."""
        place, layout = self._place, self.layout()
        width = min(_WIDTH, place.width() - 2 * _EDGE)
        if layout is None:
            return
        layout.activate()
        height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        corner = QPoint(place.width() - width - _EDGE, place.height() - height - _EDGE)
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.raise_()
