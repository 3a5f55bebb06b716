"""One command of the window, as a value; features make them, menus and palette are drawn from the list of all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Menu(StrEnum):
    """The menus, from left to right."""

    ARTICLE = "Article"
    WRITE = "Write"
    DESK = "Desk"
    VIEW = "View"


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do in the window, with everything it needs bound into `run`.

    `name` is the action's object name. `when` says whether it can be done now. `checked` says whether what the command
    turns on and off is on; None for a command that turns nothing. `starts_group` puts a line above it in its menu;
    `after` names the command it stands below there.
    """

    name: str
    label: str
    shortcut: str
    menu: Menu
    run: Callable[[], object]
    when: Callable[[], bool] = always
    checked: Callable[[], bool] | None = None
    starts_group: bool = False
    after: str = ""


def in_menu_order(commands: Iterable[Command]) -> list[Command]:
    """The commands menu by menu, each below those of its menu that were given before it, or below its `after`."""
    given = list(commands)
    ordered = [command for menu in Menu for command in given if command.menu is menu and not command.after]
    for command in given:
        if command.after:
            names = [other.name for other in ordered]
            ordered.insert(names.index(command.after) + 1, command)
    return ordered
