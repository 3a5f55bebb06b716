"""The columns of the window: which of them are seen, and how wide each is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from ovn_desk.ui.main_window.panes import Panes
from ovn_desk.ui.widgets.arrangement import Room
from ovn_desk.ui.widgets.rail import Strip
from ovn_desk.ui.widgets.side import Side

_LEAST = {"list": 180, "middle": 300, "page": 260, "sheet": 360, "inspector": 280}
_OWN = {"list": 232, "inspector": 340, "sheet": 480}
_LIST_WIDTHS = {Room.THREE: 212, Room.FOUR: 256}
_PAGE_SHARES = {Room.ONE: 1.0, Room.TWO: 0.38, Room.THREE: 0.33, Room.FOUR: 0.27}
_SHRINKS = ("page", "sheet", "inspector", "list")


class Columns(QWidget):
    """List, middle, and at the right page, sheet or inspector; no pane ever lies over another."""

    def __init__(self, side: Side, panes: Panes, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self.strip, self._rail = Strip(), panes.inspector.rail
        self.sheets = QStackedWidget()
        self.sheets.setObjectName("sheets")
        self.sheets.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sheets.setContentsMargins(1, 0, 0, 0)  # the hairline at its edge
        self.widths: dict[str, int] = {}
        """What somebody drew a column to, by the room there was and the column's name."""
        self._panes: dict[str, QWidget] = {
            "list": panes.articles,
            "middle": panes.middle,
            "page": panes.preview,
            "sheet": self.sheets,
            "inspector": panes.inspector,
        }
        self._splitter = QSplitter(self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for name, pane in self._panes.items():
            pane.setMinimumWidth(_LEAST[name])
            self._splitter.addWidget(pane)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.strip, self._splitter, self._rail):
            row.addWidget(widget, 1 if widget is self._splitter else 0)
        self._splitter.splitterMoved.connect(lambda *_: self._keep_widths())
        self._splitter.installEventFilter(self)
        self.strip.wanted.connect(side.toggle_list)
        panes.articles.filter_bar.waiting_counted.connect(self.strip.show_count)
        panes.articles.open_wanted.connect(side.close_drawer)
        side.changed.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Shows what the side says, each column as wide as it was left."""
        seen = self._side.arrangement
        if (sheet := self._side.sheet) is not None:
            self.sheets.addWidget(sheet)
            self.sheets.setCurrentWidget(sheet)
        shown = {
            self._panes["list"]: seen.has_list,
            self.strip: seen.has_strip,
            self._panes["middle"]: seen.has_middle,
            self._panes["page"]: seen.has_page,
            self.sheets: seen.has_sheet,
            self._panes["inspector"]: seen.has_inspector,
            self._rail: seen.has_rail,
        }
        for pane, is_shown in sorted(shown.items(), key=lambda one: one[1]):  # what goes makes room first
            if pane.isHidden() is is_shown:
                pane.setVisible(is_shown)
        self._set_widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.give_room(Room.of(self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._splitter and event.type() == QEvent.Type.Resize:
            self._set_widths()
        return super().eventFilter(watched, event)

    def _set_widths(self) -> None:
        """The middle has what the others leave; where that is too little, they give way."""
        shown = {name: pane for name, pane in self._panes.items() if not pane.isHidden()}
        widths = {name: self._wanted_width(name) for name in shown if name != "middle"}
        room = self._splitter.width() - max(0, len(shown) - 1)
        rest = room - sum(widths.values())
        missing = max(0, _LEAST["middle"] - rest) if "middle" in shown else 0
        for name in _SHRINKS:
            if name in widths and missing:
                given = min(missing, max(0, widths[name] - _LEAST[name]))
                widths[name] -= given
                missing -= given
        if "middle" in shown:
            widths["middle"] = max(1, room - sum(widths.values()))
        self._splitter.setSizes([widths.get(name, 0) for name in self._panes])

    def _wanted_width(self, name: str) -> int:
        room = self._side.arrangement.room
        kept = self.widths.get(f"{room.name} {name}")
        if kept:
            return kept
        if name == "page":
            return int(self.width() * _PAGE_SHARES[room])
        return _LIST_WIDTHS.get(room, _OWN[name]) if name == "list" else _OWN[name]

    def _keep_widths(self) -> None:
        """Somebody drew a column."""
        if self._panes["middle"].isHidden():
            return
        for name, width in zip(self._panes, self._splitter.sizes(), strict=True):
            if width and name != "middle":
                self.widths[f"{self._side.arrangement.room.name} {name}"] = width
