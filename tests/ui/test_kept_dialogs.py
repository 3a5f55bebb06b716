"""Escape in a filled dialog keeps what was typed; one with nothing typed in it is gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton

from ovn_desk.ui.dialogs.correction import CorrectionDialog
from ovn_desk.ui.dialogs.house import HouseDialog
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.dialogs.planning import PlanningDialog


def shown(window, kind):
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    return found[0] if found else None


def plan(window, desk):
    window.features.articles.open(desk.draft())
    return window.features.planning.show_plan, PlanningDialog, lambda dialog: dialog.what


def correct(window, desk):
    window.features.articles.open(desk.approved())
    window.workspace.article.switch_person(desk.chief.person)
    return window.features.workflow._show_correction, CorrectionDialog, lambda dialog: dialog.in_fact


def hire(window, desk):
    window.workspace.article.switch_person(desk.chief.person)
    return window.features.people.show_people, PeopleDialog, lambda dialog: dialog.name


def settings(window, desk):
    window.workspace.article.switch_person(desk.chief.person)
    return window.features.people.show_house, HouseDialog, lambda dialog: dialog.text


WAYS = {"planning": plan, "correction": correct, "people": hire, "newsroom": settings}


def text(field):
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


@pytest.mark.parametrize("way", WAYS)
def test_escape_keeps_what_was_typed_until_it_is_thrown_away(qtbot, window, desk, way):
    open_it, kind, field_of = WAYS[way](window, desk)
    open_it()
    before = text(field_of(shown(window, kind)))
    qtbot.keyClicks(field_of(shown(window, kind)), "Who meets whom")
    typed = text(field_of(shown(window, kind)))
    assert typed != before
    qtbot.keyClick(field_of(shown(window, kind)), Qt.Key.Key_Escape)
    assert shown(window, kind) is None
    assert "is kept" in window.panes.bar.text
    open_it()
    assert text(field_of(shown(window, kind))) == typed
    qtbot.keyClick(shown(window, kind), Qt.Key.Key_Escape)
    (throw,) = [
        one for one in window.panes.bar.findChildren(QPushButton) if one.text() == "Throw it away" and one.isVisible()
    ]
    qtbot.mouseClick(throw, Qt.MouseButton.LeftButton)
    open_it()
    assert text(field_of(shown(window, kind))) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_dialog_in_which_nothing_was_typed_leaves_nothing(qtbot, window, desk, way):
    open_it, kind, _ = WAYS[way](window, desk)
    open_it()
    qtbot.keyClick(shown(window, kind), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    assert "is kept" not in window.panes.bar.text


def test_a_passphrase_is_never_kept(qtbot, window, desk):
    open_it, kind, field_of = hire(window, desk)
    open_it()
    dialog = shown(window, kind)
    qtbot.keyClicks(field_of(dialog), "Sana Iqbal")
    qtbot.keyClicks(dialog.passphrase, "correct horse")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    open_it()
    secrets = [
        one for one in shown(window, kind).findChildren(QLineEdit) if one.echoMode() is QLineEdit.EchoMode.Password
    ]
    assert [one.text() for one in secrets] == ["", "", ""]
    assert isinstance(shown(window, kind), QDialog)


def test_what_was_added_is_kept_by_nothing_and_a_dialog_that_is_open_is_not_said_to_be_kept(qtbot, window, desk):
    """Seen at the desk: “What you typed is kept”, after Add had been pressed, stood there before the next person."""
    open_it, kind, field_of = hire(window, desk)
    open_it()
    dialog = shown(window, kind)
    qtbot.keyClicks(field_of(dialog), "Sana Iqbal")
    dialog.role.setCurrentIndex(1)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    bar = window.panes.bar
    assert bar.isVisible()
    open_it()
    assert not bar.isVisible()
    assert shown(window, kind).role.currentIndex() == 1
    shown(window, kind).add()
    qtbot.keyClick(shown(window, kind), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    assert not bar.isVisible()


def test_a_dialog_that_is_left_twice_before_it_is_gone_is_forgotten_once(window, desk):
    """Seen at the desk: “KeyError: ('people', …)” in the log, each time somebody was added from the hub's people."""
    open_it, kind, _ = hire(window, desk)
    open_it()
    dialog = shown(window, kind)
    dialog.reject()
    dialog.reject()
    open_it()
    assert shown(window, kind) is not dialog
