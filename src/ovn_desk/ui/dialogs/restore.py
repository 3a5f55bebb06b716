"""Restoring from a copy: which of those that this computer knows, or another file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.copy_list import CopyList
from ovn_desk.usecases.known_copies import CopyAccount, KnownCopies


class RestoreDialog(QDialog):
    """`chosen` carries the file of a copy; Enter and a double click choose, too."""

    chosen = Signal(object)
    other_wanted = Signal()

    def __init__(
        self,
        find: Callable[[], KnownCopies],
        take_stock: Callable[[Path], CopyAccount],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("restore")
        self.setWindowTitle(self.tr("Restore from a copy"))
        fitting.resize_to_fit(self, 620, 460)
        lead = QLabel(self.tr("What is missing here comes back. Nothing that is here is overwritten."), wordWrap=True)
        lead.setProperty("role", "soft")
        self.copies = CopyList()
        self.said = QLabel(self.tr("Looking for copies…"), wordWrap=True)
        self.said.setProperty("role", "soft")
        self.bring = QPushButton(self.tr("Bring back"))
        self.bring.setObjectName("primary")
        self.bring.setDefault(True)
        self.bring.setEnabled(False)
        self.other = QPushButton(self.tr("Another file…"))
        close = QPushButton(self.tr("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.bring)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(lead)
        column.addWidget(self.copies, 1)
        column.addWidget(self.said)
        column.addLayout(row)
        self.bring.clicked.connect(self._choose)
        self.copies.taken.connect(self._choose)
        self.copies.itemSelectionChanged.connect(self._offer)
        self.copies.counted.connect(self._offer)
        self.other.clicked.connect(self._choose_other)
        close.clicked.connect(self.reject)
        self.finished.connect(lambda _: self._leave())
        self.copies.shown.connect(self._say_found)
        self.copies.look(find, take_stock, now)
        self.copies.setFocus()

    def _leave(self) -> None:
        """Goes once no copy is being read: a large one on a slow stick is waited for, but not by the window."""
        self.copies.stop()
        if self.copies.is_reading:
            self.copies.idle.connect(self.deleteLater)
        else:
            self.deleteLater()

    def _say_found(self, found: KnownCopies) -> None:
        sentences = []
        if not found.copies:
            sentences.append(self.tr("No copy was found on this laptop. Choose the file of one."))
            self.other.setFocus()
        sentences += [self.tr("{folder} is not there now.").format(folder=folder) for folder in found.away]
        self.said.setText(" ".join(sentences))
        self.said.setVisible(bool(sentences))
        self._offer()

    def _offer(self) -> None:
        """A copy of which all is here, or of another newsroom, has nothing to bring back."""
        self.bring.setEnabled(self.copies.may_bring)

    def _choose(self) -> None:
        if (file := self.copies.file) is not None and self.copies.may_bring:
            self.accept()
            self.chosen.emit(file)

    def _choose_other(self) -> None:
        self.accept()
        self.other_wanted.emit()
