from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit

from ovn_desk.domain.workflow import State, Step
from ovn_desk.text.offsets import utf16_length
from ovn_desk.ui.articles.model import Heading, RowRole
from ovn_desk.ui.editor import Editor, markdown_commands
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import writing


def page_text(qtbot, window):
    found = []
    window.panes.preview.text(found.append)
    qtbot.waitUntil(lambda: bool(found))
    return " ".join(found[0].split())


def shows(qtbot, window, words):
    qtbot.waitUntil(lambda: words in page_text(qtbot, window), timeout=20_000)


def test_typed_text_appears_on_the_page_and_in_the_list(qtbot, window, desk, space):
    article = desk.draft(headline="Before")
    window.features.articles.open(article)
    shows(qtbot, window, "The groups meet in July")
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(window.panes.writing.editor, " Typed at midnight.")
    window.panes.writing.headline.selectAll()
    qtbot.keyClicks(window.panes.writing.headline, "After")
    shows(qtbot, window, "Typed at midnight.")
    qtbot.waitUntil(lambda: window.panes.articles.model.place_of(article).data() == "After")


def test_the_preview_never_takes_the_keyboard(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    shows(qtbot, window, "The groups meet")
    window.panes.writing.editor.setFocus()
    qtbot.keyClicks(window.panes.writing.editor, "x")
    shows(qtbot, window, "xThe groups meet")
    assert window.focusWidget() is window.panes.writing.editor


def test_hostile_text_is_shown_as_text_and_runs_nothing(qtbot, window, desk, space):
    window.features.articles.open(desk.draft())
    shows(qtbot, window, "The groups meet")
    space.text.edit(body="<script>document.title='x'</script><img src=x onerror=\"document.title='x'\">Harmless.")
    shows(qtbot, window, "Harmless.")
    assert window.panes.preview._page.title() != "x"


def test_every_command_has_a_key_of_its_own(window):
    keys = [command.shortcut for feature in window.features.all for command in feature.commands() if command.shortcut]
    assert len({QKeySequence(key).toString() for key in keys}) == len(keys)


def test_no_command_uses_ctrl_alt_which_types_urdu_letters(window):
    assert not [
        command.name
        for feature in window.features.all
        for command in feature.commands()
        if "Ctrl+Alt" in command.shortcut
    ]


def test_a_command_and_its_rule_agree(window, desk, space):
    window.features.articles.open(desk.draft())
    for step in (Step.FILE, Step.TAKE, Step.APPROVE, Step.SPIKE):
        assert window.actions_by_name[f"step.{step.value}"].isEnabled() == space.article.may(step)


def test_every_widget_one_can_use_has_a_name_to_be_read_aloud(window, desk):
    window.features.articles.open(desk.draft())
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTextEdit)
    unnamed = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert not unnamed


