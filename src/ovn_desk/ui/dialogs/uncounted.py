"""The steps that do not count, for a chief: who they say took them, and why they move nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import queries, uncounted
from ovn_desk.usecases.uncounted import UncountedEntry

_ARTICLE = Qt.ItemDataRole.UserRole


class UncountedDialog(QDialog):
    """A table that is read anew each time it is opened; Enter or a double click opens the article of a line."""

    article_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Steps that do not count"))
        fitting.resize_to_fit(self, 860, 480)
        self._session = session
        self._work = Latest(self)
        self.said = QLabel(self.tr("Checking the records…"), wordWrap=True)
        headings = [self.tr("Article"), self.tr("What"), self.tr("In the name of"), self.tr("When"), self.tr("Why not")]
        self.table = QTableWidget(0, len(headings))
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels(headings)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(len(headings) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.table.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        self._work.ask(self._read, done=self._show, refused=self.said.setText)

    def _read(self) -> list[UncountedEntry]:
        return queries.ask(self._session.store, uncounted.uncounted_entries)

    def _show(self, found: list[UncountedEntry]) -> None:
        if not found:
            self.said.setText(self.tr("Every record of this newsroom was made by somebody who had a right to it."))
            return
        number = quantity(len(found), "step does", "steps do")
        said = self.tr(
            "{number} not count: the signature is not that person's, or they had no right to it. They change "
            "nothing; they are kept, and passed on to other desks. Ask whoever is named, and whoever brought them."
        )
        self.said.setText(said.format(number=number))
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            when = one.at.replace("T", " ")[:16]
            for place, text in enumerate((one.headline, one.what, one.by, when, str(one.why))):
                cell = QTableWidgetItem(text)
                cell.setData(_ARTICLE, one.article)
                cell.setToolTip(text)
                self.table.setItem(row, place, cell)
        for place, width in enumerate((210, 110, 130, 130)):
            self.table.setColumnWidth(place, width)
        self.table.show()
        self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    def _open(self, row: int) -> None:
        cell = self.table.item(row, 0)
        if cell is not None and (article := cell.data(_ARTICLE)):
            self.article_wanted.emit(article)
            self.accept()
