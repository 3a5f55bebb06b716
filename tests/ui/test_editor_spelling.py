"""Spelling in the real editor, with the real dictionary."""

import random
import sys

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from ovn_desk.text.spelling import Word
from ovn_desk.ui.editor import Editor, Field, Spelling, underlines
from ovn_desk.ui.editor.highlight import Highlighter
from ovn_desk.ui.editor.spelling_cache import SpellingCache
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace


@pytest.fixture
def column(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.setLayout(QVBoxLayout())
    return made


@pytest.fixture
def headline(column):
    made = Field("headline", label="Headline", pixels=25)
    column.layout().addWidget(made)
    return made


@pytest.fixture
def editor(qtbot, column, headline):
    made = Editor()
    column.layout().addWidget(made)
    column.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.fixture
def spelling(editor, headline, tmp_path):
    made = Spelling([editor, headline], folder=tmp_path / "dictionaries", personal=tmp_path / "words.txt")
    yield made
    made.finish()


def test_a_text_that_scrolls_while_it_goes_is_underlined_no_more(qtbot, monkeypatch, headline, tmp_path):
    monkeypatch.setattr(underlines, "_SOON_MS", 0)
    editor = Editor()
    made = Spelling([editor, headline], folder=tmp_path / "dictionaries", personal=tmp_path / "words.txt")
    made.finish()
    editor.verticalScrollBar().valueChanged.emit(1)
    shiboken6.delete(editor)
    QCoreApplication.processEvents()


def underlined(place):
    marks = sorted(place.extraSelections(), key=lambda mark: mark.cursor.selectionStart())
    return [mark.cursor.selectedText() for mark in marks]


def shows(qtbot, place, words):
    qtbot.waitUntil(lambda: underlined(place) == words)


def written(text):
    """A document that announces its changes: one without a layout does not."""
    made = QTextDocument(text)
    made.documentLayout()
    return made


def checked(editor):
    return editor.document().findChild(SpellingCache)


def settles(qtbot, spelling):
    qtbot.waitUntil(lambda: not spelling._pause.isActive() and not spelling._jobs.is_busy)


def menu_of(qtbot, editor):
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in editor.window().findChildren(QMenu)))
    return next(menu for menu in editor.window().findChildren(QMenu) if menu.isVisible())


def test_a_misspelt_word_is_underlined_after_a_pause_and_a_right_one_is_not(qtbot, editor, spelling):
    editor.load("", language="en", name="a")
    qtbot.keyClicks(editor, "A proactiv stance. ")
    assert underlined(editor) == []
    shows(qtbot, editor, ["proactiv"])
    assert spelling.summary("en") == "· 1 spelling"


def test_the_word_being_typed_is_underlined_when_it_is_left(qtbot, editor, spelling):
    editor.load("", language="en", name="a")
    qtbot.keyClicks(editor, "wrod proactiv")
    shows(qtbot, editor, ["wrod"])
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    shows(qtbot, editor, ["wrod", "proactiv"])


def test_an_underline_stays_while_its_line_is_typed_in(qtbot, editor, spelling):
    editor.load("A proactiv stance", language="en", name="a")
    shows(qtbot, editor, ["proactiv"])
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(editor, "So ")
    editor.verticalScrollBar().valueChanged.emit(0)
    spelling.show()
    assert underlined(editor) == ["proactiv"]


def test_a_word_that_was_mended_is_underlined_no_more(qtbot, editor, spelling):
    editor.load("A proactiv stance", language="en", name="a")
    shows(qtbot, editor, ["proactiv"])
    editor.go_to(1, 11)
    qtbot.keyClicks(editor, "e")
    shows(qtbot, editor, [])
    qtbot.waitUntil(lambda: spelling.summary("en") == "✓")


def test_what_was_found_in_a_line_that_changed_meanwhile_is_dropped():
    document = written("Teh one\nTeh two")
    lines = SpellingCache(document, 0)
    taken = lines.take(0, 1)
    cursor = QTextCursor(document)
    cursor.insertText("🚆 ")
    lines.store(taken, [(Word("Teh", 0, 3),)] * 2)
    assert lines.words(0) is None
    assert lines.words(1) == (Word("Teh", 0, 3),)
    assert [text for _, text in lines.take(0, 1)] == ["🚆 Teh one"]


