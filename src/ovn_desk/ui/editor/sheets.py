"""The articles that were opened in this run, each with its own undo, colours and place."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor

from ovn_desk.text.undo import History
from ovn_desk.ui.editor.document import PlainDocument
from ovn_desk.ui.editor.highlight import Highlighter

_MOST = 24
_MOST_LETTERS = 60_000  # of those that are not shown: laid out, a letter takes a hundred bytes
_LINE_HEIGHTS = {"en": 125.0, "ur": 100.0}  # per cent of the face's own line, which Nastaliq makes tall enough


@dataclass(frozen=True, slots=True)
class Left:
    """What is remembered of a document that was given up: its text and undo, where the cursor and the window stood."""

    text: str
    history: History
    place: int = 0
    scrolled: int = 0


@dataclass(slots=True)
class Sheet:
    """One article's text as it was left, with its undo and colours, and where the cursor and the window stood."""

    document: PlainDocument
    highlighter: Highlighter
    cursor: QTextCursor | None = None
    scrolled: int = 0
    left: Left | None = None


class Sheets:
    """Keeps some of the newest, and of long texts only the one that is shown; others are laid out anew."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, Sheet] = OrderedDict()
        self._given_up: OrderedDict[str, Left] = OrderedDict()
        self.current = self._make_sheet()

    def turn_to(self, name: str) -> Sheet:
        """The sheet of an article, empty when it was not opened in this run."""
        sheet = self._kept.pop(name, None) or self._make_sheet()
        sheet.left = self._given_up.pop(name, None)
        sheet.highlighter.know(self.current.highlighter.known, self.current.highlighter.pictures)
        self.current = self._kept[name] = sheet
        return sheet

    def give_up(self) -> None:
        """Lets go of hidden documents: of the oldest where they are many, of the longest where they are long.

        To lay one out anew takes a millisecond for a thousand letters.
        """
        hidden = {
            name: sheet.document.characterCount() for name, sheet in self._kept.items() if sheet is not self.current
        }
        while len(hidden) >= _MOST or sum(hidden.values()) > _MOST_LETTERS:
            name = next(iter(hidden)) if len(hidden) >= _MOST else max(hidden, key=hidden.__getitem__)
            del hidden[name]
            sheet = self._kept.pop(name)
            place = sheet.cursor.position() if sheet.cursor else 0
            self._given_up[name] = Left(sheet.document.text, sheet.document.history, place, sheet.scrolled)
            sheet.document.deleteLater()
        while len(self._given_up) > _MOST:
            self._given_up.popitem(last=False)

    def refresh_colours(self) -> None:
        for sheet in {id(sheet): sheet for sheet in (self.current, *self._kept.values())}.values():
            sheet.highlighter.refresh_colours()
            sheet.highlighter.rehighlight()

    def _make_sheet(self) -> Sheet:
        document = PlainDocument(line_heights=_LINE_HEIGHTS, clock=self._clock)
        return Sheet(document, Highlighter(document))
