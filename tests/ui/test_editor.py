"""What the editor does with keys, in the editor itself."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ovn_desk.domain.article import Content
from ovn_desk.domain.source import Source
from ovn_desk.settings import Preferences
from ovn_desk.text.offsets import utf16_length
from ovn_desk.text.undo import Step
from ovn_desk.ui.editor import Editor, FindBar, markdown_commands, text_direction, typing


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
        ("- one\ntwo\n\nthree", "- one\n- two\n\nthree"),
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


@pytest.mark.parametrize(
    ("place", "text"), [(0, "No\n\n![](image:a)"), (12, "![](image:a)\n\nNo"), (5, "![](iNomage:a)")]
)
def test_what_is_typed_beside_a_picture_is_a_paragraph_of_its_own(qtbot, editor, place, text):
    editor.load("![](image:a)", language="en", name="a")
    editor.select(place, place)
    qtbot.keyClicks(editor, "No")
    assert editor.text() == text


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


@pytest.mark.parametrize(("key", "text"), [("*", "*word*"), ("(", "(word)"), ('"', "“"), ("`", "`word`"), ("x", "x")])
def test_a_mark_goes_round_a_selection(qtbot, editor, key, text):
    editor.load("word", language="en", name=key)
    editor.selectAll()
    qtbot.keyClicks(editor, key)
    assert editor.text() == text


@pytest.mark.parametrize("start", ["One 🚆.\n\nTwo\nlines.\n\n\nThree.", "One.\nTwo."])
def test_a_paragraph_moves_past_its_neighbour_and_back(editor, start):
    editor.load(start, language="en", name="a")
    editor.moveCursor(QTextCursor.MoveOperation.Right)
    typing.move_paragraph(editor, 1)
    assert editor.textCursor().block().text().startswith("One")
    moved = editor.text()
    typing.move_paragraph(editor, -1)
    assert editor.text() == start
    if "Three" in start:
        assert moved == "Two\nlines.\n\nOne 🚆.\n\n\nThree."


def test_undo_survives_going_to_another_article_and_back(qtbot, editor):
    typed(qtbot, editor, " more", start="First")
    editor.load("Second", language="en", name="other")
    editor.load("First more", language="en", name="Firsten")
    assert editor.textCursor().atEnd()
    while editor.can_undo():
        editor.undo()
    assert editor.text() == "First"


URDU_LINES = "\n\n".join(["کراچی واٹر بورڈ نے روزانہ پانی فراہم کیا جبکہ طلب زیادہ تھی، رپورٹ میں کہا گیا ہے۔"] * 6)


@pytest.mark.parametrize("height", [220, 370, 560, 900])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_undo_after_another_story_shows_the_caret_and_the_text_above_it(qtbot, editor, language, height):
    """Seen at the desk: the text was scrolled out of sight above an empty column."""
    text = URDU_LINES if language == "ur" else "\n\n".join(["The board supplied half of what was needed. " * 4] * 6)
    editor.resize(620, height)
    editor.load(text, language=language, name="one")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(4):
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, "##" if language == "ur" else "more")
        editor.plain.close_step()
    for steps, end in ((1, 1), (2, 0), (-2, 1), (3, 1), (-1, 0), (9, 1)):
        written = editor.text()
        editor.load("Another story.", language="en", name="other")
        editor.resize(620, height + 40 * end)
        editor.load(written, language=language, name="one")
        bar = editor.verticalScrollBar()
        bar.setValue(end * bar.maximum())
        for _ in range(abs(steps)):
            editor.undo() if steps > 0 else editor.redo()
        caret = editor.cursorRect()
        assert editor.viewport().rect().contains(caret), steps
        blocks = [editor.cursorForPosition(QPoint(20, y)).block() for y in range(0, caret.center().y(), 8)]
        assert sum(block.text() != "" for block in blocks) * 8 > height // 8, steps


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
    assert "cannot be read" in find._count.text() or editor.text() == "a (b) [a"
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


@pytest.mark.parametrize(
    ("text", "html", "kept"),
    [
        ("a\ud800b\udc00", "", "ab"),
        ("\u202eevil\u202c", "", "\u202eevil\u202c"),
        ("words", "<div>" * 5_000 + "words" + "</div>" * 5_000, "words"),
        ("", "<p>" + "<b>" * 150 + "deep" + "</b>" * 150, "**deep**"),
        ("x", "<script>alert(1)</script><style>p{}</style>", "x"),
        ("\x00\x07", "", ""),
    ],
)
def test_whatever_is_on_the_clipboard_comes_in_as_words_or_not_at_all(editor, clipboard, text, html, kept):
    editor.load("", language="en", name="a")
    clipboard(text, html)
    editor.paste()
    assert kept in editor.text()
    assert not set(editor.text()) & set("\x00\x07\ud800\udc00<>")


def test_more_than_an_article_can_hold_is_refused_and_nothing_is_lost(qtbot, editor, clipboard):
    editor.load("Mine.", language="en", name="a")
    clipboard("word " * 1_000_000)
    with qtbot.waitSignal(editor.refused) as refused:
        editor.paste()
    assert "1 million" in refused.args[0]
    assert editor.text() == "Mine."


URDU = "پاکستان اور آذربائیجان نے ریل پر اتفاق کیا"


def directions(editor):
    block, found = editor.document().begin(), []
    while block.isValid():
        found.append("r" if block.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft else "l")
        block = block.next()
    return "".join(found)


def test_each_paragraph_lies_as_its_words_do(editor):
    editor.load(f"English\n{URDU}\nDawn کے مطابق {URDU}", language="en", name="a")
    assert directions(editor) == "lrr"
    editor.load(f"English\n{URDU}\nDawn کے مطابق {URDU}\n۲۰۲۵", language="ur", name="b")
    assert directions(editor) == "lrrr"


def test_a_paragraph_turns_while_it_is_written_and_undo_takes_both_back(qtbot, editor):
    editor.load("One.\n", language="en", name="a")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insert(URDU)
    qtbot.waitUntil(lambda: directions(editor) == "lr")
    editor.undo()
    assert (editor.text(), directions(editor)) == ("One.\n", "ll")
    editor.redo()
    assert (editor.text(), directions(editor)) == (f"One.\n{URDU}", "lr")


def test_a_paragraph_can_be_turned_by_hand_and_back(qtbot, editor):
    editor.load("> Quoted words", language="en", name="a")
    text_direction.turn_paragraphs(editor, "ur")
    qtbot.waitUntil(lambda: directions(editor) == "r")
    assert editor.text() == "> \u200fQuoted words"
    text_direction.turn_paragraphs(editor, "en")
    qtbot.waitUntil(lambda: directions(editor) == "l")
    assert editor.text() == "> Quoted words"


@pytest.mark.parametrize(("code", "text"), [(62, "\u200fWords"), (50, "Words")])
def test_ctrl_and_the_shift_key_of_one_side_turn_the_paragraph_to_that_side(editor, code, text):
    editor.load("Words", language="en", name=str(code))
    ctrl, both = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ControlModifier
    for kind, modifiers in ((QEvent.Type.KeyPress, ctrl), (QEvent.Type.KeyRelease, both)):
        event = QKeyEvent(kind, Qt.Key.Key_Shift.value, modifiers, code, 0, 0)
        QGuiApplication.sendEvent(editor, event)
    assert editor.text() == text


def test_a_shortcut_with_ctrl_and_shift_turns_nothing(qtbot, editor):
    editor.load("Words", language="en", name="a")
    ctrl = Qt.KeyboardModifier.ControlModifier
    QGuiApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift.value, ctrl, 62, 0, 0))
    qtbot.keyClick(editor, Qt.Key.Key_Left, ctrl | Qt.KeyboardModifier.ShiftModifier)
    QGuiApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Shift.value, ctrl, 62, 0, 0))
    assert editor.text() == "Words"


def test_undo_goes_on_where_an_earlier_run_of_the_desk_left_it(qtbot, editor):
    editor.load("One 😀.", language="en", name="a")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " Two.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Three.")
    editor.settle()
    text, steps = editor.text(), editor.steps
    again = Editor()
    qtbot.addWidget(again)
    again.load(text, language="en", name="a", steps=steps)
    assert again.text() == text
    while again.can_undo():
        again.undo()
    assert again.text() == "One 😀."


def test_steps_that_led_to_another_text_are_left(qtbot, editor):
    editor.load("Changed elsewhere.", language="en", name="a", steps=[Step(0, "", "Typed")])
    assert editor.text() == "Changed elsewhere."
    assert not editor.can_undo()


def test_focus_pales_the_other_paragraphs_only(editor):
    editor.load("One.\n\nTwo\nlines.\n\nThree.", language="en", name="a")
    editor.apply_preferences(Preferences(is_focused=True))
    editor.go_to(3, 1)
    pale = [mark.cursor.selectedText().replace("\u2029", "|") for mark in editor.extraSelections()]
    assert pale == ["One.||", "||Three."]
    editor.apply_preferences(Preferences())
    assert editor.extraSelections() == []


def test_the_line_being_written_stays_in_the_middle(qtbot, editor):
    editor.resize(600, 400)
    editor.load("\n".join(f"Line {number}" for number in range(200)), language="en", name="a")
    editor.apply_preferences(Preferences(is_typewriting=True))
    for line in (60, 120, 200):
        editor.go_to(line, 1)
        middle = editor.viewport().height() / 2
        assert abs(editor.cursorRect().center().y() - middle) < 30


def test_a_straight_mark_stays_straight_for_those_who_want_it(qtbot, editor):
    editor.load("", language="en", name="a")
    editor.apply_preferences(Preferences(is_quoting=False))
    qtbot.keyClicks(editor, '"no"')
    assert editor.text() == '"no"'


def test_a_source_that_becomes_known_is_drawn_anew_in_its_lines_alone(editor):
    editor.load("Said [@a].\n\nSaid [@b].\n\nNothing.", language="en", name="a")
    drawn = []
    editor._current.highlighter.highlightBlock = drawn.append
    editor.set_references(Content(sources=(Source("b"),)))
    assert drawn == ["Said [@b]."]


def test_tab_goes_from_what_is_found_to_what_replaces_it_then_to_the_rest(qtbot, find, editor):
    editor.load("a", language="en", name="a")
    look(find, "a")
    find.activateWindow()
    qtbot.waitUntil(find.words.hasFocus)
    QTest.keyClick(find.words, Qt.Key.Key_Tab)
    assert find.by.hasFocus()
    seen = []
    for _ in range(2 + len(find._options)):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().text())
    assert seen == ["Replace", "Replace all", "Aa", "Word", ".*"]


def test_as_many_are_replaced_as_were_found_and_keys_are_not_counted(editor, find):
    editor.load("Water [@water] and water (image:water) [@waterboard]", language="en", name="a")
    look(find, "water")
    find._look()
    assert find._count.text() == "2 found. Keys of sources and pictures stay."
    find.by.setText("board")
    find.replace_all()
    assert find._count.text().startswith("2 replaced.")
    assert editor.text() == "board [@water] and board (image:water) [@waterboard]"
    look(find, "waterb")
    find._look()
    assert find._count.text() == "Only in keys of sources and pictures, which stay."
    find.open(replacing=False)
    find.words.setText("waterb")
    find._look()
    assert find._count.text() == "1 found"


@pytest.mark.parametrize(
    ("before", "chosen", "typed", "after"),
    [
        ("One two.", "two", "kwsc.gos.pk", "One [two](kwsc.gos.pk)."),
        ("One two.", "two", "", "One [two](https://)."),
        ("See https://ovn.pk/a now", "https://ovn.pk/a", "here", "See [here](https://ovn.pk/a) now"),
        ("One ", "", "words", "One [words](https://)"),
    ],
)
def test_what_is_typed_after_link_is_what_is_missing(editor, before, chosen, typed, after):
    editor.load(before, language="en")
    cursor = editor.textCursor()
    start = before.index(chosen) if chosen else len(before)
    cursor.setPosition(start)
    cursor.setPosition(start + len(chosen), cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    markdown_commands.insert_link(editor)
    QTest.keyClicks(editor, typed)
    assert editor.text() == after


@pytest.mark.parametrize(
    ("text", "at", "after"),
    [
        ("One [two](https://ovn.pk) three", "https://ovn.pk", "One [two](https://ovn.pk)! three"),
        ("One [two](https://ovn.pk)", "https", "One [two](https://ovn.pk)!"),
        ("😀 [two](a) [three](b) four", "(b", "😀 [two](a) [three](b)! four"),
        ("One [two](https://ovn.pk)", "[tw", "One [tw\n!o](https://ovn.pk)"),
    ],
)
def test_enter_in_the_address_of_a_link_goes_on_behind_it(editor, text, at, after):
    editor.load(text, language="en")
    cursor = editor.textCursor()
    cursor.setPosition(utf16_length(text[: text.index(at) + len(at)]))
    editor.setTextCursor(cursor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "!")
    assert editor.text() == after


@pytest.mark.parametrize(
    ("mark", "before", "after"),
    [
        ("- ", "one\n\ntwo\n\nthree", "- one\n\n- two\n\n- three"),
        ("- ", "one\ntwo", "- one\n- two"),
        ("1. ", "one\n\ntwo", "1. one\n\n1. two"),
        ("> ", "one\n\ntwo", "> one\n> \n> two"),
        ("- ", "", "- "),
    ],
)
def test_a_mark_is_set_before_each_chosen_line_and_taken_away_again(editor, mark, before, after):
    editor.load(before, language="en")
    for wanted in (after, before):
        editor.selectAll()
        markdown_commands.prefix_lines(editor, mark)
        assert editor.text() == wanted


def test_a_quotation_typed_over_words_replaces_them(editor):
    editor.load("One two.", language="en")
    cursor = editor.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, '"Hello," he said')
    assert editor.text() == "One “Hello,” he said."


@pytest.mark.parametrize("drags_to", [0, 2])
def test_what_is_typed_over_a_line_that_three_clicks_chose_leaves_its_end(qtbot, editor, drags_to):
    lines = ["One.", "", "Two.", "", "Three."]
    editor.load("\n".join(lines), language="en", name="a")
    left, port = Qt.MouseButton.LeftButton, editor.viewport()
    at, to = (editor.cursorRect(QTextCursor(editor.document().findBlockByNumber(n))).center() for n in (0, drags_to))
    qtbot.mouseClick(port, left, pos=at)
    qtbot.mouseDClick(port, left, pos=at)
    qtbot.mousePress(port, left, pos=at)
    if drags_to:
        QTest.mouseMove(port, to)
    qtbot.mouseRelease(port, left, pos=to)
    assert editor.selected_text() == "\n".join(lines[: drags_to + 1])
    qtbot.keyClicks(editor, "New")
    assert editor.text() == "\n".join(["New", *lines[drags_to + 1 :]])


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_both_keys_of_redo_write_again_what_was_taken_back(editor, key, held):
    editor.load("", language="en", name="a")
    QTest.keyClicks(editor, "One.")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == ""
    QTest.keyClick(editor, key, held)
    assert editor.text() == "One."
