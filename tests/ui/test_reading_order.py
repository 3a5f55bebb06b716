"""Tab goes through a pane as it is laid out, also through what was put into it later."""

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.ui.inspector.tabs import Inspector


def pane_of(*widgets):
    pane = QScrollArea(widgetResizable=True)
    inner = QWidget()
    column = QVBoxLayout(inner)
    for widget in widgets:
        column.addWidget(widget)
    pane.setWidget(inner)
    return pane, column


def test_what_came_into_a_pane_later_is_reached_where_it_stands(qtbot):
    """Seen at the desk: from a comment's box Tab went to the list of articles, past the comment that was just sent."""
    window = QWidget()
    qtbot.addWidget(window)
    box, below, beside = QLineEdit("box"), QPushButton("below"), QPushButton("beside")
    pane, column = pane_of(box, below)
    inspector = Inspector({"review": ("message-square", "Review", pane), "other": ("list-checks", "Other", QWidget())})
    row = QVBoxLayout(window)
    for widget in (inspector, beside):
        row.addWidget(widget)
    window.show()
    card = QWidget()
    answers = QVBoxLayout(card)
    reply, resolve = QPushButton("Reply"), QPushButton("Resolve")
    for widget in (QLabel("What a colleague said"), reply, resolve):
        answers.addWidget(widget)
    column.insertWidget(1, card)
    card.show()
    box.setFocus()
    for wanted in (reply, resolve, below, beside):
        assert window.focusWidget().focusNextPrevChild(True)
        assert window.focusWidget() is wanted
    for wanted in (below, resolve, reply, box):
        assert window.focusWidget().focusNextPrevChild(False)
        assert window.focusWidget() is wanted
