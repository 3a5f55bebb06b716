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
class ReleasedText:
    """What is remembered of a document that was released: its text and undo, where the cursor and the window stood."""

    text: str
    history: History
    place: int = 0
    scrolled: int = 0


@dataclass(slots=True)
class CachedDocument:
    """One article's text as it was left, with its undo and colours, and where the cursor and the window stood."""

    document: PlainDocument
    highlighter: Highlighter
    cursor: QTextCursor | None = None
    scrolled: int = 0
    released: ReleasedText | None = None


class DocumentCache:
    """Keeps some of the newest, and of long texts only the one that is shown; others are laid out anew."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, CachedDocument] = OrderedDict()
        self._released: OrderedDict[str, ReleasedText] = OrderedDict()
        self.current = self._make()

    def open(self, name: str) -> CachedDocument:
        """The document of an article, empty when it was not opened in this run."""
        cached = self._kept.pop(name, None) or self._make()
        cached.released = self._released.pop(name, None)
        cached.highlighter.set_known_keys(self.current.highlighter.known, self.current.highlighter.pictures)
        self.current = self._kept[name] = cached
        return cached

    def release_hidden(self) -> None:
        """Lets go of hidden documents: of the oldest where they are many, of the longest where they are long.

        To lay one out anew takes a millisecond for a thousand letters.
        """
        hidden = {
            name: cached.document.characterCount() for name, cached in self._kept.items() if cached is not self.current
        }
        while len(hidden) >= _MOST or sum(hidden.values()) > _MOST_LETTERS:
            name = next(iter(hidden)) if len(hidden) >= _MOST else max(hidden, key=hidden.__getitem__)
            del hidden[name]
            cached = self._kept.pop(name)
            place = cached.cursor.position() if cached.cursor else 0
            self._released[name] = ReleasedText(cached.document.text, cached.document.history, place, cached.scrolled)
            cached.document.deleteLater()
        while len(self._released) > _MOST:
            self._released.popitem(last=False)

    def forget_steps(self) -> None:
        """Another person writes: no key of theirs takes back what somebody else wrote."""
        self._released.clear()
        for cached in (self.current, *self._kept.values()):
            cached.document.forget_steps()

    def refresh_colours(self) -> None:
        for cached in {id(cached): cached for cached in (self.current, *self._kept.values())}.values():
            cached.highlighter.refresh_colours()
            cached.highlighter.rehighlight()

    def _make(self) -> CachedDocument:
        document = PlainDocument(line_heights=_LINE_HEIGHTS, clock=self._clock)
        return CachedDocument(document, Highlighter(document))
