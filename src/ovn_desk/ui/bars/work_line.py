"""The line at the foot of the window while something takes long: what, how much of it, how long, and a real Cancel."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ovn_desk.ui.state.long_work import LongWork, Task

_AFTER_MS = 500  # what is done sooner needs no line
_EVERY_MS = 1_000


class WorkLine(QWidget):
    """Takes the place of the status bar, whose height it has: nothing above moves."""

    def __init__(self, work: LongWork, instead_of: QWidget) -> None:
        super().__init__()
        self.setObjectName("work-line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work, self._other = work, instead_of
        self.text = QLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedSize(180, 6)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 9, 0)
        row.setSpacing(16)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._show)
        self._clock = QTimer(self, interval=_EVERY_MS)
        self._clock.timeout.connect(self._describe)
        work.changed.connect(self._follow)
        work.moved.connect(self._describe)
        self.hide()

    @property
    def task(self) -> Task | None:
        """What it tells of: what was begun last."""
        return self._work.tasks[-1] if self._work.tasks else None

    def _follow(self) -> None:
        if self.task is None:
            self._soon.stop()
            self._clock.stop()
            self.hide()
            self._other.show()
        elif self.isHidden() and not self._soon.isActive():
            self._soon.start()
        else:
            self._describe()

    def _show(self) -> None:
        if self.task is None:
            return
        self._describe()
        self.setFixedHeight(self._other.height())
        self._other.hide()
        self.show()
        self._clock.start()

    def _describe(self) -> None:
        task = self.task
        if task is None:
            return
        self.text.setText(task.sentence)
        self.setAccessibleName(self.text.text())
        self.bar.setRange(0, task.whole)
        self.bar.setValue(task.done)
        self.cancel.setVisible(task.may_stop)
        self.cancel.setEnabled(not task.is_stopping)

    def _stop(self) -> None:
        if self.task is not None:
            self.task.stop()
