"""What the window can do now, as actions of its menus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.commands.table import COMMANDS, MENUS, Command

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk

__all__ = ["COMMANDS", "NEXT_WORDS", "Command", "make_actions", "refresh"]

NEXT_WORDS = {
    Step.FILE: "File to the desk",
    Step.TAKE: "Take for review",
    Step.APPROVE: "Approve and sign",
    Step.PUBLISH: "Export…",
}


def make_actions(desk: "Desk") -> dict[str, QAction]:
    """The window's actions by name, in its menus."""
    actions: dict[str, QAction] = {}
    menus = {name: desk.menuBar().addMenu(_said(name)) for name in MENUS}
    for command in COMMANDS:
        action = QAction(_said(command.label), desk)
        action.setObjectName(command.name)
        action.setCheckable(command.is_on is not None)
        if command.key:
            action.setShortcut(QKeySequence(command.key))
        action.triggered.connect(lambda _=False, c=command: c.do(desk))
        if command.starts_group:
            menus[command.menu].addSeparator()
        menus[command.menu].addAction(action)
        actions[command.name] = action
    return actions


def refresh(desk: "Desk", actions: dict[str, QAction]) -> None:
    """Each command asks its own `when`."""
    for command in COMMANDS:
        action = actions[command.name]
        action.setEnabled(command.when(desk))
        if command.is_on:
            action.setChecked(command.is_on(desk))


def _said(text: str) -> str:
    return QCoreApplication.translate("Commands", text)