def test_an_answer_for_another_article_marks_nothing_in_this_one(qtbot, editor, spelling):
    editor.load("Teh first", language="en", name="a")
    shows(qtbot, editor, ["Teh"])
    editor.load("The second", language="en", name="b")
    assert underlined(editor) == []
    qtbot.waitUntil(lambda: spelling.summary("en") == "✓")
    editor.load("Teh first", language="en", name="a")
    shows(qtbot, editor, ["Teh"])


def test_adding_a_word_clears_its_underlines_everywhere(qtbot, editor, headline, spelling, tmp_path):
    headline.load("Zorblax wins", language="en")
    editor.load("Zorblax here", language="en", name="other")
    shows(qtbot, editor, ["Zorblax"])
    editor.load("Zorblax and Zorblax’s teh\n\nZorblax", language="en", name="a")
    shows(qtbot, editor, ["Zorblax", "Zorblax", "teh", "Zorblax"])
    shows(qtbot, headline, ["Zorblax"])
    spelling.learn("Zorblax")
    shows(qtbot, editor, ["teh"])
    shows(qtbot, headline, [])
    assert (tmp_path / "words.txt").read_text(encoding="utf-8") == "Zorblax\n"
    editor.load("Zorblax here", language="en", name="other")
    qtbot.waitUntil(lambda: spelling.summary("en") == "✓")
    assert underlined(editor) == []


def test_a_suggestion_is_chosen_with_the_keyboard_and_is_one_step(qtbot, editor, spelling):
    editor.load("A 🚆 proactiv stance, you shoudn’t", language="en", name="a")
    editor.go_to(1, 8)
    spelling.suggest()
    menu = menu_of(qtbot, editor)
    assert menu.actions()[0].text() == "proactive"
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert editor.text() == "A 🚆 proactive stance, you shoudn’t"
    spelling.suggest()
    menu = menu_of(qtbot, editor)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().text() == "shouldn't"
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert editor.text() == "A 🚆 proactive stance, you shouldn’t"
    editor.undo()
    editor.undo()
    assert editor.text() == "A 🚆 proactiv stance, you shoudn’t"


def test_the_menu_goes_on_to_the_next_misspelt_word_and_escape_changes_nothing(qtbot, editor, spelling):
    text = "All is well here.\n\nHe wrote teh word."
    editor.load(text, language="en", name="a")
    shows(qtbot, editor, ["teh"])
    spelling.suggest()
    menu = menu_of(qtbot, editor)
    assert editor.textCursor().blockNumber() == 2
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert editor.text() == text
    assert not any(menu.isVisible() for menu in editor.window().findChildren(QMenu))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Zorblaxi said so.\n\nHe wrote the wrod| today.", "wrod"),
        ("Zorblaxi said so.\n\nHe wrote the wrod |", "wrod"),
        ("Zorblaxi said so.\n\nHe wrote the 🚆 wrod.” |And teh end.", "wrod"),
        ("Zorblaxi said so.\n\nHe wrote the wrod today.|", "wrod"),
        ("Zorblaxi said so.\n\nHe wrote the wrod today.\n\n|", "wrod"),
        ("Zorblaxi said so.\n\nHe wrote the wrod today |and teh end.", "teh"),
        ("Zorblaxi said |so.\n\nHe wrote teh word.", "teh"),
        ("Zorblaxi said so|.", "Zorblaxi"),
    ],
)
def test_the_word_at_the_cursor_is_mended_and_an_enter_spoils_no_name(qtbot, editor, spelling, text, offered):
    editor.load(text.replace("|", ""), language="en", name="a")
    qtbot.waitUntil(lambda: spelling.summary("en").startswith("·"))
    place = text.index("|")
    editor.select(place, place)
    spelling.suggest()
    menu = menu_of(qtbot, editor)
    assert editor.text()[: editor.selection()[1]].endswith(offered)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert editor.text() == text.replace("|", "")
    menu.close()


def test_where_all_is_well_the_desk_says_so(qtbot, editor, spelling):
    editor.load("All is well.", language="en", name="a")
    with qtbot.waitSignal(spelling.said) as said:
        spelling.suggest()
    assert "No misspelt word" in said.args[0]


