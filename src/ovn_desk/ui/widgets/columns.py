"""Columns of a table that keep their width while its rows are filtered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QTreeView


def hold_columns(table: QTableView | QTreeView, header: QHeaderView, columns: Sequence[int]) -> None:
    """Makes these columns as wide as the widest of all rows, for good; called again they only get wider.

    The bar that scrolls stays in its place, too: with it the columns beside a stretched one would move.
    """
    table.ensurePolished()
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    for column in columns:
        before = header.sectionSize(column)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        table.resizeColumnToContents(column)
        header.resizeSection(column, max(before, header.sectionSize(column)))
