"""Ctrl+Enter in a box is the box's own: behind it nothing is filed, and nothing is signed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
)

from ovn_desk.domain.workflow import State
from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.widgets.boxes import send_with

BOXES = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
SEND = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def steps(window, monkeypatch):
    """Every step that is asked for."""
    asked = []
    action = window.actions_by_name["step.next"]
    action.triggered.connect(lambda: asked.append(window.workspace.article.next_step))
    return asked


def boxes(window):
    """Every box of the window but the story's own."""
    found = [box for kind in BOXES for box in window.findChildren(kind)]
    inner = [box for box in found if isinstance(box.parentWidget(), QAbstractSpinBox | QComboBox)]
    writing = window.panes.writing
    return [box for box in found if box not in inner and not (isinstance(box, PlainEdit) and writing.isAncestorOf(box))]


def bring_up(window, box):
    """Shows a box, wherever it stands, and gives it the keyboard."""
    around = box
    while around is not window and around is not None:
        around.setEnabled(True)
        around.show()
        around = around.parentWidget()
    box.setFocus()
    return box.hasFocus()


def test_the_shortcut_takes_the_next_step_from_the_text(qtbot, window, desk, steps):
    window.features.articles.open(desk.draft())
    window.panes.writing.editor.setFocus()
    next_step = window.actions_by_name["step.next"]
    qtbot.waitUntil(lambda: window.isActiveWindow() and next_step.isEnabled())
    qtbot.keyClick(window.panes.writing.editor, *SEND)
    assert len(steps) == 1


def test_in_every_box_of_the_window_it_takes_none(qtbot, window, desk, steps):
    article = desk.draft()
    window.features.articles.open(article)
    window.panes.bar.ask("Why?", answers=[("Hold", lambda _: None)])
    tried = 0
    for box in boxes(window):
        if not bring_up(window, box):
            continue
        tried += 1
        qtbot.keyClick(box, *SEND)
        assert steps == [], box.objectName() or box.accessibleName()
    assert tried > 15
    assert desk.article(article).state is State.DRAFT


def form(kind):
    """A form with one box, whose button counts how often it was pressed."""
    made, box, save = QFrame(), kind(), QPushButton("Save")
    made.pressed = []
    save.clicked.connect(lambda: made.pressed.append(1))
    column = QVBoxLayout(made)
    for widget in (box, save):
        column.addWidget(widget)
    send_with(made, save)
    return made, box


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_it_presses_the_button_of_the_form(qtbot, window, steps, kind, enter):
    made, box = form(kind)
    made.setParent(window)
    made.show()
    box.setFocus()
    qtbot.keyClick(box, enter, Qt.KeyboardModifier.ControlModifier)
    assert made.pressed == [1]
    assert steps == []


def test_it_presses_what_enter_presses_in_a_dialog(qtbot, window):
    dialog = QDialog(window)
    text, buttons = QPlainTextEdit(), QDialogButtonBox(QDialogButtonBox.StandardButton.Save)
    buttons.accepted.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    for widget in (text, buttons):
        column.addWidget(widget)
    with qtbot.waitExposed(dialog):
        dialog.show()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(text, *SEND)


def test_it_answers_a_question_of_the_bar_as_enter_does(qtbot, window, steps):
    given = []
    window.panes.bar.ask("A note:", answers=[("File", given.append)])
    qtbot.keyClicks(window.panes.bar.field, "Please check the date.")
    qtbot.keyClick(window.panes.bar.field, *SEND)
    assert given == ["Please check the date."]
    assert steps == []


def test_one_press_that_is_held_down_takes_one_step(window):
    for name, action in window.actions_by_name.items():
        assert action.autoRepeat() is not name.startswith("step."), name
    assert window.actions_by_name["step.next"].shortcut() == QKeySequence("Ctrl+Return")


