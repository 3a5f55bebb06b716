"""Which panes stand side by side at which width, by the window's own keys and buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

PANES = ("list", "strip", "text", "review", "page", "sheet", "inspector", "rail")


def seen(window):
    panes, columns = window.panes, window.columns
    widgets = (
        panes.articles,
        columns.strip,
        panes.writing,
        panes.review,
        panes.preview,
        columns.sheets,
        panes.inspector,
        panes.inspector.rail,
    )
    return " ".join(name for name, widget in zip(PANES, widgets, strict=True) if widget.isVisible())


@pytest.fixture
def opened(stage):
    stage.window.resize(1600, 700)
    stage.clear()
    stage.forget_wishes()
    return stage.window


def press(window, *commands):
    for name in commands:
        window.actions_by_name[f"view.{name}" if "." not in name else name].trigger()


@pytest.mark.parametrize(
    ("width", "commands", "panes"),
    [
        (1600, "", "list text page inspector"),
        (1600, "inspector", "list text page rail"),
        (1600, "preview", "list text inspector"),
        (1600, "list", "strip text page inspector"),
        (1600, "list list", "list text page inspector"),
        (1600, "alone", "text"),
        (1600, "alone alone", "list text page inspector"),
        (1600, "alone evidence", "list text page inspector"),
        (1600, "review.changes", "list review inspector"),
        (1600, "review.changes review.changes", "list text page inspector"),
        (1366, "", "list text page rail"),
        (1366, "inspector", "list text inspector"),
        (1366, "inspector inspector", "list text page rail"),
        (1366, "inspector preview", "list text page rail"),
        (1366, "preview", "list text rail"),
        (1366, "preview preview", "list text page rail"),
        (1366, "evidence", "list text inspector"),
        (1366, "list", "strip text page rail"),
        (1366, "alone", "text"),
        (1366, "review.changes", "strip review inspector"),
        (1366, "review.changes list", "list strip review inspector"),
        (1366, "review.changes review.changes", "list text page rail"),
        (1000, "", "strip text page rail"),
        (1000, "list", "list strip text rail"),
        (1000, "list list", "strip text page rail"),
        (1000, "inspector", "strip text inspector"),
        (1000, "list inspector", "strip text inspector"),
        (1000, "list preview", "strip text page rail"),
        (1000, "review.changes", "strip review inspector"),
        (760, "", "strip text rail"),
        (760, "preview", "strip page rail"),
        (760, "preview preview", "strip text rail"),
        (760, "inspector", "strip inspector"),
        (760, "inspector inspector", "strip text rail"),
        (760, "inspector preview", "strip page rail"),
        (760, "list", "list strip text rail"),
        (760, "review.changes", "strip review rail"),
        (760, "review.changes inspector", "strip inspector"),
    ],
)
def test_what_stands_side_by_side(opened, width, commands, panes):
    opened.resize(width, 700)
    press(opened, *commands.split())
    assert seen(opened) == panes


@pytest.mark.parametrize(
    ("width", "with_sheet", "before"),
    [
        (1600, "list text sheet inspector", "list text page inspector"),
        (1366, "list text sheet", "list text page rail"),
        (1000, "strip text sheet", "strip text page rail"),
    ],
)
def test_a_sheet_takes_the_place_of_the_page_and_gives_it_back(opened, width, with_sheet, before):
    opened.resize(width, 700)
    opened.side.show_sheet(QLabel("A source"))
    assert seen(opened) == with_sheet
    opened.side.hide_sheet()
    assert seen(opened) == before


@pytest.mark.parametrize("width", [1000, 760])
def test_the_drawer_goes_when_an_article_was_chosen_in_it(qtbot, opened, width):
    opened.resize(width, 700)
    qtbot.mouseClick(opened.columns.strip.button, Qt.MouseButton.LeftButton)
    assert opened.panes.articles.isVisible()
    opened.panes.articles.open_wanted.emit(opened.workspace.article.id)
    assert not opened.panes.articles.isVisible()


def test_a_word_of_the_rail_opens_its_tab_in_place_of_the_page(qtbot, opened):
    opened.resize(1366, 700)
    qtbot.mouseClick(opened.panes.inspector.rail.buttons["evidence"], Qt.MouseButton.LeftButton)
    assert opened.panes.evidence.isVisible()
    assert not opened.panes.preview.isVisible()


@pytest.mark.parametrize("width", [1920, 1600, 1500, 1499, 1366, 1200, 1199, 1000, 900, 899, 760])
@pytest.mark.parametrize("commands", ["", "inspector", "review.changes", "list"])
def test_every_column_has_its_room_and_the_text_most(opened, width, commands):
    opened.resize(width, 520)
    press(opened, *commands.split())
    assert (opened.width(), opened.height()) == (width, 520)
    assert opened.panes.middle.width() >= min(300, width)
    shown = [pane for pane in opened.columns.findChildren(type(opened.panes.middle)) if pane.isVisible()]
    assert all(
        opened.rect().contains(pane.geometry().translated(pane.parentWidget().mapTo(opened, pane.pos()) - pane.pos()))
        for pane in shown
    )


def test_a_place_in_the_text_brings_the_text_back_where_something_took_its_place(opened):
    opened.resize(760, 700)
    for place in (opened.panes.writing.headline.setFocus, lambda: opened.panes.writing.editor.go_to(1, 3)):
        opened.side.show_inspector("details")
        assert not opened.panes.writing.isVisible()
        place()
        assert opened.panes.writing.isVisible()


def test_the_keyboard_goes_with_what_takes_the_place_of_the_text(opened):
    opened.resize(760, 700)
    panes = opened.panes
    panes.writing.editor.setFocus()
    for command, pane in (("inspector", panes.inspector), ("preview", panes.preview)):
        press(opened, command)
        assert pane.isAncestorOf(opened.focusWidget())
        press(opened, command)
        assert opened.focusWidget() is panes.writing.editor


def test_text_in_the_top_bar_puts_a_sheet_away_that_took_its_place(qtbot, opened):
    opened.resize(760, 700)
    opened.side.show_sheet(QLabel("A source"))
    assert not opened.panes.writing.isVisible()
    qtbot.mouseClick(opened.panes.top_bar.places.buttons["text"], Qt.MouseButton.LeftButton)
    assert opened.panes.writing.isVisible()


def test_the_tab_that_was_open_before_a_review_is_open_after_it(opened):
    opened.resize(1600, 700)
    press(opened, "evidence", "review.changes")
    assert opened.panes.inspector.tabText(opened.panes.inspector.currentIndex()).startswith("Review")
    press(opened, "review.changes")
    assert opened.panes.evidence.isVisible()
