"""The keyboard of any editor: real key events, in English and in Urdu, on each Qt the desk allows: .ci/qt-versions."""

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from effort import examples
from ovn_desk.domain.texts import normalised_text
from ovn_desk.text import offsets
from ovn_desk.ui.editor import Editor, Field, text_direction
from ovn_desk.ui.editor.document import PlainDocument

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
KEYS = {
    "Enter": (Qt.Key.Key_Return,),
    "KeypadEnter": (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    "ShiftEnter": (Qt.Key.Key_Return, SHIFT),
    "Backspace": (Qt.Key.Key_Backspace,),
    "ShiftBackspace": (Qt.Key.Key_Backspace, SHIFT),
    "CtrlBackspace": (Qt.Key.Key_Backspace, CTRL),
    "Delete": (Qt.Key.Key_Delete,),
    "CtrlDelete": (Qt.Key.Key_Delete, CTRL),
    "Tab": (Qt.Key.Key_Tab,),
    "ShiftTab": (Qt.Key.Key_Backtab, SHIFT),
    "Undo": (Qt.Key.Key_Z, CTRL),
    "Redo": (Qt.Key.Key_Z, CTRL | SHIFT),
    "All": (Qt.Key.Key_A, CTRL),
    "Copy": (Qt.Key.Key_C, CTRL),
    "Cut": (Qt.Key.Key_X, CTRL),
    "Paste": (Qt.Key.Key_V, CTRL),
    **{
        f"{names}{name}": (key, modifiers)
        for name, key in {
            "Left": Qt.Key.Key_Left,
            "Right": Qt.Key.Key_Right,
            "Up": Qt.Key.Key_Up,
            "Down": Qt.Key.Key_Down,
            "Home": Qt.Key.Key_Home,
            "End": Qt.Key.Key_End,
            "PageUp": Qt.Key.Key_PageUp,
            "PageDown": Qt.Key.Key_PageDown,
        }.items()
        for names, modifiers in (
            ("", Qt.KeyboardModifier.NoModifier),
            ("Shift", SHIFT),
            ("Ctrl", CTRL),
            ("CtrlShift", CTRL | SHIFT),
        )
    },
}
URDU = "پاکستان"


class Clock:
    """Time that goes on when a test says so."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def editor(qtbot, clock):
    made = Editor(clock=clock)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.setFocus()
    return made


def press(editor, *names):
    """Keys by their names; anything else is typed letter by letter."""
    for name in names:
        if name in KEYS:
            QTest.keyClick(editor, *KEYS[name])
        else:
            for letter in name:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QGuiApplication.sendEvent(editor, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def start(editor, text, language="en"):
    """A text with the cursor where `|` stands, or selected between two of them."""
    places = [n for n, letter in enumerate(text) if letter == "|"]
    editor.load(text.replace("|", ""), language=language, name=f"{text}{language}")
    if places:
        editor.select(places[0], places[-1] - len(places) + 1)


def shown(editor):
    """The text with the cursor as `|`."""
    text, at = editor.text(), editor.plain.letters(editor.textCursor().position())
    return f"{text[:at]}|{text[at:]}"


def looks(document):
    """How each line is laid out: direction, line height, and whether letters have a look of their own."""
    block, found = document.begin(), []
    while block.isValid():
        shape = block.blockFormat()
        pieces = [piece.fragment().charFormat().properties() for piece in block]
        found.append((shape.layoutDirection(), shape.lineHeight(), shape.lineHeightType(), shape.properties(), pieces))
        block = block.next()
    return found


def raw(editor):
    return editor.document().toRawText().replace("\u2029", "\n")


def same_as_opened_afresh(editor):
    """What is seen is what the same text shows when it is opened."""
    fresh = Editor()
    fresh.load(editor.text(), language=editor.language, name="fresh")
    assert raw(editor) == editor.text() == fresh.text() == raw(fresh)
    assert looks(editor.document()) == looks(fresh.document())
    counts_as_qt_does(editor.plain)
    assert editor.document().defaultTextOption().textDirection() == fresh.document().defaultTextOption().textDirection()
    frames = [one.document().rootFrame().frameFormat() for one in (editor, fresh)]
    for frame in frames:
        frame.setBottomMargin(0)  # the room below is half the window's height, and only one of them is in a window
    assert frames[0] == frames[1]
    assert not editor.document().isUndoAvailable()
    delete(fresh)


def delete(*editors):
    """At once: an event loop, which would do it, does not run between the examples of one test."""
    for editor in editors:
        editor.deleteLater()
        QCoreApplication.sendPostedEvents(editor, QEvent.Type.DeferredDelete.value)


def counts_as_qt_does(document):
    text = document.text
    for place in range(len(text) + 1):
        position = offsets.to_utf16(text, place)
        assert (document.position(place), document.letters(position)) == (position, place)


def undo_all(editor):
    while editor.can_undo():
        press(editor, "Undo")
    press(editor, "Undo")


def redo_all(editor):
    while editor.can_redo():
        press(editor, "Redo")
    press(editor, "Redo")


WORDS = {"en": {"A": "one", "B": "two"}, "ur": {"A": "پہلا", "B": "دوسرا"}}


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("|", "A Enter Enter B", "A\n\nB|"),
        ("|", "A Enter B", "A\nB|"),
        ("|", "A KeypadEnter B", "A\nB|"),
        ("|", "Enter Enter Enter Enter Enter Enter", "\n\n\n\n\n\n|"),
        ("|", "A Enter Enter Enter Enter Enter Enter B", "A\n\n\n\n\n\nB|"),
        ("|", "A Enter Enter B Enter Enter A Enter Enter B", "A\n\nB\n\nA\n\nB|"),
        ("|A B", "Enter Enter", "\n\n|A B"),
        ("A| B", "Enter Enter", "A\n\n| B"),
        ("A\n|\nB", "Enter Enter", "A\n\n\n|\nB"),
        ("A B|", "Enter Enter", "A B\n\n|"),
        ("A|B|A", "Enter", "A\n|A"),
        ("A\n\n|B\n\nA|", "Enter Enter", "A\n\n\n\n|"),
        ("|", "A ShiftEnter B", "A  \nB|"),
        ("|", "A ShiftEnter B ShiftEnter A Enter Enter B", "A  \nB  \nA\n\nB|"),
        ("A|\n\nB", "ShiftEnter", "A  \n|\n\nB"),
        ("|", "ShiftEnter ShiftEnter", "\n\n|"),
        ("A|A|B", "ShiftEnter", "A  \n|B"),
        ("A\n\n|B", "Backspace", "A\n|B"),
        ("A\n\n|B", "Backspace Backspace", "A|B"),
        ("A\n\n|B", "ShiftBackspace Backspace", "A|B"),
        ("|A", "Backspace", "|A"),
        ("\n|A", "Backspace", "|A"),
        ("\n\n\n\n\n\n|", "Backspace Backspace Backspace Backspace Backspace Backspace Backspace", "|"),
        ("A|\n\nB", "Delete", "A|\nB"),
        ("A|\n\nB", "Delete Delete", "A|B"),
        ("A|", "Delete", "A|"),
        ("|\nA", "Delete", "|A"),
        ("A\n|\nB", "Delete", "A\n|B"),
        ("A\n\nB|", "CtrlBackspace", "A\n\n|"),
        ("|A\n\nB", "CtrlDelete", "|\n\nB"),
        ("A |A\n\nB| B", "B", "A B| B"),
        ("|A\n\nB|", "B", "B|"),
        ("|A\n\nB|", "Backspace A", "A|"),
        ("|A\n\nB|", "Delete Enter A", "\nA|"),
        ("A\n\nB|", "All B", "B|"),
        ("A\n\nB|", "All Backspace Enter Enter A", "\n\nA|"),
        ("A\n\n|B", "CtrlHome ShiftEnd Cut Delete Paste", "A|\nB"),
        ("- A|", "Enter B", "- A\n- B|"),
        ("- A|", "Enter B Enter Enter A", "- A\n- B\n\nA|"),
        ("- A\n- |\n- B", "Enter A", "- A\n\nA|\n\n- B"),
        ("- A|", "ShiftEnter B Enter A", "- A  \n  B\n- A|"),
        ("- A|", "Enter Tab B Enter A Enter Enter B", "- A\n    - B\n    - A\n- B|"),
        ("1. A|\n2. B", "Enter B", "1. A\n2. B|\n3. B"),
        ("- A|B|", "Enter B", "- A\n- B|"),
        ("- A\n- |B", "Backspace", "- A\n|B"),
        ("- A\n- |B", "Backspace Backspace", "- A|B"),
        ("- A\n- |", "Backspace", "- A\n|"),
        ("- A\n    - |B", "Backspace", "- A\n- |B"),
        ("- A\n    - |B", "Backspace Backspace", "- A\n|B"),
        ("12. |B", "Backspace", "|B"),
        ("> |B", "Backspace", "|B"),
        ("> - |B", "Backspace", "> |B"),
        ("> A|", "Enter B", "> A\n> B|"),
        ("> A|", "Enter Enter B", "> A\n\nB|"),
        ("> A|", "ShiftEnter B", "> A  \n> B|"),
        ("## A|", "Enter Enter B", "## A\n\nB|"),
        ("## A|", "ShiftEnter B", "## A\nB|"),
        ("|## A", "Enter", "\n|## A"),
        ("## A|\n\nB", "Delete Delete", "## A|B"),
        ("![](image:a)|", "Enter B", "![](image:a)\n\nB|"),
        ("|![](image:a)", "Enter Up Up A", "A|\n\n![](image:a)"),
        ("A\n\n![](image:a)|\n\nB", "Delete Delete Backspace Enter Enter", "A\n\n![](image:a\n\n|B"),
    ],
)
def test_paragraphs(editor, language, before, keys, after):
    before, after = translated(before, language), translated(after, language)
    start(editor, before, language)
    began = editor.text()
    press(editor, *(WORDS[language].get(key, key) for key in keys.split(" ")))
    assert shown(editor) == after
    same_as_opened_afresh(editor)
    undo_all(editor)
    assert editor.text() == began
    same_as_opened_afresh(editor)
    redo_all(editor)
    assert editor.text() == after.replace("|", "")
    same_as_opened_afresh(editor)


def translated(text, language):
    for letter, word in WORDS[language].items():
        text = text.replace(letter, word)
    return text


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("A B|", "Home", "|A B"),
        ("|A B", "End", "A B|"),
        ("A\n\n|B", "CtrlEnd", "A\n\nB|"),
        ("A\n\n|B", "CtrlHome", "|A\n\nB"),
        ("A\n\nB|", "Up Up Home", "|A\n\nB"),
        ("|A\n\nB", "Down Down End", "A\n\nB|"),
        ("A B\n\nA B|", "CtrlUp", "A B\n\n|A B"),
        ("A B\n\nA B|", "CtrlUp CtrlUp", "|A B\n\nA B"),
        ("A B\n\nA B|", "CtrlUp CtrlUp CtrlUp", "|A B\n\nA B"),
        ("A| B\n\n\nA B", "CtrlDown", "A B\n\n\n|A B"),
        ("A| B\n\n\nA B", "CtrlDown CtrlDown", "A B\n\n\nA B|"),
        ("A\nB\n|\nA B", "CtrlUp", "|A\nB\n\nA B"),
        ("A\n\nB|", "CtrlShiftUp Backspace", "A\n\n|"),
        ("|A\n\nB", "CtrlShiftDown Backspace", "|B"),
        ("|A B", "ShiftEnd Backspace", "|"),
    ],
)
def test_movement(editor, language, before, keys, after):
    start(editor, translated(before, language), language)
    press(editor, *keys.split(" "))
    assert shown(editor) == translated(after, language)


@pytest.mark.parametrize(("language", "on", "back"), [("en", "Right", "Left"), ("ur", "Left", "Right")])
def test_words_and_letters_in_the_direction_of_the_text(editor, language, on, back):
    start(editor, translated("|A B\n\nA", language), language)
    seen = [shown(editor)]
    for key in (f"Ctrl{on}", f"Ctrl{on}", f"Ctrl{on}", f"Ctrl{on}", f"Ctrl{back}", f"Ctrl{back}", on):
        press(editor, key)
        seen.append(shown(editor))
    wanted = "|A B..A  A |B..A  A B|..A  A B.|.A  A B..|A  A B.|.A  A B|..A  A B.|.A"
    assert seen == [translated(text.replace(".", "\n"), language) for text in wanted.split("  ")]


def test_letters_stand_where_qt_and_python_both_count_them(editor):
    """After Shift+Enter and letters that Qt counts twice, a place named by line and column is that place."""
    start(editor, "|")
    press(editor, "😀 a", "ShiftEnter", "b😀c", "Enter", "Enter", "d")
    assert editor.text() == "😀 a  \nb😀c\n\nd"
    editor.go_to(2, 3)
    assert shown(editor) == "😀 a  \nb😀|c\n\nd"
    editor.select(7, 9)
    assert editor.selected_text() == "😀c"
    assert editor.selection() == (7, 9)


ODD = {
    "a\u2028b": "a\nb",
    "a\u2029b": "a\nb",
    "a\rb": "a\nb",
    "a\r\nb": "a\nb",
    "a\x0bb": "a\nb",
    "a\x00\x1bb": "ab",
    "a\u00a0b": "a\u00a0b",
    "e\u0301": "é",
    "\u0627\u0653ب": "آب",
    "😀": "😀",
}


def by_input_method(editor, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QGuiApplication.sendEvent(editor, event)


def by_drop(editor, text):
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


def by_command(editor, text):
    editor.insert(text)


@pytest.mark.parametrize("bring", [by_input_method, by_command])
@pytest.mark.parametrize(("brought", "kept"), ODD.items())
def test_whatever_comes_in_is_in_normal_form(editor, bring, brought, kept):
    start(editor, "x|y")
    bring(editor, brought)
    assert shown(editor) == f"x{kept}|y"
    same_as_opened_afresh(editor)
    undo_all(editor)
    assert editor.text() == "xy"
    redo_all(editor)
    assert editor.text() == f"x{kept}y"


def test_a_mark_typed_after_its_letter_becomes_one_with_it(editor):
    start(editor, "ا|ب", "ur")
    press(editor, "\u0653")
    assert shown(editor) == "آ|ب"
    press(editor, "Undo")
    assert editor.text() == "اب"


def change_language(editor, _clock):
    editor.set_language("ur" if editor.language == "en" else "en")


def wait(_editor, clock):
    clock.now += 1.5


def go_to_another_article_and_back(editor, _clock):
    text, language = editor.text(), editor.language
    editor.load("Another.\n\nپاکستان", language="en", name="another")
    editor.load(text, language=language, name="random")


def turn_round(editor, _clock):
    text_direction.turn_paragraphs(editor, "ur")


def paste_pieces(editor, _clock):
    by_drop(editor, "Pasted.\r\n\r\nپاکستان نے 😀\u2028کہا")


def compose(editor, _clock):
    event = QInputMethodEvent("prä", [])
    QGuiApplication.sendEvent(editor, event)
    by_input_method(editor, "e\u0301😀")


ACTS = (change_language, wait, go_to_another_article_and_back, turn_round, paste_pieces, compose)
TYPED = (
    "a",
    " ",
    ". ",
    '"',
    "-",
    "> ",
    "- ",
    "1. ",
    "## ",
    "*",
    "[@",
    "پ",
    "ا",
    "\u0653",
    "۔ ",
    "e",
    "\u0301",
    "😀",
    "`",
)
STARTS = ("", "One.\n\nTwo.", "پاکستان نے\n\nDawn\n", "- a\n- b\n    - c\n\n> d\n\n![](image:a)\n\n## e", "😀\n\n\n")


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begun=st.sampled_from(STARTS),
    language=st.sampled_from(["en", "ur"]),
    keys=st.lists(st.one_of(st.sampled_from(sorted(KEYS)), st.sampled_from(TYPED), st.sampled_from(ACTS)), max_size=40),
)
def test_after_any_keys_all_is_as_in_the_same_text_opened_afresh(qapp, begun, language, keys):
    clock = Clock()
    editor = Editor(clock=clock)
    editor.show()
    editor.load(begun, language=language, name="random")
    for key in keys:
        if callable(key):
            key(editor, clock)
        else:
            press(editor, key)
        assert raw(editor) == editor.text()
    ended = editor.text()
    assert ended == unicodedata.normalize("NFC", ended)
    assert not set(ended) & set("\u2028\u2029\r\x0b\x00")
    same_as_opened_afresh(editor)
    again = Editor()
    again.load(ended, language=editor.language, name="random", steps=editor.steps)
    for one in (editor, again):
        redo_all(one)
        undo_all(one)
        assert one.text() == begun
        same_as_opened_afresh(one)
    redo_all(again)
    assert again.text() == ended
    delete(editor, again)


def undone(editor):
    """The texts that Ctrl+Z goes back through."""
    texts = []
    while editor.can_undo():
        press(editor, "Undo")
        texts.append(editor.text())
    return texts


def test_undo_then_another_language_then_redo_brings_the_text_back(editor, clock):
    start(editor, "|")
    press(editor, "One.", "Enter", "Enter", "Two.")
    press(editor, "Undo", "Undo")
    change_language(editor, clock)
    redo_all(editor)
    assert editor.text() == "One.\n\nTwo."
    same_as_opened_afresh(editor)


def test_minutes_of_typing_are_taken_back_a_sentence_at_a_time(editor, clock):
    start(editor, "|")
    for letter in "First sentence. The second one! And":
        clock.now += 0.2
        press(editor, letter)
    wait(editor, clock)
    press(editor, " more")
    texts = undone(editor)
    assert texts == ["First sentence. The second one! And", "First sentence. The second one! ", "First sentence. ", ""]


@pytest.mark.parametrize("jump", ["Left Right", "Home End", "ShiftLeft Right", "CtrlLeft End", "CtrlHome CtrlEnd"])
def test_a_jump_of_the_cursor_begins_a_new_step(editor, jump):
    start(editor, "|")
    press(editor, "one", *jump.split(" "), "two")
    assert undone(editor) == ["one", ""]


def test_pasted_and_replaced_text_are_steps_of_their_own(editor):
    start(editor, "|")
    press(editor, "one")
    by_drop(editor, "pasted")
    press(editor, "two")
    editor.change([(0, 3, "1"), (9, 12, "2")])
    press(editor, "three")
    assert editor.text() == "1pasted2three"
    assert undone(editor) == ["1pasted2", "onepastedtwo", "onepasted", "one", ""]


def test_words_dragged_inside_the_text_are_moved_in_one_step(editor):
    start(editor, "|one| two")
    data = editor.createMimeDataFromSelection()
    place = editor.cursorRect(editor.plain.spans([(7, 7)])[0]).center()
    for made in (
        QDragEnterEvent(
            place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        ),
        QDropEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    ):
        QGuiApplication.sendEvent(editor.viewport(), made)
    assert "one" in editor.text()
    assert undone(editor) == ["one two"]


def test_the_menu_of_the_mouse_takes_back_and_makes_again(qtbot, editor):
    def menu():
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
        QGuiApplication.sendEvent(editor.viewport(), event)
        made = QApplication.activePopupWidget()
        assert isinstance(made, QMenu)
        return {name: made.findChild(QAction, name) for name in ("edit-undo", "edit-redo")}, made

    start(editor, "|")
    press(editor, "one")
    for name, text in (("edit-undo", ""), ("edit-redo", "one")):
        actions, made = menu()
        assert [other for other in actions if actions[other].isEnabled()] == [name]
        actions[name].trigger()
        made.close()
        assert editor.text() == text


def test_nothing_is_taken_back_in_a_text_that_may_not_be_changed(editor):
    start(editor, "|")
    press(editor, "one")
    editor.setReadOnly(True)
    press(editor, "Undo", "Enter", "Backspace", "two")
    assert editor.text() == "one"


def test_what_was_undone_can_be_redone_after_another_article(editor, clock):
    start(editor, "|")
    press(editor, "One.", "Enter", "Two.", "Undo", "Undo")
    editor.load("Another.", language="en", name="another")
    editor.load("One.", language="en", name="|en")
    redo_all(editor)
    assert editor.text() == "One.\nTwo."


PIECES = st.text(alphabet="ab \n😀پ\u0653ا\u2028e\u0301", max_size=6)
EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), PIECES), min_size=1, max_size=4)


@example([[(8, 1, "\u2028")]])
@settings(max_examples=examples(150), deadline=None)
@given(st.lists(EDITS, max_size=8))
def test_edits_made_together_are_one_step_whatever_they_touch(qapp, groups):
    """Also such as cut a letter that takes two of Qt's positions in halves."""
    document = PlainDocument()
    document.load("One 😀.\n\nپاکستان", language="en")
    texts = [document.text]
    for edits in groups:
        whole = QTextCursor(document)
        whole.beginEditBlock()
        for start, length, text in edits:
            last = document.characterCount() - 1
            cursor = QTextCursor(document)
            cursor.setPosition(min(start, last))
            cursor.setPosition(min(start + length, last), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(text)
        whole.endEditBlock()
        assert document.text == document.toRawText().replace("\u2029", "\n") == normalised_text(document.text)
        counts_as_qt_does(document)
        if document.text != texts[-1]:
            texts.append(document.text)
    for text in reversed(texts[:-1]):
        document.step_back()
        assert document.text == text
        counts_as_qt_does(document)
    assert document.step_back() is None
    for text in texts[1:]:
        document.step_on()
        assert document.text == text


def test_what_came_from_elsewhere_meanwhile_leaves_all_within_reach_of_undo(editor):
    start(editor, "|")
    press(editor, "One. ", "Two.", "Undo")
    editor.load("Another.", language="en", name="another")
    editor.load("One. Theirs.", language="en", name="|en")
    assert editor.text() == "One. Theirs."
    assert undone(editor) == ["One. ", "One. Two.", "One. ", ""]


@pytest.fixture
def headline(qtbot, clock):
    made = Field("headline", label="Headline", pixels=25, clock=clock)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_headline_is_one_line_and_undone_in_steps(headline, clock):
    headline.load("Rail", language="en", article="a")
    press(headline, "End", " opens")
    wait(headline, clock)
    press(headline, " today")
    by_input_method(headline, "\u2028now")
    assert headline.text() == raw(headline) == "Rail opens today now"
    headline.set_language("ur")
    headline.load("Rail opens today now", language="ur", article="a")
    headline.load("Other", language="en", article="b")
    press(headline, "Undo")
    assert headline.text() == "Other"
    headline.load("Rail opens today now", language="ur", article="a")
    assert undone(headline)[-2:] == ["Rail opens", "Rail"]
    redo_all(headline)
    assert headline.text() == "Rail opens today now"


def test_a_headline_that_came_from_elsewhere_can_be_undone_too(headline):
    headline.load("Rail", language="en", article="a")
    press(headline, "End", " opens ")
    headline.load("Rail opens", language="en", article="a")
    assert headline.text() == "Rail opens "
    headline.load("Trains run", language="en", article="a")
    assert undone(headline) == ["Rail opens ", "Rail"]


@pytest.fixture(autouse=True)
def _clear_clipboard(qapp):
    """What Python made must not outlive Python."""
    yield
    QGuiApplication.clipboard().clear()
