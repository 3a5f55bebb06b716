"""Another language of the article, chosen in Details: text, fields, page and bars turn at once and wholly."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from ovn_desk.domain.article import Content
from ovn_desk.text.language import story_language

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
        "status": window.panes.status_bar.language.text().split()[0],
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


URDU = "صوبائی کابینہ نے آٹھ منصوبوں کی منظوری دے دی۔"
ENGLISH = "The cabinet approved eight projects on Friday."


def languages(window):
    writing = window.panes.writing
    return {
        window.workspace.text.content.language,
        writing.editor.language,
        writing.headline.plain.language,
        writing.standfirst.plain.language,
        window.panes.details._choices["language"].currentData(),
        window.panes.status_bar.language.text().split()[0].lower(),
    }


def paste(qtbot, place, words):
    QGuiApplication.clipboard().setText(words)
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("name", ["headline", "editor"])
@pytest.mark.parametrize("way", ["pasted", "typed"])
def test_a_new_story_written_in_urdu_turns_to_urdu_and_undo_takes_it_back_for_good(qtbot, window, name, way):
    window.features.articles.start()
    assert languages(window) == {"en"}
    place = getattr(window.panes.writing, name)
    if way == "pasted":
        paste(qtbot, place, URDU)
    else:
        place.setFocus()
        for letter in URDU[:24]:  # no key of this keyboard
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QGuiApplication.sendEvent(place, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    qtbot.waitUntil(lambda: languages(window) == {"ur"})
    bar = window.panes.bar
    assert bar.isVisible()
    assert bar.text == "This story is in Urdu now."
    qtbot.mouseClick(bar._buttons[0], Qt.MouseButton.LeftButton)
    assert languages(window) == {"en"}
    rests = []
    window.workspace.text.rested.connect(lambda: rests.append(True))
    paste(qtbot, place, URDU)
    qtbot.waitUntil(lambda: bool(rests))
    assert languages(window) == {"en"}


def test_a_new_story_in_english_turns_to_english_where_the_newsroom_begins_in_urdu(qtbot, window):
    window.workspace.article.start(Content(language="ur"))
    paste(qtbot, window.panes.writing.headline, ENGLISH)
    qtbot.waitUntil(lambda: languages(window) == {"en"})
    assert window.panes.bar.text == "This story is in English now."


def test_a_language_set_by_hand_and_that_of_an_older_story_stay(qtbot, window, desk):
    window.features.articles.start()
    for language in ("ur", "en"):
        choose(qtbot, window, language)
    paste(qtbot, window.panes.writing.headline, URDU)
    assert languages(window) == {"en"}
    window.features.articles.open(desk.draft(headline="Rail", body=ENGLISH))
    paste(qtbot, window.panes.writing.headline, URDU)
    assert languages(window) == {"en"}


@pytest.mark.parametrize(
    ("headline", "body", "language"),
    [
        ("", "", ""),
        ("کراچی", "", ""),
        ("Dawn", "123", ""),
        (URDU, "", "ur"),
        (ENGLISH, "", "en"),
        ("", f"\n\n{URDU}\n\n{ENGLISH}", "ur"),
        (ENGLISH, URDU, "ur"),
        ("", f"SBP {URDU} Dawn", "ur"),
        (URDU, "آج", "ur"),
    ],
)
def test_the_language_of_a_story_is_that_of_most_of_its_first_letters(headline, body, language):
    assert story_language(headline, body) == language
