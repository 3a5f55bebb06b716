"""Urdu words among the desk's own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ovn_desk.ui.review.reason_form import ReasonForm
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.half_written import HalfWritten
from ovn_desk.ui.widgets.message_bar import MessageBar

SAID = "”پانی نہیں آیا“"


def test_an_urdu_quotation_in_a_message_is_set_in_nastaliq(qtbot):
    """Seen at the desk: it stood there in another face, small."""
    place = QWidget()
    qtbot.addWidget(place)
    bar = MessageBar(place)
    sentence = f"1 to settle before approval: a quotation <differs> ({SAID})."
    bar.say(sentence)
    assert bar.text == sentence
    shown = QTextDocument()
    shown.setHtml(bar._text.text())
    assert shown.toPlainText() == sentence
    assert theme.URDU_FACE in bar._text.text()
    bar.say("Nothing <b>bold</b>.")
    assert (bar._text.text(), bar._text.textFormat()) == ("Nothing <b>bold</b>.", Qt.TextFormat.PlainText)


def test_a_reason_in_urdu_is_written_in_nastaliq(qtbot):
    form = ReasonForm(lambda: "rana", HalfWritten())
    qtbot.addWidget(form)
    form.ask("Why?", "Send back", print, about="send-back")
    assert isinstance(form.box, QPlainTextEdit)
    low = form.box.height()
    form.box.setPlainText(SAID)
    assert form.box.font().family() == theme.URDU_FACE
    assert form.box.height() > low
    form.box.setPlainText("Say more.")
    assert form.box.font().family() != theme.URDU_FACE
    assert form.box.height() == low
