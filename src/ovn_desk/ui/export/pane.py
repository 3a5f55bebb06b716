"""The Export view: choose, look at what would change, export; stop at any moment without harm."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import FORMATS
from ovn_desk.rendering.format import Format
from ovn_desk.text import foreign
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.export.article_picker import ArticlePicker
from ovn_desk.ui.export.outcome import Outcome
from ovn_desk.ui.export.upload import UploadDialog
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.giving_way import GivingWay
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.note_line import NoteLine
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import exportable, queries, store_settings
from ovn_desk.usecases.queries import Changes, Kind

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing import ExportRequest, Planned

_PAUSE_MS = 250
_FOLDER = "…"

_LEAST_ASKED = 120
"""Pixels of what is asked that are in sight in the lowest window; the rest scrolls."""


class ExportPane(QWidget):
    """A form on the left, and on the right what it would write."""

    left = Signal()

    def __init__(self, session: Session, steps: Steps, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._steps, self._notices = session, steps, notices
        self._plans = Latest(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._plan)
        self.format = Choice()
        for name, one in FORMATS.items():
            self.format.addItem(str(one.label), name)
        self._hint = QLabel(wordWrap=True)
        self._hint.setProperty("role", "soft")
        self.folder = QLineEdit()
        self.is_zip = QCheckBox(self.tr("As one zip file"))
        self.look = Choice()
        self.look.addItem(self.tr("The newsroom's own"), "")
        self.look.addItem(self.tr("Plain"), "plain")
        self.look.addItem(self.tr("A folder…"), _FOLDER)
        self.chosen = ArticlePicker()
        self.archive = QCheckBox()
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self.outcome = Outcome()
        self.button = QPushButton(self.tr("Export"))
        self.button.setObjectName("primary")
        self.to_wordpress = QPushButton(self.tr("Upload to WordPress…"))
        self.uploading: UploadDialog | None = None
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.clicked.connect(steps.stop)
        self.progress = QProgressBar(textVisible=False)
        self.result = NoteLine()
        self._far = QLabel()
        self._far.setProperty("role", "soft")
        self._lay_out()
        self._connect()
        self._show_busy()

    def open(self, only: Sequence[ArticleId] = ()) -> None:
        """Opens for these articles, or for everything whose time has come."""
        last = store_settings.export_folder(self._session.store)
        self.folder.setText(last or suggest_file("OVN site"))
        self.archive.setChecked(not only)
        self.chosen.clear()
        self.result.hide()
        self._show_articles(only)
        self._show_format()
        self.folder.setFocus()
        self.folder.selectAll()

    def export(self) -> None:
        """Does what the form says; the pages of earlier exports stay whole whatever happens."""
        steps = self._steps
        if steps.busy_with or not self.button.isEnabled():
            return
        if not self.folder.text().strip():
            self._notices.refused.emit(self.tr("Name a folder to export to."))
            return
        try:
            asked = self.request()
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        store = self._session.flushed_store()
        if store is None:
            return
        self.progress.setRange(0, 0)
        self.result.hide()
        store_settings.set_export_folder(store, self.folder.text().strip())
        steps.export(asked)

    def show_result(self, sentence: str, acts: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Says what an export came to, with what leads to it, until another one begins."""
        self.result.fill(sentence, acts)
        self.result.show()

    def request(self) -> "ExportRequest":
        """What the form says now; raises DeskError for a folder that can be none."""
        from ovn_desk.usecases.publishing import ExportRequest  # not needed to begin

        look = self.look.currentData() if self._chosen_format.themed else ""
        to = foreign.path_of(self.folder.text())
        name = self._chosen_format.name
        return ExportRequest(self._ids(), to, name, as_zip=self.is_zip.isChecked(), theme=look)

    @property
    def _chosen_format(self) -> Format:
        return FORMATS[self.format.currentData()]

    def upload(self) -> None:
        """Opens the form that uploads what is ticked; nothing goes anywhere before it is asked to."""
        if self.uploading is None:
            self.uploading = UploadDialog(self._session, self._notices, self._ids(), self)
            self.uploading.finished.connect(self._follow_upload)
            self.uploading.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._steps.busy_with:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def finish(self) -> None:
        self._plans.finish()
        if self.uploading:
            self.uploading.finish()

    def _follow_upload(self) -> None:
        if self.uploading:
            self.uploading.deleteLater()
            self.uploading = None
        self._show_articles()
        self._pause.start()

    def _show_articles(self, only: Sequence[ArticleId] = ()) -> None:
        store = self._session.store
        self.chosen.show_articles(exportable.exportable(store, only), only)
        published = exportable.published_count(store)
        said = quantity(published, "article exported before", "articles exported before")
        self.archive.setText(self.tr("and {articles}").format(articles=said))
        self.archive.setVisible(published > 0)
        is_any = self.chosen.count() > 0
        self.chosen.setVisible(is_any)
        self._heading.setText(
            self.tr("Signed, not yet exported") if is_any else self.tr("Nothing signed is waiting for export")
        )

    def _ids(self) -> tuple[ArticleId, ...]:
        """A site has its archive in it anyway; other forms where it is asked for."""
        ticked = self.chosen.ticked
        if self._chosen_format.whole_site or not self.archive.isChecked():
            return ticked
        published = exportable.published_ids(self._session.store)
        return (*ticked, *(article for article in published if article not in ticked))

    def _plan(self) -> None:
        """Asks, off the window's thread, what an export would write."""
        try:
            asked = self.request()
        except DeskError as error:
            self.outcome.say(str(error))
            return
        if not self.isVisible() or self._steps.busy_with:
            return
        if asked.as_zip or not self.folder.text().strip():
            self.outcome.say(
                self.tr("A zip file is always written whole.") if asked.as_zip else self.tr("Name a folder.")
            )
            return
        store = self._session.flushed_store()
        if store is None:
            return
        self.outcome.say(self.tr("Checking what would change…"))
        from ovn_desk.usecases import publishing  # not needed to begin

        make = partial(
            publishing.plan,
            store,
            asked,
            by=self._session.person,
            renderer=self._session.renderer,
        )
        self._plans.ask(make, done=self._show_plan, refused=self.outcome.say)

    def _show_plan(self, found: "Planned") -> None:
        left_out = (*found.refused, *found.waiting)
        headlines = queries.headlines(self._session.store, [one.id for one in left_out])
        self.outcome.show_plan(found, headlines)

    def _show_format(self) -> None:
        chosen = self._chosen_format
        self._hint.setText(str(chosen.about))
        self.look.setEnabled(chosen.themed)
        self.archive.setEnabled(not chosen.whole_site)
        if chosen.whole_site:
            self.archive.setChecked(True)
        self._pause.start()

    def _choose_look(self) -> None:
        if self.look.currentData() != _FOLDER:
            self._pause.start()
            return
        folder = QFileDialog.getExistingDirectory(self, self.tr("A folder with templates and a style"))
        if folder:
            self.look.insertItem(self.look.count() - 1, Path(folder).name, folder)
        self.look.setCurrentIndex(self.look.count() - 2 if folder else 0)
        self._pause.start()

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text()):
            self.folder.setText(chosen)

    def _show_progress(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)
        if self._notices.work.tasks:
            self._far.setText(self._notices.work.tasks[-1].sentence)

    def _follow_changes(self, changes: Changes) -> None:
        """What may go out is another when somebody takes a step, here or elsewhere."""
        if self.isVisible() and not self._steps.busy_with and changes.kinds & (Kind.EVENTS | Kind.HOUSE):
            self._show_articles()

    def _show_busy(self) -> None:
        is_busy = bool(self._steps.busy_with)
        self.button.setEnabled(not is_busy)
        self.to_wordpress.setEnabled(not is_busy)
        for widget in (self.stop, self.progress, self._far):
            widget.setVisible(is_busy)
        self.stop.setVisible(self._steps.may_stop)
        if not is_busy and self.isVisible():
            self._show_articles()

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(lambda _: self._show_format())
        self.look.activated.connect(lambda _: self._choose_look())
        self.folder.textChanged.connect(lambda _: self._pause.start())
        self.folder.returnPressed.connect(self.export)
        self.is_zip.toggled.connect(lambda _: self._pause.start())
        self.archive.toggled.connect(lambda _: self._pause.start())
        self.chosen.changed.connect(self._pause.start)
        self.button.clicked.connect(self.export)
        self.to_wordpress.clicked.connect(self.upload)
        self._steps.progressed.connect(self._show_progress)
        self._steps.busy_changed.connect(self._show_busy)
        self._session.committed.connect(self._follow_changes)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Export"))
        title.setProperty("role", "title")
        back = QPushButton(self.tr("Back to writing"))
        back.clicked.connect(self.left)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(back)
        choose = QPushButton(self.tr("Choose…"))
        choose.clicked.connect(self._choose_folder)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in (
            (self.tr("Format"), self.format),
            ("", self._hint),
            (self.tr("Theme"), self.look),
            (self.tr("Folder"), where),
            ("", self.is_zip),
        ):
            form.addRow(label, field)
        fields = ((self.tr("Format"), self.format), (self.tr("Theme"), self.look), (self.tr("Folder"), self.folder))
        for words, named in fields:
            named.setAccessibleName(words)
        for combo in (self.format, self.look):
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.chosen.setMaximumHeight(130)
        end = QHBoxLayout()
        end.setSpacing(12)
        for widget in (self.button, self.to_wordpress, self.stop, self.progress, self._far):
            end.addWidget(widget)
        end.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 16)
        column.setSpacing(12)
        asked = QWidget()
        asked_column = QVBoxLayout(asked)
        asked_column.setContentsMargins(0, 0, 0, 0)
        asked_column.setSpacing(12)
        asked_column.addLayout(form)
        for part in (self._heading, self.chosen, self.archive):
            asked_column.addWidget(part)
        column.addLayout(top)
        column.addWidget(GivingWay(asked, least=_LEAST_ASKED))
        column.addLayout(end)
        column.addWidget(self.result)
        column.addWidget(self.outcome, 1)
