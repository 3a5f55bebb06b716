"""The document of an editor: plain text, the one undo there is, and a look that follows from the text alone."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import takewhile
from time import monotonic

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from ovn_desk.domain.texts import normalised_text
from ovn_desk.text import direction, undo
from ovn_desk.text.offsets import utf16_length
from ovn_desk.text.undo import History, Step

OVERHANG = 12
"""Pixels beside the lines: strokes of Nastaliq reach out of their line, by 0.4 of the size, and Qt cuts at the edge."""
_NONE = History()
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_NEAR = 3  # letters that may make one letter with their neighbours, besides marks that combine
_MOST_MARKS = 30


class PlainDocument(QTextDocument):
    """A text with its history, in normal form, each line laid out as its words and the article's language say.

    Qt's own undo is off: it would keep layout beside text and knows no places to stop at. Whatever changes the text,
    by whatever way, is recorded here, brought into normal form and laid out before anybody hears of it.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        line_heights: Mapping[str, float] | None = None,
        is_one_line: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`line_heights`: per cent of the face's own line for each language; `is_one_line`: line ends become spaces."""
        super().__init__(parent)
        self.setUndoRedoEnabled(False)
        self.documentLayout()  # without one Qt tells of no change
        self.language = "en"
        self.edited_at = 0
        """Qt's position behind what was changed last."""
        self._line_heights = line_heights or {}
        self._is_one_line = is_one_line
        self._text = ""
        self._wide: list[int] = []  # the places of letters that take two of Qt's positions
        self._recorder = undo.Recorder(clock)
        self._is_recording = True
        self._is_typing = self._is_amending = self._is_laying_out = self._is_torn = False
        self._changed: tuple[int, int] | None = None
        self.contentsChange.connect(self._note)
        self.contentsChanged.connect(self._tidy)

    @property
    def text(self) -> str:
        return self._text

    @property
    def history(self) -> History:
        return self._recorder.history

    def load(self, text: str, *, language: str, history: History = _NONE) -> None:
        """Another text; a history that did not lead to it is left."""
        self.language = language
        self._is_recording = False
        self.clear()
        cursor = QTextCursor(self)
        cursor.setBlockFormat(self._block_format(language))
        cursor.insertText(normalised_text(text))
        self._is_recording = True
        try:
            undo.text_before_steps(self._text, history.done)
        except ValueError:  # the text was changed elsewhere since
            history = _NONE
        self._recorder.load(history)

    def forget_steps(self) -> None:
        """The text stays, and nothing that led to it can be undone any more."""
        self._recorder.load(_NONE)

    def set_language(self, language: str) -> None:
        """The article is in another language: lines that say nothing themselves turn round."""
        self.language = language
        self._lay_out(0, self.characterCount())

    @contextmanager
    def typing(self) -> Iterator[None]:
        """What changes meanwhile is typed, letter by letter, and may go on with the last step."""
        was, self._is_typing = self._is_typing, True
        try:
            yield
        finally:
            self._is_typing = was

    @contextmanager
    def whole_step(self) -> Iterator[None]:
        """What changes meanwhile is one step of its own, also inside `typing`."""
        was, self._is_typing = self._is_typing, False
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
            self._is_typing = was
            self._recorder.close()

    def close_step(self) -> None:
        self._recorder.close()

    def step_back(self) -> int | None:
        """Takes the last step back; gives Qt's position behind what changed, None where there was nothing to undo."""
        return self._apply(self._recorder.undo())

    def step_on(self) -> int | None:
        """Makes the step undone last once more; gives Qt's position behind what changed."""
        return self._apply(self._recorder.redo())

    def letters(self, position: int) -> int:
        """The place in letters of one of Qt's positions."""
        if not self._wide:
            return position
        return position - bisect_left(range(len(self._wide)), position, key=lambda number: self._wide[number] + number)

    def position(self, place: int) -> int:
        """Qt's position of a place counted in letters."""
        return place + bisect_left(self._wide, place)

    def spans(self, places: Sequence[tuple[int, int]]) -> list[QTextCursor]:
        """A cursor over each place, counted in letters."""
        made = []
        for start, end in places:
            cursor = QTextCursor(self)
            cursor.setPosition(self.position(start))
            cursor.setPosition(self.position(end), QTextCursor.MoveMode.KeepAnchor)
            made.append(cursor)
        return made

    def replace(self, text: str) -> None:
        """Another text, which came from elsewhere, as one step that can be undone; what was undone stays in reach."""
        if step := undo.step_between(self._text, normalised_text(text)):
            self._recorder.keep_undone()
            with self.whole_step():
                self._make(step)

    def _apply(self, step: Step | None) -> int | None:
        if step is None:
            return None
        self._is_recording = False
        self._make(step)
        self._is_recording = True
        return self.edited_at

    def _make(self, step: Step) -> None:
        self.spans([(step.place, step.place + len(step.taken))])[0].insertText(step.put)

    def _note(self, position: int, removed: int, added: int) -> None:
        """Follows a change at once: whoever hears of it next reads the new text here."""
        if self._is_laying_out:
            return
        self._extend(position, removed, added)
        step = self._edit(position, removed, added)
        if step is None:
            return
        before = self._text
        end = step.place + len(step.taken)
        self._text = f"{before[: step.place]}{step.put}{before[end:]}"
        self._wide = _shift_positions(self._wide, step)
        self.edited_at = self.position(step.place + len(step.put))
        if not self._is_recording:
            return
        if self._is_amending:
            self._recorder.amend(step, before)
        else:
            self._recorder.record(step, is_typed=self._is_typing)

    def _edit(self, position: int, removed: int, added: int) -> Step | None:
        """The edit that Qt tells of, which may name more than what changed; None for a mere change of looks."""
        last = self.characterCount() - 1
        cursor = QTextCursor(self)
        cursor.setPosition(min(position, last))
        cursor.setPosition(min(position + added, last), QTextCursor.MoveMode.KeepAnchor)
        new = cursor.selectedText().replace("\u2029", "\n")
        start, end = self.letters(position), self.letters(position + removed)
        old = self._text[start:end]
        length = len(self._text) + len(self._wide) - utf16_length(old) + utf16_length(new)
        is_cut = self.position(start) != position or self.position(end) != position + removed
        if is_cut or length != last:  # through a letter, or not what was told: the whole text is looked at
            whole = self.toRawText().replace("\u2029", "\n")
            self._is_torn = utf16_length(whole) != last
            return undo.step_between(self._text, whole)
        step = undo.step_between(old, new)
        return step and Step(start + step.place, step.taken, step.put)

    def _extend(self, position: int, removed: int, added: int) -> None:
        first, end = self._changed or (position, position)
        self._changed = min(first, position), max(end + added - removed, position + added)

    def _tidy(self) -> None:
        if self._is_laying_out or self._changed is None:
            return
        first, end = self._changed
        self._changed = None
        if self._is_torn:  # half of a letter is left, which Python does not see
            self._is_torn = False
            self._is_laying_out = True
            whole = QTextCursor(self)
            whole.select(QTextCursor.SelectionType.Document)
            whole.insertText(self._text)
            self._is_laying_out = False
            first, end = 0, self.characterCount() - 1
        if self._is_recording and not self._is_amending:
            self._normalise(self.letters(first), self.letters(min(end, self.characterCount() - 1)))
            if self._changed is not None:
                first, end = min(first, self._changed[0]), max(end, self._changed[1])
                self._changed = None
        self._lay_out(first, end)

    def _normalise(self, start: int, end: int) -> None:
        """Brings what was changed into the form it is stored in, as a part of the same step."""
        low, high = _neighbourhood(self._text, start, end)
        written = self._text[low:high]
        wanted = normalised_text(written)
        if self._is_one_line:
            wanted = wanted.replace("\n", " ")
        if step := undo.step_between(written, wanted):
            self._is_amending = True
            self._make(Step(low + step.place, step.taken, step.put))
            self._is_amending = False

    def _lay_out(self, first: int, end: int) -> None:
        """Gives the lines from one of Qt's positions to another their direction and height."""
        self._is_laying_out = True
        edit = QTextCursor(self)
        edit.beginEditBlock()
        block = self.findBlock(first)
        while block.isValid() and block.position() <= end:
            shape = self._block_format(direction.language_of(block.text()) or self.language)
            if block.blockFormat() != shape:
                QTextCursor(block).setBlockFormat(shape)
            block = block.next()
        edit.endEditBlock()
        self._is_laying_out = False

    def _block_format(self, language: str) -> QTextBlockFormat:
        return _block_format(language in direction.RTL, self._line_heights.get(self.language, 0.0))