def test_f6_walks_through_all_panes_and_comes_round(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    shows(qtbot, window, "The groups meet")
    window.panes.writing.editor.setFocus()
    seen = []
    while not seen or seen[-1] is not window.panes.writing.editor:
        window.features.view.go_to_pane(1)
        assert window.focusWidget() not in seen
        seen.append(window.focusWidget())
    panes = (window.panes.articles, window.panes.writing, window.panes.preview, window.panes.top_bar)
    assert [pane for pane in panes if not any(pane.isAncestorOf(one) for one in seen)] == []


def test_an_article_of_somebody_else_can_be_read_but_not_changed(window, desk):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    window.features.articles.open(article)
    assert window.panes.writing.editor.isReadOnly()
    assert "Recall" in window.panes.writing._why.text()


def test_text_kept_before_a_crash_is_offered(qtbot, window, desk, space):
    article = desk.draft()
    writing.keep(desk.store, article, writing.Content(headline="Lost?", body="Not lost."), by=desk.reporter)
    window.features.versions.show_recovery()
    assert window.panes.middle.shows(window.panes.recovery)
    assert "Not lost." in window.panes.recovery.view.toPlainText()
    window.panes.recovery.go_on.click()
    assert window.panes.middle.shows(window.panes.writing)
    assert window.panes.writing.editor.text() == "Not lost."


def test_the_list_has_a_heading_with_a_count_for_each_state(window, desk):
    for _ in range(3):
        desk.draft()
    desk.in_review()
    window.panes.articles.reload()
    headings = [
        item
        for row in range(window.panes.articles.model.rowCount())
        if isinstance(item := window.panes.articles.model.index(row).data(RowRole), Heading)
    ]
    assert headings == [Heading(State.DRAFT, 3), Heading(State.IN_REVIEW, 1)]


def test_a_long_list_is_whole(window, desk):
    made = {desk.draft(headline=f"Story {number}") for number in range(150)}
    model = window.panes.articles.model
    window.panes.articles.reload()
    items = [model.index(row).data(RowRole) for row in range(model.rowCount())]
    ids = [item.row.id for item in items if not isinstance(item, Heading)]
    assert len(ids) == 150
    assert set(ids) == made


def test_the_filter_finds_words_of_the_text(qtbot, window, desk):
    desk.draft(headline="Wheat")
    desk.draft(headline="Water", body="The canal is dry.")
    qtbot.keyClicks(window.panes.articles.filter_bar.field, "cana")
    qtbot.waitUntil(lambda: window.panes.articles.model.rowCount() == 2)
    assert window.panes.articles.model.index(1).data() == "Water"


def test_replacing_the_text_can_be_undone(qtbot):
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load("Before", language="en")
    editor.plain.replace("After")
    editor.undo()
    assert editor.text() == "Before"


def test_bold_goes_around_the_selection_and_off_again_with_undo(qtbot):
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load("one two", language="en")
    editor.selectAll()
    markdown_commands.wrap(editor, "**", "**")
    assert editor.text() == "**one two**"
    markdown_commands.wrap(editor, "**", "**")
    assert editor.text() == "one two"
    editor.undo()
    editor.undo()
    assert editor.text() == "one two"


def test_going_to_a_place_counts_letters_not_utf16_units(qtbot):
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load("first\n😀😀 TK here", language="en")
    editor.go_to(2, 4)
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText().strip() == "TK"
    assert utf16_length("😀a") == 3


def test_urdu_is_set_from_the_right_in_our_own_face(qtbot, qapp):
    theme.load_fonts()
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load("پاکستان", language="ur")
    assert editor.document().defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft
    assert editor.fontInfo().family() == theme.URDU_FACE


def test_undo_goes_on_after_the_desk_was_closed_and_opened_again(qtbot, window, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(window.panes.writing.editor, " Two.")
    assert space.article.save_and_close()
    again = Workspace(desk.store, desk.renderer, desk.reporter.person)
    again.article.open(article)
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load(again.text.content.body, language="en", name=article, steps=again.text.undo_steps)
    assert editor.text() == "One. Two."
    editor.undo()
    assert editor.text() == "One."
    again.abandon()


LONG = "\n\n".join(
    f"Paragraph {number} of a long article, with enough words to fill a line or two." for number in range(120)
)


def scrolled_to(window):
    found = []
    window.panes.preview._page.runJavaScript("scrollY", 1, found.append)
    return found


def page_place(qtbot, window):
    found = scrolled_to(window)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_the_page_follows_the_text_and_the_text_the_page(qtbot, window, desk):
    window.features.articles.open(desk.draft(body=LONG))
    shows(qtbot, window, "Paragraph 119")
    bar = window.panes.writing.editor.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: page_place(qtbot, window) > 1000, timeout=10_000)
    middle = page_place(qtbot, window)
    bar.setValue(0)
    qtbot.waitUntil(lambda: page_place(qtbot, window) == 0, timeout=10_000)
    qtbot.waitUntil(lambda: window.panes.preview._led.elapsed() > 300)
    window.panes.preview._page.runJavaScript(f"scrollTo(0, {middle})", 1)
    qtbot.waitUntil(lambda: abs(bar.value() - bar.maximum() // 2) < bar.maximum() // 20, timeout=10_000)


def test_what_follows_does_not_lead_back(qtbot, window, desk):
    window.features.articles.open(desk.draft(body=LONG))
    shows(qtbot, window, "Paragraph 119")
    bar = window.panes.writing.editor.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    at = bar.value()
    qtbot.waitUntil(lambda: page_place(qtbot, window) > 500, timeout=10_000)
    assert bar.value() == at


def test_a_click_in_the_page_goes_to_its_line(qtbot, window, desk):
    window.features.articles.open(desk.draft(body=LONG))
    shows(qtbot, window, "Paragraph 119")
    window.panes.preview._go_to_clicked(5)
    assert window.panes.writing.editor.textCursor().block().text().startswith("Paragraph 5 ")
    assert window.panes.preview._lines[:3] == [0, 2, 4]


def test_undo_in_the_menu_is_for_the_text_where_the_cursor_is(qtbot, window, desk):
    window.features.articles.open(desk.draft(headline="Rail", body="One."))
    window.activateWindow()
    window.panes.writing.editor.setFocus()
    qtbot.keyClicks(window.panes.writing.editor, "Two. ")
    window.panes.writing.headline.setFocus()
    qtbot.waitUntil(window.panes.writing.headline.hasFocus)
    qtbot.keyClicks(window.panes.writing.headline, "New ")
    window.actions_by_name["write.undo"].trigger()
    assert (window.panes.writing.headline.text(), window.panes.writing.editor.text()) == ("Rail", "Two. One.")
    qtbot.keyClick(window.panes.writing.headline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.panes.writing.editor.text() == "Two. One."
    window.actions_by_name["write.redo"].trigger()
    assert window.panes.writing.headline.text() == "RailNew "


def test_a_shortcut_of_the_window_with_ctrl_and_shift_turns_no_paragraph(qtbot, window, desk):
    """On X11 the right Shift key has the code 62: with Ctrl alone it would turn the paragraph round."""
    window.features.articles.open(desk.draft(body="Words"))
    window.panes.writing.editor.setFocus()
    ctrl = Qt.KeyboardModifier.ControlModifier
    both = ctrl | Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(
        window.panes.writing.editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift.value, ctrl, 62, 0, 0)
    )
    qtbot.keyClick(window.panes.writing.editor, Qt.Key.Key_8, both)
    QApplication.sendEvent(
        window.panes.writing.editor, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Shift.value, ctrl, 62, 0, 0)
    )
    assert window.panes.writing.editor.text() == "- Words"


def test_a_preview_that_was_hidden_comes_back_with_the_text_of_now(qtbot, window, desk, space):
    window.features.articles.open(desk.draft())
    shows(qtbot, window, "The groups meet")
    window.actions_by_name["view.preview"].trigger()
    space.text.edit(body="Written while nobody looked.")
    window.actions_by_name["view.preview"].trigger()
    shows(qtbot, window, "Written while nobody looked.")


def test_f6_reaches_the_status_line_and_alt_and_a_digit_a_tab(qtbot, window, desk):
    """Seen at the desk: by keys alone nothing led to either."""
    window.features.articles.open(desk.draft())
    window.panes.writing.editor.setFocus()
    seen = []
    for _ in range(12):
        window.features.view.go_to_pane(1)
        seen.append(window.focusWidget())
    assert any(window.panes.status_bar.isAncestorOf(one) for one in seen)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.panes.inspector.currentWidget() is window.panes.evidence
    assert window.panes.inspector.isVisible()
    assert window.focusWidget() is window.panes.inspector.tabBar()


def test_the_palette_says_what_the_choices_behind_a_sign_are_for(window):
    """Seen at the desk: a bare “~” said nothing of what Enter does."""
    box = window.palette_box
    for sign, said in (("~", "People"), ("@", "Sources"), (">", "Commands"), (":", "Snippets"), ("", "")):
        box.open(sign)
        assert box.about.text().startswith(said) if said else box.about.isHidden()
        assert box.about.isVisible() is bool(said)
    box.close()
