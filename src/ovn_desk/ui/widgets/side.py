"""What is asked for beside the text: the page, the inspector, or a sheet given to it; all in one place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ovn_desk.ui.widgets.arrangement import Arrangement, Front, Moment, Room, View, Wishes, arrange

WRITING = Wishes()
REVIEWING = Wishes(has_page=False, front=Front.INSPECTOR)


class Side(QObject):
    """Panes and features ask here for what they need beside the text; the window gives it its place.

    `wishes` has what a person wants to see while writing, and while reviewing.
    """

    changed = Signal()
    tab_wanted = Signal(str)
    """A tab of the inspector, by its name; an empty one is that which was open before the review."""
    sheet_hidden = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wishes = {View.TEXT: WRITING, View.REVIEW: REVIEWING}
        self.sheet: QWidget | None = None
        self._room, self._view = Room.FOUR, View.TEXT
        self._moment = Moment()

    @property
    def arrangement(self) -> Arrangement:
        """What is seen now."""
        return arrange(self._room, self._view, self.wishes[self._mode], self._moment)

    def show_page(self) -> None:
        """The page, in place of what stood there."""
        self._change(
            {"has_page": True, "front": Front.PAGE}, is_alone=False, has_drawer=False, covers_text=True, has_sheet=False
        )

    def show_inspector(self, tab: str = "") -> None:
        """The inspector with one of its tabs, or with that which is open."""
        if tab:
            self.tab_wanted.emit(tab)
        wishes = {"has_inspector": True, "front": Front.INSPECTOR}
        has_room = self._room is Room.FOUR  # for the sheet, too
        keeps_sheet = self.sheet is not None and has_room
        self._change(wishes, is_alone=False, has_drawer=False, covers_text=True, has_sheet=keeps_sheet)

    def show_sheet(self, widget: QWidget) -> None:
        """A sheet in place of the page, until it is hidden; it is the window's from now on."""
        self.sheet = widget
        self._change({}, has_drawer=False, has_sheet=True)
        self.changed.emit()  # another sheet, perhaps

    def hide_sheet(self) -> None:
        """What stood there before the sheet; does nothing where there is none."""
        self._change({}, has_sheet=False)

    def show_text(self) -> None:
        """The text, where something took its place in a narrow window: a sheet, too, which is put away."""
        self._change({}, covers_text=False, has_sheet=self.sheet is not None and self._room is not Room.ONE)

    def show_list(self) -> None:
        """The list of articles: as a column or, where there is no room for one, as a drawer."""
        self._change({"has_list": True}, is_alone=False, has_drawer=True)

    def close_drawer(self) -> None:
        """The list goes where it is a drawer, and stays where it is a column."""
        self._change({}, has_drawer=False)

    def toggle_list(self) -> None:
        """The list, or no list, in whichever form it has now."""
        seen = self.arrangement
        if not seen.has_list:
            self.show_list()
            return
        self._change({} if seen.has_strip else {"has_list": False}, has_drawer=False)

    def toggle_page(self) -> None:
        """The page, or no page."""
        if not self.arrangement.has_page:
            self.show_page()
            return
        self._change({} if self._room is Room.ONE else {"has_page": False}, covers_text=False)

    def toggle_inspector(self) -> None:
        """The inspector, or no inspector: where it took the page's place the page comes back."""
        if not self.arrangement.has_inspector:
            self.show_inspector()
            return
        is_own = self._room is Room.FOUR or self._view is View.REVIEW
        self._change({"front": Front.PAGE} | ({"has_inspector": False} if is_own else {}), covers_text=False)

    def toggle_alone(self) -> None:
        """The text with nothing beside it, or everything again."""
        self._change({}, is_alone=not self._moment.is_alone, covers_text=False)

    def look_at(self, view: View) -> None:
        """The middle of the window shows something else."""
        if view is self._view:
            return
        was_reviewing, self._view = self._view is View.REVIEW, view
        self._moment = replace(self._moment, covers_text=False, has_drawer=False)
        if view is View.REVIEW or was_reviewing:
            self.tab_wanted.emit("" if was_reviewing else "review")
        self.changed.emit()

    def give_room(self, room: Room) -> None:
        """The window became wider or narrower."""
        if room is not self._room:
            self._room = room
            self._moment = replace(self._moment, covers_text=False, has_drawer=False)
            self.changed.emit()

    @property
    def _mode(self) -> View:
        return View.REVIEW if self._view is View.REVIEW else View.TEXT

    def _change(self, wishes: Mapping[str, Any], **moment: bool) -> None:
        """Changes what is wanted, and what is so now, and tells of it once."""
        before = (self.wishes[self._mode], self._moment)
        self.wishes[self._mode] = replace(self.wishes[self._mode], **wishes)
        self._moment = replace(self._moment, **moment)
        is_put_away = before[1].has_sheet and not self._moment.has_sheet
        if is_put_away:
            self.sheet = None
        if before != (self.wishes[self._mode], self._moment):
            self.changed.emit()
        if is_put_away:
            self.sheet_hidden.emit()
