"""Comments beside the words they are about, in the margin of the editor."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from ovn_desk.text.anchors import Anchored
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.editor.margin import Margin, Sign
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.widgets import theme


class CommentSigns(QObject):
    """Rings in the margin and a tint under the words, for comments that are open and have a place."""

    def __init__(self, editor: Editor, margin: Margin) -> None:
        super().__init__(editor)
        self._editor, self._margin = editor, margin
        self._placed: Sequence[PlacedComment] = ()
        editor.opened.connect(self._draw)

    def show_comments(self, placed: Sequence[PlacedComment]) -> None:
        """Draws these comments from now on, with their places as they are in the text."""
        self._placed = placed
        self._draw()

    def refresh_colours(self) -> None:
        self._draw()

    def _draw(self) -> None:
        now = theme.colours()
        text = self._editor.text()
        placed = [
            one
            for one in self._placed
            if one.comment.is_open and isinstance(one.place, Anchored) and one.comment.on.field == "body"
        ]
        spans = [(one.place.start, one.place.end) for one in placed if isinstance(one.place, Anchored)]
        if any(end > len(text) for _, end in spans):
            return  # the text went on: they are placed anew when it rests
        signs, marks = [], []
        for one, cursor in zip(placed, self._editor.cursors(spans), strict=True):
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setBackground(QColor(now.amber_tint if one.comment.must_fix else now.panel))
            mark.cursor, mark.format = cursor, shape
            marks.append(mark)
            tone = "red" if one.comment.must_fix else "soft"
            signs.append(Sign(cursor, tone, one.comment.text, is_ring=True, name=one.comment.id))
        self._margin.show_signs("comments", signs)
        self._editor.mark("comments", marks)
