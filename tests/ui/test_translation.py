"""Saying in the window what an article is a translation of, and beginning a translation."""

from PySide6.QtCore import Qt

from make import DAWN


def field(window):
    return window.panes.details._lines["translates"]


def test_an_original_is_picked_by_its_headline_and_cleared(qtbot, window, desk, space):
    original, urdu = desk.draft(), desk.draft(headline="ریل", language="ur", body="x")
    window.features.articles.open(urdu)
    window.panes.inspector.show_tab("details")
    edit = field(window)
    edit.setFocus()
    qtbot.keyClicks(edit, "Rail")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert space.text.content.translates == original
    assert edit.text() == "Rail groups to meet in Baku"
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert space.text.content.translates == ""


def test_words_that_name_no_article_change_nothing(qtbot, window, desk, space):
    original = desk.draft()
    window.features.articles.open(desk.draft(headline="ریل", language="ur", translates=original))
    edit = field(window)
    assert edit.text() == "Rail groups to meet in Baku"
    edit.setFocus()
    qtbot.keyClicks(edit, " nothing of this name")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "Rail groups to meet in Baku"
    assert space.text.content.translates == original


def test_an_original_that_is_not_on_this_desk_is_named_so(window, desk):
    window.features.articles.open(desk.draft(language="ur", translates="0198a1b2-0000-7000-8000-000000000009"))
    assert field(window).text() == "An article that is not on this desk"


def test_translate_begins_a_draft_in_the_other_language(qtbot, window, desk, space):
    original = desk.draft()
    window.features.articles.open(original)
    actions = window.actions_by_name
    assert (actions["article.to_urdu"].isEnabled(), actions["article.to_english"].isEnabled()) == (True, False)
    actions["article.to_urdu"].trigger()
    assert space.article.id != original
    content = space.text.content
    assert (content.language, content.translates, content.sources) == ("ur", original, (DAWN,))
    assert field(window).text() == "Rail groups to meet in Baku"
    assert actions["article.to_english"].isEnabled()
    assert window.panes.writing.headline.hasFocus()