def test_the_keyboard_goes_back_where_it_was_when_what_had_it_goes(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    editor, field = window.panes.writing.editor, QLineEdit(window.panes.writing)
    for lose in (field.hide, lambda: field.setEnabled(False), field.deleteLater):
        editor.setFocus()
        field.setEnabled(True)
        field.show()
        field.setFocus()
        assert field.hasFocus()
        lose()
        qtbot.waitUntil(editor.hasFocus)


def test_the_keyboard_stays_where_the_desk_puts_it_meanwhile(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    editor, headline, field = window.panes.writing.editor, window.panes.writing.headline, QLineEdit(window)
    editor.setFocus()
    field.show()
    field.setFocus()
    field.hide()
    headline.setFocus()
    QApplication.processEvents()
    QApplication.processEvents()
    assert headline.hasFocus()


def test_the_text_has_the_keyboard_again_when_the_page_that_covered_it_goes(qtbot, window, desk):
    window.resize(820, 700)
    window.features.articles.open(desk.draft())
    editor = window.panes.writing.editor
    qtbot.waitUntil(editor.isVisible)
    editor.setFocus()
    window.actions_by_name["view.preview"].trigger()
    qtbot.waitUntil(lambda: not editor.isVisible())
    window.actions_by_name["view.preview"].trigger()
    qtbot.waitUntil(editor.hasFocus)


def test_what_is_shown_again_does_not_take_the_keyboard_from_where_it_was_put_meanwhile(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    headline, field = window.panes.writing.headline, QLineEdit(window.panes.writing)
    field.show()
    field.setFocus()
    field.hide()
    QApplication.processEvents()
    headline.setFocus()
    field.show()
    QApplication.processEvents()
    assert headline.hasFocus()


def reply_form(window):
    window.panes.inspector.show_tab("evidence")
    window.panes.evidence.fairness.add.click()
    made = window.panes.evidence.fairness.form
    made.fields["name"].setText("Ministry of Railways")
    return made.answer, lambda: [one.name for one in window.workspace.text.content.replies] == ["Ministry of Railways"]


def source_sheet(window):
    window.features.sources.add()
    parts = window.side.sheet.parts
    parts.fields.lines["name"].setText("Bashir Ahmed")
    return parts.words, lambda: "Bashir Ahmed" in [one.name for one in window.workspace.text.content.sources]


def source_name(window):
    _, is_sent = source_sheet(window)
    return window.side.sheet.parts.fields.lines["name"], is_sent


def comment(window):
    window.actions_by_name["review.comment"].trigger()
    box = window.panes.review_side.comments.box
    box.text.setPlainText("Who says so?")
    return box.text, lambda: len(window.panes.review_side.comments.placed) == 1


def reason(window):
    window.panes.middle.setCurrentWidget(window.panes.review)
    sent, made = [], window.panes.review.form
    made.ask("Why?", "Keep it", sent.append, about="test")
    made.box.setPlainText("They asked for it.")
    return made.box, lambda: sent == ["They asked for it."]


FORMS = {
    "reason": reason,
    "reply": reply_form,
    "source": source_sheet,
    "source's name": source_name,
    "comment": comment,
}


@pytest.mark.parametrize("kind", FORMS)
def test_each_form_of_the_desk_is_sent_by_it(qtbot, window, desk, steps, kind):
    window.features.articles.open(desk.draft())
    box, is_sent = FORMS[kind](window)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, *SEND)
    qtbot.waitUntil(is_sent)
    assert steps == []


def controls(form):
    """What has the keyboard in a form beside its boxes: tick boxes and buttons."""
    found = [one for kind in (QCheckBox, QPushButton) for one in form.findChildren(kind)]
    return [one for one in found if one.isVisible() and one.isEnabled() and one.focusPolicy() is not Qt.NoFocus]


@pytest.mark.parametrize("kind", ["reason", "reply", "source", "comment"])
def test_on_every_other_control_of_a_form_it_is_the_forms_too(qtbot, window, desk, steps, kind):
    """Seen at the desk: with “Must fix” just ticked, Ctrl+Enter began an approval, and the comment was not sent."""
    window.features.articles.open(desk.draft())
    panes = window.panes
    _, is_sent = FORMS[kind](window)
    owners = {"reason": panes.review.form, "reply": panes.evidence.fairness.form}
    owners |= {"source": window.side.sheet, "comment": panes.review_side.comments.box}
    tried = 0
    for control in controls(owners[kind]):
        control.setFocus()
        if not control.hasFocus():
            continue
        tried += 1
        qtbot.keyClick(control, *SEND)
        qtbot.waitUntil(is_sent)
        assert steps == []
        break
    assert tried == 1
