"""Edit works on the text that has the keyboard, and the menu at the pointer has what one does to words."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def writing(qtbot, window):
    """The window with a new story in it, ready to be written."""
    window.workspace.article.start()
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return window


def choose(qtbot, window, letter, label):
    """Opens a menu by its letter and goes down to an entry, as hands do."""
    QTest.keyClick(window.windowHandle(), letter, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    for _ in menu.actions():
        if menu.activeAction() and menu.activeAction().text() == label:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().text() == label
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def press(window, *keys):
    for key, modifiers in keys:
        QTest.keyClick(window.windowHandle(), key, modifiers)


@pytest.mark.parametrize("place", ["filter", "headline", "editor"])
def test_edit_works_on_whatever_field_has_the_keyboard(qtbot, writing, place):
    fields = {
        "filter": writing.panes.articles.filter_bar.field,
        "headline": writing.panes.writing.headline,
        "editor": writing.panes.writing.editor,
    }
    field = fields[place]
    words = field.text
    field.setFocus()
    qtbot.keyClicks(field, "rail")
    choose(qtbot, writing, Qt.Key.Key_E, "Select all")
    choose(qtbot, writing, Qt.Key.Key_E, "Cut")
    assert words() == ""
    assert QGuiApplication.clipboard().text() == "rail"
    choose(qtbot, writing, Qt.Key.Key_E, "Paste")
    choose(qtbot, writing, Qt.Key.Key_E, "Paste without formatting")
    assert words() == "railrail"
    choose(qtbot, writing, Qt.Key.Key_E, "Undo")
    assert words() == "rail"
    choose(qtbot, writing, Qt.Key.Key_E, "Redo")
    assert words() == "railrail"
    assert all(other.text() == "" for name, other in fields.items() if name != place)


def test_the_keys_of_the_clipboard_stay_those_of_the_field(qtbot, writing):
    """A shortcut of the window would take Ctrl+A and Ctrl+C away from lists."""
    field = writing.panes.articles.filter
    field.setFocus()
    qtbot.keyClicks(field, "rail")
    press(writing, (Qt.Key.Key_A, CTRL), (Qt.Key.Key_X, CTRL), (Qt.Key.Key_V, CTRL), (Qt.Key.Key_V, CTRL))
    assert field.text() == "railrail"


def test_what_can_not_be_done_is_grey(qtbot, writing):
    actions = writing.actions_by_name
    qtbot.keyClicks(writing.panes.writing.editor, "rail")
    QTest.keyClick(writing.windowHandle(), Qt.Key.Key_E, ALT)
    assert [name for name in ("edit.cut", "edit.copy", "edit.paste") if actions[name].isEnabled()] == ["edit.paste"]
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)


def opened_menu(qtbot, editor, word):
    """The menu that a right click in a word opens."""
    point = editor.cursorRect(editor.cursors([(editor.text().index(word) + 1,) * 2])[0]).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, editor.viewport().mapToGlobal(point))
    QGuiApplication.sendEvent(editor.viewport(), event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def labels(menu):
    return [action.text().partition("\t")[0].replace("&", "") for action in menu.actions() if not action.isSeparator()]


def test_the_menu_in_the_text_has_what_one_does_to_words(qtbot, writing):
    editor = writing.panes.writing.editor
    qtbot.keyClicks(editor, "The water board said so.")
    menu = opened_menu(qtbot, editor, "water")
    assert labels(menu) == [
        "Undo",
        "Redo",
        "Cut",
        "Copy",
        "Paste",
        "Delete",
        "Select All",
        *(writing.actions_by_name[name].text() for name in ("source.cite", "source.add", "claims.source")),
        *(writing.actions_by_name[name].text() for name in ("review.comment", "write.link", "write.bold")),
        *(writing.actions_by_name[name].text() for name in ("write.italic", "edit.search_selection")),
    ]
    menu.close()
    assert editor.selection()[0] == editor.text().index("water") + 1, "the cursor goes where the pointer is"


def test_a_right_click_in_the_selection_keeps_it(qtbot, writing):
    editor = writing.panes.writing.editor
    qtbot.keyClicks(editor, "The water board said so.")
    editor.select(4, 15)
    opened_menu(qtbot, editor, "water").close()
    assert editor.selected_text() == "water board"


@pytest.mark.parametrize("is_by_mouse", [True, False])
def test_a_misspelt_word_has_its_suggestions_first_and_the_rest_below(qtbot, writing, is_by_mouse):
    editor, spelling = writing.panes.writing.editor, writing.panes.writing.spelling
    qtbot.keyClicks(editor, "A proactiv stance ")
    qtbot.waitUntil(lambda: spelling.summary("en") == "· 1 spelling")
    if is_by_mouse:
        menu = opened_menu(qtbot, editor, "proactiv")
    else:
        editor.go_to(1, 5)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QGuiApplication.sendEvent(editor, event)
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
    shown = labels(menu)
    assert shown[0] == "proactive"
    assert shown.index("Add “proactiv” to my words") < shown.index("Cut") < shown.index("Comment on the selection")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert editor.text() == "A proactive stance "


def test_tab_leaves_the_text_and_types_nothing(window):
    """A tab at a paragraph's start would be code on the page."""
    writing = window.panes.writing
    writing.editor.setFocus()
    before = writing.editor.text()
    QTest.keyClick(writing.editor, Qt.Key.Key_Tab)
    assert writing.editor.text() == before
    assert QApplication.focusWidget() is not writing.editor
    writing.editor.setFocus()
    QTest.keyClick(writing.editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert writing.editor.text() == before
    assert QApplication.focusWidget() is writing.standfirst
    QTest.keyClick(writing.standfirst, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is writing.editor


@pytest.mark.parametrize("size", [(700, 500), (1366, 768)])
def test_no_stroke_of_nastaliq_is_cut_at_the_edge(window, desk, size):
    """Seen at the desk: the first kaf of a headline had no upper stroke."""
    kafs = "گلی کراچی میں پانی کی قلت، " * 12
    window.features.articles.open(desk.draft(headline=kafs, standfirst=kafs, body=kafs, language="ur"))
    window.resize(*size)
    writing = window.panes.writing
    places = (writing.headline, writing.standfirst, writing.editor)
    for place, ratio in itertools.product(places, (1.0, 1.25, 1.5)):
        view = place.viewport()
        picture = QImage(view.size() * ratio, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        view.render(picture)
        edges = {picture.pixel(x, y) for x in (0, picture.width() - 1) for y in range(picture.height())}
        assert len(edges) == 1, place.objectName()
        inner = {picture.pixel(picture.width() - x, y) for x in range(12, 90) for y in range(picture.height())}
        assert len(inner) > 1, "there are words"
