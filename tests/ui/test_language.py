"""Another language of the article, chosen in Details: text, fields, page and bars turn at once and wholly."""

import pytest
from PySide6.QtCore import Qt

SCRIPT = """
if (!document.querySelector('#ovn-body p')) '' ; else JSON.stringify([
  document.documentElement.lang, document.documentElement.dir,
  getComputedStyle(document.querySelector('#ovn-body p')).direction,
  getComputedStyle(document.querySelector('h1')).direction])
"""


def show(qtbot, window, desk, **changes):
    window.resize(1600, 900)  # page and details side by side
    article = desk.draft(**{"body": "14.\n\nThe groups meet in July [@dawn-rail].", **changes})
    window.features.articles.open(article)
    window.panes.inspector.show_tab("details")
    window.panes.details.more.set_open(is_open=True)
    wait_for_page(qtbot, window, changes.get("language", "en"))


def choose(qtbot, window, language):
    """The language by its key in the list, as with the keyboard."""
    box = window.panes.details._choices["language"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down if language == "ur" else Qt.Key.Key_Up)


def page(qtbot, window):
    found = []
    window.panes.preview._page.runJavaScript(SCRIPT, 1, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def wait_for_page(qtbot, window, language):
    direction = "rtl" if language == "ur" else "ltr"
    qtbot.waitUntil(lambda: page(qtbot, window).startswith(f'["{language}","{direction}","{direction}"'))


def sides(window):
    """Where each place of the window that has the article's words begins, and what language each thinks it is in."""
    writing = window.panes.writing
    first = writing.editor.document().firstBlock()
    return {
        "text": first.blockFormat().layoutDirection(),
        "empty headline": writing.headline.document().firstBlock().blockFormat().layoutDirection(),
        "languages": {writing.editor.language, writing.headline.plain.language, writing.standfirst.plain.language},
        "faces": {writing.headline.font().family(), writing.standfirst.font().family()},
        "margin": writing.margin.x() > writing.editor.viewport().x(),
        "status": window.panes.status_bar._language.text().split()[0],
    }


@pytest.mark.parametrize("start", ["en", "ur"])
def test_a_language_chosen_in_details_turns_everything(qtbot, window, desk, start):
    other = {"en": "ur", "ur": "en"}[start]
    show(qtbot, window, desk, language=start, headline="")
    before = sides(window)
    choose(qtbot, window, other)
    assert window.workspace.text.content.language == other
    wait_for_page(qtbot, window, other)
    same = [name for name, was in before.items() if sides(window)[name] == was]
    assert same == []
    choose(qtbot, window, start)
    wait_for_page(qtbot, window, start)
    assert sides(window) == before


def test_the_page_of_an_urdu_story_has_its_face_and_the_newsroom_in_urdu(qtbot, window, desk):
    show(qtbot, window, desk)
    choose(qtbot, window, "ur")
    wait_for_page(qtbot, window, "ur")
    found = []
    script = "getComputedStyle(document.querySelector('#ovn-body p')).fontFamily"
    window.panes.preview._page.runJavaScript(script, 1, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert "Nastaliq" in found[0]
