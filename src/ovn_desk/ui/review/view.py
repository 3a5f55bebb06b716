"""The text under review on the screen: what is chosen in it, what is outlined, what is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from ovn_desk.domain.article import EventId
from ovn_desk.text.anchors import Anchored
from ovn_desk.text.changes import ChangeId
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.review.document import CHANGE
from ovn_desk.ui.review.layout import Layout
from ovn_desk.ui.widgets import theme

_MEASURE = 716  # what 680 px of text take with the document's margins
_OUTLINE = 6
_OWN_KEYS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Undo)


class ReviewView(QTextEdit):
    """Read only, with a cursor to choose words by key. No letter does anything: who types here meant another field."""

    change_clicked = Signal(str)
    comment_clicked = Signal(str)
    undo_wanted = Signal()
    typed = Signal()
    """A letter, Enter or Backspace, as by somebody who means to write here."""
    act_wanted = Signal(str)
    """`comment`, `accept` or `reject`, from the menu under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changes")
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("The text under review"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._caret = 0  # pixels: none until it is moved by key, for it looks as if one could write
        self.setCursorWidth(self._caret)
        self.plan = Layout()
        self._own: QTextDocument | None = None
        self._outlined: tuple[int, int] | None = None
        self._words: Sequence[tuple[int, int]] = ()
        self._placed: Sequence[PlacedComment] = ()
        self._chosen: EventId | None = None

    def show_document(self, document: QTextDocument, plan: Layout) -> None:
        """Puts another document in place; what was scrolled to stays."""
        place = self.verticalScrollBar().value()
        before, self._own = self._own, document
        document.setParent(self)
        self.setDocument(document)
        self.setCursorWidth(self._caret)  # it is the document's
        if before is not None:
            before.deleteLater()  # Qt deletes only the one that it made
        document.documentLayout().documentSize()
        self.plan = plan
        self._outlined, self._words = None, ()
        self.verticalScrollBar().setValue(place)
        self._draw_marks()

    def outline(self, change: ChangeId | None, *, scroll: bool) -> None:
        """Draws a frame round the paragraph of a change, and a line below its own words."""
        self._outlined = self.plan.changes.get(change) if change else None
        self._words = self.plan.words.get(change, ()) if change else ()
        self._draw_marks()
        if self._outlined and scroll:
            self._show_span(*self._outlined)
        self.viewport().update()

    @property
    def is_outline_in_sight(self) -> bool:
        """Whether some of the paragraph with the chosen change is in sight; so it is where nothing is outlined."""
        if self._outlined is None:
            return True
        rect, top = self._span_rect(*self._outlined), self.verticalScrollBar().value()
        return rect.bottom() > top and rect.top() < top + self.viewport().height()

    def show_comments(self, placed: Sequence[PlacedComment], chosen: EventId | None) -> None:
        """Marks the words of the open comments; those of the chosen one more strongly."""
        self._placed, self._chosen = placed, chosen
        self._draw_marks()

    def show_words(self, field: str, start: int, end: int) -> bool:
        """Scrolls to some letters of a field; False where they are not shown."""
        spans = self.plan.find_words(field, start, end)
        if not spans:
            return False
        self._show_span(spans[0][0], spans[-1][1])
        return True

    def selected_words(self) -> tuple[str, int, int] | None:
        """The field and the letters that are chosen; none where nothing of the text is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return self.plan.find_place(cursor.selectionStart(), cursor.selectionEnd())

    def place_at_cursor(self) -> tuple[str, int] | None:
        """The field and the letter at the cursor; none where it stands in nothing of the text."""
        at = self.textCursor().selectionStart()
        found = self.plan.find_place(at, at + 1) or self.plan.find_place(at - 1, at)
        return found[:2] if found else None

    def forget_choice(self) -> None:
        """No words are chosen; the cursor stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def change_at(self, position: int) -> str:
        """The id of the change that is shown at a position; empty where nothing changed."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position + 1, self.document().characterCount() - 1))
        found = cursor.charFormat().property(CHANGE)
        return str(found) if found else ""

    # What the hand does

    def event(self, event: QEvent) -> bool:
        """Copying, choosing all and Ctrl+Z are this view's before a command of the window has them; no other key is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(any(event.matches(key) for key in _OWN_KEYS))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        if _is_writing(event):
            self.typed.emit()
            return
        place = self.textCursor()
        self._stay_in_story()
        super().keyPressEvent(event)
        self._stay_in_story()
        if not self._caret and self.textCursor() != place:
            self._caret = 1
            self.setCursorWidth(self._caret)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        position = self._position_at(event.position())
        if position < 0:
            return
        if comment := self._comment_at(position):
            self.comment_clicked.emit(comment)
        elif change := self.change_at(position):
            self.change_clicked.emit(change)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the words or the change under the pointer."""
        position = self._position_at(QPointF(event.pos()))
        change = self.change_at(position) if position >= 0 else ""
        if change:
            self.change_clicked.emit(change)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        labels = {"comment": self.tr("Comment")}
        if change:
            labels |= {"accept": self.tr("Accept this change"), "reject": self.tr("Reject this change")}
        for what, label in labels.items():
            menu.addAction(label).triggered.connect(lambda _=False, act=what: self.act_wanted.emit(act))
        menu.addSeparator()
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(self.textCursor().hasSelection())
        copy.triggered.connect(self.copy)
        menu.addAction(self.tr("Select all")).triggered.connect(self._select_story)
        menu.popup(event.globalPos())

    def _stay_in_story(self) -> None:
        """By key the cursor goes to the words of the story, and not to what the desk says above and below them."""
        cursor, story = self.textCursor(), self.plan.story
        if story is None:
            return
        anchor, at = (min(max(place, story[0]), story[1]) for place in (cursor.anchor(), cursor.position()))
        if (anchor, at) != (cursor.anchor(), cursor.position()):
            self.setTextCursor(self._cursor(anchor, at))

    def _select_story(self) -> None:
        self.selectAll()
        self._stay_in_story()

    def _position_at(self, point: QPointF) -> int:
        """The letter under the pointer; -1 beside the text."""
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(point + offset, Qt.HitTestAccuracy.ExactHit)

    def _comment_at(self, position: int) -> str:
        for one in reversed(self._placed):
            for low, high in self._spans_of(one):
                if low <= position < high:
                    return one.comment.id
        return ""

    def _spans_of(self, one: PlacedComment) -> list[tuple[int, int]]:
        if not one.comment.is_open or not isinstance(one.place, Anchored):
            return []
        return self.plan.find_words(one.comment.on.field, one.place.start, one.place.end)

    # What is drawn

    def _draw_marks(self) -> None:
        now = theme.colours()
        marks = []
        for low, high in self._words:
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            shape.setUnderlineColor(QColor(now.amber))
            mark.cursor, mark.format = self._cursor(low, high), shape
            marks.append(mark)
        for one in self._placed:
            is_chosen = one.comment.id == self._chosen
            for low, high in self._spans_of(one):
                mark = QTextEdit.ExtraSelection()
                shape = QTextCharFormat()
                shape.setBackground(QColor(now.amber_tint))
                shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                shape.setUnderlineColor(QColor(now.red if one.comment.must_fix else now.amber))
                if is_chosen:
                    shape.setForeground(QColor(now.ink))
                    shape.setFontOverline(True)
                mark.cursor, mark.format = self._cursor(low, high), shape
                marks.append(mark)
        self.setExtraSelections(marks)

    def _cursor(self, low: int, high: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(low)
        cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _span_rect(self, low: int, high: int) -> QRectF:
        """Where the paragraphs of a span stand, in the document."""
        found, layout = QRectF(), self.document().documentLayout()
        block = self.document().findBlock(low)
        while block.isValid() and block.position() <= high:
            found = found.united(layout.blockBoundingRect(block))
            block = block.next()
        return found

    def _show_span(self, low: int, high: int) -> None:
        """Scrolls no more than is needed to have a span in sight, with some of what stands round it."""
        rect, bar, height = self._span_rect(low, high), self.verticalScrollBar(), self.viewport().height()
        top, bottom = rect.top() - 40, rect.bottom() + 40
        if top < bar.value() or bottom > bar.value() + height:
            bar.setValue(round(max(0, top if bottom - top > height else (top + bottom - height) / 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._outlined is None:
            return
        rect = self._span_rect(*self._outlined).translated(0, -self.verticalScrollBar().value())
        rect.adjust(-_OUTLINE, -_OUTLINE + 2, _OUTLINE, _OUTLINE - 6)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours().amber), 2))
        painter.drawRoundedRect(rect, 8, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text is never wider than is read well, and stands in the middle."""
        room = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        side = max(0, (room - _MEASURE) // 2)
        margins = self.viewportMargins()
        if margins.left() != side:
            self.setViewportMargins(side, 0, side, 0)
        super().resizeEvent(event)


def _is_writing(event: QKeyEvent) -> bool:
    """Whether a key would change a text; no command, and not Space, which turns the page."""
    modifiers = Qt.KeyboardModifier
    if event.modifiers() & (modifiers.ControlModifier | modifiers.AltModifier | modifiers.MetaModifier):
        return False
    keys = Qt.Key
    is_letter = event.text().isprintable() and not event.text().isspace() and bool(event.text())
    return is_letter or event.key() in {keys.Key_Return, keys.Key_Enter, keys.Key_Backspace, keys.Key_Delete}
