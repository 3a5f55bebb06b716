"""Writing down a source: the sheet it is written on, its files, the draft of one that is put aside."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.citing import citations
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.source import Attachment, Source, with_changes
from ovn_desk.domain.texts import key_for
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.inspector.sources.kinds import Shape
from ovn_desk.ui.inspector.sources.sheet import SourceSheet
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import THIS_STORY
from ovn_desk.usecases import queries, source_drafts, sourcing
from ovn_desk.usecases.source_drafts import SourceDraft

DRAFT = "source draft"
"""What the sentence about a draft that was put aside is about."""
ADDED = "added to a source"
"""What is said of a file or an address that came to a source that was begun, while its sheet is open."""
DISCARDED = "discarded source"
"""What is said of one that was thrown away, until the text is changed, or another story is open."""
_REST_MS = 2_000


class SourceEditing(QObject):
    """Opens the sheet, saves what is written on it into the working text, and loses nothing that was typed."""

    opened = Signal()
    closed = Signal()
    draft_changed = Signal()
    citation_wanted = Signal(str)
    renamed = Signal(str, str)
    """A source's key was the first and is the second now."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._jobs = Worker(self)
        self.is_open = False
        self.draft: SourceDraft | None = None
        """What was put aside of the open article's sources."""
        self._for: ArticleId | None = None
        self._replaces = ""
        self._sheet: SourceSheet | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._keep)
        article.opened.connect(self._follow_article)
        self._offers_discarded = False
        text.changed.connect(self._withdraw_discarded)

    @property
    def sheet(self) -> SourceSheet:
        """Made when it is first needed: the window starts without it."""
        if self._sheet is None:
            self._sheet = SourceSheet(lambda: self._session.today)
            self._connect(self._sheet)
        return self._sheet

    def open_new(self, start: Source | None = None) -> None:
        """The sheet for a new source; one that is being written, or was put aside, goes on with what came besides."""
        if self._article.edit_refusal:
            self._notices.refused.emit(self._article.edit_refusal)
            return
        if self.is_open and (self.sheet.is_filled or not self._replaces):
            self._show_again(start)
        elif self.draft is not None:
            self.continue_draft()
            self._show_again(start)
        else:
            self._show(None, start=start)

    def open_source(self, key: str) -> None:
        """The sheet of a source the article has; what is being written of another one becomes a draft."""
        source = self._find(key)
        if source is None or (self.is_open and self._replaces == key):
            self._show_again(None)
            return
        self._put_aside()
        if self.draft is not None and self.draft.replaces == key:
            self.continue_draft()
        else:
            self._show(source)

    def continue_draft(self) -> None:
        """The sheet as it was when it was put aside; one that is open already stays as it is."""
        if self.is_open:
            self._show_again(None)
        elif self.draft is not None:
            self._show(self._find(self.draft.replaces), start=self.draft.source, shape=Shape[self.draft.shape])

    def discard_draft(self) -> None:
        """Throws away what was put aside; Undo brings it back."""
        draft, article = self.draft, self._article.id
        if draft is None or article is None:
            return
        self._keep_draft(article, None)
        self._say_discarded(article, draft)

    def take(self, data: QMimeData) -> None:
        """What was dropped where sources are listed becomes a source."""
        self.open_new()
        if self.is_open:
            self.sheet.take(data)

    def finish(self) -> None:
        """Keeps what is on the sheet for the next run."""
        if self.is_open and self.sheet.is_filled:
            self._keep()
        self._jobs.finish()

    # The sheet

    def _connect(self, sheet: SourceSheet) -> None:
        sheet.saved.connect(self._save)
        sheet.left.connect(self.leave)
        sheet.discarded.connect(self._discard)
        sheet.parts.added.connect(self._say_added)
        sheet.edited.connect(self._note_edit)
        sheet.files_given.connect(self._attach)
        sheet.file_wanted.connect(self._show_file)
        sheet.parts.earlier.count_wanted.connect(self._count_uses)

    def _show(self, source: Source | None, *, start: Source | None = None, shape: Shape | None = None) -> None:
        self._for, self._replaces = self._article.id, source.key if source else ""
        taken = tuple(one.key for one in self._text.content.sources if one.key != self._replaces)
        name = (start or source or Source()).name
        self.sheet.show_source(
            source,
            taken,
            start=start,
            shape=shape,
            known=queries.ask(self._session.store, sourcing.earlier_sources),
            refusal=self._article.edit_refusal,
            is_asked=bool(name) and any(reply.name == name for reply in self._text.content.replies),
        )
        self.is_open = True
        self.opened.emit()
        self.sheet.focus_first()
        self.draft_changed.emit()

    def _say_added(self, before: Source, shape: Shape) -> None:
        """What is pasted may be of another source: it is said where it went, and one press takes it away again."""
        article, replaces = self._for, self._replaces

        def take_away() -> None:
            if self.is_open and (article, replaces) == (self._for, self._replaces):
                self._show(self._find(replaces), start=before, shape=shape)

        said = self.tr("What you pasted was added to the source you are writing.")
        self._notices.said.emit(Notice(said, undo=take_away, topic=ADDED))

    def _show_again(self, start: Source | None) -> None:
        if self.is_open:
            self.opened.emit()
            if start is not None:
                self.sheet.take_source(start)
            self.sheet.focus_first()

    def _close(self) -> None:
        if not self.is_open:
            return
        self._rest.stop()
        self.is_open = False
        self._notices.outdated.emit(ADDED)
        self.closed.emit()
        self.draft_changed.emit()

    def _find(self, key: str) -> Source | None:
        return next((one for one in self._text.content.sources if one.key == key), None)

    def _note_edit(self) -> None:
        if self.is_open:
            self._rest.start()

    # Drafts

    def leave(self) -> None:
        """Closes the sheet; what is filled in waits for its writer."""
        if self._put_aside():
            title = self.sheet.title
            again = (self.tr("Continue"), lambda _: self.continue_draft())
            words = self.tr("Draft source kept: {name}.") if title else self.tr("Draft source kept.")
            self._notices.said.emit(Notice(words.format(name=title), answers=[again], topic=DRAFT))

    def _discard(self) -> None:
        article, draft = self._for, self._draft_now()
        was_filled = self.sheet.is_filled
        self._close()
        if article is not None:
            self._keep_draft(article, None)
            if was_filled:
                self._say_discarded(article, draft)

    def _say_discarded(self, article: ArticleId, draft: SourceDraft) -> None:
        def bring_back() -> None:
            if self.is_open and self.sheet.is_filled:
                words = self.tr("Save the source you are writing first; then what you discarded can come back.")
                self._notices.offer_undo(words, bring_back)
                return
            self._keep_draft(article, draft)
            if article == self._article.id:
                self._close()
                self.continue_draft()

        words = self.tr("Changes discarded.") if draft.replaces else self.tr("Source discarded.")
        self._notices.said.emit(Notice(words, undo=bring_back, topic=DISCARDED))
        self._offers_discarded = True

    def _withdraw_discarded(self) -> None:
        """Whoever goes on with something else does not want it back."""
        if self._offers_discarded:
            self._offers_discarded = False
            self._notices.outdated.emit(DISCARDED)

    def _put_aside(self) -> bool:
        """Closes the sheet; whether there was something on it that is a draft now."""
        if not self.is_open:
            return False
        is_filled = self.sheet.is_filled
        if is_filled:
            self._keep()
        self._close()
        return is_filled

    def _draft_now(self) -> SourceDraft:
        return SourceDraft(self.sheet.source(), self._replaces, self.sheet.parts.fields.shape.name)

    def _keep(self) -> None:
        self._rest.stop()
        if self._for is not None and self.is_open and self.sheet.is_filled:
            self._keep_draft(self._for, self._draft_now())

    def _keep_draft(self, article: ArticleId, draft: SourceDraft | None) -> None:
        if article == self._article.id and draft != self.draft:
            self.draft = draft
            self.draft_changed.emit()
        store = self._session.flushed_store()
        if store is not None and not self._session.why_read_only:
            refused = self._notices.refused.emit
            self._jobs.run(
                lambda: source_drafts.keep_draft(store, article, draft), done=lambda _: None, refused=refused
            )

    def _follow_article(self) -> None:
        """Another article was opened: what was written for the one before stays with it."""
        self._withdraw_discarded()
        self._put_aside()
        self._jobs.finish()
        article = self._article.id
        self.draft = queries.ask(self._session.store, source_drafts.read_draft, article) if article else None
        self.draft_changed.emit()

    # Saving

    def _save(self, source: Source, shown: Source | None, is_cited: bool) -> None:  # noqa: FBT001 (a signal's value)
        """Takes over what was changed on the sheet; what came from elsewhere while it was open stays."""
        if self._article.edit_refusal:
            self._complain(self._article.edit_refusal)
            return
        was = shown.key if shown else ""
        now = self._find(was)
        if shown and now:
            source = with_changes(now, shown, source)
        if shown and now and now != shown and source.terms.is_looser_than(now.terms):
            words = self.tr("A colleague has made this source {terms} meanwhile. Look at it again before you save.")
            self._complain(words.format(terms=now.terms))
            return
        replaces = was if now else ""
        fitting = self._key_fitting(shown, source) if shown and now and source.key == was else ""
        is_cited_already = any(citation.key == was for citation in citations(self._text.content.body))
        if fitting and not is_cited_already:
            source, fitting = replace(source, key=fitting), ""
        try:
            sources = sourcing.put_source(self._text.content.sources, source, replaces=replaces)
        except DeskError as error:
            self._complain(str(error))
            return
        self._text.edit(sources=sources, **self._replies_with(source))
        if self._for is not None:
            self._keep_draft(self._for, None)
        self._close()
        self._withdraw_discarded()
        if replaces and replaces != source.key:
            self.renamed.emit(replaces, source.key)
        if fitting:
            self._offer_key(source.key, fitting)
        if is_cited:
            self.citation_wanted.emit(source.key)

    def _key_fitting(self, shown: Source, source: Source) -> str:
        """The key of a source's new name, where it had that of its old one; empty where a key was chosen, or stays."""
        taken = tuple(one.key for one in self._text.content.sources if one.key != source.key)
        was, now = (key_for(one.name or one.outlet, taken) for one in (shown, source))
        return now if source.key == was != now else ""

    def _offer_key(self, key: str, fitting: str) -> None:
        """The text cites a source by the name it had: it may follow."""
        article = self._article.id

        def rename(_: str) -> None:
            source = self._find(key)
            if source is not None and article == self._article.id and self._find(fitting) is None:
                renamed = sourcing.put_source(self._text.content.sources, replace(source, key=fitting), replaces=key)
                self._text.edit(sources=renamed)
                self.renamed.emit(key, fitting)

        said = self.tr("The text still cites this source as @{key}.").format(key=key)
        answer = (self.tr("Cite it as @{key}").format(key=fitting), rename)
        self._notices.said.emit(Notice(said, answers=[answer], topic=THIS_STORY))

    def _replies_with(self, source: Source) -> dict[str, tuple[Reply, ...]]:
        """The change that writes down that a source was asked for a reply; nothing where it was not."""
        replies, name = self._text.content.replies, source.name or source.outlet
        if not self.sheet.is_asked or any(reply.name == name for reply in replies):
            return {}
        asked = Reply(name=name, asked_at=self._session.today, how=source.medium, contact=source.contact)
        return {"replies": (*replies, asked)}

    # Files and earlier stories

    def _complain(self, sentence: str) -> None:
        self.sheet.parts.complaint = sentence

    def _attach(self, files: list[Path | bytes]) -> None:
        """Files are read and stored off the window's thread; the sheet names them when they are there."""
        store, name = self._session.flushed_store(), self.tr("Pasted picture.png")
        if store is None:
            return

        def take_files(came: tuple[list[Attachment], list[str]]) -> None:
            kept, refused = came
            self.sheet.add_files(kept)
            if refused:
                self._complain(" ".join(refused))

        self._jobs.run(lambda: sourcing.attach_all(store, files, unnamed=name), done=take_files, refused=self._complain)

    def _show_file(self, attachment: Attachment) -> None:
        from ovn_desk.ui.inspector.sources.viewer import Viewer  # QtPdf would make every start slower

        try:
            viewer = Viewer(self._session.store, attachment)
        except DeskError as error:
            self._complain(str(error))
            return
        viewer.excerpt_wanted.connect(self.sheet.add_excerpt)
        viewer.left.connect(self.sheet.show_fields)
        self.sheet.show_file(viewer)

    def _count_uses(self, source: Source) -> None:
        """How often somebody was named before, counted beside the window."""
        earlier, store, article = self.sheet.parts.earlier, self._session.store, self._article.id
        self._jobs.run(
            lambda: queries.ask(store, sourcing.earlier_use, source, but=article),
            done=lambda use: earlier.show_use(source, use, newsroom_now(self._session.house)),
            refused=self._complain,
        )