def test_a_word_is_added_from_the_menu_with_the_keyboard(qtbot, editor, spelling, tmp_path):
    editor.load("Zorblax", language="en", name="a")
    shows(qtbot, editor, ["Zorblax"])
    spelling.suggest()
    menu = menu_of(qtbot, editor)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    assert "Zorblax" in menu.activeAction().text()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    shows(qtbot, editor, [])
    assert (tmp_path / "words.txt").exists()


def test_the_right_button_on_a_misspelt_word_opens_its_suggestions(qtbot, editor, spelling):
    editor.load("Well\n\nproactiv", language="en", name="a")
    shows(qtbot, editor, ["proactiv"])
    cursor = QTextCursor(editor.document().findBlockByNumber(2))
    place = editor.cursorRect(cursor).center() + QPoint(8, 0)
    view = editor.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    menu = menu_of(qtbot, editor)
    assert menu.actions()[0].text() == "proactive"
    menu.close()


def test_suggestions_for_a_text_that_changed_meanwhile_do_not_open(qtbot, editor, spelling):
    editor.load("proactiv", language="en", name="a")
    settles(qtbot, spelling)
    spelling.suggest()
    qtbot.keyClicks(editor, "x")
    settles(qtbot, spelling)
    assert not any(menu.isVisible() for menu in editor.window().findChildren(QMenu))


def test_a_text_that_may_not_be_changed_is_underlined_but_not_mended(qtbot, editor, spelling):
    editor.load("proactiv", language="en", name="a")
    editor.setReadOnly(True)
    shows(qtbot, editor, ["proactiv"])
    spelling.suggest()
    settles(qtbot, spelling)
    assert not any(menu.isVisible() for menu in editor.window().findChildren(QMenu))


def test_urdu_is_not_checked_by_the_english_dictionary_and_nothing_pretends_it_was(qtbot, editor, spelling):
    editor.load("وزیراعظم نے teh کہا", language="ur", name="a")
    shows(qtbot, editor, ["teh"])
    assert spelling.summary("ur") == ""
    assert spelling.lacks("ur")
    assert not spelling.lacks("en")


def test_an_urdu_dictionary_that_is_added_checks_urdu(qtbot, editor, spelling, tmp_path):
    editor.load("یہ کتاب ہے", language="ur", name="a")
    settles(qtbot, spelling)
    assert underlined(editor) == []
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "ur.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "dictionaries" / "ur.dic").write_text("2\nکتاب\nیہ\n", encoding="utf-8")
    spelling.reload()
    shows(qtbot, editor, ["ہے"])
    assert spelling.summary("ur") == "· 1 spelling"


