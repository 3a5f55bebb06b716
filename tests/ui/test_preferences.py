"""What is chosen shows at once, is remembered, and can be put back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ovn_desk import settings
from ovn_desk.ui.dialogs.files_page import FilesPage
from ovn_desk.ui.dialogs.preferences import PreferencesDialog
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import file_associations

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _the_look_is_that_of_before(qapp):
    yield
    theme.choose(settings.SYSTEM)
    theme.apply(qapp)


@pytest.fixture
def writing(qtbot, window):
    window.workspace.article.start()
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return window


@pytest.fixture
def dialog(qtbot, writing):
    QTest.keyClick(writing.windowHandle(), Qt.Key.Key_Comma, CTRL)
    made = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreferencesDialog))
    qtbot.waitExposed(made)
    yield made
    if isValid(made):
        made.close()


def page(dialog, number):
    dialog.sections.setCurrentRow(number)
    return list(dialog.pages.values())[number]


def turn(widget, notches):
    point = QPointF(20, 20)
    event = QWheelEvent(
        point,
        QPointF(widget.mapToGlobal(QPoint(20, 20))),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(widget, event)


def values(window):
    return window.workspace.preferences.value


def test_the_text_is_written_in_a_serif_unless_somebody_chose_otherwise(writing):
    editor = writing.panes.writing.editor
    assert editor.font().family() == theme.serif() in theme.SERIFS
    writing.workspace.preferences.set(face=settings.MONOSPACE)
    assert editor.fontInfo().fixedPitch() or editor.font().family() != theme.serif()


def test_keys_and_wheel_make_the_text_larger_smaller_and_as_it_was(writing):
    editor, handle = writing.panes.writing.editor, writing.windowHandle()
    own = values(writing).pixels
    QTest.keyClick(handle, Qt.Key.Key_Plus, CTRL)
    QTest.keyClick(handle, Qt.Key.Key_Equal, CTRL)
    assert editor.font().pixelSize() == values(writing).pixels == own + 2
    QTest.keyClick(handle, Qt.Key.Key_Minus, CTRL)
    assert editor.font().pixelSize() == own + 1
    turn(editor.viewport(), 2)
    assert editor.font().pixelSize() == own + 3
    QTest.keyClick(handle, Qt.Key.Key_0, CTRL)
    assert editor.font().pixelSize() == own


def test_the_size_ends_where_it_could_not_be_read(writing):
    turn(writing.panes.writing.editor.viewport(), -60)
    assert values(writing).pixels == settings.SMALLEST_TEXT
    turn(writing.panes.writing.editor.viewport(), 60)
    assert values(writing).pixels == settings.LARGEST_TEXT


def test_a_line_is_as_long_as_was_chosen(writing, dialog):
    writing.resize(2400, 900)
    writing.workspace.preferences.set(face=settings.MONOSPACE)
    editor = writing.panes.writing.editor
    editor.resize(1500, 600)
    letter = editor.fontMetrics().horizontalAdvance("n" * 100) / 100
    slider = page(dialog, 1).columns
    for columns in (60, 90):
        slider.setValue(columns)
        frame = editor.document().rootFrame().frameFormat()  # room beside the lines, for strokes that reach out of them
        line = editor.viewport().width() - frame.leftMargin() - frame.rightMargin()
        assert line / letter == pytest.approx(columns, abs=3)


def test_dark_is_dark_at_once_everywhere_and_light_again(qapp, writing, dialog):
    look = page(dialog, 0).look
    look.setFocus()
    seen = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(look, key)
        seen.append((values(writing).appearance, theme.colours(), qapp.palette().window().color().name().upper()))
    assert seen == [
        (settings.DARK, theme.DARK, theme.DARK.paper),
        (settings.SYSTEM, theme.LIGHT, theme.LIGHT.paper),
    ]
    QTest.keyClick(look, Qt.Key.Key_End)
    editor = writing.panes.writing.editor
    assert editor.grab().toImage().pixelColor(2, 200).name().upper() == theme.DARK.sheet


def test_straight_marks_stay_straight_in_the_language_where_that_was_chosen(qtbot, writing, dialog):
    editor = writing.panes.writing.editor
    page(dialog, 1).findChild(type(page(dialog, 2).box), "is_quoting_urdu").click()
    editor.load("", language="ur", name="urdu")
    qtbot.keyClicks(editor, '"')
    assert editor.text() == '"'
    editor.load("", language="en", name="english")
    qtbot.keyClicks(editor, '"')
    assert editor.text() == "“"


def test_the_page_is_zoomed_by_command_and_by_wheel_and_the_zoom_is_remembered(writing):
    actions, preview = writing.actions_by_name, writing.panes.preview
    actions["view.page_larger"].trigger()
    assert preview.zoom == values(writing).page_zoom == 110
    preview.zoom = 75  # as the list in its header does
    assert values(writing).page_zoom == 75
    actions["view.page_own_size"].trigger()
    assert preview.zoom == values(writing).page_zoom == 100


def test_a_key_is_changed_and_the_command_that_had_it_has_none(qtbot, writing, dialog):
    keys = page(dialog, 4)
    keys.search.setFocus()
    qtbot.keyClicks(keys.search, "block quotation")
    row = next(row for row in range(keys.table.rowCount()) if not keys.table.isRowHidden(row))
    keys.table.setCurrentCell(row, 0)
    QTest.keyClick(keys.key, Qt.Key.Key_B, CTRL)
    assert "“Bold” has this key" in keys.said.text()
    keys.change.click()
    assert values(writing).keys == {"write.quote": "Ctrl+B", "write.bold": ""}
    dialog.close()
    writing.activateWindow()
    editor = writing.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "He said so")
    QTest.keyClick(writing.windowHandle(), Qt.Key.Key_B, CTRL)
    assert editor.text() == "> He said so"


def test_a_key_that_every_field_has_stays(dialog):
    keys = page(dialog, 4)
    QTest.keyClick(keys.key, Qt.Key.Key_C, CTRL)
    assert "stays" in keys.said.text()
    assert not keys.change.isEnabled()


_CHOSEN = {
    "appearance": settings.DARK,
    "page_zoom": 150,
    "face": settings.MONOSPACE,
    "pixels": 30,
    "columns": 60,
    "is_naskh": True,
    "is_quoting": False,
    "is_quoting_urdu": False,
    "is_focused": True,
    "is_typewriting": True,
    "is_spelling": False,
    "second_place": "/media/stick",
    "keys": {"write.bold": ""},
}


def test_a_section_that_is_restored_leaves_the_others_and_is_undone(writing, dialog):
    preferences = writing.workspace.preferences
    preferences.set(**_CHOSEN)
    chosen, own = preferences.value, settings.Preferences()
    restored = set()
    for number in range(dialog.sections.count()):
        page(dialog, number).show_values()
        assert not dialog.undo.isVisible()
        if not dialog.restore.isEnabled():
            continue
        QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
        changed = {name for name in _CHOSEN if getattr(preferences.value, name) != getattr(chosen, name)}
        assert changed
        assert not changed & restored
        assert all(getattr(preferences.value, name) == getattr(own, name) for name in changed)
        restored |= changed
        assert dialog.undo.hasFocus()
        QTest.keyClick(dialog.undo, Qt.Key.Key_Space)
        assert preferences.value == chosen
        assert not dialog.undo.isVisible()
    assert restored == set(_CHOSEN) - {"second_place"}


def test_what_was_restored_shows_in_its_fields_and_a_choice_made_since_then_is_not_undone(writing, dialog):
    preferences = writing.workspace.preferences
    preferences.set(pixels=30)
    text = page(dialog, 1)
    text.show_values()
    dialog.restore.click()
    assert text.pixels.value() == settings.Preferences().pixels
    assert not dialog.restore.isEnabled()
    text.pixels.setValue(20)
    assert not dialog.undo.isVisible()
    assert dialog.restore.isEnabled()


def test_the_columns_of_the_keys_stay_where_they_are_while_one_filters(qtbot, dialog):
    keys = page(dialog, 4)
    header = keys.table.horizontalHeader()

    def places():
        return [header.sectionViewportPosition(column) for column in range(header.count())]

    before = places()
    for letter in "next claim":
        qtbot.keyClicks(keys.search, letter)
        assert places() == before


def test_what_was_chosen_is_there_the_next_time(tmp_path):
    file = tmp_path / "preferences.json"
    Preferences(file, Notices()).set(appearance=settings.DARK, keys={"write.bold": "Ctrl+J"}, columns=80)
    again = Preferences(file, Notices()).value
    assert (again.appearance, again.keys, again.columns) == (settings.DARK, {"write.bold": "Ctrl+J"}, 80)


@pytest.mark.parametrize("written", ['{"keys": {"write.bold": 7}}', '{"keys": ["Ctrl+B"]}', '{"pixels": 900}'])
def test_a_file_that_somebody_spoilt_stops_nobody(tmp_path, written):
    file = tmp_path / "preferences.json"
    file.write_text(written)
    value = Preferences(file, Notices()).value
    assert all(isinstance(key, str) for key in value.keys.values())
    assert settings.SMALLEST_TEXT <= value.pixels <= settings.LARGEST_TEXT


def test_files_of_the_newsroom_are_opened_by_a_double_click_where_that_is_wanted(qtbot, window, tmp_path, monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    page = FilesPage(window.workspace.preferences)
    qtbot.addWidget(page)
    page.show()
    assert not page.box.isChecked()
    page.box.click()
    qtbot.waitUntil(page.box.isEnabled)
    is_done = file_associations.is_registered()
    assert page.box.isChecked() is is_done
    assert page.said.isVisible() is not is_done
