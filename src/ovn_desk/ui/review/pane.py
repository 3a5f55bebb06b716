"""Reviewing on one screen: the text with every change marked, walked by key, each change accepted or rejected."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId, EventId, RevisionId, StaffId, tidy
from ovn_desk.domain.image import Image
from ovn_desk.text.changes import ChangeId
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.review.bar import ReviewBar, Standing
from ovn_desk.ui.review.change_notice import ChangeNotice
from ovn_desk.ui.review.decisions import Decisions, words_of_change
from ovn_desk.ui.review.document import THUMBNAIL, Composer, Look, empty_picture, picture_address
from ovn_desk.ui.review.note_card import note_head
from ovn_desk.ui.review.reason_form import ReasonForm
from ovn_desk.ui.review.view import ReviewView
from ovn_desk.ui.state.custody import is_signed
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.side import Side
from ovn_desk.usecases import comparing, public_changes, queries
from ovn_desk.usecases.comparing import Note, Review, Since
from ovn_desk.usecases.suggesting import Status
from ovn_desk.usecases.writing import KeptCopy

_SINCE = {
    Since.PUBLISHED: "Since it was exported",
    Since.DESK: "Since the desk's first change",
    Since.SENT_BACK: "Since sent back",
    Since.FILED: "Since filed",
    Since.FIRST: "Since first filed",
    Since.SEEN: "Since you last read it",
    Since.APPROVED: "Since approved",
    Since.LAST: "Since the last version",
}


class PictureSource(Protocol):
    """Who makes small pictures: `Thumbnails.ask`."""

    def __call__(
        self, image: Image, size: QSize, *, ratio: float, done: Callable[[QImage], None], refused: Callable[[str], None]
    ) -> None: ...


class ReviewPane(QWidget):
    """Stands in the place of the editor. Commands walk the changes and decide them; Escape goes back to writing.

    What it shows changes only by what is done here: `known` is the text that the editor has before them, and what
    comes meanwhile is told in a line below it.
    """

    left = Signal()
    comment_wanted = Signal(str, int, int)
    comment_chosen = Signal(str)
    shown = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        steps: Steps,
        preferences: Preferences,
        notices: Notices,
        *,
        side: Side,
        form: ReasonForm,
        ask_picture: PictureSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._text = session, article, text
        self._preferences, self._notices, self._ask_picture = preferences, notices, ask_picture
        self._jobs = Latest(self)
        self.review: Review | None = None
        self.known: KeptCopy | None = None
        self.chosen: ChangeId | None = None
        self._is_beginning = False
        """Whether the words that a story was handed over with are shown next, or else the change that is chosen."""
        self._pair: tuple[RevisionId, RevisionId | None] | None = None
        self._bases: dict[Since, RevisionId] = {}
        self._chosen_since: dict[ArticleId, Since] = {}
        self._placed: Sequence[PlacedComment] = ()
        self.form, self.notice, self.view = form, ChangeNotice(), ReviewView()
        self.bar = ReviewBar(session, article, steps, side, self.act)
        self._decisions = Decisions(session, article, steps, notices, self.form, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.view, self.notice, self.form):
            column.addWidget(widget, 1 if widget is self.view else 0)
        self._connect(steps)

    def refresh_colours(self) -> None:
        """Draws the text anew: its colours stand in it."""
        at = self.view.verticalScrollBar().value()
        self._draw()
        self.view.verticalScrollBar().setValue(at)

    # What is shown

    def open(self) -> None:
        """Shows the most useful comparison there is for this article and person."""
        self._pair = None
        self._start()

    def compare(self, older: RevisionId, newer: RevisionId | None) -> None:
        """Shows any two texts: a revision against a later one, or against the text now."""
        self._pair = (older, newer)
        self._start()

    def _refresh(self) -> None:
        """Shows the text as it is now against the version that was chosen; compared off the window's thread."""
        article = self._article.id
        if article is None or self._session.flushed_store() is None:
            return
        if self._is_newest and not self._article.edit_refusal:
            self._article.save()  # only what is a version can be decided on, or signed
        self.notice.clear()
        known = self._text.known
        older, newer = self._pair or (self._bases.get(self.bar.since.currentData()), None)
        store = self._session.store

        def make() -> Review:
            content = known.content
            return queries.ask(store, comparing.review, article, older=older, newer=newer, content=content)

        self._jobs.ask(make, done=lambda made: self._show(made, known), refused=self._notices.refused.emit)

    @property
    def is_current(self) -> bool:
        """Whether the text that is shown is the whole of what would be signed."""
        return self.known is not None and self._is_newest and tidy(self._text.content) == self.known.content

    @property
    def _is_newest(self) -> bool:
        return self._pair is None or self._pair[1] is None

    def check_current(self) -> bool:
        """`is_current`, with a sentence where it is not so."""
        if self.is_current or self.known is None:  # the text is still on its way to the screen
            return self.known is not None
        if self._pair and self._pair[1]:
            said = self.tr("Two older versions are shown. Choose another comparison to see the text as it is now.")
        elif self._has_same_page():
            self._refresh()
            said = self.tr("What was settled is being taken into what you sign. Press again.")
        else:  # the line below the text says so already
            self.notice.button.setFocus()
            return False
        self._notices.refused.emit(said)
        return False

    def show_comments(self, placed: Sequence[PlacedComment], chosen: EventId | None) -> None:
        """Marks the commented words; says so when a colleague's comment came while one reads."""
        self._placed = placed
        self.view.show_comments(placed, chosen)
        if self.isVisible():
            self.notice.note_comments(placed, own=self._session.person.id)

    def choose_undecided(self) -> None:
        """Goes to the first change that nobody has decided."""
        if self.review and self.review.undecided:
            self._choose(self.review.undecided[0])

    # What is done

    def _go(self, step: int) -> None:
        """Chooses the next change (1) or the one before (-1), round the end."""
        ids = self._ids()
        if not ids:
            return
        here = ids.index(self.chosen) if self.chosen in ids else (-1 if step > 0 else 0)
        self._choose(ids[(here + step) % len(ids)])

    def _decide(self, *, accept: bool) -> None:
        """Accepts or rejects the chosen change, and goes to the next that waits."""
        if self.chosen is None or self.review is None or self.known is None:
            return
        if not self._may_settle or not self.check_current():
            return
        if not self.bar.is_clean and not self.view.is_outline_in_sight:
            self._choose(self.chosen)  # nobody decides what they do not see: the next press does
            return
        then = partial(self._choose, self._following(self.chosen))
        self._decisions.decide(self.review, self.chosen, accept=accept, known=self.known, then=then)

    def _comment(self) -> None:
        """A comment on the chosen words; without any, on the words of the chosen change."""
        if not self.check_current():
            return
        if place := self.view.selected_words():
            self.comment_wanted.emit(*place)
            return
        self.comment_wanted.emit(*words_of_change(self.review, self.chosen))

    def finish(self) -> None:
        """Ends the comparison under way."""
        self._jobs.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def act(self, what: str) -> None:
        """Does what a button of the bar, a key or a command asks for: `next`, `before`, `accept` and so on."""
        does: dict[str, Callable[[], object]] = {
            "next": partial(self._go, 1),
            "before": partial(self._go, -1),
            "accept": partial(self._decide, accept=True),
            "reject": partial(self._decide, accept=False),
            "comment": self._comment,
            "leave": self.left.emit,
        }
        does[what]()

    def _connect(self, steps: Steps) -> None:
        self.bar.since.activated.connect(lambda _: self._forget_pair())
        self.bar.form_chosen.connect(self._draw)
        self.view.change_clicked.connect(lambda change: self._choose(ChangeId(change)))
        self.view.comment_clicked.connect(self.comment_chosen)
        self.notice.show_wanted.connect(self._refresh)
        self.notice.comment_wanted.connect(self.comment_chosen)
        self.notice.write_wanted.connect(self.left)
        self.view.typed.connect(self.notice.note_typing)
        self.form.closed.connect(self.view.setFocus)
        self.view.act_wanted.connect(self.act)
        self.view.undo_wanted.connect(self._decisions.undo)
        self._decisions.changed.connect(self._refresh)
        self._article.opened.connect(self._open_another)
        self._session.person_changed.connect(self._open_another)
        steps.taken.connect(lambda *_: self._show_step())
        for fact in (self._text.changed, self._text.replaced):
            fact.connect(self._compare_with_shown)
        self._text.rested.connect(self._follow_settling)

    def _open_another(self) -> None:
        """Another story, or another reader, begins at the top, where the words stand that it was handed over with."""
        self.form.forget_question()
        self.known, self.review = None, None
        self.view.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.open()

    def _show_step(self) -> None:
        """What was said with a step that was taken here stands above the text that it was taken with."""
        if self.isVisible() and self.is_current:
            self._offer()  # “since filed” is since this filing
            self._refresh()

    def _compare_with_shown(self) -> None:
        """Says so where the text is no longer the one that is shown; what is shown stays."""
        if self.isVisible() and self.known is not None and not self._decisions.is_deciding:
            self.notice.note_text(self.known.content, tidy(self._text.content), is_same_page=self._has_same_page())

    def _has_same_page(self) -> bool:
        """Whether readers would be given what is shown: a claim that is settled meanwhile changes nothing of it."""
        return self.known is not None and public_changes.has_same_page(tidy(self._text.content), self.known.content)

    def _follow_settling(self) -> None:
        """What changed nothing for readers is shown and signed with the rest; of anything else the line says so."""
        self._compare_with_shown()
        if self.isVisible() and self._is_newest and self._has_same_page() and not self.is_current:
            self._refresh()

    def _start(self) -> None:
        self._is_beginning = True
        self.view.verticalScrollBar().setValue(0)
        self.notice.forget()
        self.notice.note_comments(self._placed, own=self._session.person.id)
        self._offer()
        self._refresh()
        self.view.setFocus()

    def _forget_pair(self) -> None:
        self._pair = None
        if self._article.id is not None and (since := self.bar.since.currentData()) is not None:
            self._chosen_since[self._article.id] = since
        self._refresh()
        self.view.setFocus()

    def _offer(self) -> None:
        """The comparisons there are, in the box, each with the version it had when the review was opened."""
        box, article = self.bar.since, self._article.id
        box.clear()
        self._bases = {}
        if article is not None:
            by = self._session.person.id
            self._bases = queries.ask(self._session.store, comparing.available_comparisons, article, by=by)
        if self._pair:
            box.addItem(self.tr("Two versions"), None)
        for since in self._bases:
            box.addItem(self.tr(_SINCE[since]), since)
        kept = self._chosen_since.get(article) if article is not None and self._pair is None else None
        if kept in self._bases:
            box.setCurrentIndex(list(self._bases).index(kept))
        box.setVisible(box.count() > 0)

    def _show(self, review: Review, known: KeptCopy) -> None:
        self.review, self.known = review, known
        ids = self._ids()
        if self.chosen not in ids:
            self.chosen = next(iter(review.undecided or ids), None)
        self._draw()
        if self._is_beginning and not review.notes and not self.bar.is_clean:
            self.view.outline(self.chosen, scroll=True)
        self._is_beginning = False
        self.notice.clear()
        self._compare_with_shown()
        self.shown.emit()

    def _draw(self) -> None:
        if self.review is None:
            return
        names = queries.staff_names(self._session.store)
        notes = [self._note_words(note, names) for note in self.review.notes]
        look = Look(is_clean=self.bar.is_clean, is_naskh=self._preferences.value.is_naskh)
        document = QTextDocument()
        plan = Composer(document, self.review, look, notes).compose()
        self.view.show_document(document, plan)
        for key, image in plan.pictures.items():
            put = partial(self._put_picture, document, key)
            put(empty_picture())
            if image.sha256:
                self._ask_picture(image, THUMBNAIL, ratio=self.devicePixelRatioF(), done=put, refused=lambda _: None)
        self.view.outline(None if look.is_clean else self.chosen, scroll=False)
        self._show_standing()

    def _note_words(self, note: Note, names: Mapping[StaffId, str]) -> str:
        head = note_head(note, names, self._session)
        return f"{head}\n“{note.text}”" if note.text else head

    def _put_picture(self, document: QTextDocument, key: str, image: QImage) -> None:
        if document is self.view.document():
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture_address(key)), image)
            document.markContentsDirty(0, document.characterCount())

    def _choose(self, change: ChangeId | None) -> None:
        if change is None:
            return
        self.chosen = change
        self.view.outline(change, scroll=True)
        self._show_standing()
        self.view.setFocus()

    def _following(self, change: ChangeId) -> ChangeId | None:
        """The next change that waits to be decided, or else the next one."""
        ids = self._ids()
        here = ids.index(change) if change in ids else 0
        rest = ids[here + 1 :] + ids[:here]
        waiting = set(self.review.undecided) if self.review else set()
        return next((one for one in rest if one in waiting), rest[0] if rest else None)

    def _show_standing(self) -> None:
        ids = self._ids()
        here = ids.index(self.chosen) + 1 if self.chosen in ids else 0
        status = self.review.status(self.chosen) if self.review and self.chosen else None
        may = bool(here) and self._may_settle
        author = self.review.author_of(self.chosen) if self.review and self.chosen and here else None
        self.bar.show_standing(
            Standing(
                here=here,
                changes=len(ids),
                may_accept=may and status not in {Status.ACCEPTED, Status.AS_EDITED},
                may_reject=may and status is not Status.REJECTED,
                status=status,
                waiting=len(self.review.undecided) if self.review else 0,
                by=queries.short_names(self._session.store).get(author, "") if author else "",
            )
        )

    @property
    def _may_decide(self) -> bool:
        """Whether changes wait to be decided here: not in two older versions, and not in a text that is signed."""
        return self._is_newest and not self._article.edit_refusal and not is_signed(self._article)

    @property
    def _may_settle(self) -> bool:
        """Whether the chosen change waits to be decided here: what was filed with it since stays as it was decided."""
        is_settled = self.review is not None and self.chosen in self.review.settled
        return self.chosen is not None and self._may_decide and not is_settled

    def _ids(self) -> list[ChangeId]:
        return self.review.ids if self.review else []
