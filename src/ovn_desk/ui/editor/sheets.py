"""The articles that were opened in this run, each with its own undo, colours and place."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor

from ovn_desk.ui.editor.document import PlainDocument
from ovn_desk.ui.editor.highlight import Highlighter

_MOST = 24
_LINE_HEIGHTS = {"en": 125.0, "ur": 100.0}  # per cent of the face's own line, which Nastaliq makes tall enough


@dataclass(slots=True)
class Sheet:
    """One article's text as it was left, with its undo and colours, and where the cursor and the window stood."""

    document: PlainDocument
    highlighter: Highlighter
    cursor: QTextCursor | None = None
    scrolled: int = 0


class Sheets:
    """Keeps the newest two dozen; what is older is opened anew."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, Sheet] = OrderedDict()
        self.current = self._made()

    def turn_to(self, name: str) -> Sheet:
        """The sheet of an article, empty when it was not opened in this run."""
        sheet = self._kept.pop(name, None) or self._made()
        sheet.highlighter.know(self.current.highlighter.known, self.current.highlighter.pictures)
        self.current = self._kept[name] = sheet
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)[1].document.deleteLater()
        return sheet

    def refresh_colours(self) -> None:
        for sheet in {id(sheet): sheet for sheet in (self.current, *self._kept.values())}.values():
            sheet.highlighter.refresh_colours()
            sheet.highlighter.rehighlight()

    def _made(self) -> Sheet:
        document = PlainDocument(line_heights=_LINE_HEIGHTS, clock=self._clock)
        return Sheet(document, Highlighter(document))
