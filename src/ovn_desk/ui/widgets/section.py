"""A part of the inspector that holds cards: its heading, the button for one more, the form, the cards."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


def lay_out(section: QWidget, heading: QLabel, add: QPushButton, form: QWidget) -> QVBoxLayout:
    """Puts them in their places, the form out of sight, and returns the column for the cards."""
    heading.setProperty("role", "heading")
    add.setProperty("flat", True)
    form.hide()
    cards = QVBoxLayout()
    cards.setSpacing(8)
    top = QHBoxLayout()
    top.addWidget(heading, 1)
    top.addWidget(add)
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addLayout(top)
    column.addWidget(form)
    column.addLayout(cards)
    return cards
