"""The desk: four columns, a bar above them for what needs an answer, a status line below."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import EDITORS, RULES, Step, state_words
from ovn_desk.signing import is_sealed
from ovn_desk.text import words
from ovn_desk.ui import commands, recovery, search, theme
from ovn_desk.ui.article_list import ArticleList
from ovn_desk.ui.bar import Bar
from ovn_desk.ui.details import Details
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.history import History
from ovn_desk.ui.jobs import Latest, Worker
from ovn_desk.ui.palette import Palette
from ovn_desk.ui.phrases import counted
from ovn_desk.ui.preview import Preview
from ovn_desk.ui.workspace import SaveState, Saving, Workspace
from ovn_desk.ui.writing import WritingPane
from ovn_desk.usecases import housekeeping, importing, publishing

PREVIEW_PAUSE_MS = 150
_FRAME = 40
_WIDTHS = (256, 520, 380, 304)


class Desk(QMainWindow):
    """Arranges the panes around one workspace and runs the commands."""

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace: Workspace = workspace
        self.setWindowTitle("OVN Desk")
        self.resize(1440, 900)
        self.bar = Bar()
        self.list: ArticleList = ArticleList(workspace)
        self.writing = WritingPane(workspace)
        self.editor: Editor = self.writing.editor
        self.preview: Preview = Preview()
        self.details = Details(workspace)
        self.history = History(workspace)
        self.inspector: QTabWidget = QTabWidget()
        self.palette_box = Palette(lambda text: search.choices(self, text), self)
        self._renders = Latest(self)
        self._imports = Worker(self)
        self._shown_article: ArticleId | None = None
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self.actions_by_name = commands.make_actions(self)
        self._lay_out()
        self._connect()
        self._refresh()
        recovery.offer(self)

    # Commands

    @property
    def is_editor(self) -> bool:
        return self.workspace.person.role in EDITORS

    def start_article(self) -> None:
        self.workspace.start()
        self.writing.headline.setFocus()

    def open_article(self, article: str) -> None:
        self.workspace.open(ArticleId(article))
        if not self.workspace.edit_refusal and not self.list.view.hasFocus():
            self.editor.setFocus()

    def import_files(self) -> None:
        kinds = " ".join(f"*{kind}" for kind in importing.READERS)
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Import articles"), "", f"{self.tr('Articles')} ({kinds})"
        )
        if names:
            self.bring_in([Path(name) for name in names])

    def bring_in(self, paths: list[Path]) -> None:
        """Imports files off the window's thread and opens the first that came in."""
        person = self.workspace.person
        self._imports.run(
            lambda: importing.bring_in(self.workspace.store, paths, by=person),
            done=self._imported,
            refused=self._refuse,
        )

    def save(self) -> None:
        self.workspace.save()

    def revert(self) -> None:
        self.workspace.save()  # what is thrown away stays in the history
        if self.workspace.article:
            with self.workspace.store.read() as reading:
                parents = reading.revision(self.workspace.article.head).parents
            if parents:
                self.workspace.bring_back(parents[0])

    def take_next_step(self) -> None:
        if (step := self.workspace.next_step) is not None:
            self.take_step(step)

    def take_step(self, step: Step) -> None:
        if step is Step.PUBLISH:
            self.export_this()
        elif step is Step.APPROVE:
            self._approve()
        elif RULES[step].needs_reason:
            answer = (self.actions_by_name[f"step.{step.value}"].text().rstrip("…"), self._with_reason(step))
            self.bar.ask(self.tr(commands.REASONS[step]), answers=[answer])
        else:
            self.workspace.take_step(step)

    def export_this(self) -> None:
        if self.workspace.id:
            self._ask_export([self.workspace.id])

    def export_site(self) -> None:
        self._ask_export(None)

    def add_source(self) -> None:
        self.inspector.show()
        self.show_tab(0)
        self.details.sources.open_form()

    def cite(self, key: str) -> None:
        self.editor.insert(f"[@{key}]")

    def open_palette(self, start: str) -> None:
        self.palette_box.open(start)

    def focus_filter(self) -> None:
        self.list.show()
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def show_tab(self, number: int) -> None:
        self.inspector.show()
        self.inspector.setCurrentIndex(number)

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
            (self.inspector, self.inspector.tabBar()),
            (self._top, self._next),
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

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.workspace.close():
            event.ignore()
            self.bar.say(
                self.tr("The text is not saved yet: {why}").format(why=self.workspace.save_state.why),
                tone="bad",
                sticky=True,
                answers=[
                    (self.tr("Copy the text"), lambda _: self._copy_text()),
                    (self.tr("Close without saving"), lambda _: self._abandon()),
                ],
            )
            return
        self._renders.finish()
        self._imports.finish()
        self.closed.emit()
        super().closeEvent(event)

    # Parts

    def _lay_out(self) -> None:
        self._top = self._top_bar()
        self.inspector.setObjectName("inspector")
        self.inspector.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.inspector.setDocumentMode(True)
        self.inspector.tabBar().setExpanding(False)
        self.inspector.addTab(self.details, self.tr("Details"))
        self.inspector.addTab(self.history, self.tr("History"))
        self.writing.add_tools(self.actions_by_name)
        self.columns = QSplitter()
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for pane, width in zip((self.list, self.writing, self.preview, self.inspector), _WIDTHS, strict=True):
            pane.setMinimumWidth(min(width, 220))
            self.columns.addWidget(pane)
        self.columns.setStretchFactor(1, 3)
        self.columns.setStretchFactor(2, 2)
        self.columns.setSizes(list(_WIDTHS))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._top, self.bar):
            column.addWidget(widget)
        column.addWidget(self.columns, 1)
        column.addWidget(self._status_line())
        self.setCentralWidget(middle)

    def _top_bar(self) -> QWidget:
        top = QWidget()
        top.setObjectName("bar-top")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        brand = QLabel(f'<span style="color:{theme.colours().accent}">OVN</span> Desk')
        brand.setObjectName("brand")
        new = QPushButton(self.tr("+ New"))
        new.setAccessibleName(self.tr("New article"))
        new.clicked.connect(self.start_article)
        find = QPushButton(self.tr("Search or run a command        Ctrl K"))
        find.setMinimumWidth(320)
        find.clicked.connect(lambda: self.open_palette(""))
        self._saved = QLabel()
        self._saved.setObjectName("save-state")
        self._saved.setTextFormat(Qt.TextFormat.RichText)
        self._person = QPushButton()
        self._person.setProperty("flat", True)
        self._person.setToolTip(self.tr("Switch person"))
        self._person.clicked.connect(lambda: self.open_palette("~"))
        self._stop = QPushButton(self.tr("Cancel"))
        self._stop.clicked.connect(self.workspace.stop)
        self._stop.hide()
        self._next = QPushButton()
        self._next.setObjectName("next-step")
        self._next.clicked.connect(self.take_next_step)
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        for widget in (brand, new):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(find)
        row.addStretch(1)
        for widget in (self._saved, self._person, self._stop, self._next):
            row.addWidget(widget)
        return top

    def _status_line(self) -> QWidget:
        line = QWidget()
        line.setObjectName("status")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state, self._counts, self._where = QLabel(), QLabel(), QLabel()
        self._state.setProperty("role", "heading")
        for label in (self._counts, self._where):
            label.setProperty("role", "soft")
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(24)
        row.addWidget(self._state)
        row.addWidget(self._counts)
        row.addStretch()
        row.addWidget(self._where)
        return line

    def _connect(self) -> None:
        space = self.workspace
        self.list.open_wanted.connect(self.open_article)
        self.details.place_wanted.connect(self.editor.go_to)
        self.details.sources.citation_wanted.connect(self.cite)
        self._pause.timeout.connect(self._render)
        for fact in (
            space.opened,
            space.content_changed,
            space.article_changed,
            space.person_changed,
            space.busy_changed,
        ):
            fact.connect(self._refresh)
        space.opened.connect(self._render)
        space.content_changed.connect(self._pause.start)
        space.article_changed.connect(self._pause.start)
        space.save_state_changed.connect(self._show_saving)
        space.refused.connect(self._refuse)
        space.done.connect(lambda sentence: self.bar.say(sentence, tone="calm"))
        space.progressed.connect(self._progress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._turn)
        QGuiApplication.instance().applicationStateChanged.connect(self._left)  # type: ignore[union-attr]

    # What is shown

    def _refresh(self) -> None:
        space = self.workspace
        commands.refresh(self, self.actions_by_name)
        step = space.next_step
        self._next.setVisible(step is not None)
        self._next.setText(space.busy_with or self.tr(commands.NEXT_WORDS[step]) if step else "")
        self._next.setEnabled(step is not None and not space.busy_with)
        self._stop.setVisible(bool(space.busy_with))
        self._person.setText(f"{space.person.name} · {space.person.role}")
        self._where.setText(f"{space.house.name} · {space.store.path.name}")
        if space.article is None:
            self._state.setText("")
            self._counts.setText("")
            self.preview.show_message(self.tr("Choose an article in the list, or start one with + New."))
            return
        number = words.count(space.content.body)
        minutes = words.minutes(number, space.content.language)
        self._state.setText(state_words(space.article.state).removeprefix("a ").capitalize())
        parts = [
            counted(number, "word", "words"),
            self.tr("{minutes} min to read").format(minutes=minutes),
            space.content.language.upper(),
            counted(len(space.content.sources), "source", "sources"),
        ]
        self._counts.setText(" · ".join(parts))
        self.setWindowTitle(f"{space.content.headline or self.tr('New article')} – OVN Desk")

    def _show_saving(self) -> None:
        state: SaveState = self.workspace.save_state
        now = theme.colours()
        at = f"{state.at:%H:%M:%S}" if state.at else ""
        sign, text = {
            Saving.NOTHING: ("", ""),
            Saving.EDITING: (f'<span style="color:{now.amber}">○</span>', self.tr("Editing…")),
            Saving.SAVED: (f'<span style="color:{now.accent}">●</span>', self.tr("Saved {at}").format(at=at)),
            Saving.NOT_SAVED: (f'<span style="color:{now.red}">▲</span>', f"<b>{self.tr('NOT SAVED')}</b>"),
        }[state.saving]
        self._saved.setText(f"{sign} {text}")
        self._saved.setAccessibleName(text)
        if state.saving is Saving.NOT_SAVED:
            self.bar.say(
                self.tr("NOT SAVED: {why} The desk tries again every few seconds.").format(why=state.why),
                tone="bad",
                sticky=True,
                answers=[(self.tr("Copy the text"), lambda _: self._copy_text())],
            )
        elif state.saving is Saving.SAVED and self.bar.text.startswith(self.tr("NOT SAVED")):
            self.bar.put_away()

    def _render(self) -> None:
        space = self.workspace
        if space.article is None or not self.preview.isVisible():
            return
        article, content = space.article.id, space.content
        self._renders.ask(
            lambda: publishing.preview(content, space.house, space.renderer),
            done=lambda page: self._show_page(article, page),
            refused=self.preview.show_message,
        )

    def _show_page(self, article: ArticleId, page: object) -> None:
        is_another = article != self._shown_article
        self._shown_article = article
        self.preview.show_page(page, whole=is_another)  # type: ignore[arg-type]

    def show_fitting(self) -> None:
        """As large as drawn, or the whole screen where that is smaller."""
        room = self.screen().availableGeometry()
        if room.width() > self.width() and room.height() > self.height() + _FRAME:
            self.show()
        else:
            self.showMaximized()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._render()

    # Answers

    def _approve(self) -> None:
        path = housekeeping.key_path(self.workspace.store, self.workspace.person)
        if path.exists() and is_sealed(path):
            self.bar.ask(
                self.tr("Passphrase of {name}").format(name=self.workspace.person.name),
                answers=[(self.tr("Approve and sign"), lambda text: self.workspace.approve(passphrase=text))],
                secret=True,
            )
            return
        self.workspace.approve()

    def _with_reason(self, step: Step) -> Callable[[str], None]:
        return lambda reason: self.workspace.take_step(step, reason=reason)

    def _ask_export(self, ids: list[ArticleId] | None) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        with self.workspace.store.read() as reading:
            folder = reading.setting("export folder") or str(Path(documents) / "OVN site")
        self.bar.ask(
            self.tr("Export the site to this folder:"),
            value=folder,
            answers=[
                (self.tr("Export"), lambda text: self._export(text, ids)),
                (self.tr("Choose…"), lambda text: self._choose_folder(text, ids)),
            ],
        )

    def _choose_folder(self, start: str, ids: list[ArticleId] | None) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Export to"), start):
            self._export(chosen, ids)

    def _export(self, folder: str, ids: list[ArticleId] | None) -> None:
        if not folder.strip():
            self._refuse(self.tr("Name a folder to export to."))
            return
        to = Path(folder.strip()).expanduser()
        with self.workspace.store.begin() as tx:
            tx.set("export folder", str(to))
        self.workspace.export(to, ids=ids)

    def _progress(self, done: int, whole: int) -> None:
        if whole > 1:
            self._next.setText(self.tr("Exporting {done} of {whole}…").format(done=done, whole=whole))

    def _imported(self, reports: list[importing.Report]) -> None:
        came = [report for report in reports if report.id and report.status is importing.Status.IMPORTED]
        left = [report for report in reports if report.status is not importing.Status.IMPORTED]
        if came and came[0].id:
            self.open_article(came[0].id)
        if left:
            self.bar.say(
                self.tr("{came} imported. {name}: {reason}").format(
                    came=len(came), name=left[0].path.name, reason=left[0].reason
                ),
                tone="warn",
            )
        elif came:
            self.bar.say(self.tr("Imported: {count}.").format(count=counted(len(came), "article", "articles")))

    def _refuse(self, sentence: str) -> None:
        self.bar.say(sentence, tone="warn")

    def _copy_text(self) -> None:
        content = self.workspace.content
        QGuiApplication.clipboard().setText(f"{content.headline}\n\n{content.standfirst}\n\n{content.body}")

    def _abandon(self) -> None:
        self.workspace.abandon()
        self._renders.finish()
        self.closed.emit()
        QApplication.quit()

    def _left(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive and self.workspace.article:
            self.workspace.flush()

    def _turn(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
        self.editor.refresh_colours()
        self.preview.repaint_for_theme()
        self._show_saving()
