"""The text under review as a document: every change marked, sources as numbers, pictures as pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from ovn_desk.domain.image import Image
from ovn_desk.text import direction
from ovn_desk.text.changes import ChangeId, FieldChange, ItemChange, Mark, Paragraph, State
from ovn_desk.text.offsets import utf16_length
from ovn_desk.ui.review.layout import Layout, Segment
from ovn_desk.ui.review.runs import Kind, Line, Run, read_paragraph, source_numbers
from ovn_desk.ui.widgets import change_markup, theme
from ovn_desk.usecases.comparing import Review
from ovn_desk.usecases.suggesting import Status

THUMBNAIL = QSize(96, 60)
CHANGE = QTextCharFormat.Property.UserProperty + 1
_SIGNS = {Status.ACCEPTED: " ✓", Status.REJECTED: " ✕", Status.AS_EDITED: " ✓"}
_PIXELS = {"headline": 25, "standfirst": 15, "body": 17}
_HEADINGS = {1: 22, 2: 20, 3: 18}
_SERIF = ("Noto Serif", "Charter", "Georgia", "serif")
_LINE_PERCENT = 122
_NASKH_PERCENT = 130
_NASTALIQ_PERCENT = 105
_GAP = 14
_THIN_SPACE = "\u2009"
_URDU_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Look:
    """How the text is shown: only as it will stand, or with what went; in whose faces."""

    is_clean: bool = False
    is_naskh: bool = False


class Composer:
    """Writes one review into one document."""

    def __init__(self, document: QTextDocument, review: Review, look: Look, notes: Sequence[str] = ()) -> None:
        """`notes` stand above the headline, each a line that says whose it is, and then its words."""
        self._notes = notes
        self.layout = Layout()
        self._review, self._look = review, look
        self._document = document
        self._now = theme.colours()
        self._language = review.changes.after.language
        self._numbers = source_numbers(review.changes.before, review.changes.after)
        images = (*review.changes.before.images, *review.changes.after.images)
        self._images = {image.key: image for image in images}
        self._labels = {one.key: one.label for c in (review.changes.before, review.changes.after) for one in c.sources}
        document.setDocumentMargin(18)
        document.setUndoRedoEnabled(False)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._cursor = QTextCursor(document)
        self._is_first = True

    def compose(self) -> Layout:
        """Writes everything, and says where it stands."""
        self._cursor.beginEditBlock()
        for note in self._notes:
            self._write_note(note)
        for part in ("headline", "standfirst", "body"):
            for paragraph in self._review.changes.texts[part].paragraphs:
                if paragraph.state is not State.SPACE:
                    self._write_paragraph(part, paragraph)
        if not self._look.is_clean:
            self._write_rest()
        self._cursor.endEditBlock()
        return self.layout

    # Paragraphs

    def _write_paragraph(self, part: str, paragraph: Paragraph) -> None:
        line = read_paragraph(paragraph, self._numbers) if part == "body" else _plain_line(paragraph)
        if self._look.is_clean:
            line = Line(tuple(run for run in line.runs if run.start is not None), line.level, line.is_quote)
            if not any(run.text.strip() for run in line.runs):
                return
        start = self._cursor.position()
        if line.picture:
            self._write_picture(line.picture)
        else:
            self._begin_block(self._block_format(part, line))
            start = self._cursor.position()
            for before, run in pairwise((None, *line.runs)):
                if before and run and before.mark is Mark.REMOVED and run.mark is Mark.ADDED:
                    self._cursor.insertText(_THIN_SPACE, QTextCharFormat())
                if run:
                    self._write_run(part, line, run)
            self._write_state(paragraph)
        end = self._cursor.position()
        for change in (paragraph.whole, *paragraph.changes):
            if change is not None and paragraph.state is not State.MOVED_AWAY:
                self.layout.changes[change.id] = (start, end)

    def _begin_block(self, shape: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(shape)
            self._is_first = False
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())

    def _block_format(self, part: str, line: Line) -> QTextBlockFormat:
        text = "".join(run.text for run in line.runs if run.kind is Kind.WORDS)
        language = direction.language_of(text) or self._language
        shape = QTextBlockFormat()
        is_right = language in direction.RTL
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_right else Qt.LayoutDirection.LeftToRight)
        shape.setAlignment(Qt.AlignmentFlag.AlignLeading)
        is_naskh = self._look.is_naskh and part == "body"
        percent = (_NASKH_PERCENT if is_naskh else _NASTALIQ_PERCENT) if is_right else _LINE_PERCENT
        percent = 100 if part == "headline" else percent
        shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setBottomMargin(_GAP)
        if line.is_quote:
            shape.setLeftMargin(24)
            shape.setRightMargin(24)
        return shape

    def _write_run(self, part: str, line: Line, run: Run) -> None:
        text = run.text
        if run.kind is Kind.PICTURE:
            image = self._images.get(run.text)
            text = f"[{image.caption or image.name or image.key if image else run.text}]"
        if run.kind is Kind.CITATION and self._language == "ur":
            text = text.translate(_URDU_DIGITS)
        at = self._cursor.position()
        self._cursor.insertText(text, self._run_format(part, line, run))
        size = self._cursor.position() - at
        if run.start is not None and size:
            is_exact = run.is_exact and run.kind is not Kind.PICTURE and size == utf16_length(text)
            self.layout.segments.append(Segment(part, at, size, run.start, run.length, text, is_exact))
        if run.change and run.mark is not Mark.SAME and not self._look.is_clean:
            self.layout.words.setdefault(run.change, []).append((at, at + size))
            status = self._review.status(run.change)
            if status in _SIGNS and self._is_last_of_change(line, run):
                shape = self._run_format(part, line, run)
                shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                self._cursor.insertText(_SIGNS[status].strip(), shape)

    def _is_last_of_change(self, line: Line, run: Run) -> bool:
        return [one for one in line.runs if one.change == run.change][-1] is run

    def _run_format(self, part: str, line: Line, run: Run) -> QTextCharFormat:
        now, shape = self._now, QTextCharFormat()
        shape.setFont(self._font(part, line, run))
        shape.setForeground(QColor(now.soft if part == "standfirst" or line.is_quote else now.ink))
        if run.kind is Kind.CITATION:
            font = QFont(theme.reading_font(_PIXELS[part] - 1, language="en", bold=True))
            shape.setFont(font)
            shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            shape.setForeground(QColor(now.accent))
            shape.setToolTip(self._source_words(run.tip))
        elif run.tip:
            shape.setForeground(QColor(now.accent))
            shape.setToolTip(run.tip)
        if self._look.is_clean:
            return shape
        if run.mark is Mark.REMOVED:
            shape.setFontStrikeOut(True)
            shape.setForeground(QColor(now.red))
            shape.setBackground(QColor(now.red_tint))
        elif run.mark is Mark.ADDED:
            shape.setForeground(QColor(now.accent))
            shape.setBackground(QColor(now.accent_tint))
        if run.change:
            shape.setProperty(CHANGE, run.change)
        return shape

    def _source_words(self, tip: str) -> str:
        found = []
        for one in tip.split("; "):
            key, _, locator = one.partition(" ")
            found.append(", ".join(filter(None, (self._labels.get(key, key), locator))))
        return "; ".join(found)

    def _font(self, part: str, line: Line, run: Run) -> QFont:
        language = direction.language_of(run.text) or self._language
        pixels = _HEADINGS.get(line.level, _PIXELS[part]) if line.level else _PIXELS[part]
        is_bold = part == "headline" or bool(line.level) or run.is_bold
        if language == "ur":
            is_naskh = self._look.is_naskh and part == "body" and not line.level
            font = QFont(theme.NASKH_FACE if is_naskh else theme.URDU_FACE)
            font.setPixelSize(pixels + 2)
            font.setBold(is_bold and part != "headline")
        elif part == "body":
            font = QFont()
            font.setFamilies(list(_SERIF))
            font.setPixelSize(pixels)
            font.setBold(is_bold)
        else:
            font = theme.reading_font(pixels, language="en", bold=is_bold)
        font.setItalic(run.is_italic)
        return font

    def _write_state(self, paragraph: Paragraph) -> None:
        """Of a paragraph that moved, whether it came here or went from here."""
        moved = {State.MOVED: _translate("moved here"), State.MOVED_AWAY: _translate("moved away")}.get(paragraph.state)
        if moved and not self._look.is_clean:
            self._cursor.insertText(f" ↕ {moved}", self._small(self._now.soft))

    def _small(self, colour: str, *, is_bold: bool = False) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFont(theme.reading_font(13, language="en", bold=is_bold))
        shape.setForeground(QColor(colour))
        return shape

    def _write_note(self, note: str) -> None:
        """A line on a darker ground, with an edge in the accent's colour."""
        now, shape, cell = self._now, QTextTableFormat(), QTextTableCellFormat()
        shape.setBorder(0)
        shape.setBorderCollapse(True)
        shape.setCellPadding(8)
        shape.setBottomMargin(8)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._cursor.insertTable(1, 1, shape)
        cell.setBackground(QColor(now.panel))
        cell.setLeftBorder(3)
        cell.setLeftBorderBrush(QBrush(QColor(now.accent)))
        cell.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        table.cellAt(0, 0).setFormat(cell)
        cursor = table.cellAt(0, 0).firstCursorPosition()
        head, _, words = note.partition("\n")
        cursor.insertText(head, self._small(now.ink, is_bold=True))
        language = direction.language_of(words)
        if language in direction.RTL:
            right = QTextBlockFormat()
            right.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            cursor.insertBlock(right)
        elif words:
            cursor.insertText(" · ", self._small(now.soft))
        said = self._small(now.ink)
        said.setFont(theme.reading_font(13, language=language))
        cursor.insertText(words.replace("\n", "\u2028"), said)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    # Pictures

    def _write_picture(self, run: Run) -> None:
        """A card: the picture small, its caption, credit and alternative text."""
        image = self._images.get(run.text, Image(run.text))
        self.layout.pictures[image.key] = image
        frame = self._cursor.insertFrame(self._card_format(run.mark))
        self._is_first = False
        at = frame.firstPosition()
        table = self._cursor.insertTable(1, 2, _columns_format())
        shown = QTextImageFormat()
        shown.setName(picture_address(image.key))
        shown.setWidth(THUMBNAIL.width())
        shown.setHeight(THUMBNAIL.height())
        if run.change:
            shown.setProperty(CHANGE, run.change)
        table.cellAt(0, 0).firstCursorPosition().insertImage(shown)
        words = table.cellAt(0, 1).firstCursorPosition()
        self._write_caption(words, image, run)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        if run.start is not None:
            size = frame.lastPosition() + 1 - at
            self.layout.segments.append(Segment("body", at, size, run.start, run.length, "", is_exact=False))

    def _card_format(self, mark: Mark) -> QTextFrameFormat:
        now, shape = self._now, QTextFrameFormat()
        line = {Mark.ADDED: now.accent, Mark.REMOVED: now.red}.get(mark, now.line)
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(QColor(line)))
        shape.setPadding(8)
        shape.setTopMargin(4)
        shape.setBottomMargin(10)
        return shape

    def _write_caption(self, cursor: QTextCursor, image: Image, run: Run) -> None:
        now = self._now
        caption = self._small(now.ink, is_bold=True)
        caption.setFont(theme.reading_font(13, language=direction.language_of(image.caption), bold=True))
        state = {Mark.ADDED: _translate("Added picture."), Mark.REMOVED: _translate("Removed picture.")}.get(run.mark)
        if state and not self._look.is_clean:
            cursor.insertText(f"{state} ", self._small(now.accent if run.mark is Mark.ADDED else now.red, is_bold=True))
        cursor.insertText(image.caption or _translate("No caption"), caption)
        cursor.insertBlock()
        credit = image.credit or _translate("no credit")
        alt = (
            _translate("decorative")
            if image.is_decorative
            else _translate("alt text: {alt}").format(alt=image.alt or "–")
        )
        cursor.insertText(f"{credit} · {alt}", self._small(now.soft))

    # The rest

    def _write_rest(self) -> None:
        """Fields, sources and pictures that changed, then the desk's changes that are not in the text."""
        changes = self._review.changes
        others: list[FieldChange | ItemChange] = [*changes.fields, *changes.items]
        lines = [(one.id, change_markup.line(one)) for one in others]
        self._write_list(_translate("Besides the text"), lines)
        absent = []
        for one in self._review.absent:
            name, change = change_markup.part_name(one.part), one.change
            was, became = change_markup.value_words(change.before), change_markup.value_words(change.after)
            absent.append(
                (one.id, change_markup.row(name, was, became) + _SIGNS.get(one.status, f" · {_translate('to decide')}"))
            )
        self._write_list(_translate("Changes of the desk that are not in the text"), absent)

    def _write_list(self, title: str, lines: list[tuple[ChangeId, str]]) -> None:
        if not lines:
            return
        head = QTextBlockFormat()
        head.setTopMargin(_GAP)
        head.setBottomMargin(6)
        self._begin_block(head)
        self._cursor.insertText(title, self._small(self._now.soft, is_bold=True))
        for name, html in lines:
            self._begin_block(QTextBlockFormat())
            at = self._cursor.position()
            self._cursor.insertHtml(f'<span style="font-size:13px;color:{self._now.ink}">{html}</span>')
            end = self._cursor.position()
            shape = QTextCharFormat()
            shape.setProperty(CHANGE, name)
            marked = QTextCursor(self._document)
            marked.setPosition(at)
            marked.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            marked.mergeCharFormat(shape)
            gap = QTextBlockFormat()
            gap.setBottomMargin(6)
            self._cursor.mergeBlockFormat(gap)
            self.layout.changes[name] = (at, end)


def _columns_format() -> QTextTableFormat:
    """A narrow column for a picture, and one for the words about it."""
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setCellPadding(2)
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    narrow = QTextLength(QTextLength.Type.FixedLength, THUMBNAIL.width() + 16)
    shape.setColumnWidthConstraints([narrow, QTextLength()])
    return shape


def picture_address(key: str) -> str:
    """What a picture is called inside the document."""
    return f"picture:{key}"


def _translate(text: str) -> str:
    return QCoreApplication.translate("ReviewDocument", text)


def empty_picture() -> QImage:
    """What stands for a picture until it is read."""
    image = QImage(THUMBNAIL, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.colours().panel))
    return image


def _plain_line(paragraph: Paragraph) -> Line:
    """Headline and standfirst have no marks."""
    return Line(tuple(_plain_runs(paragraph)))


def _plain_runs(paragraph: Paragraph) -> Iterator[Run]:
    place = paragraph.new[0]
    for piece in paragraph.pieces:
        is_there = piece.mark is not Mark.REMOVED and paragraph.new[0] < paragraph.new[1]
        yield Run(piece.text, place if is_there else None, len(piece.text), mark=piece.mark, change=piece.change)
        place += len(piece.text) if is_there else 0
