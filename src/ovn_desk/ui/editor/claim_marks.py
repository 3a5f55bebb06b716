"""Quiet marks under the words that a check speaks about, and the way from one to the next."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.claim import Field
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.verification import ClaimStatus
from ovn_desk.ui.editor import field as fields
from ovn_desk.ui.editor.margin import Margin, Sign
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.widgets import theme

_SOON_MS = 60
_MOST = 400  # drawn at once, those round the cursor


class ClaimMarks(QObject):
    """Draws the newest check over the text it was made of; what is typed meanwhile moves the marks along."""

    stood_at = Signal(object)
    """The claim or finding the cursor came to stand in, or None."""

    def __init__(
        self, editor: Editor, margin: Margin, checks: Checks, display: Mapping[Field, fields.Field] | None = None
    ) -> None:
        """`display` are the fields above the text, whose figures are claims, too."""
        super().__init__(editor)
        self._editor, self._display = editor, display or {}
        self._margin = margin
        self._checks = checks
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._show)
        self._shown: list[tuple[ClaimStatus | Finding, QTextEdit.ExtraSelection]] = []
        checks.changed.connect(self._soon.start)
        editor.opened.connect(self._soon.start)
        editor.cursorPositionChanged.connect(self._tell)

    def refresh_colours(self) -> None:
        self._show()

    def at_cursor(self) -> ClaimStatus | Finding | None:
        """What is marked where the cursor stands; a claim before advice on style."""
        place = self._editor.textCursor().position()
        found = [item for item, m in self._shown if m.cursor.selectionStart() <= place <= m.cursor.selectionEnd()]
        return min(found, key=lambda item: isinstance(item, Finding), default=None)

    def go(self, step: int) -> bool:
        """The cursor goes to the next (1) or the last (-1) that is not settled, round the end; false where all are."""
        places = sorted(
            (mark.cursor.selectionStart(), mark.cursor.selectionEnd())
            for item, mark in self._shown
            if isinstance(item, Finding) or item.blocks
        )
        if not places:
            return False
        here = self._editor.textCursor().position()
        after = [place for place in places if place[0] > here] or places
        before = [place for place in places if place[1] < here] or places
        start, _ = after[0] if step > 0 else before[-1]
        cursor = self._editor.textCursor()
        cursor.setPosition(start)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._editor.setFocus()
        return True

    def _show(self) -> None:
        for name, place in self._display.items():
            self._mark_display(name, place)
        if self._checks.content.body != self._editor.text():
            return  # the next check is under way; these marks go on standing at their words
        check = self._checks.latest
        items: list[ClaimStatus | Finding] = [
            one for one in check.claims if one.blocks and one.claim.field is Field.BODY
        ]
        items += [finding for finding in check.findings if finding.field is Field.BODY]
        at = self._editor.selection()[0]
        items = sorted(items, key=lambda item: abs(_place(item)[0] - at))[:_MOST]
        cursors = self._editor.cursors([_place(item) for item in items])
        self._shown = []
        for item, cursor in zip(items, cursors, strict=True):
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, _shape(item)
            self._shown.append((item, mark))
        self._editor.mark("claims", [mark for _, mark in self._shown])
        signs = [
            Sign(_start(mark), "amber", words(item)) for item, mark in self._shown if isinstance(item, ClaimStatus)
        ]
        self._margin.show_signs("claims", _one_a_line(signs))
        self._margin.show_signs("lines", self._signs_of_joined_lines(check.problems))
        self._tell()

    def _mark_display(self, name: Field, place: fields.Field) -> None:
        """Marks in the headline or the standfirst, while it says what was checked."""
        if place.text() != (
            self._checks.content.headline if name is Field.HEADLINE else self._checks.content.standfirst
        ):
            return
        items = [one for one in self._checks.latest.claims if one.blocks and one.claim.field is name]
        marks = []
        for item, cursor in zip(items, place.cursors([_place(item) for item in items]), strict=True):
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, _shape(item)
            marks.append(mark)
        place.mark("claims", marks)

    def _signs_of_joined_lines(self, problems: Iterable[Problem]) -> list[Sign]:
        """A quiet ring where the page goes on in the same paragraph, though the text begins another line."""
        joined = [one for one in problems if one.of.name == "line-ends" and one.line][:_MOST]
        cursors = self._editor.cursors([(one.start, one.start) for one in joined])
        said = self.tr("On the page the next line goes on in this paragraph. An empty line parts paragraphs.")
        return [
            Sign(cursor, "soft", said, is_ring=True, problem=one) for one, cursor in zip(joined, cursors, strict=True)
        ]

    def _tell(self) -> None:
        self.stood_at.emit(self.at_cursor())


def words(item: ClaimStatus | Finding) -> str:
    """What is said of a claim or a finding in one line."""
    if isinstance(item, Finding):
        return item.message
    return f"{item.claim.kind.value.capitalize()} “{item.claim.words}”: {item.status.value}"


def _start(mark: QTextEdit.ExtraSelection) -> QTextCursor:
    made = QTextCursor(mark.cursor)
    made.setPosition(mark.cursor.selectionStart())
    return made


def _one_a_line(signs: list[Sign]) -> list[Sign]:
    lines = {(sign.cursor.blockNumber()): sign for sign in reversed(signs)}
    return list(lines.values())


def _place(item: ClaimStatus | Finding) -> tuple[int, int]:
    return (item.start, item.end) if isinstance(item, Finding) else (item.claim.start, item.claim.end)


def _shape(item: ClaimStatus | Finding) -> QTextCharFormat:
    now = theme.colours()
    is_style = isinstance(item, Finding)
    shape = QTextCharFormat()
    shape.setUnderlineStyle(
        QTextCharFormat.UnderlineStyle.DotLine if is_style else QTextCharFormat.UnderlineStyle.SingleUnderline
    )
    shape.setUnderlineColor(QColor(now.soft if is_style else now.amber))
    return shape
