"""The desk: four columns, a bar above them for what needs an answer, a status line below."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QTabWidget,
    QWidget,
)

from ovn_desk.domain.article import ArticleId, RevisionId
from ovn_desk.domain.workflow import EDITORS
from ovn_desk.text.anchors import Anchored
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui import commands, search, theme
from ovn_desk.ui.arrivals import Arrivals
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.budget import Budget
from ovn_desk.ui.checks import Checks
from ovn_desk.ui.conflicts import DecidingPane
from ovn_desk.ui.copies import SafetyCopies
from ovn_desk.ui.details import Details
from ovn_desk.ui.disk import DiskWatch
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.editor.claims import ClaimMarks
from ovn_desk.ui.editor.margin import Margin, Sign
from ovn_desk.ui.evidence import EvidencePane
from ovn_desk.ui.export import ExportPane
from ovn_desk.ui.files import Files
from ovn_desk.ui.frame import StatusLine, TopBar
from ovn_desk.ui.history import History
from ovn_desk.ui.images import Intake
from ovn_desk.ui.live import LivePage
from ovn_desk.ui.message_bar import MessageBar
from ovn_desk.ui.notices import Notice
from ovn_desk.ui.palette import Palette
from ovn_desk.ui.preview import Preview
from ovn_desk.ui.recovery import RecoveryPane
from ovn_desk.ui.review import CommentsPane, ReviewPane
from ovn_desk.ui.review.signs import CommentSigns
from ovn_desk.ui.saving import SaveState, Saving
from ovn_desk.ui.sharing import Sharing
from ovn_desk.ui.window import layout, wiring
from ovn_desk.ui.window.middle import Middle
from ovn_desk.ui.workspace import Workspace
from ovn_desk.ui.writing import WritingPane
from ovn_desk.usecases import pictures

_FRAME = 40


class Desk(QMainWindow):
    """Arranges the panes around one workspace and runs the commands."""

    closed = Signal()

    def __init__(self, workspace: Workspace, editor: Editor, *, was_stopped: bool = False) -> None:
        """`editor` is the one whose `settle` the workspace was given.

        `was_stopped` says that the last window on this store was killed, or its computer stopped.
        """
        super().__init__()
        self.workspace: Workspace = workspace
        session, article, text = workspace.session, workspace.article, workspace.text
        steps, preferences, notices = workspace.steps, workspace.preferences, workspace.notices
        self.setWindowTitle("OVN Desk")
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        self.bar = MessageBar()
        self.top = TopBar(session, article, text, steps)
        self.status = StatusLine(session, article, text)
        self.list: ArticleList = ArticleList(session, article)
        self.writing: WritingPane = WritingPane(article, text, preferences, editor)
        self.editor: Editor = editor
        self.preview: Preview = Preview(partial(pictures.served, session))
        self.checks: Checks = Checks(session, article, text, notices, self)
        self.margin: Margin = Margin(self.editor)
        self.marks: ClaimMarks = ClaimMarks(self.editor, self.margin, self.checks)
        self.details: Details = Details(session, article, text, notices, self.checks)
        self.evidence: EvidencePane = EvidencePane(session, article, text, self.checks, self.bar)
        self.review: ReviewPane = ReviewPane(session, article, text, steps, notices)
        self.budget: Budget = Budget(session)
        self.export: ExportPane = ExportPane(session, steps, notices)
        self.deciding: DecidingPane = DecidingPane(session, article, notices)
        self.sharing: Sharing = Sharing(session, article, text, self.bar, self)
        self.comments: CommentsPane = CommentsPane(session, article, text, notices)
        self.comment_signs = CommentSigns(self.editor, self.margin, self.comments)
        self.middle: Middle = Middle()
        self.columns: QSplitter = QSplitter()
        self.history: History = History(session, article)
        self.inspector: QTabWidget = QTabWidget()
        self.palette_box: Palette = Palette(lambda text: search.choices(self, text), self)
        self.arrivals = Arrivals(session, article, text, notices, self)
        self.recovery = RecoveryPane(session, article, text, notices, was_stopped=was_stopped)
        self.page: LivePage = LivePage(session, article, text, self.preview, self)
        self.files: Files = Files(session, self.bar, self)
        self.copies: SafetyCopies = SafetyCopies(session, article, preferences, notices, self.bar, self)
        self.disk = DiskWatch(session, text, notices, self.bar, self)
        self.intake = Intake(session, article, text, self.bar, self)
        self.actions_by_name = commands.make_actions(self)
        layout.arrange(self)
        wiring.connect(self)
        self.refresh()
        self.show_recovery()
        self.copies.warn()
        self.disk.show()

    # Commands

    @property
    def is_editor(self) -> bool:
        return self.workspace.session.person.role in EDITORS

    def start_article(self) -> None:
        self.workspace.article.start()
        self.writing.headline.setFocus()

    def open_article(self, article: str) -> None:
        self.workspace.article.open(ArticleId(article))
        if not self.workspace.article.edit_refusal and not self.list.view.hasFocus():
            self.editor.setFocus()

    def save(self) -> None:
        self.workspace.article.save()

    def export_this(self) -> None:
        if self.workspace.article.id:
            self._open_export(self.workspace.article.id)

    def export_site(self) -> None:
        self._open_export(None)

    def _open_export(self, only: ArticleId | None) -> None:
        self.middle.setCurrentWidget(self.export)
        self.export.open(only)

    def add_source(self) -> None:
        self.inspector.show()
        self.show_tab(self.details)
        self.details.sources.open_form()

    def write(self) -> None:
        """The editor in the middle."""
        self.middle.setCurrentWidget(self.writing)
        self.editor.setFocus()

    def review_changes(self) -> None:
        """What changed in the middle, or the editor again."""
        if self.middle.shows(self.review):
            self.write()
            return
        if not self.workspace.article.edit_refusal:
            self.workspace.article.save()  # only what is a version can be decided on
        self.middle.setCurrentWidget(self.review)
        self.review.open()
        self.show_tab(self.comments)
        self.review.view.setFocus()

    def show_budget(self) -> None:
        """The news budget in the middle, or the editor again."""
        self.middle.setCurrentWidget(self.writing if self.middle.shows(self.budget) else self.budget)

    def show_recovery(self) -> None:
        """Texts that were being written and never became a version, if there are any."""
        if self.recovery.open():
            self.middle.setCurrentWidget(self.recovery)

    def decide(self) -> None:
        """What has to be decided between two versions of the article."""
        if self.deciding.open():
            self.middle.setCurrentWidget(self.deciding)

    def compare(self, older: str, newer: str) -> None:
        """Two versions laid over each other; without a newer one the text now."""
        self.middle.setCurrentWidget(self.review)
        self.review.compare(RevisionId(older), RevisionId(newer) if newer else None)

    def write_comment(self, field: str, start: int, end: int) -> None:
        """A comment about some letters of a field, ready to be typed."""
        self.show_tab(self.comments)
        self.comments.write_about(field, start, end)

    def comment_on_selection(self) -> None:
        self.write_comment("body", *self.editor.selection())

    def open_source(self, key: str) -> None:
        """Shows a source of the article in its form."""
        self.show_tab(self.details)
        self.details.sources.open_source(key)

    def cite(self, key: str) -> None:
        self.editor.insert(f"[@{key}]")

    def add_pictures(self) -> None:
        self.intake.choose(self.editor.textCursor())

    def show_picture(self, key: str) -> None:
        """Puts a picture of the article into its text, at the cursor."""
        self.editor.insert_paragraph(f"![](image:{key})", self.editor.textCursor())
        self.editor.setFocus()

    def focus_filter(self) -> None:
        self.list.show()
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def show_tab(self, pane: QWidget) -> None:
        self.inspector.show()
        self.inspector.setCurrentWidget(pane)

    def toggle(self, pane: QWidget) -> None:
        pane.setVisible(not pane.isVisible())

    def write_alone(self) -> None:
        panes = (self.list, self.preview, self.inspector)
        is_alone = not any(pane.isVisible() for pane in panes)
        for pane in panes:
            pane.setVisible(is_alone)
        self.editor.setFocus()

    def next_pane(self, step: int) -> None:
        """F6: list, writing, preview's buttons, inspector, the main button; only what is shown."""
        stops: list[tuple[QWidget, QWidget]] = [
            (self.list, self.list.view),
            (self.writing, self.editor),
            (self.review, self.review.view),
            (self.inspector, self.inspector.tabBar()),
            (self.top, self.top.next),
        ]
        shown = [(pane, stop) for pane, stop in stops if pane.isVisible() and stop.isEnabled()]
        focus = QApplication.focusWidget()
        here = next((i for i, (pane, _) in enumerate(shown) if focus and pane.isAncestorOf(focus)), -step)
        shown[(here + step) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def photograph(self) -> QPixmap:
        """A picture of the window; the preview is a window of its own and is put in its place."""
        picture = self.grab()
        painter = QPainter(picture)
        self.preview.paint_into(painter, self)
        painter.end()
        return picture

    def close_window(self) -> None:
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files dropped beside the text come in as articles, or as what a colleague handed over."""
        event.acceptProposedAction()
        self.files.bring_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.workspace.close():
            event.ignore()
            self.bar.say(
                self.tr("The text is not saved yet: {why}").format(why=self.workspace.text.save_state.why),
                tone="bad",
                sticky=True,
                answers=[
                    (self.tr("Copy the text"), lambda _: self._copy_text()),
                    (self.tr("Close without saving"), lambda _: self._abandon()),
                ],
            )
            return
        self.page.finish()
        self.files.finish()
        self.intake.finish()
        self.details.images.finish()
        self.writing.spelling.finish()
        self.checks.finish()
        self.review.finish()
        self.export.finish()
        self.sharing.finish()
        self.disk.finish()
        self.copies.finish()
        self.closed.emit()
        super().closeEvent(event)

    # What is shown

    def refresh(self) -> None:
        space = self.workspace
        commands.refresh(self, self.actions_by_name)
        self.top.refresh()
        hub = self.sharing.hub
        copied = [at for at in (self.copies.last_away, hub.synced_at) if at]
        self.status.refresh(max(copied, default=None), hub=hub.standing())
        if space.article.folded is None:
            self.preview.show_message(self.tr("Choose an article in the list, or start one with + New."))
            return
        self.setWindowTitle(f"{space.text.content.headline or self.tr('New article')} – OVN Desk")

    def show_spelling(self) -> None:
        self.status.show_spelling(self.writing.spelling.summary(self.workspace.text.content.language))
        self.actions_by_name["spelling.check"].setChecked(self.writing.spelling.is_on)

    def show_saving(self) -> None:
        state: SaveState = self.workspace.text.save_state
        self.top.show_saving()
        if state.saving is Saving.NOT_SAVED:
            self.bar.say(
                self.tr("NOT SAVED: {why} The desk tries again every few seconds.").format(why=state.why),
                tone="bad",
                sticky=True,
                answers=[(self.tr("Copy the text"), lambda _: self._copy_text())],
            )
        elif state.saving is Saving.SAVED and self.bar.text.startswith(self.tr("NOT SAVED")):
            self.bar.put_away()

    def count_claims(self) -> None:
        """The meter in the status line, and what is open on the tab."""
        held, whole = self.checks.counted
        self.status.show_claims(held, whole)
        left = whole - held
        title = self.tr("Evidence {number}").format(number=left) if left else self.tr("Evidence")
        self.inspector.setTabText(self.inspector.indexOf(self.evidence), title)

    def count_comments(self) -> None:
        left = self.comments.open_count
        title = self.tr("Review {number}").format(number=left) if left else self.tr("Review")
        self.inspector.setTabText(self.inspector.indexOf(self.comments), title)

    def show_comment(self, placed: PlacedComment) -> None:
        """The words a comment is about, chosen in the text."""
        if isinstance(placed.place, Anchored) and placed.comment.on.field == "body":
            self.write()
            self.editor.select(placed.place.start, placed.place.end)

    def cite_at(self, line: int, column: int) -> None:
        self.editor.go_to(line, column)
        self.palette_box.open("@")

    def show_sign(self, sign: Sign) -> None:
        self.editor.setTextCursor(sign.cursor)
        if sign.name:
            self.show_tab(self.comments)
            return
        self.show_tab(self.evidence)
        self.evidence.select(self.marks.at_cursor())

    def stand_at(self, item: object) -> None:
        """The card follows the cursor while the panel is open."""
        if item is not None and self.evidence.isVisible():
            self.evidence.select(self.marks.at_cursor())

    def show_fitting(self) -> None:
        """As large as drawn, or the whole screen where that is smaller."""
        room = self.screen().availableGeometry()
        if room.width() > self.width() and room.height() > self.height() + _FRAME:
            self.show()
        else:
            self.showMaximized()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.page.remake()

    # Answers

    def say(self, notice: Notice) -> None:
        self.bar.say(notice.sentence, tone=notice.tone, answers=notice.answers, sticky=notice.is_sticky)

    def refuse(self, sentence: str) -> None:
        self.bar.say(sentence, tone="warn")

    def _copy_text(self) -> None:
        content = self.workspace.text.content
        QGuiApplication.clipboard().setText(f"{content.headline}\n\n{content.standfirst}\n\n{content.body}")

    def _abandon(self) -> None:
        self.workspace.abandon()
        self.page.finish()
        self.writing.spelling.finish()
        self.closed.emit()
        QApplication.quit()

    def left(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.workspace.session.look_for_others()
        else:
            self.workspace.text.flush()

    def turn(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
        self.editor.refresh_colours()
        self.marks.refresh_colours()
        self.writing.spelling.show()
        self.preview.repaint_for_theme()
        self.show_saving()
