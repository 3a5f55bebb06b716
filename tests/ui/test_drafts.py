"""Discarding, copying, pinning and filtering in the window, by keys and mouse; the keyboard stays where it was."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.articles.model import Heading, RowRole
from ovn_desk.usecases import queries, saved_searches, writing
from ovn_desk.usecases.article_list import Group, ListFilter, Scope


@pytest.fixture
def pane(qtbot, window):
    window.activateWindow()
    return window.panes.articles


def headlines(pane):
    items = [pane.model.index(row).data(RowRole) for row in range(pane.model.rowCount())]
    return [item.row.headline for item in items if not isinstance(item, Heading)]


def has_section(pane, key):
    items = [pane.model.index(row).data(RowRole) for row in range(pane.model.rowCount())]
    return any(isinstance(item, Heading) and item.key == key for item in items)


def choose(qtbot, pane, *articles):
    """Clicks on rows, from the second on with Ctrl."""
    keys = Qt.KeyboardModifier.NoModifier
    for article in articles:
        at = pane.view.visualRect(pane.model.place_of(article)).center()
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, keys, at)
        keys = Qt.KeyboardModifier.ControlModifier


def press(qtbot, window, label):
    def buttons():
        return [one for one in window.panes.bar.findChildren(QPushButton) if one.text() == label and one.isVisible()]

    qtbot.waitUntil(lambda: len(buttons()) == 1)
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)


def entry(menu, label):
    (action,) = [one for one in menu.actions() if one.text() == label]
    return action


def shown_menu(qtbot, pane, article):
    """The list's menu, by the right button on a row."""
    at = pane.view.visualRect(pane.model.place_of(article)).center()
    view = pane.view.viewport()
    qtbot.mousePress(view, Qt.MouseButton.RightButton, pos=at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    menu = QApplication.activePopupWidget()
    assert menu.objectName() == "list-menu"
    menu.close()
    return menu


def has_keyboard(qtbot, widget):
    qtbot.waitUntil(widget.hasFocus)


def test_delete_discards_and_undo_brings_back_and_the_keyboard_stays_in_the_list(qtbot, window, desk, pane):
    kept, thrown = desk.draft(headline="Kept"), desk.draft(headline="Thrown")
    pane.reload()
    choose(qtbot, pane, thrown)
    assert window.workspace.article.id == thrown
    has_keyboard(qtbot, window.panes.writing.editor)  # after a click one writes
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: headlines(pane) == ["Kept"])
    assert window.workspace.article.id == kept
    assert pane.view.hasFocus()
    press(qtbot, window, "Undo")
    qtbot.waitUntil(lambda: sorted(headlines(pane)) == ["Kept", "Thrown"])
    assert window.workspace.article.id == thrown
    assert pane.view.hasFocus()


def test_what_was_typed_a_moment_ago_is_discarded_and_restored_with_it(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat", body="")
    desk.draft(headline="Other")
    window.features.articles.open(article)
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "Typed just now.")
    window.actions_by_name["draft.discard"].trigger()
    qtbot.waitUntil(lambda: headlines(pane) == ["Other"])
    qtbot.waitUntil(lambda: not pane.is_searching)
    assert editor.hasFocus()
    press(qtbot, window, "Undo")
    qtbot.waitUntil(lambda: window.workspace.article.id == article)
    assert editor.text() == "Typed just now."
    assert desk.read(writing.text_of, article).body == "Typed just now."


def test_a_new_empty_draft_is_thrown_away_at_once(qtbot, window, desk, pane):
    desk.draft(headline="Wheat")
    pane.reload()
    window.actions_by_name["article.new"].trigger()
    assert window.panes.writing.headline.hasFocus()
    qtbot.waitUntil(lambda: len(headlines(pane)) == 2)
    window.actions_by_name["draft.discard"].trigger()
    qtbot.waitUntil(lambda: headlines(pane) == ["Wheat"])
    pane.filter_bar.set_value(ListFilter(is_discarded=True))
    qtbot.waitUntil(lambda: pane.model.filter.is_discarded and not pane.is_searching)
    assert pane.model.is_empty
    assert window.panes.top_bar.findChild(QPushButton) is None or not any(
        button.hasFocus() for button in window.panes.top_bar.findChildren(QPushButton)
    )


def test_a_discarded_draft_is_read_and_restored_from_the_list(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat")
    desk.draft(headline="Other")
    pane.reload()
    choose(qtbot, pane, article)
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: headlines(pane) == ["Other"])
    pane.filter_bar.set_value(ListFilter(is_discarded=True))
    qtbot.waitUntil(lambda: has_section(pane, Group.DISCARDED))
    choose(qtbot, pane, article)
    assert "discarded" in window.panes.bar.text
    assert window.panes.writing.editor.isReadOnly()
    press(qtbot, window, "Restore")
    qtbot.waitUntil(lambda: not window.panes.writing.editor.isReadOnly())
    pane.filter_bar.clear()
    qtbot.waitUntil(lambda: sorted(headlines(pane)) == ["Other", "Wheat"])


def test_several_are_discarded_together(qtbot, window, desk, pane):
    articles = [desk.draft(headline=f"Story {number}") for number in range(4)]
    pane.reload()
    choose(qtbot, pane, *articles[:3])
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: headlines(pane) == ["Story 3"])
    assert "3 drafts" in window.panes.bar.text
    press(qtbot, window, "Undo")
    qtbot.waitUntil(lambda: len(headlines(pane)) == 4)


