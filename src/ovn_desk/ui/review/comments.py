"""What was said about the story, thread by thread, and what must be settled before it is approved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.comments import Comment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Event, Quote
from ovn_desk.text import comments as placing
from ovn_desk.text.anchors import Anchored
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.review.comment_box import CommentBox
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import age
from ovn_desk.usecases import commenting, queries


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to look at the threads."""

    name: str
    label: str


FILTERS = (
    Filter("open", "Open"),
    Filter("must", "Must fix"),
    Filter("mine", "Calling me"),
    Filter("all", "All"),
)


class CommentsPane(QScrollArea):
    """The threads of the open article, and the box for a new one."""

    place_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self.placed: list[PlacedComment] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filter = Choice()
        self.filter.setAccessibleName(self.tr("Which comments"))
        for one in FILTERS:
            self.filter.addItem(self.tr(one.label), one.name)
        self.filter.activated.connect(lambda _: self._draw())
        self.box = CommentBox()
        self.box.said.connect(self._say)
        self._threads = QVBoxLayout()
        self._threads.setSpacing(8)
        self._empty = QLabel(wordWrap=True)
        self._empty.setProperty("role", "soft")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.filter)
        column.addWidget(self.box)
        column.addWidget(self._empty)
        column.addLayout(self._threads)
        column.addStretch(1)
        self.setWidget(inner)
        for fact in (
            article.opened,
            article.changed,
            text.rested,
            session.person_changed,
        ):
            fact.connect(self.refresh)

    def refresh(self) -> None:
        """Reads the threads, and finds their words in the text as it is now."""
        self.box.setEnabled(self._article.folded is not None)
        if self._article.id is None:
            self.placed = []
        else:
            store = self._session.store
            found = queries.ask(store, commenting.comments, self._article.id)
            self.placed = placing.place_comments(found, self._text.content)
            self._names = queries.staff_names(store)
        self._draw()
        self.changed.emit()

    @property
    def open_count(self) -> int:
        return sum(one.comment.is_open for one in self.placed)

    def write_about(self, field: str, start: int, end: int) -> None:
        """The box for a new comment about letters `start` to `end` of a field, ready to be typed into."""
        content = self._text.content
        try:
            about = placing.quote(content, field, start, end) if end > start else Quote()
        except DeskError:  # only space was chosen: it is about the story then
            about = Quote()
        self.box.write_about(about)

    def _draw(self) -> None:
        while taken := self._threads.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        shown = [one for one in self.placed if self._is_wanted(one.comment)]
        for one in shown:
            self._threads.addWidget(self._make_card(one))
        self._empty.setVisible(not shown)
        self._empty.setText(
            self.tr("Nothing here. Select words in the text, press Ctrl+Shift+M, and say what you think.")
            if self._article.folded
            else self.tr("Open an article to see what was said about it.")
        )

    def _is_wanted(self, comment: Comment) -> bool:
        match self.filter.currentData():
            case "must":
                return comment.stops_approval
            case "mine":
                return self._session.person.id in comment.mentions
            case "open":
                return comment.is_open
            case _:
                return True

    def _make_card(self, one: PlacedComment) -> QFrame:
        comment = one.comment
        card = QFrame()
        card.setProperty("role", "card")
        card.setProperty("tone", "warn" if comment.stops_approval else "")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(self._make_head(comment))
        if comment.on.exact:
            words = comment.on.exact if len(comment.on.exact) <= 90 else f"{comment.on.exact[:89]}…"
            quote = QLabel(f"“{words}”", wordWrap=True)
            quote.setTextFormat(Qt.TextFormat.PlainText)
            quote.setProperty("role", "quote")
            column.addWidget(quote)
        if one.is_orphaned:
            gone = QLabel(self.tr("These words are no longer in the text."))
            gone.setProperty("chip", "warn")
            column.addWidget(gone, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(_words(comment.text))
        for answer in comment.answers:
            said = _words(f"{self._names.get(answer.by, '')}: {answer.text}")
            said.setProperty("role", "soft")
            column.addWidget(said)
        column.addLayout(self._buttons(one))
        return card

    def _make_head(self, comment: Comment) -> QHBoxLayout:
        row = QHBoxLayout()
        name = QLabel(self._names.get(comment.by, ""))
        name.setProperty("role", "heading")
        row.addWidget(name, 1)
        if comment.must_fix:
            chip = QLabel(self.tr("must fix") if comment.is_open else self.tr("fixed"))
            chip.setProperty("chip", "bad" if comment.is_open else "calm")
            row.addWidget(chip)
        when = QLabel(age(comment.at, datetime.now(UTC)))
        when.setProperty("role", "soft")
        row.addWidget(when)
        return row

    def _buttons(self, one: PlacedComment) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        comment = one.comment
        name = self._names.get(comment.by, "")
        answers: list[tuple[str, Callable[[], None]]] = [
            (self.tr("Reply"), partial(self.box.answer, comment.id, name)),
        ]
        if comment.is_open:
            answers.append((self.tr("Resolve"), partial(self._do, commenting.resolve, comment)))
        else:
            answers.append((self.tr("Reopen"), partial(self._do, commenting.reopen, comment)))
        if isinstance(one.place, Anchored):
            answers.insert(0, (self.tr("Show"), partial(self.place_wanted.emit, one)))
        for label, do in answers:
            button = QToolButton()
            button.setText(label)
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, act=do: act())
            row.addWidget(button)
        row.addStretch()
        return row

    def _do(self, act: Callable[..., Event], comment: Comment) -> None:
        store = self._session.flushed_store()
        if self._article.id is None or store is None:
            return
        try:
            act(store, self._article.id, comment.id, by=self._session.by)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        self.refresh()

    def _say(self, text: str, must_fix: bool) -> None:  # noqa: FBT001 - Qt's signal
        store = self._session.flushed_store()
        if self._article.id is None or store is None:
            return
        try:
            if self.box.to:
                commenting.reply(store, self._article.id, self.box.to, text, by=self._session.by)
            else:
                on = self.box.about
                commenting.comment(store, self._article.id, text, by=self._session.by, on=on, must_fix=must_fix)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        self.box.clear()
        self.refresh()


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
