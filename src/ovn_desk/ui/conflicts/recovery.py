"""Texts that never became a version: what was being written beside the newest version, and which of them stands."""

from datetime import datetime

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId, Content, RevisionId
from ovn_desk.text import words
from ovn_desk.text.changes import compare_contents
from ovn_desk.ui.state.clock import newsroom_now, newsroom_time
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import change_markup
from ovn_desk.ui.widgets.phrases import age, quantity
from ovn_desk.usecases import queries, recovering
from ovn_desk.usecases.recovering import UnfinishedText

_LIST_HEIGHT = 110


class RecoveryPane(QWidget):
    """Asks about one text at a time, with both in sight. Whatever is not chosen stays as a version in the history."""

    left = Signal()
    saving_wanted = Signal()
    """What stands here is to be saved as files."""
    write_wanted = Signal(str)
    """The id of an article to go on writing."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        was_stopped: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`was_stopped` says that the last window on this store was killed, or its computer stopped."""
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self.was_stopped = was_stopped
        self.found: list[UnfinishedText] = []
        self.is_answering = False
        """A story is opened for an answer here, and there may be another question."""
        self.lead = QLabel(wordWrap=True)
        self.lead.setProperty("role", "soft")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Texts not saved as a version yet"))
        self.list.setMaximumHeight(_LIST_HEIGHT)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.newest, self.written = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.view = _View()
        self.view.setAccessibleName(self.tr("The newest version beside what was being written"))
        self._refusal = QLabel(wordWrap=True)
        self._refusal.setProperty("chip", "warn")
        self.go_on = QPushButton(self.tr("Go on writing"))
        self.go_on.setObjectName("primary")
        self.go_on.clicked.connect(self._go_on)
        self.use_newest = QPushButton(self.tr("Use the newest version"))
        self.use_newest.setToolTip(self.tr("What was being written becomes a version in the history."))
        self.use_newest.clicked.connect(self._use_newest)
        self.save = QPushButton(self.tr("Save as files…"))
        self.save.setToolTip(self.tr("Each text that is no version, or counts at no desk, as a file to import."))
        self.save.clicked.connect(self.saving_wanted)
        self._lay_out()

    def open(self) -> bool:
        """Shows what there is to ask about; False where that is nothing."""
        if self._session.why_read_only:
            return False
        found = queries.ask(self._session.store, recovering.unfinished_texts, by=self._session.person)
        self.found = [one for one in found if one.is_uncounted or one.article != self._article.id]
        row = max(0, min(self.list.currentRow(), len(self.found) - 1))
        self.list.clear()
        now = newsroom_now(self._session.house)
        for one in self.found:
            name = one.written.headline or (one.newest and one.newest.content.headline) or self.tr("No headline yet")
            self.list.addItem(QListWidgetItem(f"{name} · {age(one.kept_at, now)}"))
        self.list.setVisible(len(self.found) > 1)
        self.list.setCurrentRow(row if self.found else -1)
        self._show()
        return bool(self.found)

    @property
    def chosen(self) -> UnfinishedText | None:
        row = self.list.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def refresh_colours(self) -> None:
        """Draws the comparison anew: its colours stand in it."""
        self._show()

    def _show(self) -> None:
        one = self.chosen
        for widget in (self.go_on, self.use_newest):
            widget.setEnabled(one is not None and not one.refusal)
        self.save.setVisible(any(one.is_uncounted for one in self.found))
        self._refusal.setVisible(one is not None and bool(one.refusal))
        self._offer_newest()
        self.lead.setText(self._describe())
        if one is None:
            for label in (self.newest, self.written):
                label.clear()
            self.view.clear()
            return
        self._refusal.setText(str(one.refusal or ""))
        if one.newest is not None:
            self.newest.setText(
                self.tr("<b>The newest version</b><br>{who}, {when}").format(
                    who=one.author, when=self._size(one.newest.content, one.newest.at)
                )
            )
        self.written.setText(
            self.tr("<b>What was being written</b><br>last at {when}").format(when=self._size(one.written, one.kept_at))
        )
        changes = compare_contents(one.newest.content if one.newest else one.written, one.written)
        self.view.setHtml(change_markup.whole(changes))

    def _describe(self) -> str:
        if not self.found:
            return self.tr("Every text is saved as a version.")
        one = self.tr("A text was being written and is not saved as a version yet.")
        many = self.tr("{number} texts were being written and are not saved as versions yet.")
        said = one if len(self.found) == 1 else many.format(number=len(self.found))
        if self.was_stopped:
            said = self.tr(
                "The desk stopped in the middle of something. What it had kept by then is here; below stands when "
                "that was. {said}"
            ).format(said=said)
        if all(one.is_uncounted for one in self.found):
            return self.tr("What was written here counts at no desk. It is kept: it can be read, copied and saved.")
        if self._is_only_text:
            return self.tr("{said} No version has a word of it yet: go on writing where it stands.").format(said=said)
        return self.tr("{said} Which one stands? The other stays in the history.").format(said=said)

    @property
    def _is_only_text(self) -> bool:
        """Whether the chosen text has words and its newest version none: between these there is nothing to choose."""
        one = self.chosen
        if one is None:
            return False
        if one.newest is None:
            return True
        return bool(words.count(one.written.body)) and not words.count(one.newest.content.body)

    def _offer_newest(self) -> None:
        """An empty version is no choice, and is not compared with."""
        for widget in (self.use_newest, self.newest):
            widget.setHidden(self._is_only_text)

    def _size(self, content: Content, moment: datetime) -> str:
        at = newsroom_time(self._session.house, moment)
        number = quantity(words.count(content.body), "word", "words")
        return f"{at:%d %b %H:%M:%S} ({age(moment, newsroom_now(self._session.house))}) · {number}"

    def _go_on(self) -> None:
        if one := self.chosen:
            self.write_wanted.emit(one.article)

    def _use_newest(self) -> None:
        """Opens the article, so that the text that goes can be brought back by undo, and lets the version stand."""
        one = self.chosen
        if one is None:
            return
        self.is_answering = True
        self._article.open(one.article, shows_fork=False)  # which of them stands is decided here
        self.is_answering = False
        store = self._session.flushed_store()
        if store is None or self._article.id != one.article:
            return
        session, known, written = self._session, self._text.known, list[RevisionId]()
        act = recovering.use_newest
        if not self._notices.try_action(lambda: written.append(act(store, one.article, by=session.by, known=known))):
            return
        self._notices.said.emit(
            Notice(
                self.tr("The newest version stands. What was being written is a version before it."),
                answers=[(self.tr("Undo"), lambda _: self._take_back(one.article, written[0]))],
            )
        )
        if not self.open():
            self.left.emit()

    def _take_back(self, article: ArticleId, revision: RevisionId) -> None:
        self._article.open(article)
        if self._article.id == article:
            self._article.bring_back(revision)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Not a version yet"))
        title.setProperty("role", "title")
        self.later = QPushButton(self.tr("Later"))
        self.later.clicked.connect(self.left)
        answers = QHBoxLayout()
        answers.setSpacing(12)
        for button in (self.save, self.go_on, self.use_newest, self.later):
            answers.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(title, 1)
        top.addLayout(answers)
        heads = QHBoxLayout()
        heads.setSpacing(24)
        for label in (self.newest, self.written):
            label.setTextFormat(Qt.TextFormat.RichText)
            heads.addWidget(label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.lead)
        column.addWidget(self.list)
        column.addWidget(self._refusal)
        column.addLayout(heads)
        column.addWidget(self.view, 1)


class _View(QTextBrowser):
    """Both texts; nothing in it leads anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("changes")
        self.setOpenLinks(False)
        self.document().setDefaultStyleSheet("a { text-decoration: none; }")

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        del kind, url  # nothing is fetched for what is only text
        return None
