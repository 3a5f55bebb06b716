"""The commands of the window: people and tests know them by name, label, key and place in the menus."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ovn_desk.ui.commands import Command, Menu, Submenu, in_menu_order

TABLE = Path(__file__).with_name("commands.tsv")


def commands_of(window):
    return [command for feature in window.features.all for command in feature.commands()]


def rows(window):
    """What stands in the menus, read from Qt's own menus; `menu` is the way there."""
    for menu in window.menuBar().actions():
        yield from rows_in(menu.menu(), menu.text().replace("&", ""))


def rows_in(menu, way):
    starts_group = False
    for action in menu.actions():
        if action.isSeparator():
            starts_group = True
            continue
        group = "group" if starts_group else ""
        starts_group = False
        if action.menu():
            inner = list(rows_in(action.menu(), f"{way} > {action.text()}"))
            inner[0]["group"] = group
            yield from inner
            continue
        yield {
            "menu": way,
            "name": action.objectName(),
            "label": action.text(),
            "key": action.shortcut().toString(),
            "group": group,
            "turns": "switch" if action.isCheckable() else "",
        }


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
    one, two, three = (Command(name, name, "", Menu.STORY, print) for name in ("one", "two", "three"))
    late = Command("late", "late", "", Menu.STORY, print, after="one")
    first = Command("first", "first", "", Menu.FILE, print)
    ordered = in_menu_order([one, two, three, late, first])
    assert [command.name for command in ordered] == ["first", "one", "late", "two", "three"]


def test_a_command_may_stand_below_one_that_stands_below_another_and_two_below_one_keep_their_order():
    last = Command("last", "last", "", Menu.STORY, print, after="middle")
    middle = Command("middle", "middle", "", Menu.STORY, print, after="one")
    beside = Command("beside", "beside", "", Menu.STORY, print, after="one")
    ordered = in_menu_order([last, middle, beside, Command("one", "one", "", Menu.STORY, print)])
    assert [command.name for command in ordered] == ["one", "middle", "last", "beside"]


def test_commands_of_one_submenu_stand_together():
    inner = [
        Command(name, name, "", Menu.STORY, print, submenu=Submenu.CLAIMS if name < "c" else None) for name in "acbd"
    ]
    assert [command.name for command in in_menu_order(inner)] == ["a", "b", "c", "d"]


def test_each_menu_opens_by_a_letter_of_its_own():
    letters = [menu[menu.index("&") + 1].casefold() for menu in Menu]
    assert len(set(letters)) == len(letters)


def test_no_menu_is_taller_than_a_small_screen(window):
    """Nor than 1366×768 at 150 %, where one spills into a second column."""
    heights = {action.text(): action.menu().sizeHint().height() for action in window.menuBar().actions()}
    assert {name: height for name, height in heights.items() if height > 480} == {}


@pytest.mark.parametrize("steps", [0, 2])
def test_one_escape_leaves_the_menu_bar_and_the_next_letter_goes_into_the_text(qtbot, window, steps):
    window.workspace.article.start()
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    for _ in range(steps):
        QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    window.activateWindow()  # without a display the menu that was closed stays the active one
    qtbot.waitUntil(editor.hasFocus)
    before = editor.text()
    for key in (Qt.Key.Key_V, Qt.Key.Key_E):
        QTest.keyClick(window.windowHandle(), key)
    assert QApplication.activePopupWidget() is None
    assert len(editor.text()) == len(before) + 2


def test_a_command_that_names_no_other_is_a_fault():
    with pytest.raises(ValueError, match="nobody"):
        in_menu_order([Command("late", "late", "", Menu.STORY, print, after="nobody")])


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
