"""The files a source came as: to attach, to look at, to take away."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.source import Attachment
from ovn_desk.usecases import sourcing


class FileList(QWidget):
    """A row for each file, and a button for more."""

    edited = Signal()
    files_given = Signal(object)
    """Paths, to be read and stored."""
    file_wanted = Signal(object)
    """An `Attachment`, to be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: list[Attachment] = []
        self._attach = QPushButton(self.tr("Attach a file…"))
        self._attach.setObjectName("source-attach")
        self._attach.clicked.connect(self._choose)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self._attach)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addLayout(row)

    def show_files(self, files: Sequence[Attachment]) -> None:
        """Shows these and no others."""
        self.files = list(files)
        while taken := self._rows.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for file in self.files:
            self._rows.addWidget(self._row(file))

    def buttons(self) -> list[QWidget]:
        """Whatever can be pressed, in its order."""
        return [*(button for row in self._shown_rows() for button in row.findChildren(QToolButton)), self._attach]

    def add(self, files: Sequence[Attachment]) -> None:
        """Files that were stored are named here; the source is saved with them."""
        self.show_files([*self.files, *(file for file in files if file not in self.files)])
        self.edited.emit()

    def _shown_rows(self) -> list[QWidget]:
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _row(self, file: Attachment) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        show, drop = QToolButton(), QToolButton()
        show.setText(file.name)
        show.setToolTip(self.tr("Open {name}").format(name=file.name))
        show.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long name gives way
        show.clicked.connect(partial(self._ask_for, file))
        drop.setText("✕")
        drop.setAccessibleName(self.tr("Remove {name}").format(name=file.name))
        drop.clicked.connect(partial(self._drop, file))
        line.addWidget(show, 1)
        line.addWidget(drop)
        return row

    def _ask_for(self, file: Attachment, _checked: object = None) -> None:
        self.file_wanted.emit(file)

    def _drop(self, file: Attachment, _checked: object = None) -> None:
        self.show_files([one for one in self.files if one is not file])
        self.edited.emit()

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach files"), "", sourcing.FILTER)
        if names:
            self.files_given.emit([Path(name) for name in names])
