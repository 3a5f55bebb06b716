"""Help is found by a key, made from the commands, and needs nothing but what comes with the desk."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ovn_desk import __version__, assets, settings
from ovn_desk.domain.source import Source
from ovn_desk.domain.workflow import State
from ovn_desk.ui.help.about import AboutDialog
from ovn_desk.ui.help.keys_sheet import KeysSheet
from ovn_desk.ui.help.libraries import libraries
from ovn_desk.ui.help.reading import ReadingDialog


@pytest.fixture
def writing(qtbot, window):
    window.workspace.article.start()
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return window


def opened(kind):
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


@pytest.fixture
def sheet(qtbot, writing):
    QTest.keyClick(writing.windowHandle(), Qt.Key.Key_F1)
    made = opened(KeysSheet)
    qtbot.waitExposed(made)
    return made


def shown(sheet):
    table = sheet.table
    items = [table.topLevelItem(row) for row in range(table.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(3)) for item in items if not item.isHidden()]


def test_the_sheet_has_every_command_with_its_menu_and_key(writing, sheet):
    actions = writing.actions_by_name
    assert len(shown(sheet)) == len(actions)
    native = QKeySequence.SequenceFormat.NativeText
    assert sorted((label, key) for label, _, key in shown(sheet)) == sorted(
        (action.text(), action.shortcut().toString(native)) for action in actions.values()
    )


@pytest.mark.parametrize(("words", "label"), [("block quo", "Block quotation"), ("f7", "Next claim to settle")])
def test_words_and_keys_find_a_command(qtbot, sheet, words, label):
    qtbot.keyClicks(sheet.search, words)
    assert label in [row[0] for row in shown(sheet)]
    assert len(shown(sheet)) < 6


def test_the_columns_stay_where_they_are_while_one_filters(qtbot, sheet):
    header = sheet.table.header()

    def places():
        return [header.sectionViewportPosition(column) for column in range(header.count())]

    before = places()
    for letter in "next claim to":
        qtbot.keyClicks(sheet.search, letter)
        assert places() == before


def test_enter_runs_the_command_that_is_chosen_and_closes_the_sheet(qtbot, writing, sheet):
    editor = writing.panes.writing.editor
    qtbot.keyClicks(editor, "He said so")
    qtbot.keyClicks(sheet.search, "block quotation")
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.text() == "> He said so")
    assert not any(isinstance(one, KeysSheet) and one.isVisible() for one in QApplication.topLevelWidgets())


def test_the_arrows_go_through_what_was_found(qtbot, sheet):
    qtbot.keyClicks(sheet.search, "heading")
    first = sheet.table.currentItem()
    QGuiApplication.sendEvent(
        sheet.search, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    )
    assert sheet.table.currentItem() is not first
    assert sheet.search.text() == "heading"


def test_words_that_no_command_has_find_nothing_and_run_nothing(qtbot, sheet):
    qtbot.keyClicks(sheet.search, "zebra")
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    assert shown(sheet) == []
    assert sheet.isVisible()


def test_a_key_that_was_changed_is_shown_as_it_is_now(writing):
    writing.workspace.preferences.set(keys={"write.bold": "Ctrl+J"})
    QTest.keyClick(writing.windowHandle(), Qt.Key.Key_F1)
    assert ("Bold", "Format", "Ctrl+J") in shown(opened(KeysSheet))


def blocks_of(document):
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


@pytest.mark.parametrize(
    ("command", "words"), [("help.guide", "Whoever wrote a story never approves it"), ("help.news", "Preferences")]
)
def test_pages_to_read_come_with_the_desk(writing, command, words):
    writing.actions_by_name[command].trigger()
    assert words in opened(ReadingDialog).page.toPlainText()


def test_what_is_new_has_headings_and_lines_that_are_read_at_a_glance(writing):
    writing.actions_by_name["help.news"].trigger()
    dialog = opened(ReadingDialog)
    assert dialog.windowTitle() == "What is new in 0.1"
    lines = dialog.page.document().toMarkdown().splitlines()
    assert lines[0] == "# What is new in 0.1"
    assert len([line for line in lines if line.startswith("## ")]) >= 4
    blocks = [block.text() for block in blocks_of(dialog.page.document())]
    assert max(map(len, blocks)) <= 85
    assert 10 <= len(blocks) <= 40


def test_the_guide_names_only_keys_that_are_so(writing):
    actions = writing.actions_by_name
    keys = {action.shortcut().toString().replace("Return", "Enter") for action in actions.values()}
    named = {word.strip("*") for word in assets.text("help/guide.md").split("**") if word.startswith(("Ctrl+", "F"))}
    assert {one for one in named if one.startswith("Ctrl+") or one[1:].isdigit()} <= keys


def test_about_says_version_licences_and_where_things_are(writing):
    writing.actions_by_name["help.about"].trigger()
    about = opened(AboutDialog)
    licences = about.licences.toPlainText()
    for words in ("PySide6", "LGPL", "Lucide", "ISC", "Noto Nastaliq Urdu", "SIL OPEN FONT LICENSE", "SCOWL", "lxml"):
        assert words in licences
    copy = next(
        one
        for one in about.findChildren(QPushButton)
        if one.accessibleName().endswith("Newsroom") and "Copy" in one.text()
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == str(writing.workspace.session.store.path)


def test_every_package_the_desk_needs_is_named_with_its_licence():
    assert {one.name for one in libraries() if not one.licence} <= {"sqlcipher3"}  # whose metadata names none
    assert {"lxml", "SQLAlchemy", "cryptography"} <= {one.name for one in libraries()}


def test_a_report_has_the_version_and_the_log_and_says_that_nothing_was_sent(writing):
    writing.actions_by_name["help.report"].trigger()
    report = QGuiApplication.clipboard().text()
    assert __version__ in report
    assert str(settings.log_folder()) in report
    assert "nothing was sent" in writing.panes.bar.text


def test_the_first_story_sees_by_itself_what_was_done(qtbot, window):
    space, panes = window.workspace, window.panes
    window.actions_by_name["help.first_story"].trigger()
    card = next(one for one in panes.middle.children() if one.objectName() == "first-story")
    titles = [card._title.text()]

    def goes_on():
        qtbot.waitUntil(lambda: card._title.text() != titles[-1])
        titles.append(card._title.text())

    qtbot.keyClicks(panes.writing.headline, "Water board restarts pumps")
    goes_on()
    space.text.edit(sources=(Source(key="notice", name="A notice"),))
    goes_on()
    qtbot.keyClicks(panes.writing.editor, "It said so [@notice]. ")
    goes_on()
    panes.preview.step_zoom(1)
    goes_on()
    assert titles == ["Write a headline", "Add a source", "Cite it", "See the page", "File it"]
    assert space.article.folded.state is State.DRAFT


def test_the_first_story_is_skipped_left_and_gone_on_with(window):
    begin = window.actions_by_name["help.first_story"].trigger
    begin()
    card = next(one for one in window.panes.middle.children() if one.objectName() == "first-story")
    card.skip.click()
    card.later.click()
    assert not card.isVisible()
    assert window.workspace.preferences.value.first_story == 1
    begin()
    assert card.isVisible()
    assert card._title.text() == "Add a source"


def test_the_card_stands_inside_its_pane_however_small_that_is(qtbot, window):
    window.actions_by_name["help.first_story"].trigger()
    card = next(one for one in window.panes.middle.children() if one.objectName() == "first-story")
    for size in ((1366, 768), (760, 520)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.panes.middle.rect().contains(card.geometry()))
