"""An article's history: every saved text and every step, each version to be read, compared and restored."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.article import RevisionId
from ovn_desk.ui.inspector.history.entry_painter import EntryPainter, EntryRole, EntryText
from ovn_desk.ui.inspector.history.version_sheet import VersionSheet
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import day_and_time, short_id
from ovn_desk.ui.widgets.side import Side
from ovn_desk.usecases import history, queries
from ovn_desk.usecases.history import HistoryEntry

_VERSION = Qt.ItemDataRole.UserRole
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class History(QWidget):
    """Newest first; a line shows its version, two chosen lines are compared with each other."""

    comparison_wanted = Signal(str, str)

    def __init__(
        self, session: Session, article: OpenArticle, notices: Notices, side: Side, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._notices, self._side = session, article, notices, side
        self._version = RevisionId("")
        self.sheet: VersionSheet | None = None
        self._list = QListWidget()
        self._list.setObjectName("history")
        self._list.setAccessibleName(self.tr("History"))
        self._list.setMouseTracking(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = EntryPainter(self.tr("the text now"), self)
        self._list.setItemDelegate(self._painter)
        self._compare = QPushButton(self.tr("Compare these two"))
        self._compare.hide()
        self._empty = QLabel(self.tr("Open an article to see what was done with it."), wordWrap=True)
        self._empty.setProperty("role", "soft")
        self._hint = QLabel(self.tr("Choose a version to read it; two, with Ctrl, to compare them."), wordWrap=True)
        self._hint.setProperty("role", "soft")
        self.where = QLabel(wordWrap=True)
        self.where.setProperty("role", "soft")
        self.where.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        for widget in (self._empty, self.where, self._list, self._hint, self._compare):
            column.addWidget(widget, 1 if widget is self._list else 0)
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self.refresh)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemClicked.connect(self._show_chosen)
        self._list.itemActivated.connect(self._show_chosen)
        self._compare.clicked.connect(self._ask_to_compare)
        article.opened.connect(self._pause.start)
        article.changed.connect(self._pause.start)
        article.opened.connect(self._leave_version)

    def refresh(self) -> None:
        """Shows what was done by now; the line that was chosen stays chosen."""
        article = self._article.folded
        self._empty.setVisible(article is None)
        self._hint.setVisible(article is not None)
        if article is None or not self.isVisible():
            self._list.clear()
            return
        lines = queries.ask(self._session.store, history.history, article.id)
        chosen = {item.data(_VERSION) for item in self._list.selectedItems()}
        self._list.clear()
        is_now = True
        for line in reversed(lines):
            said = self._describe(line, is_now=is_now and line.revision == article.head)
            is_now = is_now and not said.is_now
            item = QListWidgetItem(said.plain)
            item.setData(_VERSION, line.revision)
            item.setData(EntryRole, said)
            self._list.addItem(item)
            item.setSelected(line.revision in chosen and len(chosen) == 1)
            chosen -= {line.revision}

    def show_where(self, said: str) -> None:
        """Where the text and the versions of the open article are; empty where none is open."""
        if said != self.where.text():
            self.where.setText(said)
        self.where.setVisible(bool(said))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _describe(self, line: HistoryEntry, *, is_now: bool) -> EntryText:
        what = line.what[:1].upper() + line.what[1:]
        when = day_and_time(datetime.fromisoformat(line.at), newsroom_now(self._session.house))
        signed = self.tr("signed") if line.signature == "valid" else ""
        problem = line.problem
        if line.signature == "invalid":
            problem = " ".join((self.tr("This does not count."), problem)).strip()
        version = self.tr("version {short}").format(short=short_id(line.revision)) if line.revision else ""
        about = " · ".join(part for part in (line.by, when, version, signed) if part)
        return EntryText(what, about, f"“{line.note}”" if line.note else "", problem, is_now)

    def _update(self) -> None:
        self._compare.setVisible(len(self._list.selectedItems()) == 2)

    def _show_chosen(self, item: QListWidgetItem) -> None:
        """The version of a line, on a sheet; with Ctrl or Shift lines are only chosen, to be compared."""
        is_choosing = bool(QApplication.keyboardModifiers() & _CHOOSING)
        if is_choosing or len(self._list.selectedItems()) > 1 or not item.data(_VERSION):
            return
        self._version = RevisionId(item.data(_VERSION))
        said: EntryText = item.data(EntryRole)
        content = queries.revision(self._session.store, self._version).content
        article = self._article.folded
        is_head = article is not None and article.head == self._version
        refusal = self._article.edit_refusal or (self.tr("This is the newest version.") if is_head else "")
        sheet = self._open_sheet()
        sheet.show_version(said.what, said.about, content, refusal=refusal)
        self._side.show_sheet(sheet)
        sheet.text.setFocus()

    def _open_sheet(self) -> VersionSheet:
        """The one sheet there is, made when it is first asked for."""
        if self.sheet is None:
            self.sheet = VersionSheet()
            self.sheet.restore_wanted.connect(self._restore)
            self.sheet.comparison_wanted.connect(lambda: self.comparison_wanted.emit(self._version, ""))
            self.sheet.left.connect(self._leave_version)
        return self.sheet

    def _leave_version(self) -> None:
        if self.sheet is None or self._side.sheet is not self.sheet:
            return
        self._side.hide_sheet()
        if self.isVisible():
            self._list.setFocus()

    def _ask_to_compare(self) -> None:
        """Two lines against each other, the older first."""
        chosen = sorted(self._list.selectedItems(), key=self._list.row, reverse=True)
        if len(chosen) == 2:
            self.comparison_wanted.emit(*(str(item.data(_VERSION)) for item in chosen))

    def _restore(self) -> None:
        """The text of the version is the newest; what was there before is one button away."""
        if not self._article.bring_back(self._version):
            return
        article = self._article.folded
        self._leave_version()
        if article is None:
            return
        before = queries.parent_of(self._session.store, article.head)
        if before is not None:
            sentence = self.tr("The older version is the text now. What was there before is in the history.")
            self._notices.offer_undo(sentence, lambda: self._article.bring_back(before))
