"""The articles that were opened in this run, each with its own undo, colours and place."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

from ovn_desk.text import undo
from ovn_desk.ui.editor.highlight import Highlighter
from ovn_desk.ui.editor.turning import Turner

_MOST = 24


@dataclass(slots=True)
class Sheet:
    """One article's text as it was left: its undo, its colours, where the cursor and the window stood.

    `steps` are those that led to `text`, to be undone in a later run.
    """

    document: QTextDocument
    highlighter: Highlighter
    turner: Turner
    cursor: QTextCursor | None = None
    scrolled: int = 0
    text: str = ""
    steps: tuple[undo.Step, ...] = ()

    def settle(self, text: str) -> None:
        """Remembers the step that led to this text."""
        if step := undo.between(self.text, text):
            self.text, self.steps = text, undo.added(self.steps, step)


class Sheets:
    """Keeps the newest two dozen; what is older is opened anew."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._kept: OrderedDict[str, Sheet] = OrderedDict()
        self.current = self._made(QTextDocument(owner))

    def turn_to(self, name: str) -> Sheet:
        """The sheet of an article, empty when it was not opened in this run."""
        sheet = self._kept.pop(name, None) or self._made(QTextDocument(self._owner))
        sheet.highlighter.know(self.current.highlighter.known, self.current.highlighter.pictures)
        self.current = self._kept[name] = sheet
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)[1].document.deleteLater()
        return sheet

    def refresh_colours(self) -> None:
        for sheet in {id(sheet): sheet for sheet in (self.current, *self._kept.values())}.values():
            sheet.highlighter.refresh_colours()
            sheet.highlighter.rehighlight()

    def _made(self, document: QTextDocument) -> Sheet:
        return Sheet(document, Highlighter(document), Turner(document))
