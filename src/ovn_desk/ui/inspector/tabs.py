"""The column on the right: details, evidence, comments and history, each behind its tab."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ovn_desk.ui.widgets.inputs import Tabs
from ovn_desk.ui.widgets.rail import Rail
from ovn_desk.ui.widgets.reading_order import order_tabs


class Inspector(Tabs):
    """Tabs by name; the label of one may carry how many things are open in it. `rail` stands for it when it is away."""

    wanted = Signal(str)
    """A tab was asked for; whoever places the column brings it into sight."""

    def __init__(self, tabs: Mapping[str, tuple[str, str, QWidget]], parent: QWidget | None = None) -> None:
        """`tabs` has icon, label and pane by the tab's name, from left to right."""
        super().__init__(parent)
        self._tabs = tabs
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        for _, label, pane in tabs.values():
            self.addTab(pane, label)
        self.rail = Rail({name: (sign, label) for name, (sign, label, _) in tabs.items()})
        self.rail.wanted.connect(self.wanted)
        self._before = self.currentWidget()

    def show_tab(self, name: str) -> None:
        """Brings a tab to the front, and the column into sight where it was hidden."""
        self.wanted.emit(name)

    def choose_tab(self, name: str) -> None:
        """Brings a tab to the front of the column; without a name that which stood there before the review."""
        if name == "review":
            self._before = self.currentWidget()
        self.setCurrentWidget(self._tabs[name][2] if name else self._before)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's name
        """Tab goes through the pane as it stands now: cards come and go in it."""
        order_tabs(self.currentWidget())
        return super().focusNextPrevChild(next)

    def show_count(self, name: str, number: int) -> None:
        """Says in a tab's label how many things are open in it; nothing for none."""
        _, label, pane = self._tabs[name]
        self.setTabText(self.indexOf(pane), f"{label} {number}" if number else label)
        self.rail.show_count(name, number)
