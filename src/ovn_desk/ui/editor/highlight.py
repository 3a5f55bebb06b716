"""What Markdown looks like while it is written: each mark known by more than its colour."""

import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ovn_desk.text.offsets import utf16_length
from ovn_desk.ui import theme

_CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)[^\]\n]*\]")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:([^)\n]*)\)")
_MARKED = re.compile(r"[*_`\[<]")
_MARKS = (
    ("strong", re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")),
    ("emphasis", re.compile(r"(?<![*\w])\*[^*\s][^*\n]*\*(?!\*)|(?<![_\w])_[^_\s][^_\n]*_(?!\w)")),
    ("code", re.compile(r"`[^`\n]+`")),
    ("link", re.compile(r"!?\[[^\]@\n][^\]\n]*\]\([^)\n]*\)|<https?://[^>\s]+>")),
)


class Highlighter(QSyntaxHighlighter):
    """Headings, emphasis, links, quotes and citations; a line is looked at alone, so a key costs one line."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.known: frozenset[str] = frozenset()
        self.pictures: frozenset[str] = frozenset()
        self.refresh_colours()

    def refresh_colours(self) -> None:
        now = theme.colours()
        self._formats = {
            "heading": _format(weight=700),
            "quote": _format(colour=now.soft, italic=True),
            "strong": _format(weight=700),
            "emphasis": _format(italic=True),
            "code": _format(colour=now.soft),
            "link": _format(colour=now.accent, underline=True),
            "citation": _format(colour=now.accent, background=now.accent_tint),
            "unknown": _format(colour=now.amber, background=now.amber_tint, underline=True),
        }

    def highlightBlock(self, text: str) -> None:
        first = text[:1]
        if first == "#" and re.match(r"#{1,6}\s", text):
            self.setFormat(0, len(text) * 2, self._formats["heading"])
        elif first == ">":
            self.setFormat(0, len(text) * 2, self._formats["quote"])
        if not _MARKED.search(text):
            return
        for name, pattern in _MARKS:
            for match in pattern.finditer(text):
                self._mark(text, match.start(), match.end(), name)
        for match in _CITATION.finditer(text):
            self._mark(text, match.start(), match.end(), "citation" if match[1] in self.known else "unknown")
        for match in _PICTURE.finditer(text):
            self._mark(text, match.start(), match.end(), "citation" if match[1] in self.pictures else "unknown")

    def _mark(self, text: str, start: int, end: int, name: str) -> None:
        first = utf16_length(text[:start])
        self.setFormat(first, utf16_length(text[start:end]), self._formats[name])


def _format(
    *, colour: str = "", background: str = "", weight: int = 0, italic: bool = False, underline: bool = False
) -> QTextCharFormat:
    made = QTextCharFormat()
    if colour:
        made.setForeground(QColor(colour))
    if background:
        made.setBackground(QColor(background))
    if weight:
        made.setFontWeight(weight)
    made.setFontItalic(italic)
    made.setFontUnderline(underline)
    return made
