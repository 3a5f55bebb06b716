"""Commands as Qt actions: in the menus, with their shortcuts, and as enabled and checked as they are now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ovn_desk.ui.commands.command import Command, Menu, Submenu, in_menu_order
from ovn_desk.ui.commands.menu_bar import leave_at_escape
from ovn_desk.ui.state.preferences import Preferences


class Actions:
    """`commands` in the order of the menus, and `by_name` their actions."""

    def __init__(self, commands: Iterable[Command], menu_bar: QMenuBar) -> None:
        self._own = in_menu_order(commands)
        self.commands = list(self._own)
        self._keys: Mapping[str, str] = {}
        self.by_name: dict[str, QAction] = {}
        self._menus: dict[Menu | Submenu, QMenu] = {menu: menu_bar.addMenu(_translate(menu)) for menu in Menu}
        for command in self.commands:
            action = make_action(command, menu_bar)
            self._menu_of(command).addAction(action)
            self.by_name[command.name] = action
        for menu in Menu:
            self._menus[menu].menuAction().setVisible(not self._menus[menu].isEmpty())
            self._menus[menu].aboutToShow.connect(self.refresh)
        leave_at_escape(menu_bar)

    def follow_keys(self, preferences: Preferences) -> None:
        """Has the keys that somebody chose, now and whenever they change."""
        self._use_keys(preferences.value.keys)
        preferences.changed.connect(lambda: self._use_keys(preferences.value.keys))

    def _use_keys(self, keys: Mapping[str, str]) -> None:
        """Gives commands the keys that somebody chose for them, by name, and all others those they came with."""
        if keys == self._keys:
            return
        self._keys = dict(keys)
        self.commands[:] = [replace(one, shortcut=keys.get(one.name, one.shortcut)) for one in self._own]
        for command in self.commands:
            _set_key(self.by_name[command.name], command.shortcut)

    def refresh(self, names: Collection[str] = ()) -> None:
        """Enables each action whose command can be run now, and checks those that are on; all, or those of `names`."""
        for command in self.commands:
            if names and command.name not in names:
                continue
            action = self.by_name[command.name]
            action.setEnabled(command.when())
            if command.label_now:
                action.setText(command.label_now())
            if command.checked:
                action.setChecked(command.checked())

    def _menu_of(self, command: Command) -> QMenu:
        """The menu that the next action goes into, made with the first command of a submenu; a group has its line."""
        menu, submenu = self._menus[command.menu], command.submenu
        if command.starts_group:
            self._menus.get(submenu or command.menu, menu).addSeparator()
        if submenu is None:
            return menu
        if submenu not in self._menus:
            self._menus[submenu] = menu.addMenu(_translate(submenu))
        return self._menus[submenu]


def make_action(command: Command, parent: QObject) -> QAction:
    action = QAction(_translate(command.label), parent)
    action.setObjectName(command.name)
    action.setCheckable(command.checked is not None)
    action.setAutoRepeat(not command.name.startswith("step."))  # a key held down takes one step
    _set_key(action, command.shortcut)
    if command.has_own_key:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _=False: command.run())
    return action


def _set_key(action: QAction, key: str) -> None:
    """Ctrl++ also works without the Shift that most keyboards have the plus on."""
    keys = [key, "Ctrl+="] if key == "Ctrl++" else [key]
    action.setShortcuts([QKeySequence(one) for one in keys if one])


def _translate(text: str) -> str:
    return QCoreApplication.translate("Commands", text)
