"""Icons beside words: every name has its drawing, in the colours of the window, sharp at any scale."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

import ovn_desk
from ovn_desk import assets
from ovn_desk.ui.widgets import icons, theme

DRAWINGS = {file.stem for file in (assets.folder() / "icons" / "lucide").glob("*.svg")}


def names_in_use():
    """What the source asks `icon` for."""
    for file in Path(ovn_desk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"icon", "icons.icon"}:
                yield from (each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))


def colours_of(drawn):
    image = drawn.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_every_icon_that_is_asked_for_is_there():
    assert {name for name in names_in_use() if name} <= DRAWINGS


def test_no_icon_is_shipped_that_nothing_asks_for():
    source = "".join(file.read_text() for file in Path(ovn_desk.__file__).parent.rglob("*.py"))
    assert [name for name in DRAWINGS if f'"{name}"' not in source] == []


def test_the_licence_of_the_icons_comes_with_them():
    assert "ISC License" in assets.text("icons/lucide/LICENSE")


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_an_icon_is_drawn_in_one_colour_of_the_window(qapp, name):
    assert colours_of(icons.icon(name, "accent").pixmap(QSize(32, 32))) == {QColor(theme.colours().accent).name()}


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_a_point_for_each_of_the_screens(qapp, scale):
    drawn = icons.icon("x").pixmap(QSize(16, 16), scale)
    assert drawn.size() == QSize(round(16 * scale), round(16 * scale))
    assert drawn.deviceIndependentSize().toSize() == QSize(16, 16)


def test_a_disabled_icon_is_fainter(qapp):
    drawn = icons.icon("info").pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert colours_of(drawn) == {QColor(theme.colours().faint).name()}


def test_an_icon_turns_dark_with_the_window(qapp, monkeypatch):
    info = icons.icon("info")
    before = colours_of(info.pixmap(QSize(32, 32)))
    monkeypatch.setattr(theme, "is_dark", lambda: True)
    assert before == {QColor(theme.LIGHT.ink).name()}
    assert colours_of(info.pixmap(QSize(32, 32))) == {QColor(theme.DARK.ink).name()}
