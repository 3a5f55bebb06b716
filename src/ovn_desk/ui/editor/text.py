"""The Markdown editor: plain text, an undo of its own for each article, Urdu from the right."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.settings import Preferences
from ovn_desk.text import keys, undo
from ovn_desk.text.body import check_length
from ovn_desk.ui.editor import clipboard, table_keys, text_direction, typing
from ovn_desk.ui.editor.document import OVERHANG, leave_room
from ovn_desk.ui.editor.document_cache import CachedDocument, DocumentCache, ReleasedText
from ovn_desk.ui.editor.focus_mode import FocusMode
from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.state.incoming_files import are_pictures
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.file_drops import local_files, take_files

_PAUSE_MS = 15  # the keys of one moment are one change
_SHAPES = ("face", "pixels", "is_naskh")
_SAMPLE = "The quick brown fox jumps over the lazy dog, as it does every day at noon. "
_BELOW = 320  # the last line can be written in the middle of the window; of a low one, half its height
_LED_MS = 250  # a text that the page moved does not move the page


class Editor(PlainEdit):
    """The text of the article. `touched` comes with each change, `settled` with the text after a short pause."""

    opened = Signal()
    touched = Signal()
    settled = Signal(str)
    left = Signal()
    scrolled = Signal(float)
    refused = Signal(str)
    pictures_given = Signal(object, object)
    """Files, bytes or images, and a cursor that stays where they were given while the text goes on."""

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = monotonic) -> None:
        self._documents = DocumentCache(clock)
        super().__init__(self._current.document, parent)
        self.setObjectName("editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(self.tr("Write here."))
        self.setAccessibleName(self.tr("Text of the article"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._preferences = Preferences()
        self._room_below = 0
        self._font, self._letter = QFont(), 8.0
        """And how wide a letter of it is, on average, in pixels."""
        self._loading = False
        self._is_plain = False
        take_files(self, self._take_pictures, wants=lambda files: are_pictures(files) and not self.isReadOnly())
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.textChanged.connect(self._note_change)
        self._led = QElapsedTimer()
        self.verticalScrollBar().valueChanged.connect(self._tell_where)
        self._side_keys = text_direction.SideKeys()
        self._focus_mode = FocusMode(self)
        self._style_text()

    def load(self, text: str, *, language: str, name: str = "", steps: Sequence[undo.Step] = ()) -> None:
        """Shows another article's text. One that was open before comes back with its undo and its place.

        What was written elsewhere meanwhile is a step that can be undone, too; without a name the text begins anew.
        `steps` are those of an earlier run that led to this text: they can be undone still.
        """
        self._loading = True
        self._pause.stop()
        self._current.cursor, self._current.scrolled = self.textCursor(), self.verticalScrollBar().value()
        cached = self._documents.open(name)
        if cached.document is not self.document():
            self._forget_marks()
            self.show_document(cached.document)
        self._use_font()
        if cached.cursor is None or not name:
            left = (cached.released if name else None) or ReleasedText(text, undo.History(tuple(steps)))
            self.plain.load(left.text, language=language, history=left.history)
            self._style_text()
            self.plain.replace(text)
            self._stand_at(left.place)
            self.verticalScrollBar().setValue(left.scrolled)
        else:
            if self.plain.language != language:
                self.plain.set_language(language)
                self._style_text()
            self._leave_below()
            self.plain.replace(text)
            self.setTextCursor(cached.cursor)
            self.verticalScrollBar().setValue(cached.scrolled)
        self._loading = False
        self._focus_mode.refresh()
        self.opened.emit()
        self._documents.release_hidden()

    def forget_steps(self) -> None:
        """Another person writes: what was written before can not be undone, here or in an article that was open."""
        self._documents.forget_steps()

    def _stand_at(self, place: int) -> None:
        """Puts the cursor to one of Qt's positions, or to the end of a text that has become shorter."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @property
    def steps(self) -> tuple[undo.Step, ...]:
        """What can be undone in the open text."""
        return self.plain.history.done

    @property
    def _current(self) -> CachedDocument:
        return self._documents.current

    def settle(self) -> None:
        """Announces the text now, without waiting for the pause to end."""
        was_waiting = self._pause.isActive()
        self._pause.stop()
        if was_waiting or self.sender() is self._pause:
            self.settled.emit(self.text())

    def apply_preferences(self, preferences: Preferences) -> None:
        """The writer's own font, marks and ways of looking."""
        was, self._preferences = self._preferences, preferences
        if any(getattr(was, name) != getattr(preferences, name) for name in _SHAPES):
            self._loading = True
            self._use_font()
            self._current.highlighter.rehighlight()
            self._loading = False
        self._set_margins()
        self._focus_mode.is_focused = preferences.is_focused
        self._focus_mode.is_typewriting = preferences.is_typewriting
        self._focus_mode.refresh()

    def set_language(self, language: str) -> None:
        if language != self.language:
            self._loading = True
            self.plain.set_language(language)
            self._style_text()
            self._loading = False

    def set_references(self, content: Content) -> None:
        """The sources and pictures of the article: the text may name them."""
        self._loading = True
        sources = frozenset(source.key for source in content.sources)
        self._current.highlighter.set_known_keys(sources, frozenset(image.key for image in content.images))
        self._loading = False

    def refresh_colours(self) -> None:
        """The colours of now, and its own font again, which another style sheet of the window took away."""
        self._focus_mode.refresh()
        self._loading = True
        self._use_font()
        self._documents.refresh_colours()
        self._loading = False

    def see_key(self, event: QKeyEvent) -> None:
        self._side_keys.press(event)

    def type_key(self, event: QKeyEvent) -> bool:
        mine = self._preferences
        is_quoting = mine.is_quoting_urdu if self.language == "ur" else mine.is_quoting
        return typing.handle_key(self, event, is_quoting=is_quoting) or super().type_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._side_keys.press(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        language = self._side_keys.release(event)
        if language and not self.isReadOnly():
            text_direction.turn_paragraphs(self, language)

    def scroll_to(self, line: float) -> None:
        """Shows the text from a line on (from 0; a part of a line counts)."""
        self._led.start()
        block = self.document().findBlockByNumber(int(line))
        if line <= 0 or not block.isValid():
            self.verticalScrollBar().setValue(0)
            return
        box = self.document().documentLayout().blockBoundingRect(block)
        self.verticalScrollBar().setValue(round(box.top() + (line - int(line)) * box.height()))

    def _tell_where(self, value: int) -> None:
        """The text was scrolled by its writer, not by the page."""
        if self._loading or (self._led.isValid() and self._led.elapsed() < _LED_MS):
            return
        block = self.cursorForPosition(QPoint(2, 2)).block()
        box = self.document().documentLayout().blockBoundingRect(block)
        part = (value - box.top()) / max(1.0, box.height())
        self.scrolled.emit(0.0 if value <= 0 else block.blockNumber() + min(1.0, max(0.0, part)))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(clipboard.pictures(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop bring what was written and nothing of its look; one undo takes it back."""
        if not self._is_plain and (files := clipboard.pictures(source)):
            self.pictures_given.emit(files, self.textCursor())
            return
        if self.give_files(source):
            return
        try:
            text = clipboard.words(source, is_plain=self._is_plain)
            check_length(self.text() + text)
        except DeskError as error:
            self.refused.emit(str(error))
            return
        with self.plain.whole_step():
            self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def _take_pictures(self, data: QMimeData, place: QPoint) -> None:
        """Pictures go in where they were dropped."""
        self.pictures_given.emit(local_files(data), self.cursorForPosition(self.viewport().mapFromGlobal(place)))

    def paste_plain(self) -> None:
        """Paste as it stands: letters only, lines where they are."""
        self._is_plain = True
        self.paste()
        self._is_plain = False

    def leave_room(self, pixels: int) -> None:
        """Ends so far above its bottom edge, where something lies over it; the line one writes on stays in sight."""
        if pixels == self._room_below:
            return
        self._room_below = pixels
        self._set_margins()
        if self.hasFocus():
            self.ensureCursorVisible()

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001
        """Tab leaves the text, but moves an item of a list in or out, and goes from cell to cell in a table."""
        is_item = keys.is_item(self.textCursor().block().text())
        return not (is_item or table_keys.is_in_table(self)) and super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins()
        super().resizeEvent(event)
        self._leave_below()

    def _set_margins(self) -> None:
        """Keeps a line as long as was chosen, in the middle of the column."""
        width = round(self._letter * self._preferences.columns)
        side = max(24, (self.width() - width) // 2)
        right = side - 12 if side > 36 else side
        self.setViewportMargins(side - OVERHANG, 8, right - OVERHANG, self._room_below)

    def _note_change(self) -> None:
        if self._loading:
            return
        self.touched.emit()
        self._pause.start()

    def _use_font(self) -> None:
        mine = self._preferences
        font = theme.writing_font(self.language, face=mine.face, pixels=mine.pixels, is_naskh=mine.is_naskh)
        if font != self._font:
            self._font = font
            metrics = QFontMetricsF(font)
            is_urdu = self.language == "ur"
            self._letter = (
                metrics.horizontalAdvance("n") if is_urdu else metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
            )
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._current.highlighter.set_urdu_font(
            theme.writing_font("ur", face=mine.face, pixels=mine.pixels, is_naskh=mine.is_naskh)
        )

    def _style_text(self) -> None:
        self._use_font()
        is_urdu = self.language == "ur"
        direction = Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._leave_below()

    @property
    def _below(self) -> int:
        """How far the text can be scrolled past its last line, in pixels: what is above it stays in sight."""
        return min(_BELOW, self.viewport().height() // 2)

    def _leave_below(self) -> None:
        """Room below the text: the last line is not written on the window's edge. No word changes by it."""
        leave_room(self.document(), below=self._below)
