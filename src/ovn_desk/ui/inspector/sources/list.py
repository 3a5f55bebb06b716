"""The sources of an article: what each is, how often it is cited, and a form to add or change one."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.citing import citations
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Attachment, Source, with_changes
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.inspector.sources.form import SourceForm
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import section
from ovn_desk.usecases import queries, sourcing


class SourceList(QWidget):
    """Cards of the article's sources; a card can be cited, changed, moved and removed."""

    citation_wanted = Signal(str)
    renamed = Signal(str, str)
    """A source's key was the first and is the second now."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._jobs = Worker(self)
        self.setAcceptDrops(True)
        self._heading = QLabel()
        self.add = QPushButton(self.tr("+ Add source"))
        self.add.setObjectName("add-source")
        self.form = SourceForm(lambda: session.today, self)
        self.form.files_given.connect(self._attach)
        self.form.file_wanted.connect(self._show_file)
        self._cards = section.lay_out(self, self._heading, self.add, self.form)
        self._shown: tuple[object, ...] = ()
        self.add.clicked.connect(self.open_form)
        self.form.saved.connect(self._save)
        article.opened.connect(self._another)
        text.rested.connect(self.refresh)
        article.changed.connect(self.refresh)

    def open_form(self, start: Source | None = None) -> None:
        """A form for a new source, ready to be typed into; `start` is what is known of it already."""
        if self._article.edit_refusal:
            self._notices.refused.emit(self._article.edit_refusal)
            return
        known = queries.ask(self._session.store, sourcing.earlier_sources)
        self.form.edit(None, self._taken_keys(), start=start, known=known)

    def open_source(self, key: str) -> None:
        """The form of a source the article has."""
        source = next((one for one in self._text.content.sources if one.key == key), None)
        if source is not None:
            self.form.edit(source, self._taken_keys(but=key))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._article.edit_refusal and (event.mimeData().hasUrls() or event.mimeData().hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file becomes a source with that file; an address or words a source with them."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_form(Source(name=files[0].stem))
            self._attach(files)
        else:
            self.open_form(sourcing.from_words(event.mimeData().text(), today=self._session.today))
        event.acceptProposedAction()

    def finish(self) -> None:
        self._jobs.finish()

    def _taken_keys(self, *, but: str = "") -> tuple[str, ...]:
        return tuple(source.key for source in self._text.content.sources if source.key != but)

    def _attach(self, files: list[Path]) -> None:
        """Files are read and stored off the window's thread; the form names them when they are there."""
        store = self._session.flushed_store()
        if store is None:
            return

        def take_files(came: tuple[list[Attachment], list[str]]) -> None:
            kept, refused = came
            self.form.add_files(kept)
            if refused:
                self.form.complain(" ".join(refused))

        self._jobs.run(lambda: sourcing.attach_all(store, files), done=take_files, refused=self.form.complain)

    def _show_file(self, attachment: Attachment) -> None:
        from ovn_desk.ui.inspector.sources.viewer import Viewer  # QtPdf would make every start slower

        try:
            viewer = Viewer(self._session.store, attachment, self.window())
        except DeskError as error:
            self.form.complain(str(error))
            return
        viewer.excerpt_wanted.connect(self.form.add_excerpt)
        viewer.show()

    def refresh(self) -> None:
        """Draws the cards anew when the sources, or how often they are cited, have changed."""
        content = self._text.content
        cited = [citation.key for citation in citations(content.body)]
        counts = tuple(cited.count(source.key) for source in content.sources)
        may_edit = not self._article.edit_refusal
        shown = (content.sources, counts, may_edit)
        if shown == self._shown:
            return
        self._shown = shown
        self.add.setEnabled(may_edit)
        self._heading.setText(self.tr("Sources {count}").format(count=len(content.sources) or ""))
        while taken := self._cards.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for source, count in zip(content.sources, counts, strict=True):
            self._cards.addWidget(self._card(source, count, may_edit=may_edit))
        if not content.sources:
            empty = QLabel(self.tr("No sources yet. Add whom or what the story rests on, then cite it in the text."))
            empty.setWordWrap(True)
            empty.setProperty("role", "soft")
            self._cards.addWidget(empty)

    def _card(self, source: Source, count: int, *, may_edit: bool) -> QFrame:
        card = _Card(source.key) if may_edit else QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 8, 6)
        column.setSpacing(4)
        title = QLabel()
        title.setTextFormat(Qt.TextFormat.PlainText)
        said = (source.label, source.medium, source.published)
        title.setText(" · ".join(f"\u2068{part}\u2069" for part in said if part))  # a date keeps its order in Urdu
        title.setWordWrap(True)
        title.setProperty("role", "heading")
        column.addWidget(title)
        if source.excerpts:
            excerpt = QLabel()
            excerpt.setTextFormat(Qt.TextFormat.PlainText)
            text = source.excerpts[0]
            excerpt.setText(text if len(text) < 120 else text[:117] + "…")
            excerpt.setWordWrap(True)
            excerpt.setProperty("role", "soft")
            column.addWidget(excerpt)
        row = QHBoxLayout()
        row.setSpacing(0)
        key = QLabel(f"@{source.key}")
        key.setProperty("role", "soft")
        chip = QLabel(self.tr("cited {count}×").format(count=count) if count else self.tr("not cited"))
        chip.setProperty("chip", "calm" if count else "warn")
        row.addWidget(key)
        row.addSpacing(8)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        column.addLayout(row)
        if may_edit:
            actions = QHBoxLayout()
            actions.setSpacing(0)
            for button in self._buttons(source):
                actions.addWidget(button)
            actions.addStretch()
            column.addLayout(actions)
        return card

    def _buttons(self, source: Source) -> list[QToolButton]:
        actions = (
            (self.tr("Cite"), self.tr("Cite {name} at the cursor"), lambda: self.citation_wanted.emit(source.key)),
            (self.tr("Edit"), self.tr("Change {name}"), lambda: self.open_source(source.key)),
            ("↑", self.tr("Move {name} up"), lambda: self._move(source.key, -1)),
            ("↓", self.tr("Move {name} down"), lambda: self._move(source.key, 1)),
            ("✕", self.tr("Remove {name}"), lambda: self._remove(source.key)),
        )
        made = []
        for sign, meaning, do in actions:
            button = QToolButton()
            button.setText(sign)
            button.setProperty("flat", True)
            button.setToolTip(meaning.format(name=source.label))
            button.setAccessibleName(meaning.format(name=source.label))
            button.clicked.connect(lambda _=False, act=do: act())
            made.append(button)
        return made

    def _save(self, source: Source, shown: Source | None) -> None:
        """Takes over what was changed in the form; what came from elsewhere while it was open stays."""
        was = shown.key if shown else ""
        now = next((one for one in self._text.content.sources if one.key == was), None)
        if shown and now:
            source = with_changes(now, shown, source)
        if shown and now and now != shown and source.terms.is_looser_than(now.terms):
            words = self.tr("A colleague has made this source {terms} meanwhile. Look at it again before you save.")
            self.form.complain(words.format(terms=now.terms))
            return
        try:
            self._text.edit(sources=sourcing.put_source(self._text.content.sources, source, replaces=was))
        except DeskError as error:
            self.form.complain(str(error))
            return
        if was and was != source.key:
            self.renamed.emit(was, source.key)
        self.form.hide()
        self.add.setFocus()

    def _move(self, key: str, by: int) -> None:
        self._text.edit(sources=sourcing.move_source(self._text.content.sources, key, by))

    def _remove(self, key: str) -> None:
        self._text.edit(sources=sourcing.remove_source(self._text.content.sources, key))

    def _another(self) -> None:
        self.form.hide()
        self.refresh()


class _Card(QFrame):
    """A card that can be dragged into the text, where it is a citation."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._pressed_at = QPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            drag = QDrag(self)
            data = QMimeData()
            data.setText(f"[@{self._key}]")
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)