def test_what_the_desk_has_stays_and_the_bar_says_why(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat")
    desk.step(article, Step.FILE, desk.reporter)
    pane.reload()
    choose(qtbot, pane, article)
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert "only a draft" in window.panes.bar.text
    assert headlines(pane) == ["Wheat"]


def test_the_menu_of_a_row_copies_it_with_text_and_sources(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat", body="Every word.")
    pane.reload()
    entry(shown_menu(qtbot, pane, article), "Duplicate").trigger()
    qtbot.waitUntil(lambda: window.workspace.text.content.headline == "Copy of Wheat")
    assert window.workspace.text.content.body == "Every word."
    qtbot.waitUntil(lambda: sorted(headlines(pane)) == ["Copy of Wheat", "Wheat"])


def test_a_pinned_story_stands_at_the_top_once(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat")
    for number in range(3):
        desk.draft(headline=f"Story {number}")
    pane.reload()
    entry(shown_menu(qtbot, pane, article), "Pin to the top").trigger()
    qtbot.waitUntil(lambda: has_section(pane, Group.PINNED))
    assert headlines(pane) == ["Wheat", "Story 2", "Story 1", "Story 0"]
    entry(shown_menu(qtbot, pane, article), "Unpin").trigger()
    qtbot.waitUntil(lambda: not has_section(pane, Group.PINNED))
    assert sorted(headlines(pane)) == ["Story 0", "Story 1", "Story 2", "Wheat"]


def test_a_story_moves_to_another_section_by_the_menu(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat", category="politics")
    pane.reload()
    other = next(one for one in queries.house(desk.store).categories if one.key != "politics")
    menu = shown_menu(qtbot, pane, article)
    entry(entry(menu, "Move to").menu(), other.name("en")).trigger()
    qtbot.waitUntil(lambda: desk.read(writing.text_of, article).category == other.key)


def test_an_editor_takes_a_story_from_the_list(qtbot, window, desk, pane, space):
    article = desk.draft(headline="Wheat")
    desk.step(article, Step.FILE, desk.reporter)
    space.session.change_person(desk.editor.person)
    pane.reload()
    entry(shown_menu(qtbot, pane, article), "Take for review").trigger()
    qtbot.waitUntil(lambda: desk.article(article).holder == desk.editor.id)


def test_several_stories_are_exported_together_from_the_list(qtbot, window, desk, pane, space):
    one, other, left = (desk.approved(headline=headline) for headline in ("Wheat", "Water", "Rail"))
    space.session.change_person(desk.editor.person)
    pane.reload()
    choose(qtbot, pane, one, other)
    entry(shown_menu(qtbot, pane, other), "Export…").trigger()
    assert window.panes.middle.shows(window.panes.export)
    assert set(window.panes.export.chosen.ticked) == {one, other}
    assert left not in window.panes.export.chosen.ticked


def test_the_address_of_a_page_is_copied(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat")
    pane.reload()
    assert not entry(shown_menu(qtbot, pane, article), "Copy the page's address").isEnabled()
    assert QGuiApplication.clipboard() is not None


def test_chips_say_whose_stories_and_a_reporter_begins_with_their_own(qtbot, window, desk, pane):
    desk.draft(headline="Mine")
    writing.start(desk.store, writing.Content(headline="Theirs"), by=desk.editor)
    pane.reload()
    assert headlines(pane) == ["Mine"]
    qtbot.mouseClick(pane.filter_bar.chips[Scope.ALL], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sorted(headlines(pane)) == ["Mine", "Theirs"])
    window.workspace.session.change_person(desk.editor.person)
    assert pane.filter_bar.value == ListFilter(Scope.ALL)


def test_the_filter_menu_narrows_by_state_and_says_so(qtbot, window, desk, pane):
    desk.draft(headline="Wheat")
    sent = desk.in_review(headline="Water")
    desk.step(sent, Step.SEND_BACK, desk.editor, reason="Who?")
    pane.reload()
    bar = pane.filter_bar
    states = entry(bar.make_menu(), "State").menu()
    entry(states, "Sent back").trigger()
    qtbot.waitUntil(lambda: headlines(pane) == ["Water"])
    assert bar._summary.text() == "Sent back"
    assert bar._summary.isVisible()
    qtbot.mouseClick(bar._clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sorted(headlines(pane)) == ["Water", "Wheat"])


def test_a_search_is_saved_used_and_deleted(qtbot, window, desk, pane):
    desk.draft(headline="Wheat")
    desk.draft(headline="Water", body="The canal.")
    pane.reload()
    bar = pane.filter_bar
    pane.filter_bar.field.setFocus()
    qtbot.keyClicks(pane.filter_bar.field, "canal")
    qtbot.waitUntil(lambda: headlines(pane) == ["Water"])
    entry(bar.make_menu(), "Save this search…").trigger()
    has_keyboard(qtbot, window.panes.bar.field)
    qtbot.keyClicks(window.panes.bar.field, "Canals")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    has_keyboard(qtbot, pane.filter_bar.field)
    bar.clear()
    qtbot.waitUntil(lambda: len(headlines(pane)) == 2)
    entry(bar.make_menu(), "Canals").trigger()
    qtbot.waitUntil(lambda: headlines(pane) == ["Water"])
    assert pane.filter_bar.field.text() == "canal"
    entry(entry(bar.make_menu(), "Delete a saved search").menu(), "Canals").trigger()
    assert saved_searches.saved_searches(desk.store) == []
    press(qtbot, window, "Undo")
    assert [one.name for one in saved_searches.saved_searches(desk.store)] == ["Canals"]


def test_the_menu_key_opens_the_menu_of_the_row_with_the_keyboard(qtbot, window, desk, pane):
    article = desk.draft(headline="Wheat")
    pane.reload()
    choose(qtbot, pane, article)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(pane.view, event)  # as Qt does: to whoever has the keyboard
    menu = QApplication.activePopupWidget()
    assert entry(menu, "Open").isEnabled()
    menu.close()
