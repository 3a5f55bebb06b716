"""Commands as Qt actions: in the menus, with their shortcuts, and as enabled and checked as they are now."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from ovn_desk.ui.commands.command import Command, Menu, in_menu_order


class Actions:
    """`commands` in the order of the menus, and `by_name` their actions."""

    def __init__(self, commands: Iterable[Command], menu_bar: QMenuBar) -> None:
        self.commands = in_menu_order(commands)
        self.by_name: dict[str, QAction] = {}
        menus = {menu: menu_bar.addMenu(_translate(menu)) for menu in Menu}
        for command in self.commands:
            if command.starts_group:
                menus[command.menu].addSeparator()
            action = _make_action(command, menu_bar)
            menus[command.menu].addAction(action)
            self.by_name[command.name] = action

    def refresh(self) -> None:
        """Enables each action whose command can be run now, and checks those that are on."""
        for command in self.commands:
            action = self.by_name[command.name]
            action.setEnabled(command.when())
            if command.checked:
                action.setChecked(command.checked())


def _make_action(command: Command, menu_bar: QMenuBar) -> QAction:
    action = QAction(_translate(command.label), menu_bar)
    action.setObjectName(command.name)
    action.setCheckable(command.checked is not None)
    if command.shortcut:
        action.setShortcut(QKeySequence(command.shortcut))
    action.triggered.connect(lambda _=False: command.run())
    return action


def _translate(text: str) -> str:
    return QCoreApplication.translate("Commands", text)
