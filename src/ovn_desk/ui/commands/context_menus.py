"""Menus at the pointer, made of the window's commands by name and of commands for what is pointed at."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ovn_desk.ui.commands.actions import Actions, make_action
from ovn_desk.ui.commands.command import Command

LINE = ""
"""Among entries: a line between what stands above it and below."""

Entry = str | Command
"""The name of a command of the window, a command of the row or word that is pointed at, or `LINE`."""


class ContextMenus:
    """Given to the features before there are actions; `offer` gives it those."""

    def __init__(self) -> None:
        self._actions: Actions | None = None

    def offer(self, actions: Actions) -> None:
        self._actions = actions

    def fill(self, menu: QMenu, entries: Sequence[Entry]) -> None:
        """Adds `entries` to a menu; KeyError for a name that no command has."""
        if self._actions:
            self._actions.refresh([entry for entry in entries if isinstance(entry, str)])
        for entry in entries:
            if entry == LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._action(entry, menu))

    def popup(self, entries: Sequence[Entry], *, at: QPoint, parent: QWidget) -> QMenu:
        """Opens a menu of `entries` at a point of the screen; it is deleted when it closes."""
        menu = QMenu(parent.window())
        self.fill(menu, entries)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def _action(self, entry: Entry, menu: QMenu) -> QAction:
        if isinstance(entry, str):
            return self._actions.by_name[entry] if self._actions else QAction(entry, menu)
        action = make_action(entry, menu)
        action.setEnabled(entry.when())
        action.setChecked(entry.checked is not None and entry.checked())
        return action
