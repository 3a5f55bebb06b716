"""Citing with real keys: the list at `[@`, and where a citation, a picture and whatever else is put in lands."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton

from effort import examples
from make import DAWN
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.texts import normalised_text
from ovn_desk.ui.editor import markdown_commands, typing
from ovn_desk.ui.editor.citations import insert_citation

WATER = Source(key="karachi-water-and", kind=SourceKind.DOCUMENT, name="KWSC annual report")
NOTICE = Source(key="kwsc-notice", kind=SourceKind.DOCUMENT, name="Notice of restart")
RECURSIVE = Qt.MatchFlag.MatchRecursive
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_story(qtbot, window, desk, body, *sources):
    """The editor of a story, with the keyboard in it and the cursor at its end."""
    window.features.articles.open(desk.draft(body=body, sources=sources))
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    return editor


def type_letters(editor, text):
    """A key for each letter, also such as QTest knows no key for."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(editor, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def test_enter_cites_the_source_whose_key_begins_with_what_was_typed(qtbot, window, desk):
    editor = open_story(qtbot, window, desk, "The pumps run", WATER, NOTICE)
    qtbot.keyClicks(editor, " [@kwsc")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "The pumps run [@kwsc-notice]"


def test_a_source_is_found_by_its_name_in_urdu(qtbot, window, desk):
    editor = open_story(qtbot, window, desk, "پانی", WATER, replace(NOTICE, name="بشیر احمد"))
    type_letters(editor, " [@بش")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "پانی [@kwsc-notice]"


@pytest.mark.parametrize("sources", [(), (WATER,)])
def test_the_list_ends_with_a_new_source(qtbot, window, desk, sources):
    editor = open_story(qtbot, window, desk, "The pumps run", *sources)
    qtbot.keyClicks(editor, " [@")
    rows = window.panes.writing.completion.list
    assert [rows.item(n).text() for n in range(rows.count())][-1] == "New source…"
    if sources:
        qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.side.sheet is window.panes.details.sources.editing.sheet
    assert not rows.isVisible()
    assert editor.text() == "The pumps run [@"


WAYS = ("feature", "typed", "evidence", "card")


@pytest.mark.parametrize(
    ("before", "way"),
    [*(("One 🚆🚆.\n\nTwo 🚆", way) for way in WAYS), ("One.\n\nTwo", "typed"), ("ایک۔\n\nدو", "typed")],
)
def test_a_citation_lands_at_the_cursor_after_a_soft_line_break(qtbot, window, desk, way, before):
    editor = open_story(qtbot, window, desk, before, DAWN)
    qtbot.keyClick(editor, Qt.Key.Key_Return, SHIFT)
    type_letters(editor, "x 🚆 y")
    if way == "feature":
        window.features.sources.cite(DAWN.key)
    elif way == "card":
        window.panes.details.sources.citation_wanted.emit(DAWN.key)
    elif way == "evidence":
        line = editor.text().count("\n") + 1
        window.features.sources.cite_at(line, len(editor.text().rpartition("\n")[2]) + 1)
        window.features.sources._palette.close()
        window.features.sources.cite(DAWN.key)
    else:
        qtbot.keyClicks(editor, "[@")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    space = "" if way == "typed" else " "  # whoever types it sets the space
    assert editor.text() == f"{before}  \nx 🚆 y{space}[@dawn-rail]"
    editor.undo()
    assert "dawn-rail" not in editor.text()


def paste(editor, text):
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


PUTS = {
    "citation": lambda editor: insert_citation(editor, "dawn-rail"),
    "snippet": lambda editor: editor.insert("[@dawn-rail]"),
    "change": lambda editor: editor.change([(*editor.selection(), "[@dawn-rail]")]),
    "paste": lambda editor: paste(editor, "[@dawn-rail]"),
}
PIECES = st.lists(
    st.sampled_from(["a", " ", "🚆", "پانی", "e\u0301", "\n", "\n\n", "\u2028", "👨\u200d👩\u200d👧"]), max_size=14
)


