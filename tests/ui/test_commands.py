"""The commands of the window: people and tests know them by name, label, key and place in the menus."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeySequence

from ovn_desk.ui.commands import Command, Menu, in_menu_order

TABLE = Path(__file__).with_name("commands.tsv")


def commands_of(window):
    return [command for feature in window.features.all for command in feature.commands()]


def rows(window):
    """What stands in the menus, read from Qt's own menus."""
    for menu in window.menuBar().actions():
        starts_group = False
        for action in menu.menu().actions():
            if action.isSeparator():
                starts_group = True
                continue
            yield {
                "menu": menu.text(),
                "name": action.objectName(),
                "label": action.text(),
                "key": action.shortcut().toString(),
                "group": "group" if starts_group else "",
                "turns": "switch" if action.isCheckable() else "",
            }
            starts_group = False


def test_every_command_stands_where_people_know_it(window):
    with TABLE.open(encoding="utf-8") as file:
        known = [row | {"key": QKeySequence(row["key"]).toString()} for row in csv.DictReader(file, delimiter="\t")]
    assert list(rows(window)) == known


def test_menus_keys_and_palette_have_the_same_commands(window):
    commands = {command.name for command in commands_of(window)}
    assert {action["name"] for action in rows(window)} == commands == window.actions_by_name.keys()
    window.palette_box.open(">")
    shown = [command for command in commands_of(window) if command.when() and command.name != "view.palette"]
    assert len(window.palette_box._find_choices(">")) == len(shown)


def test_a_command_stands_below_the_one_it_names():
    one, two, three = (Command(name, name, "", Menu.DESK, print) for name in ("one", "two", "three"))
    late = Command("late", "late", "", Menu.DESK, print, after="one")
    first = Command("first", "first", "", Menu.ARTICLE, print)
    ordered = in_menu_order([one, two, three, late, first])
    assert [command.name for command in ordered] == ["first", "one", "late", "two", "three"]


def test_a_command_that_names_no_other_is_a_fault():
    with pytest.raises(ValueError, match="nobody"):
        in_menu_order([Command("late", "late", "", Menu.DESK, print, after="nobody")])


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_what_the_palette_no_longer_covers_is_painted_again(qtbot, window):
    window.palette_box.open(">")
    qtbot.waitExposed(window.palette_box)
    QCoreApplication.processEvents()
    painted = Painted(window)
    window.palette_box.field.setText(">budget")
    qtbot.waitUntil(lambda: painted.times > 0)