@lru_cache
def _block_format(is_rtl: bool, line_height: float) -> QTextBlockFormat:  # noqa: FBT001
    shape = QTextBlockFormat()
    shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    if line_height:
        shape.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return shape


def _shift_positions(wide: list[int], step: Step) -> list[int]:
    """The places of letters that take two of Qt's positions, after a step."""
    put = [] if step.put.isascii() else [step.place + match.start() for match in _WIDE.finditer(step.put)]
    if not wide:
        return put
    end, grown = step.place + len(step.taken), len(step.put) - len(step.taken)
    before, after = wide[: bisect_left(wide, step.place)], wide[bisect_left(wide, end) :]
    return [*before, *put, *(place + grown for place in after)]


def _neighbourhood(text: str, start: int, end: int) -> tuple[int, int]:
    """A place with the letters around it that may become one letter with those in it."""
    before, after = text[max(0, start - _MOST_MARKS) : start], text[end : end + _MOST_MARKS]
    marks_before = sum(1 for _ in takewhile(unicodedata.combining, reversed(before)))
    marks_after = sum(1 for _ in takewhile(unicodedata.combining, after))
    return max(0, start - marks_before - _NEAR), min(len(text), end + marks_after + _NEAR)


def leave_room(document: QTextDocument, *, below: int | None = None) -> None:
    """Leaves `OVERHANG` beside the lines, where a cleared document forgot it, and `below` them. No word changes by it.

    In pixels; what is below stays as it is where nothing is said of it.
    """
    # What Python is given by `rootFrame` lives as long as the document, and each text has another; by a cursor, as long
    # as the cursor.
    cursor = QTextCursor(document)
    whole = cursor.currentFrame()
    frame, side = whole.frameFormat(), document.documentMargin() + OVERHANG
    bottom = frame.bottomMargin() if below is None else below
    if (frame.leftMargin(), frame.rightMargin(), frame.bottomMargin()) != (side, side, bottom):
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        frame.setBottomMargin(bottom)
        with QSignalBlocker(document):
            whole.setFrameFormat(frame)
