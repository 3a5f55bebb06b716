"""A line above the text under review that says what changed while it is read, with a way to see it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ovn_desk.domain.article import Content, EventId, StaffId
from ovn_desk.text.comments import PlacedComment

_WORDS = ("headline", "standfirst", "body")


class ChangeNotice(QFrame):
    """Not there while nothing changed. A changed text matters more than a comment that came."""

    show_wanted = Signal()
    """The text as it is now is to be shown."""
    comment_wanted = Signal(str)
    write_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("change-notice")
        self.setProperty("tone", "warn")
        self._seen: set[EventId] | None = None
        self._came: list[EventId] = []
        self._is_text_other = self._are_words_other = self._has_typed = False
        self.words = QLabel(wordWrap=True)
        self.button = QPushButton(self.tr("Show"))
        self.button.clicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def note_text(self, shown: Content, now: Content, *, is_same_page: bool) -> None:
        """Says whether what readers get is another text than is shown; of its details, as a category, that they are."""
        self._is_text_other = not is_same_page
        self._are_words_other = any(getattr(shown, part) != getattr(now, part) for part in _WORDS)
        self._draw()

    def note_comments(self, placed: Sequence[PlacedComment], *, own: StaffId) -> None:
        """Says so when others commented since these were given first."""
        ids = {one.comment.id for one in placed}
        if self._seen is not None:
            new = [one for one in placed if one.comment.id not in self._seen and one.comment.by != own]
            self._came += [one.comment.id for one in new]
        self._seen = ids
        self._draw()

    def note_typing(self) -> None:
        """Says where one writes to whoever typed into the text that is read here."""
        self._has_typed = True
        self._draw()

    def clear(self) -> None:
        """The text is shown as it is now."""
        self._is_text_other = self._has_typed = False
        self._draw()

    def forget(self) -> None:
        """Another article is read."""
        self._seen, self._came = None, []
        self._is_text_other = self._has_typed = False
        self._draw()

    def _follow(self) -> None:
        if self._is_text_other:
            self.show_wanted.emit()
            return
        if self._has_typed:
            self._has_typed = False
            self._draw()
            self.write_wanted.emit()
            return
        newest = self._came[-1] if self._came else None
        self._came = []
        self._draw()
        if newest:
            self.comment_wanted.emit(newest)

    def _draw(self) -> None:
        if self._is_text_other and not self._are_words_other:
            self.words.setText(
                self.tr("The details of this story changed. Press Show to see them before it is signed.")
            )
        elif self._is_text_other:
            self.words.setText(self.tr("The text changed while you read it. Nothing that is not shown can be signed."))
        elif self._has_typed:
            self.words.setText(self.tr("Here the text is read. To change its words, go back to Write (Escape)."))
        elif self._came:
            self.words.setText(self.tr("A colleague commented while you read."))
        self.button.setText(self.tr("Write") if self._has_typed and not self._is_text_other else self.tr("Show"))
        self.setVisible(self._is_text_other or self._has_typed or bool(self._came))
