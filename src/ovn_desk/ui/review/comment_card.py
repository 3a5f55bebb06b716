"""One thread of comments as a card: who said what about which words, what was answered, what can be done with it."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.article import EventId, StaffId
from ovn_desk.text import direction
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.widgets.phrases import age

_MOST_QUOTED = 90


class CommentCard(QFrame):
    """A click, or Enter, shows the words it is about."""

    chosen = Signal()
    reply_wanted = Signal()
    settle_wanted = Signal()
    """Resolve it, or open it again where it is resolved."""

    def __init__(
        self,
        placed: PlacedComment,
        names: Mapping[StaffId, str],
        *,
        now: datetime,
        may_settle: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`now` is by the newsroom's clock; `may_settle`: whether this person resolves it, or opens it again."""
        super().__init__(parent)
        self.placed = placed
        self._names, self._now, self._may_settle = names, now, may_settle
        comment = placed.comment
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Comment by {name}").format(name=self._name(comment.by)))
        self.setAccessibleDescription(comment.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(3)
        column.addLayout(self._make_head())
        if comment.on.exact:
            words = comment.on.exact
            words = words if len(words) <= _MOST_QUOTED else f"{words[: _MOST_QUOTED - 1]}…"
            column.addWidget(_label(self.tr("on “{words}”").format(words=f"\u2068{words}\u2069"), "about"))
        if placed.is_orphaned:
            gone = QLabel(self.tr("These words are no longer in the text."), wordWrap=True)
            gone.setProperty("chip", "warn")
            column.addWidget(gone)
        column.addWidget(_label(comment.text))
        for answer in comment.answers:
            column.addWidget(_label(f"{self._name(answer.by)}: {answer.text}", "soft"))
        column.addLayout(self._make_buttons())

    @property
    def id(self) -> EventId:
        return self.placed.comment.id

    def mark_chosen(self, *, is_chosen: bool) -> None:
        """Draws its edge as that of the comment whose words are shown."""
        self.setProperty("tone", "chosen" if is_chosen else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.chosen.emit()
            return
        super().keyPressEvent(event)

    def _name(self, person: StaffId) -> str:
        return self._names.get(person, self.tr("somebody"))

    def _make_head(self) -> QHBoxLayout:
        comment, row = self.placed.comment, QHBoxLayout()
        row.setSpacing(6)
        name = _label(self._name(comment.by), "heading")
        row.addWidget(name)
        if comment.must_fix:
            chip = QLabel(self.tr("must fix") if comment.is_open else self.tr("resolved"))
            chip.setProperty("chip", "bad" if comment.is_open else "calm")
            row.addWidget(chip)
        elif not comment.is_open:
            chip = QLabel(self.tr("resolved"))
            chip.setProperty("chip", "calm")
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(_label(age(comment.at, self._now), "soft"))
        return row

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        settle = self.tr("Resolve") if self.placed.comment.is_open else self.tr("Reopen")
        answers = [(self.tr("Reply"), self.reply_wanted), (settle, self.settle_wanted)]
        for label, wanted in answers if self._may_settle else answers[:1]:
            button = QToolButton()
            button.setText(label)
            button.setProperty("flat", True)
            button.setProperty("tone", "link")
            button.clicked.connect(wanted)
            row.addWidget(button)
        if not self._may_settle:
            said = self.tr("{name}, or another editor, resolves it")
            row.addWidget(_label(said.format(name=self._name(self.placed.comment.by)), "soft"), 1)
        row.addStretch()
        return row


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(role != "heading")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    if direction.language_of(text) in direction.RTL:
        label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return label
