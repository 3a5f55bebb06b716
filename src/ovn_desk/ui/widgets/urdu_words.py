"""Urdu words among the desk's own: a quotation in a message, a reason that is typed into a box."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from ovn_desk.text import direction
from ovn_desk.ui.widgets import theme

_PIXELS = {"en": 13, "ur": 17}


def show_words(label: QLabel, words: str) -> None:
    """Plain words on a label, with each run of Urdu in Nastaliq."""
    runs = direction.urdu_runs(words)
    label.setTextFormat(Qt.TextFormat.RichText if runs else Qt.TextFormat.PlainText)
    label.setText(_as_html(words, runs) if runs else words)


def follow_words(box: QPlainTextEdit, *, height: int, urdu_height: int) -> None:
    """From now on Urdu that is typed into a box is set in Nastaliq, with room for it; heights in pixels."""

    def follow() -> None:
        language = direction.language_of(box.toPlainText()) or "en"
        if box.property("language") != language:
            box.setProperty("language", language)
            box.setFont(theme.reading_font(_PIXELS[language], language=language))
            box.setFixedHeight(urdu_height if language == "ur" else height)

    box.setFixedHeight(height)
    box.textChanged.connect(follow)


def _as_html(words: str, runs: list[tuple[int, int]]) -> str:
    parts, at = list[str](), 0
    for start, end in runs:
        face = f"font-family:'{theme.URDU_FACE}'"
        parts += [escape(words[at:start]), f'<span style="{face}">{escape(words[start:end])}</span>']
        at = end
    return "".join((*parts, escape(words[at:]))).replace("\n", "<br>")
