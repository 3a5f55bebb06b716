"""What Markdown looks like while it is written: each mark known by more than its colour."""

import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextFormat

from ovn_desk.domain.citing import citations
from ovn_desk.text import direction
from ovn_desk.text.offsets import utf16_length
from ovn_desk.ui.widgets import theme

PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:([^)\n]*)\)")
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
        self._urdu = QTextCharFormat()
        self.pictures: frozenset[str] = frozenset()
        self.refresh_colours()

    def set_known_keys(self, sources: frozenset[str], pictures: frozenset[str]) -> None:
        """Other sources or pictures are known now: only lines that name one that came or went are drawn anew."""
        cited, shown = sources ^ self.known, pictures ^ self.pictures
        self.known, self.pictures = sources, pictures
        if not cited and not shown:
            return
        block = self.document().begin()
        while block.isValid():
            text = block.text()
            if "[" in text and (_names(text, cited) or any(m[1] in shown for m in PICTURE.finditer(text))):
                self.rehighlightBlock(block)
            block = block.next()

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

    def set_urdu_font(self, font: QFont) -> None:
        """The face of Urdu words among others; lines are drawn anew by whoever asks for it."""
        shape = QTextCharFormat()
        shape.setFontFamilies([font.family()])
        shape.setProperty(QTextFormat.Property.FontPixelSize, font.pixelSize())
        self._urdu = shape

    def highlightBlock(self, text: str) -> None:
        first = text[:1]
        if first == "#" and re.match(r"#{1,6}\s", text):
            self.setFormat(0, len(text) * 2, self._formats["heading"])
        elif first == ">":
            self.setFormat(0, len(text) * 2, self._formats["quote"])
        if _MARKED.search(text):
            self._mark_inline(text)
        if not text.isascii():
            for start, end in direction.urdu_runs(text):
                shape = QTextCharFormat(self.format(utf16_length(text[:start])))
                shape.merge(self._urdu)
                self._mark(text, start, end, shape)

    def _mark_inline(self, text: str) -> None:
        for name, pattern in _MARKS:
            for match in pattern.finditer(text):
                self._mark(text, match.start(), match.end(), self._formats[name])
        for citation in citations(text):
            name = "citation" if citation.key in self.known else "unknown"
            self._mark(text, citation.start, citation.end, self._formats[name])
        for match in PICTURE.finditer(text):
            name = "citation" if match[1] in self.pictures else "unknown"
            self._mark(text, match.start(), match.end(), self._formats[name])

    def _mark(self, text: str, start: int, end: int, shape: QTextCharFormat) -> None:
        self.setFormat(utf16_length(text[:start]), utf16_length(text[start:end]), shape)


def _names(text: str, keys: frozenset[str]) -> bool:
    """Whether a line cites one of these sources."""
    return any(citation.key in keys for citation in citations(text))


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
