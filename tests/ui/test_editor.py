"""What the editor does with keys, in the editor itself."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from ovn_desk.ui.editor import Editor, FindBar


@pytest.fixture
def editor(qtbot):
    made = Editor()
    qtbot.addWidget(made)
    made.show()
    return made


def typed(qtbot, editor, text, *, start="", language="en"):
    editor.load(start, language=language, name=f"{start}{language}")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    for letter in text:
        if letter == "\n":
            qtbot.keyClick(editor, Qt.Key.Key_Return)
        elif letter == "\t":
            qtbot.keyClick(editor, Qt.Key.Key_Tab)
        else:
            qtbot.keyClicks(editor, letter)
    return editor.text()


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("- one\ntwo\n\nthree", "- one\n- two\nthree"),
        ("1. one\ntwo\nthree", "1. one\n2. two\n3. three"),
        ("9) one\ntwo", "9) one\n10) two"),
        ("> said\nmore", "> said\n> more"),
        ("- one\n\tinner\nmore", "- one\n    - inner\n    - more"),
        ("plain\nline", "plain\nline"),
        ('He said "no".', "He said “no”."),
        ("It's 'fine'", "It’s ‘fine’"),
        ('("yes")', "(“yes”)"),
        ('`"code"`', '`"code"`'),
    ],
)
def test_keys_write_what_is_meant(qtbot, editor, keys, text):
    assert typed(qtbot, editor, keys) == text


def test_items_below_a_new_one_are_numbered_on(qtbot, editor):
    editor.load("1. one\n2. two\n3. three", language="en", name="a")
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "1. one\n2. \n3. two\n4. three"
    editor.undo()
    assert editor.text() == "1. one\n2. two\n3. three"


def test_one_undo_brings_the_straight_mark_back(qtbot, editor):
    assert typed(qtbot, editor, 'a "') == "a “"
    editor.undo()
    assert editor.text() == 'a "'


@pytest.mark.parametrize(
    ("key", "text"), [("*", "*word*"), ("(", "(word)"), ('"', "“word”"), ("`", "`word`"), ("x", "x")]
)
def test_a_mark_goes_round_a_selection(qtbot, editor, key, text):
    editor.load("word", language="en", name=key)
    editor.selectAll()
    qtbot.keyClicks(editor, key)
    assert editor.text() == text


@pytest.mark.parametrize("start", ["One 🚆.\n\nTwo\nlines.\n\n\nThree.", "One.\nTwo."])
def test_a_paragraph_moves_past_its_neighbour_and_back(editor, start):
    editor.load(start, language="en", name="a")
    editor.moveCursor(QTextCursor.MoveOperation.Right)
    editor.move_paragraph(1)
    assert editor.textCursor().block().text().startswith("One")
    moved = editor.text()
    editor.move_paragraph(-1)
    assert editor.text() == start
    if "Three" in start:
        assert moved == "Two\nlines.\n\nOne 🚆.\n\n\nThree."


def test_undo_survives_going_to_another_article_and_back(qtbot, editor):
    typed(qtbot, editor, " more", start="First")
    editor.load("Second", language="en", name="other")
    editor.load("First more", language="en", name="Firsten")
    assert editor.textCursor().atEnd()
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.text() == "First"


def test_a_text_that_changed_elsewhere_is_shown_as_it_is_now(editor):
    editor.load("First", language="en", name="a")
    editor.load("Second", language="en", name="b")
    editor.load("First, changed by the editor", language="en", name="a")
    assert editor.text() == "First, changed by the editor"


@pytest.fixture
def find(qtbot, editor):
    bar = FindBar(editor)
    qtbot.addWidget(bar)
    return bar


def look(find, words, *, replacing=True, **options):
    for name, option in find._options.items():
        option.setChecked(options.get(name, False))
    find.open(replacing=replacing)
    find.words.setText(words)


def test_every_place_is_replaced_in_one_step(editor, find):
    editor.load("🚆 train, Train\nand trains.", language="en", name="a")
    look(find, "train")
    find.by.setText("tram")
    find.replace_all()
    assert editor.text() == "🚆 tram, tram\nand trams."
    editor.undo()
    assert editor.text() == "🚆 train, Train\nand trains."


def test_a_pattern_reaches_across_lines_and_its_groups_come_back(editor, find):
    editor.load("one\ntwo\nthree\nfour", language="en", name="a")
    look(find, r"(\w+)\n(\w+)", pattern=True)
    find.by.setText(r"\2 \1")
    find.replace_all()
    assert editor.text() == "two one\nfour three"


def test_enter_goes_round_the_places(qtbot, editor, find):
    editor.load("a b a B a", language="en", name="a")
    look(find, "b", case=True)
    qtbot.keyClick(find.words, Qt.Key.Key_Return)
    assert editor.selection() == (2, 3)
    qtbot.keyClick(find.words, Qt.Key.Key_Return)
    assert editor.selection() == (2, 3)
    assert find._count.text() == "1 of 1"
    look(find, "a")
    for place in ((4, 5), (8, 9), (0, 1)):
        qtbot.keyClick(find.words, Qt.Key.Key_Return)
        assert editor.selection() == place
    qtbot.keyClick(find.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.selection() == (8, 9)


@pytest.mark.parametrize("words", ["(", "[a", "(?P<"])
def test_a_pattern_that_can_not_be_read_says_so_and_changes_nothing(editor, find, words):
    editor.load("a (b) [a", language="en", name="a")
    look(find, words, pattern=True)
    find.replace_all()
    assert "can not be read" in find._count.text() or editor.text() == "a (b) [a"
    assert editor.text() == "a (b) [a"


def test_a_replacement_that_can_not_be_read_changes_nothing(editor, find):
    editor.load("a b", language="en", name="a")
    look(find, "a", pattern=True)
    find.by.setText(r"\7")
    find.replace_all()
    assert editor.text() == "a b"


def test_escape_goes_back_to_the_text(qtbot, editor, find):
    editor.load("a", language="en", name="a")
    look(find, "a")
    qtbot.keyClick(find.words, Qt.Key.Key_Escape)
    assert not find.isVisible()
    assert editor.extraSelections() == []


@pytest.fixture
def clipboard(qapp):
    """Puts things on the clipboard, and clears it: what Python made must not outlive Python."""

    def put(text="", html=""):
        data = QMimeData()
        if text:
            data.setText(text)
        if html:
            data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)

    yield put
    QGuiApplication.clipboard().clear()


def test_paste_brings_markdown_and_one_undo_takes_it_back(editor, clipboard):
    editor.load("", language="en", name="a")
    clipboard("One bold", "<h2>One</h2><p style='color:red'>is <b>bold</b></p>")
    editor.paste()
    assert editor.text() == "## One\n\nis **bold**"
    editor.undo()
    assert editor.text() == ""
    editor.paste_plain()
    assert editor.text() == "One bold"


def test_odd_letters_of_the_clipboard_are_left_out(editor, clipboard):
    editor.load("", language="en", name="a")
    clipboard("a\x00b\x1bc\u2028d")
    editor.paste()
    assert editor.text() == "abc\nd"
