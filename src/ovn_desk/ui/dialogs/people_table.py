"""The people of a newsroom as a table, and whoever is chosen in it, however its rows move."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.house import Role

_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody on the roster, or who is only invited; `invitation` is the key's id of one that is open for them.

    `status` is what stands under “Key”.
    """

    person: StaffId
    name: str
    role: Role
    status: str
    invitation: str = ""
    is_listed: bool = True
    is_retired: bool = False


class PeopleTable(QTableWidget):
    """One person, one row. Whoever is chosen stays chosen when others come and go; where they go, nobody is."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setAccessibleName(self.tr("People in this newsroom"))
        self.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Role"), self.tr("Key")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMinimumHeight(60)  # all of it fits a small screen
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @property
    def chosen(self) -> PersonRow | None:
        """Whoever is selected."""
        cell = self.item(self.currentRow(), 0) if self.selectedItems() else None
        found = cell.data(_ROW) if cell is not None else None
        return found if isinstance(found, PersonRow) else None

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """Shows these rows; `itemSelectionChanged` comes where whoever was chosen is gone or changed."""
        before = self.chosen
        was = self.blockSignals(True)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate((row.name, str(row.role), row.status)):
                cell = QTableWidgetItem(text)
                cell.setData(_ROW, row)
                self.setItem(number, column, cell)
        people = [row.person for row in rows]
        is_there = before is not None and before.person in people
        if before is not None and is_there:
            self.setCurrentCell(people.index(before.person), 0)
        self.blockSignals(was)
        if not is_there:
            self.choose_nobody()
        elif self.chosen != before:
            self.itemSelectionChanged.emit()

    def choose_nobody(self) -> None:
        """Takes the selection away: nothing more is done with the next row by the same key or click."""
        self.setCurrentCell(-1, -1)
        self.clearSelection()