def test_code_and_addresses_are_left_alone(qtbot, editor, spelling):
    text = "`wrod` [text](https://wrod.example/teh)\n\n```\nteh wrod\n```\n\n    teh\n\nlast wrod"
    editor.load(text, language="en", name="a")
    shows(qtbot, editor, ["wrod"])
    editor.go_to(5, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    shows(qtbot, editor, [])
    editor.undo()
    shows(qtbot, editor, ["wrod"])


def test_turned_off_nothing_is_underlined_until_it_is_on_again(qtbot, editor, spelling):
    editor.load("Teh", language="en", name="a")
    shows(qtbot, editor, ["Teh"])
    spelling.turn(on=False)
    assert underlined(editor) == []
    assert spelling.summary("en") == ""
    spelling.turn(on=True)
    shows(qtbot, editor, ["Teh"])


def test_found_words_and_misspelt_ones_are_marked_together(qtbot, editor, spelling):
    from ovn_desk.ui.editor import FindBar

    bar = FindBar(editor)
    qtbot.addWidget(bar)
    editor.load("Teh train", language="en", name="a")
    shows(qtbot, editor, ["Teh"])
    bar.open(replacing=False)
    bar.words.setText("train")
    shows(qtbot, editor, ["Teh", "train"])
    bar.put_away()
    assert underlined(editor) == ["Teh"]


def test_a_broken_word_list_is_said_and_english_is_checked_all_the_same(qtbot, editor, headline, tmp_path):
    (tmp_path / "words.txt").write_bytes(b"\xff\xfe\xff")
    made = Spelling([editor, headline], folder=tmp_path, personal=tmp_path / "words.txt")
    with qtbot.waitSignal(made.said) as said:
        editor.load("Teh", language="en", name="a")
    assert "not UTF-8" in said.args[0]
    shows(qtbot, editor, ["Teh"])
    made.finish()


@pytest.fixture
def highlighted(monkeypatch):
    """The lines that were coloured, in order."""
    lines, highlight = [], Highlighter.highlightBlock
    monkeypatch.setattr(
        Highlighter, "highlightBlock", lambda self, text: (lines.append(text), highlight(self, text))[1]
    )
    return lines


def test_a_key_in_a_long_document_costs_one_line(qtbot, highlighted, editor, spelling, monkeypatch):
    editor.load("\n".join(f"Paragraph of teh text {n}" for n in range(20_000)), language="en", name="long")
    qtbot.waitUntil(lambda: checked(editor).is_done, timeout=20_000)
    assert checked(editor).number == 20_000
    looked, take = [], SpellingCache.take

    def taking(self, first, last):
        taken = take(self, first, last)
        looked.extend(text for _, text in taken)
        return taken

    monkeypatch.setattr(SpellingCache, "take", taking)
    editor.go_to(10_000, 1)
    highlighted.clear()
    qtbot.keyClicks(editor, "x")
    assert highlighted == ["xParagraph of teh text 9999"]
    assert looked == []
    settles(qtbot, spelling)
    assert looked == ["xParagraph of teh text 9999"]
    assert len(editor.extraSelections()) < 60


def test_a_line_that_is_no_prose_is_not_looked_at_and_the_others_are(qtbot, editor, spelling):
    editor.load("teh " * 50_000 + "\nwrod", language="en", name="a")
    qtbot.waitUntil(lambda: spelling.summary("en") == "· 1 spelling")


@pytest.fixture
def window(qtbot, desk, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    typed_in = Editor()
    space = Workspace(desk.store, desk.renderer, desk.reporter.person, settle=typed_in.settle)
    made = MainWindow(space, typed_in)
    qtbot.addWidget(made, before_close_func=lambda _: made.panes.preview.end())
    made.show()
    return made


@pytest.mark.skipif(sys.platform != "linux", reason="Only here the folder of the user's data can be moved.")
def test_the_window_counts_misspelt_words_and_takes_a_dictionary(qtbot, window, desk, tmp_path):
    window.features.articles.open(desk.draft(headline="Teh", standfirst="", body="یہ کتابب"))
    said = window.panes.status_bar.language.text
    qtbot.waitUntil(lambda: said() == "EN · 1 spelling")
    (tmp_path / "ur.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "ur.dic").write_text("2\nکتاب\nیہ\n", encoding="utf-8")
    window.features.spelling.add_dictionary(tmp_path / "ur.dic")
    qtbot.waitUntil(lambda: said() == "EN · 2 spellings")
    assert "ur" in window.panes.bar.text
    window.actions_by_name["spelling.check"].trigger()
    assert said() == "EN"
    assert not window.actions_by_name["spelling.check"].isChecked()


EDITS = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(0, 12), st.sampled_from(["", "a", "teh", "\n", "a\nb\nc", "```\n", "🚆"])
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, st.integers(0, 100))
def test_after_any_edits_each_line_is_known_as_it_is(qapp, edits, seed):
    document = written("one\n\n```\ntwo\n```\nthree")
    lines = SpellingCache(document, 0)
    chance = random.Random(seed)
    for start, length, text in edits:
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, document.characterCount() - 1))
        cursor.setPosition(
            min(cursor.position() + length, document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
        )
        cursor.insertText(text)
        if chance.random() < 0.5:
            look(lines)
        if chance.random() < 0.2:
            document.undo()
    look(lines)
    fresh = SpellingCache(QTextDocument(document.toPlainText(), document), 0)
    look(fresh)
    number = document.blockCount()
    assert [lines.words(line) for line in range(number)] == [fresh.words(line) for line in range(number)]
    assert lines.is_done
    assert lines.number == fresh.number


def look(lines):
    """Every word is taken for misspelt, so that each line's words say what its text was."""
    while taken := lines.take(0, 2):
        lines.store(taken, [tuple(Word(word, 0, 1) for word in text.split()) for _, text in taken])
