"""Where everything stands in the window: four columns, a bar above them, a status line below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ovn_desk.ui.window.desk import Desk

_WIDTHS = (256, 520, 380, 304)


def arrange(desk: "Desk") -> None:
    """Puts the panes of the window in their places."""
    desk.inspector.setObjectName("inspector")
    desk.inspector.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    desk.inspector.setDocumentMode(True)
    desk.inspector.tabBar().setExpanding(False)
    desk.inspector.addTab(desk.details, desk.tr("Details"))
    desk.inspector.addTab(desk.evidence, desk.tr("Evidence"))
    desk.inspector.addTab(desk.comments, desk.tr("Review"))
    desk.inspector.addTab(desk.history, desk.tr("History"))
    desk.writing.add_tools(desk.actions_by_name)
    desk.columns.setHandleWidth(1)
    desk.columns.setChildrenCollapsible(False)
    wide = (desk.budget, desk.export, desk.deciding, desk.recovery)
    desk.middle.fill((desk.writing, desk.review), wide, beside=(desk.preview, desk.inspector))
    for pane, width in zip((desk.list, desk.middle, desk.preview, desk.inspector), _WIDTHS, strict=True):
        pane.setMinimumWidth(min(width, 220))
        desk.columns.addWidget(pane)
    desk.columns.setStretchFactor(1, 3)
    desk.columns.setStretchFactor(2, 2)
    desk.columns.setSizes(list(_WIDTHS))
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (desk.top, desk.bar):
        column.addWidget(widget)
    column.addWidget(desk.columns, 1)
    column.addWidget(desk.status)
    desk.setCentralWidget(middle)