@example(pieces=["a", "\u2028", "🚆", "\u2028"], at=4, way="citation")
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, at=st.integers(0, 14), way=st.sampled_from(sorted(PUTS)))
def test_whatever_is_put_in_lands_at_the_cursor(editor, pieces, at, way):
    """Also behind soft line breaks, letters that Qt counts twice, and in Urdu."""
    at = min(at, len(pieces))
    editor.load("", language="en")
    editor.textCursor().insertText("".join(pieces))
    whole = normalised_text("".join(pieces))
    place = len(normalised_text("".join(pieces[:at])))
    editor.select(place, place)
    PUTS[way](editor)
    if way == "citation":  # at the end of the word, with a space where there is none
        is_in_word = whole[:place][-1:].isalpha()
        while is_in_word and whole[place : place + 1].isalpha():
            place += 1
        assert editor.text().replace(" ", "") == f"{whole[:place]}[@dawn-rail]{whole[place:]}".replace(" ", "")
    else:
        assert editor.text() == f"{whole[:place]}[@dawn-rail]{whole[place:]}"


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, at=st.integers(0, 14))
def test_a_picture_lands_in_or_behind_the_paragraph_of_the_cursor(editor, pieces, at):
    at = min(at, len(pieces))
    editor.load("", language="en")
    editor.textCursor().insertText("".join(pieces))
    whole = normalised_text("".join(pieces))
    place = len(normalised_text("".join(pieces[:at])))
    editor.select(place, place)
    typing.insert_paragraph(editor, "![](image:pump)", editor.textCursor())
    before, _, after = editor.text().partition("![](image:pump)")
    assert "".join((before + after).split()) == "".join(whole.split())
    words_before = "".join(whole[:place].split())
    assert not words_before or "".join(before.split()).startswith(words_before)


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, at=st.integers(0, 14), to=st.integers(0, 14))
def test_what_is_selected_is_what_a_comment_and_a_link_are_about(editor, pieces, at, to):
    """A comment is anchored by these places; a link goes round just these words."""
    at, to = sorted((min(at, len(pieces)), min(to, len(pieces))))
    editor.load("", language="en")
    editor.textCursor().insertText("".join(pieces))
    whole = normalised_text("".join(pieces))
    start, end = (len(normalised_text("".join(pieces[:number]))) for number in (at, to))
    editor.select(start, end)
    assert editor.selection() == (start, end)
    assert editor.selected_text() == whole[start:end]
    markdown_commands.wrap(editor, "[", "](https://)")
    assert editor.text() == f"{whole[:start]}[{whole[start:end]}](https://){whole[end:]}"


PLACES = [
    ("It said so in December.|", "It said so in December [@dawn-rail].|"),
    ("It said so in December. |", "It said so in December. [@dawn-rail]|"),
    ("یہ دسمبر میں کہا گیا۔|", "یہ دسمبر میں کہا گیا [@dawn-rail]۔|"),
    ("“We have no water|,” Nasreen said.", "“We have no water,” [@dawn-rail]| Nasreen said."),
    ("🚆 “We have no water|.”", "🚆 “We have no water.” [@dawn-rail]|"),
    ("They waited ni|ne days for water.", "They waited nine days for water [@dawn-rail].|"),
    ("“We waited ni|ne days,” she said.", "“We waited nine days,” [@dawn-rail]| she said."),
]


@pytest.mark.parametrize(("before", "after"), PLACES)
def test_a_citation_stands_where_an_editor_would_set_it_and_the_cursor_behind(qtbot, window, desk, before, after):
    editor = open_story(qtbot, window, desk, before.replace("|", ""), DAWN)
    editor.select(before.index("|"), before.index("|"))
    window.features.sources.cite(DAWN.key)
    at = editor.selection()[0]
    assert f"{editor.text()[:at]}|{editor.text()[at:]}" == after
    editor.undo()
    assert editor.text() == before.replace("|", "")


def test_what_is_selected_is_cited_and_stays(qtbot, window, desk):
    editor = open_story(qtbot, window, desk, "Seven wells are dry.", DAWN)
    editor.select(0, 11)
    window.features.sources.cite(DAWN.key)
    assert editor.text() == "Seven wells [@dawn-rail] are dry."


def test_save_and_cite_sets_the_citation_before_the_full_stop(qtbot, window, desk):
    editor = open_story(qtbot, window, desk, "The pumps run since December.")
    window.features.sources.add()
    sheet = window.panes.details.sources.editing.sheet
    name = sheet.parts.fields.lines["name"]
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClicks(name, "Nasreen Bibi")
    qtbot.mouseClick(sheet.parts.save_and_cite, Qt.MouseButton.LeftButton)
    assert editor.text() == "The pumps run since December [@nasreen-bibi]."


def test_evidence_cites_a_quotation_behind_its_marks(qtbot, window, desk):
    body = "“We have no water for seven days now,” Nasreen said."
    editor = open_story(qtbot, window, desk, body, DAWN)
    window.panes.inspector.show_tab("evidence")
    tree = window.panes.evidence.tree
    qtbot.waitUntil(lambda: bool(tree.findItems("We have no water", Qt.MatchFlag.MatchContains | RECURSIVE)))
    tree.setCurrentItem(tree.findItems("We have no water", Qt.MatchFlag.MatchContains | RECURSIVE)[0])
    cite = next(one for one in window.panes.evidence.card.findChildren(QPushButton) if one.text() == "Cite…")
    qtbot.mouseClick(cite, Qt.MouseButton.LeftButton)
    palette = window.features.sources._palette
    qtbot.waitUntil(palette.isVisible)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "[@" in editor.text())
    assert editor.text() == "“We have no water for seven days now,” [@dawn-rail] Nasreen said."
