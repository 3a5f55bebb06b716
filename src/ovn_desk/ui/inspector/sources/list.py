"""The sources of an article in Details: a card each, a draft that waits, and the way to a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.citing import citations
from ovn_desk.domain.verification import Status
from ovn_desk.ui.inspector.sources.card import CardState, SourceCard
from ovn_desk.ui.inspector.sources.editing import SourceEditing
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.incoming_files import is_ours
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import section
from ovn_desk.ui.widgets.file_drops import take_files
from ovn_desk.usecases import sourcing


class SourceList(QWidget):
    """Cards of the article's sources; `editing` writes one down."""

    citation_wanted = Signal(str)
    place_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        checks: Checks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._article, self._text, self._notices, self._checks = article, text, notices, checks
        self.editing = SourceEditing(session, article, text, notices, self)
        take_files(self, lambda data, _: self.editing.take(data), wants=self._wants_files)
        self.setAcceptDrops(True)
        self._heading = QLabel()
        self.add = QPushButton(self.tr("+ Add"))
        self.add.setObjectName("add-source")
        self.add.setAccessibleName(self.tr("Add a source"))
        self._draft = _DraftRow(self.editing)
        self._cards = section.lay_out(self, self._heading, self.add, self._draft)
        self._shown: tuple[object, ...] = ()
        self.add.clicked.connect(lambda: self.editing.open_new(None))
        self.editing.draft_changed.connect(self._draft.refresh)
        article.opened.connect(self.refresh)
        text.rested.connect(self.refresh)
        article.changed.connect(self.refresh)
        checks.changed.connect(self.refresh)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._article.edit_refusal and (event.mimeData().hasUrls() or event.mimeData().hasText()):
            event.acceptProposedAction()

    def _wants_files(self, files: Sequence[Path]) -> bool:
        return not self._article.edit_refusal and not any(map(is_ours, files))

    def dropEvent(self, event: QDropEvent) -> None:
        """A file becomes a source with that file; an address or words a source with them."""
        self.editing.take(event.mimeData())
        event.acceptProposedAction()

    def finish(self) -> None:
        self.editing.finish()

    def refresh(self) -> None:
        """Draws the cards anew when the sources, how often they are cited, or how they compare has changed."""
        content = self._text.content
        cited = [citation.key for citation in citations(content.body)]
        differing = {key for one in self._checks.latest.claims if one.status is Status.DIFFERS for key in one.sources}
        may_edit = not self._article.edit_refusal
        states = [
            CardState(cited.count(source.key), source.key in differing, may_edit=may_edit) for source in content.sources
        ]
        shown = (content.sources, *states, may_edit)
        if shown == self._shown:
            return
        self._shown = shown
        self.add.setEnabled(may_edit)
        count = len(content.sources)
        self._heading.setText(self.tr("Sources {count}").format(count=count) if count else self.tr("Sources"))
        while taken := self._cards.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for source, state in zip(content.sources, states, strict=True):
            self._cards.addWidget(self._card(SourceCard(source, state)))
        if not content.sources:
            empty = QLabel(self.tr("No sources yet. Add whom or what the story rests on, then cite it in the text."))
            empty.setWordWrap(True)
            empty.setProperty("role", "soft")
            self._cards.addWidget(empty)

    def _card(self, card: SourceCard) -> SourceCard:
        card.opened.connect(self.editing.open_source)
        card.citation_wanted.connect(self.citation_wanted)
        card.place_wanted.connect(self.place_wanted)
        card.move_wanted.connect(self._move)
        card.removal_wanted.connect(self._remove)
        return card

    def _move(self, key: str, by: int) -> None:
        self._text.edit(sources=sourcing.move_source(self._text.content.sources, key, by))

    def _remove(self, key: str) -> None:
        """Takes a source away; Undo puts it back in its place."""
        sources = self._text.content.sources
        place = next((number for number, source in enumerate(sources) if source.key == key), None)
        article = self._article.id
        if place is None:
            return
        removed = sources[place]
        self._text.edit(sources=sourcing.remove_source(sources, key))

        def bring_back() -> None:
            now = self._text.content.sources
            if self._article.id == article and all(source.key != key for source in now):
                self._text.edit(sources=(*now[:place], removed, *now[place:]))

        words = self.tr("Removed {name}.").format(name=removed.label)
        self._notices.offer_undo(words, bring_back)


class _DraftRow(QFrame):
    """Says that a source is half written, and takes one back to it."""

    def __init__(self, editing: SourceEditing) -> None:
        super().__init__()
        self._editing = editing
        self.setProperty("role", "card")
        self.setObjectName("source-draft")
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.go_on, discard = QPushButton(self.tr("Continue")), QPushButton(self.tr("Discard"))
        for button in (self.go_on, discard):
            button.setProperty("link", True)
        self.go_on.clicked.connect(editing.continue_draft)
        discard.clicked.connect(editing.discard_draft)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.go_on)
        row.addWidget(discard)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addLayout(row)

    def refresh(self) -> None:
        """Shown while there is a draft and its sheet is not open."""
        draft = self._editing.draft
        self.setVisible(draft is not None and not self._editing.is_open)
        if draft is not None:
            name = draft.source.label or draft.source.url or self.tr("without a name")
            self._words.setText(self.tr("Draft source kept: {name}").format(name=name))
