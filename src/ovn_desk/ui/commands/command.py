"""One command of the window, as a value; features make them, menus and palette are drawn from the list of all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter


class Menu(StrEnum):
    """The menus, from left to right."""

    FILE = "&File"
    EDIT = "&Edit"
    INSERT = "&Insert"
    FORMAT = "F&ormat"
    STORY = "&Story"
    VIEW = "&View"
    HELP = "&Help"

    @property
    def plain(self) -> str:
        """Without the mark of the letter that opens it."""
        return self.value.replace("&", "")


class Submenu(StrEnum):
    """The menus inside a menu; one stands where the first of its commands does."""

    DRAFT = "Draft"
    VERSIONS = "Versions"
    EXPORT = "Export"
    SHARE = "Share"
    BACKUPS = "Backups"
    NEWSROOM = "Newsroom"
    SPELLING = "Spelling"
    TRANSLATE = "Translate"
    CLAIMS = "Claims"
    REVIEW = "Review"
    PUBLISHED = "After publication"
    HOLD = "Hold or spike"
    WRITING = "While writing"
    INSPECTOR = "Open in the inspector"
    TEXT_SIZE = "Text size"
    PAGE_ZOOM = "Page zoom"
    APPEARANCE = "Light or dark"


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do in the window, with everything it needs bound into `run`.

    `name` is the action's object name. `when` says whether it can be done now. `checked` says whether what the command
    turns on and off is on; None for a command that turns nothing. `submenu` is the one it stands in inside its menu.
    `has_own_key` says that the widget with the keyboard sees to the key itself, as fields do to Ctrl+C: the menus only
    show it. `starts_group` puts a line above it, or above the submenu that it is the first of; `after` names the one
    it stands below, with others of the same `after` in the order in which they are given. `label_now` says what it is
    called as things stand, where that is not always the same.
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
    submenu: Submenu | None = None
    has_own_key: bool = False
    label_now: Callable[[], str] | None = None


def in_menu_order(commands: Iterable[Command]) -> list[Command]:
    """The commands menu by menu, each below those of its menu that were given before it, or below its `after`.

    Those of one submenu come together, where the first of them stands. ValueError where an `after` names no command.
    """
    given = list(commands)
    ordered = [command for menu in Menu for command in given if command.menu is menu and not command.after]
    waiting = [command for command in given if command.after]
    while waiting:
        names = {command.name: place for place, command in enumerate(ordered, 1)}
        command = next((one for one in reversed(waiting) if one.after in names), None)
        if command is None:
            message = f"{waiting[0].name} stands after {waiting[0].after}, which is no command"
            raise ValueError(message)
        ordered.insert(names[command.after], command)
        waiting.remove(command)
    return _gather_submenus(ordered)


def _gather_submenus(commands: Sequence[Command]) -> list[Command]:
    first = {command.submenu: place for place, command in reversed(list(enumerate(commands)))}
    places = [first[one.submenu] if one.submenu else place for place, one in enumerate(commands)]
    return [command for _, command in sorted(zip(places, commands, strict=True), key=itemgetter(0))]
