"""The column on the right: details, evidence, comments and history, each behind its tab."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ovn_desk.ui.widgets.inputs import Tabs


class Inspector(Tabs):
    """Tabs by name; the label of one may carry how many things are open in it."""

    def __init__(self, tabs: Mapping[str, tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        """`tabs` has label and pane by the tab's name, from left to right."""
        super().__init__(parent)
        self._tabs = tabs
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        for label, pane in tabs.values():
            self.addTab(pane, label)

    def show_tab(self, name: str) -> None:
        """Brings a tab to the front, and the column back where it was hidden."""
        self.show()
        self.setCurrentWidget(self._tabs[name][1])

    def show_count(self, name: str, number: int) -> None:
        """Says in a tab's label how many things are open in it; nothing for none."""
        label, pane = self._tabs[name]
        self.setTabText(self.indexOf(pane), f"{label} {number}" if number else label)
