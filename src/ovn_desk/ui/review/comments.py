"""What was said about the story, thread by thread, and what must be settled before it is approved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId, EventId, StaffId
from ovn_desk.domain.comments import Comment, resolve_refusal
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Event, Quote
from ovn_desk.text import comments as placing
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.review.comment_box import CommentBox
from ovn_desk.ui.review.comment_card import CommentCard
from ovn_desk.ui.review.comment_draft import Draft, read_draft
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.half_written import HalfWritten
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.usecases import commenting, queries


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to look at the threads."""

    name: str
    label: str


_REFUSAL = "comment refused"

FILTERS = (
    Filter("open", "Open"),
    Filter("must", "Must fix"),
    Filter("mine", "Mentions me"),
    Filter("all", "All"),
)


class CommentsPane(QScrollArea):
    """The threads of the open article, and the box for a new one."""

    place_wanted = Signal(object)
    """A `PlacedComment` whose words are to be shown."""
    changed = Signal()
    left = Signal()
    """The box was left with Escape: the keyboard goes back to the text."""
    sent = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        half_written: HalfWritten,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self.placed: list[PlacedComment] = []
        self.chosen: EventId | None = None
        self.cards: list[CommentCard] = []
        self._half_written = half_written
        self._draft_of = ""
        """What the words in the box are kept under: the story, and who writes."""
        self._refused: tuple[StaffId, Comment] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filter = Choice()
        self.filter.setAccessibleName(self.tr("Which comments"))
        for one in FILTERS:
            self.filter.addItem(self.tr(one.label), one.name)
        self.filter.activated.connect(lambda _: self._draw())
        self.add = QPushButton(self.tr("+ Comment"))
        self.add.setToolTip(self.tr("Comment on the story"))
        self.add.setProperty("flat", True)
        self.box = CommentBox()
        self.add.clicked.connect(lambda: self.box.write_about(Quote()))
        self.box.said.connect(self._say)
        self.box.edited.connect(self._keep_draft)
        self.box.left.connect(self.left)
        self._threads = QVBoxLayout()
        self._threads.setSpacing(8)
        self._empty = QLabel(wordWrap=True)
        self._empty.setProperty("role", "soft")
        self._lay_out()
        for fact in (article.opened, article.changed, text.rested, session.person_changed):
            fact.connect(self.refresh)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.filter)
        head.addStretch()
        head.addWidget(self.add)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.box)
        column.addWidget(self._empty)
        column.addLayout(self._threads)
        column.addStretch(1)
        self.setWidget(inner)

    def refresh(self) -> None:
        """Reads the threads, and finds their words in the text as it is now."""
        article = self._article.id
        self.add.setEnabled(article is not None)
        self._change_draft(article)
        if article is None:
            self.placed = []
        else:
            store = self._session.store
            found = queries.ask(store, commenting.comments, article)
            self.placed = placing.place_comments(found, self._text.content)
            self._names = queries.staff_names(store)
            others = [one.name for one in queries.active_staff(store) if one.id != self._session.person.id]
            self.box.offer_names(others)
        self._withdraw_refusal()
        self._draw()
        self.changed.emit()

    @property
    def open_count(self) -> int:
        return sum(one.comment.is_open for one in self.placed)

    @property
    def must_fix(self) -> list[Comment]:
        """The comments that stop approval."""
        return [one.comment for one in self.placed if one.comment.stops_approval]

    def write_about(self, field: str, start: int, end: int) -> None:
        """The box for a new comment about letters `start` to `end` of a field, ready to be typed into."""
        content = self._text.content
        try:
            about = placing.quote(content, field, start, end) if end > start else Quote()
        except DeskError:  # only space was chosen: it is about the story then
            about = Quote()
        self._write(partial(self.box.write_about, about))

    def choose(self, comment: EventId | None) -> None:
        """Marks the card of a comment and scrolls to it; one that the filter hides is shown with all."""
        self.chosen = comment
        if comment and not any(card.id == comment for card in self.cards):
            self.filter.setCurrentIndex(self.filter.findData("all"))
            self._draw()
        for card in self.cards:
            card.mark_chosen(is_chosen=card.id == comment)
            if card.id == comment:
                QTimer.singleShot(0, card, partial(self.ensureWidgetVisible, card, 0, 8))  # once it has its place
        self.changed.emit()

    def _write(self, begin: Callable[[], object]) -> None:
        begin()
        self.verticalScrollBar().setValue(0)

    def _change_draft(self, article: ArticleId | None) -> None:
        """What one person began about one article waits there while another is open, or somebody else sits here."""
        now = f"comment {article} {self._session.person.id}" if article else ""
        if now == self._draft_of:
            return
        self._draft_of = ""
        self.box.restore(read_draft(self._half_written.find(now)) if now else Draft())
        self._draft_of = now

    def _keep_draft(self) -> None:
        if self._draft_of:
            self._half_written.keep(self._draft_of, self.box.draft.written)

    def _draw(self) -> None:
        while taken := self._threads.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        shown = [one for one in self.placed if self._is_wanted(one.comment)]
        self.cards = [self._make_card(one) for one in shown]
        for card in self.cards:
            self._threads.addWidget(card)
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

    def _make_card(self, one: PlacedComment) -> CommentCard:
        folded, now = self._article.folded, newsroom_now(self._session.house)
        may_settle = True
        if folded is not None and one.comment.is_open:
            may_settle = resolve_refusal(one.comment, folded, self._session.person) is None
        card = CommentCard(one, self._names, now=now, may_settle=may_settle)
        card.mark_chosen(is_chosen=one.comment.id == self.chosen)
        name = self._names.get(one.comment.by, "")
        card.chosen.connect(partial(self._show, one))
        card.reply_wanted.connect(partial(self._write, partial(self.box.answer, one.comment.id, name)))
        card.settle_wanted.connect(partial(self.settle, one.comment))
        return card

    def _show(self, one: PlacedComment) -> None:
        self.choose(one.comment.id)
        self.place_wanted.emit(one)

    def settle(self, comment: Comment) -> None:
        """Resolves a comment, or opens it again."""
        act, undo = commenting.resolve, commenting.reopen
        if not comment.is_open:
            act, undo = undo, act
        if self._do(act, comment):
            sentence = self.tr("Comment resolved.") if comment.is_open else self.tr("Comment opened again.")
            self._notices.offer_undo(sentence, partial(self._do, undo, comment))

    def _do(self, act: Callable[..., Event], comment: Comment) -> bool:
        store = self._session.flushed_store()
        if self._article.id is None or store is None:
            return False
        article, by = self._article.id, self._session
        try:
            act(store, article, comment.id, by=by.by)
        except DeskError as error:
            self._refused = (by.person.id, comment)
            self._notices.said.emit(Notice(str(error), tone="warn", topic=_REFUSAL))
            return False
        self.refresh()
        return True

    def _withdraw_refusal(self) -> None:
        """What was refused is said no longer once the comment was answered or settled, or somebody else sits here."""
        if self._refused is None:
            return
        person, comment = self._refused
        if person != self._session.person.id or comment not in [one.comment for one in self.placed]:
            self._refused = None
            self._notices.outdated.emit(_REFUSAL)

    def _say(self, text: str, must_fix: bool) -> None:  # noqa: FBT001 - Qt's signal
        store = self._session.flushed_store()
        if self._article.id is None or store is None:
            return
        article, to, on = self._article.id, self.box.to, self.box.about

        def say() -> None:
            if to:
                commenting.reply(store, article, to, text, by=self._session.by)
            else:
                commenting.comment(store, article, text, by=self._session.by, on=on, must_fix=must_fix)

        if self._notices.try_action(say):
            self.box.clear()
            self.refresh()
            self.sent.emit()
