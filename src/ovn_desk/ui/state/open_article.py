"""The open article: where it stands, what this person may do with it, and what becomes of it meanwhile."""

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Article, State, Step
from ovn_desk.ui.state.article_versions import ArticleVersions
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message import REFUSAL
from ovn_desk.usecases import commenting, kept_out, merging, opening, queries, writing
from ovn_desk.usecases.opening import Opened
from ovn_desk.usecases.queries import Changes, Kind
from ovn_desk.usecases.writing import KeptCopy


class OpenArticle(QObject):
    """`folded` is what its records add up to, none while no article is open; its text is `WorkingText`'s."""

    opened = Signal()
    changed = Signal()
    withdrawn = Signal(str)
    """Somebody else has the article now, and why; what was typed up to then is kept and can become no version."""
    other_writer_came = Signal()
    """Another process keeps a text of this article that is no version yet."""

    def __init__(self, session: Session, text: WorkingText, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._text, self._notices = session, text, notices
        self.folded: Article | None = None
        self.slug = ""
        self.is_discarded = False
        self.versions = ArticleVersions(self)
        self._heads: set[RevisionId] = set()
        self._is_shared = False
        self._hold = ""
        self._lost: ArticleId | None = None
        self._approved: Revision | None = None
        self._was_changed = False
        self._is_other_text = self._is_here_only = False
        text.rested.connect(self._look_at_approval)
        session.committed.connect(self._hear)
        session.person_changed.connect(self._follow_person)
        session.writable_changed.connect(self.changed)
        session.key.opened.connect(self._sign_on)

    @property
    def id(self) -> ArticleId | None:
        return self.folded.id if self.folded else None

    @property
    def edit_refusal(self) -> str:
        """Why the open text can not be changed by this person; empty when it can."""
        if self.folded is None:
            return self.tr("Open or start an article.")
        if self._session.why_read_only:
            return self.tr("Open to read only: nothing can be changed here.")
        if self.is_discarded:
            return self.tr("This draft was discarded. Restore it to write on.")
        why = str(workflow.typing_refusal(self.folded, self._session.person) or "")
        if why and self._is_here_only:
            why = self.tr("This article is filed here only: the hub does not let you in. Recall it to write on.")
        if why and self._is_other_text:
            why += " " + self.tr(
                "These words are on this computer alone, and are not what was filed: History has that."
            )
        return self._hold or why

    @property
    def _counts_for_nobody(self) -> bool:
        """Whether no step that is taken here would count: the person is not let in yet, and did not begin the story."""
        is_own = (
            self.folded is not None and self.folded.is_unconfirmed and self.folded.reporter == self._session.person.id
        )
        return not self._session.key.is_let_in and not is_own

    @property
    def next_step(self) -> Step | None:
        if self.folded is None or self._session.why_read_only or self.is_discarded or self._counts_for_nobody:
            return None
        if self._is_changed_since_approval:  # it has to be read and signed again
            return Step.APPROVE if self._session.person.role in workflow.EDITORS else None
        step = workflow.next_step(self.folded, self._session.person, has_writer_left=self._has_writer_left)
        return None if step in {None, Step.TAKE} and self.lacks_editor else step

    @property
    def _has_writer_left(self) -> bool:
        folded = self.folded
        if folded is None or folded.reporter == self._session.person.id:
            return False
        writer = queries.staff_by_id(self._session.store).get(folded.reporter)
        return writer is not None and writer.is_retired

    @property
    def lacks_editor(self) -> bool:
        """Whether the article waits for an approval that nobody of this newsroom may give: who wrote it may not."""
        folded = self.folded
        if folded is None or self._session.why_read_only or folded.state not in {State.FILED, State.IN_REVIEW}:
            return False
        staff = queries.active_staff(self._session.store)
        return not any(workflow.may_come_to_approve(folded, person) for person in staff)

    def hold(self, why: str) -> None:
        """Nothing can be changed for a moment, because of something that is being done with the text; empty ends it."""
        self._hold = why
        self.changed.emit()

    def may(self, step: Step) -> bool:
        if self.folded is None or self._session.why_read_only or self.is_discarded or self._counts_for_nobody:
            return False
        return workflow.may_take_step(self.folded, step, self._session.person)

    def open(self, article: ArticleId, *, shows_fork: bool = True) -> None:
        """Shows another article; what was being written is saved as a revision first.

        With `shows_fork`, what was written in it beside a version that came since becomes a version, too.
        """
        if self.id == article:
            return
        self._notices.outdated.emit(REFUSAL)
        if not self.save_and_close():
            return
        try:
            found = opening.open_article(self._session.store, article, self._session.person)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        if self._text.begin(article, found.known, found.steps, by=self._session.writer):
            self._take(found)
            self._heads, self._is_shared = set(found.folded.heads), False
            self.opened.emit()
            if shows_fork:
                self._show_fork()

    def start(self, content: Content | None = None) -> None:
        """A new draft by this person, empty or with what a template begins with."""
        session = self._session
        store = session.flushed_store()
        if store is None:
            return
        begun = content or Content(language=session.house.languages[0], byline=session.person.name)
        self._notices.try_action(lambda: self.open(writing.start(store, begun, by=session.by)))

    def save(self) -> bool:
        """Cuts a revision, which stays in the history, and combines it with others where nobody has to decide."""
        store, article = self._session.flushed_store(), self.id
        if store is None or article is None:
            return False
        known = self._text.known
        is_saved = self._notices.try_action(
            lambda: store.write_with_reserve(lambda: writing.save(store, article, by=self._session.by, known=known))
        )
        if is_saved and self.folded and len(self.folded.heads) > 1:
            self._notices.try_action(lambda: merging.combine(store, [article]))
        return is_saved

    def save_and_close(self) -> bool:
        """Keeps the open text and cuts a revision of it; false when it could not be kept."""
        store, article = self._session.flushed_store(), self.id
        if store is None:
            return False
        if article is None or self.folded is None or self._session.why_read_only or not self._session.key.is_open:
            return True
        if not self.edit_refusal:
            self.save()
            self._notices.try_action(self._text.keep_undo)
        if self.folded.state is not State.DRAFT or self.folded.filed is not None:
            self._notices.try_action(lambda: commenting.mark_read(store, article, by=self._session.by))
        return True

    def bring_back(self, revision: RevisionId) -> bool:
        """An older text becomes the newest one; what was being written is a revision before it."""
        store, article = self._session.flushed_store(), self.id
        if store is None or article is None:
            return False
        known = self._text.known
        return self._notices.try_action(
            lambda: writing.bring_back(store, article, revision, by=self._session.by, known=known)
        )

    def switch_person(self, person: Staff) -> None:
        """Another person sits down at this desk; what was being written is saved as a revision first."""
        if person != self._session.person and self.save_and_close():
            self._session.change_person(person)
            self._text.write_on(self._session.writer)

    @property
    def _is_changed_since_approval(self) -> bool:
        """Whether words were typed after the text was approved: what would be exported is not what is seen here."""
        folded = self.folded
        if folded is None or folded.state is not State.APPROVED:
            return False
        if self._approved is None or self._approved.id != folded.head:
            self._approved = queries.revision(self._session.store, folded.head)
        return tidy(self._text.content) != self._approved.content

    def _look_at_approval(self) -> None:
        """Words that were typed after an approval, or taken back, change what may be done."""
        if (now := self._is_changed_since_approval) is not self._was_changed:
            self._was_changed = now
            self.changed.emit()

    def _follow_person(self) -> None:
        """Another person sits here, or the same stands otherwise: what may be done, what is to be read, what counts."""
        if self.id is not None:
            found = self._look_again(self.id, with_text=False)
            if found is None:
                self._lose()
                return
            self._take(found)
            self._say_lost()
        self.changed.emit()

    def _sign_on(self) -> None:
        """Whoever writes here signs from now on."""
        self._text.write_on(self._session.writer)
        self.changed.emit()

    def _hear(self, changes: Changes) -> None:
        """What was written about the open article, by whomever: its state is shown anew, its text where it is free."""
        article, is_roster = self.id, bool(changes.kinds & Kind.ROSTER)  # who has left has nothing any more
        if self.folded and self._is_here_only is not self._stands_here_only(self.folded):
            self._is_here_only = not self._is_here_only
            self.changed.emit()
        if article is None or not changes.may_touch(article) or changes.asked_by is self._text.keeper:
            if article is not None and is_roster:
                self.changed.emit()
            return
        with_text = bool(changes.kinds & Kind.TEXTS)
        found = self._look_again(article, with_text=with_text)
        if found is None:
            self._lose()
            return
        was, was_to_read = (self.folded, self.slug, self.is_discarded), self.versions.is_to_read
        could_write = not self.edit_refusal
        is_news = self._take(found)
        self._say_lost()
        if self.folded != was[0]:  # what was refused of it before may be right now
            self._notices.outdated.emit(REFUSAL)
        came = self._meet(found.known, found.folded) if with_text else None
        if is_news or is_roster or (self.folded, self.slug, self.is_discarded) != was:
            self.changed.emit()
        if self.versions.is_to_read and not was_to_read:
            self.versions.combined.emit()
        if came is not None:
            self._show_fork()
            self.versions.came.emit(came)
        is_refused = self.edit_refusal and workflow.edit_refusal(found.folded, self._session.person)
        if could_write and is_refused and not self.is_discarded and self._text.flush() and self._has_copy:
            self.withdrawn.emit(self.edit_refusal)

    def _say_lost(self) -> None:
        """To whoever has left, once: nothing of what they wrote here counts."""
        folded, is_retired = self.folded, self._session.person.is_retired
        if folded and folded.lapse and is_retired and self._lost != folded.id and self._text.flush():
            self._lost = folded.id
            self.versions.lost.emit()

    def _lose(self) -> None:
        """Nothing is open any more, as the list has this article no more; what was typed in it stays in the store."""
        if not self._text.begin(None):
            return
        self.folded, self.slug, self.is_discarded, self._is_other_text = None, "", False, False
        self._heads, self._approved, self._hold = set(), None, ""
        self.versions.update(are_undecided=False, is_to_read=False)
        self.opened.emit()
        self.changed.emit()
        self.versions.lost.emit()

    def _look_again(self, article: ArticleId, *, with_text: bool) -> Opened | None:
        session, known = self._session, self._text.known
        return opening.look_again(session.store, article, known, session.person, with_text=with_text)

    def _take(self, found: Opened) -> bool:
        """Takes over what was read; True where there is news of its versions."""
        self.folded, self.slug, self.is_discarded = found.folded, found.slug, found.is_discarded
        self._is_other_text = self._has_other_text(found)
        self._is_here_only = self._stands_here_only(found.folded)
        return self.versions.update(are_undecided=len(found.folded.heads) > 1, is_to_read=found.is_to_read)

    def _stands_here_only(self, folded: Article) -> bool:
        return kept_out.is_filed_here_only(self._session.store, folded.id, folded.state)

    def _has_other_text(self, found: Opened) -> bool:
        """Whether words stand here, as after a restore, that are not those the desk has."""
        if not found.known.token or found.folded.state not in workflow.WITH_DESK:
            return False
        return queries.revision(self._session.store, found.folded.head).content != found.known.content

    def _show_fork(self) -> None:
        """What is being written beside a newer version becomes a version now: what is in conflict is seen at once."""
        known = self._text.known
        is_beside = known.is_mine and self.folded is not None and known.base not in self.folded.heads
        is_written = self._has_copy or self._text.is_unsaved
        if is_beside and is_written and self._session.key.is_open and not self.edit_refusal:
            self.save()

    @property
    def _has_copy(self) -> bool:
        return self._text.keeper is not None and self._text.keeper.has_copy

    def _meet(self, stored: KeptCopy, folded: Article) -> RevisionId | None:
        """Shows what the store has where nothing is being written here; returns what came beside it."""
        if not stored.token:
            self._text.show_version(stored)
        known = self._text.known
        new = [head for head in folded.heads if head not in {known.base, *self._heads}]
        self._heads |= set(folded.heads)
        came = [head for head in new if queries.revision(self._session.store, head).content != known.content]
        if came:  # and is not what was written here up to the last key
            return came[0]
        if stored.token and not self._is_own(stored.token) and not self._is_shared:
            self._is_shared = True
            self.other_writer_came.emit()
        return None

    def _is_own(self, token: str) -> bool:
        """Whether this window made a working copy."""
        return self._text.keeper is not None and self._text.keeper.has_made(token)
