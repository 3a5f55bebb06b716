"""Headline and standfirst: one paragraph each, above the text."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from ovn_desk.domain.texts import one_line
from ovn_desk.text.undo import History
from ovn_desk.ui.editor.document import PlainDocument, leave_room
from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.widgets import theme

_MOST_KEPT = 24


class Field(PlainEdit):
    """One paragraph that grows with its text: headline or standfirst. Enter goes on to the next field."""

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self,
        name: str,
        *,
        label: str,
        pixels: int,
        bold: bool = False,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(PlainDocument(is_one_line=True, clock=clock), parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(label)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        leave_room(self.document())
        self._pixels, self._bold = pixels, bold
        self._loading = False
        self._article = ""
        self._kept: OrderedDict[str, tuple[str, History]] = OrderedDict()
        self.textChanged.connect(self._note_change)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.set_language("en")

    def load(self, text: str, *, language: str, article: str = "") -> None:
        """Shows the text of an article. Another text of the same article is a step that can be undone.

        An article that was open before in this run comes back with its undo; one without a name begins anew.
        """
        self._loading = True
        self.set_language(language)
        if not article or article != self._article:
            self._keep()
            kept, history = self._kept.pop(article, (text, History()))
            self.plain.load(kept, language=language, history=history)
            leave_room(self.document())
            self._article = article
        if one_line(self.text()) != one_line(text):  # the end of what is being typed may be a space
            self.plain.replace(text)
        self._loading = False

    def forget_steps(self) -> None:
        """Another person writes: what was written before can not be undone."""
        self._kept.clear()
        self.plain.forget_steps()

    def _keep(self) -> None:
        if self._article:
            self._kept[self._article] = self.text(), self.plain.history
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

    def set_language(self, language: str) -> None:
        if language != self.plain.language:
            self.plain.set_language(language)
        is_urdu = language == "ur"
        self.setFont(theme.reading_font(self._pixels, language=language, bold=self._bold))
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self._fit()

    def set_pixels(self, pixels: int) -> None:
        """Another size of the letters, where there is little room or more again."""
        if pixels != self._pixels:
            self._pixels = pixels
            self.set_language(self.plain.language)

    def refresh_font(self) -> None:
        """Its own letters again, which another style sheet of the window took away."""
        self.set_language(self.plain.language)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.give_files(source):
            return
        with self.plain.whole_step():
            self.textCursor().insertText(one_line(source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = round(self.document().size().height()) + 4
        self.setFixedHeight(max(height, self.fontMetrics().height() + 4))

    def _note_change(self) -> None:
        if not self._loading:
            self.edited.emit(self.text())
