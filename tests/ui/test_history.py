"""The history: what was done in plain words, a version to be read, restored, and taken back."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.inspector.history.entry_painter import EntryRole
from ovn_desk.ui.widgets.phrases import day_and_time


def show(qtbot, window, desk, space, *, saves=2):
    article = desk.draft(headline="Version 0", body="Text 0.")
    window.features.articles.open(article)
    for number in range(1, saves + 1):
        space.text.edit(headline=f"Version {number}", body=f"Text {number}.")
        space.article.save()
    window.panes.inspector.show_tab("history")
    history = window.panes.history
    qtbot.waitUntil(lambda: history._list.count() == saves + 1)
    window.activateWindow()
    return history


def click(qtbot, history, row, keys=Qt.KeyboardModifier.NoModifier):
    place = history._list.visualItemRect(history._list.item(row)).center()
    qtbot.mouseClick(history._list.viewport(), Qt.MouseButton.LeftButton, keys, place)


def said(history, row):
    return history._list.item(row).data(EntryRole)


def test_each_line_says_who_what_and_when_in_plain_words(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    assert [said(history, row).what for row in range(3)] == ["Saved", "Saved", "Started"]
    assert [said(history, row).is_now for row in range(3)] == [True, False, False]
    name, when, version, signed = said(history, 2).about.split(" · ")
    assert (name, signed) == ("Rana Malik", "signed")
    first = history._list.item(2).data(Qt.ItemDataRole.UserRole)
    assert version.replace("\u2060", "") == f"version {first[:4]}…{first[-2:]}"  # as where it is signed
    assert when.startswith(("today ", "yesterday "))


def test_a_click_shows_the_version_and_escape_leaves_it(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    click(qtbot, history, 2)
    qtbot.waitUntil(lambda: history.sheet is not None and history.sheet.isVisible())
    assert history.sheet.text.toPlainText().startswith("Version 0")
    assert "Text 0." in history.sheet.text.toPlainText()
    qtbot.keyClick(history.sheet.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not history.sheet.isVisible())
    assert space.text.content.headline == "Version 2"
    assert QApplication.focusWidget() is history._list


def test_enter_shows_the_version_too(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    history._list.setFocus()
    history._list.setCurrentRow(1)
    qtbot.keyClick(history._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: history.sheet is not None and history.sheet.isVisible())
    assert history.sheet.text.toPlainText().startswith("Version 1")


def test_a_version_is_restored_and_the_bar_takes_that_back(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    space.text.edit(headline="Being written")
    click(qtbot, history, 2)
    qtbot.waitUntil(lambda: history.sheet is not None and history.sheet.isVisible())
    qtbot.mouseClick(history.sheet.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: space.text.content.headline == "Version 0")
    assert not history.sheet.isVisible()
    undo = next(button for button in window.panes.bar._buttons if "Undo" in button.text())
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: space.text.content.headline == "Being written")


def test_the_newest_version_has_nothing_to_restore(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    click(qtbot, history, 0)
    qtbot.waitUntil(lambda: history.sheet is not None and history.sheet.isVisible())
    assert not history.sheet.restore.isEnabled()
    assert history.sheet.restore.toolTip() == "This is the newest version."


def test_two_chosen_versions_are_compared(qtbot, window, desk, space):
    history = show(qtbot, window, desk, space)
    for row in (2, 1):
        click(qtbot, history, row, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(history._compare.isVisible)
    with qtbot.waitSignal(window.panes.review.shown):
        qtbot.mouseClick(history._compare, Qt.MouseButton.LeftButton)
    text = window.panes.review.view.toPlainText()
    assert "Version 0" in text  # the older, struck out
    assert "1" in text.splitlines()[0]


def test_a_note_is_quoted_and_an_article_that_is_opened_puts_the_version_away(qtbot, window, desk, space):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter, note="Figures are the ministry's.")
    history = show(qtbot, window, desk, space)
    click(qtbot, history, 2)
    qtbot.waitUntil(lambda: history.sheet is not None and history.sheet.isVisible())
    window.features.articles.open(article)
    qtbot.waitUntil(lambda: not history.sheet.isVisible())
    window.panes.inspector.show_tab("history")
    qtbot.waitUntil(lambda: history._list.count() == 2)
    assert said(history, 0).note == "“Figures are the ministry's.”"
    assert said(history, 0).what == "Filed"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(minutes=1), "today 11:59"),
        (timedelta(hours=13), "yesterday 23:00"),
        (timedelta(days=3), "25 Nov 12:00"),
        (timedelta(days=365), "28 Nov 2025 12:00"),
    ],
)
def test_when_is_said_as_people_say_it(before, words):
    now = datetime(2026, 11, 28, 12, 0).astimezone()
    assert day_and_time(now - before, now) == words
