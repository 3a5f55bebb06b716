"""Files in and out of the desk: articles, what a colleague handed over, pages and tables of their own."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import slug_of
from ovn_desk.sync import BUNDLE_SUFFIX, exchange
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.dialogs import import_summary
from ovn_desk.ui.dialogs.import_summary import ImportSummary
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.preview.printing import Printer
from ovn_desk.ui.state.incoming_files import FileKind, import_filter, kind_of
from ovn_desk.ui.state.long_work import Task
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.opening import open_file
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import auditing, importing, joining, queries, recovering


class FilesFeature(Feature):
    """Asks for a place in the bar, works off the window's thread, says what came of it."""

    came_in = Signal(str)
    """The id of the first article that was imported."""
    handed_over = Signal(object)
    """A file that came from another desk."""
    copy_given = Signal(object)
    """A file of a whole newsroom, to bring back from it what is missing here."""
    pictures_given = Signal(list)
    """Picture files that were dropped beside the text."""

    def __init__(self, session: Session, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._notices = notices
        self._window = window
        self._imports = Worker(self)
        self._importing: Task | None = None

    def commands(self) -> Sequence[Command]:
        choose, take_in = self.choose_imports, self.choose_handed_over
        return (
            Command("article.import", "Import or take in…", "Ctrl+O", Menu.FILE, choose, after="article.template"),
            Command(
                "article.take_in",
                "Take in a file…",
                "",
                Menu.FILE,
                take_in,
                submenu=Submenu.SHARE,
                after="article.hand_over",
            ),
        )

    def choose_imports(self) -> None:
        """Asks for files, and imports them."""
        self._choose(self.tr("Import, or take in a file from a colleague"), self.tr("Articles"), import_filter())

    def choose_handed_over(self) -> None:
        """Asks for a file that a colleague handed over, and looks into it."""
        self._choose(
            self.tr("Take in a file from a colleague"),
            self.tr("Files of colleagues"),
            f"*{BUNDLE_SUFFIX} *{joining.SUFFIX}",
        )

    def _choose(self, title: str, kinds: str, patterns: str) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, title, suggest_file(""), f"{kinds} ({patterns})")
        if names:
            self.bring_in([Path(name) for name in names])

    def bring_in(self, paths: list[Path]) -> None:
        """Does with each file what it is for: stories are imported, what a colleague handed over is looked at first.

        Pictures go into the open story; of a copy of a newsroom it is asked whether to bring back what is missing here.
        """
        found: dict[FileKind, list[Path]] = {}
        for path in paths:
            found.setdefault(kind_of(path), []).append(path)
        if pictures := found.get(FileKind.PICTURE):
            self.pictures_given.emit(pictures)
        if stories := found.get(FileKind.STORY):
            self._import(stories)
        for path in found.get(FileKind.INVITATION, ()):
            self._use_invitation(path)
        for path in found.get(FileKind.COPY, ()):
            self._offer_copy(path)
        for path in found.get(FileKind.HANDED_OVER, ()):
            self.handed_over.emit(path)

    def _offer_copy(self, path: Path) -> None:
        asked = self.tr("{name} is a copy of a newsroom. Bring back what is missing here? Nothing here is overwritten.")
        bring_back = (self.tr("Bring back what is missing"), lambda _: self.copy_given.emit(path))
        self._notices.said.emit(Notice(asked.format(name=path.name), answers=[bring_back], topic=str(path)))

    def _import(self, paths: list[Path]) -> None:
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            by = self._session.by
        except DeskError as error:
            self._refuse(str(error))
            return
        self._importing = self._notices.work.run(
            self._imports,
            lambda progress: importing.import_files(store, paths, by=by, progress=progress),
            what=self.tr("Importing"),
            things=self.tr("{done} of {whole} files"),
            may_stop=True,
            done=self._say_imported,
            refused=self._refuse,
        )

    def _use_invitation(self, path: Path) -> None:
        """An invitation to the newsroom that is here already: asks before whoever it invites sits down at this desk."""
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            words, rows = joining.read_file(path)
            exchange.absorb(store, rows)
            invited = joining.invitation_of(store, words)
        except DeskError as error:
            self._refuse(str(error))
            return
        asked = self.tr(
            "{file} invites {name}. Use it at this computer? {name} then sits here and signs, and it cannot be used "
            "anywhere else."
        )
        self._notices.said.emit(
            Notice(
                asked.format(file=path.name, name=invited.name),
                answers=[(self.tr("Use it here"), lambda _: self._join(words))],
                topic=str(path),
            )
        )

    def _join(self, words: str) -> None:
        self._notices.try_action(lambda: self._notices.done.emit(self._session.join(words)))

    def save_text(self, article: str) -> None:
        """Asks where to, and writes the text of a story to a file that a desk may import."""
        store = self._session.flushed_store()
        if store is None:
            return
        name = f"{slug_of(queries.headline(store, ArticleId(article)), limit=60) or 'story'}.md"
        to, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the text as a file"), suggest_file(name))
        if to:
            self.write_file(Path(to), queries.ask(store, recovering.text_file, ArticleId(article)))

    def write_page(self, html: str, to: Path) -> None:
        """Writes a page as it is, or as PDF where the name ends so."""
        if to.suffix.lower() != ".pdf":
            self.write_file(to, html.encode())
            return
        printer = Printer(self)
        task = self._notices.work.begin(self.tr("Making the PDF"))

        def write_pdf(pdf: bytes) -> None:
            task.end()
            printer.deleteLater()
            if pdf:
                self.write_file(to, pdf)
            else:
                self._refuse(self.tr("The PDF could not be made. Save it as HTML and print that from a browser."))

        printer.print(html.encode(), write_pdf)

    def write_ai_report(self, year: int, to: Path) -> None:
        """Writes what the texts of a year declare of AI; ten thousand articles are read off the window's thread."""
        store = self._session.flushed_store()
        if store is None:
            return

        def table() -> bytes:
            return auditing.as_csv(queries.ask(store, auditing.examined_texts, year)).encode("utf-8-sig")

        self._notices.work.run(
            self._imports,
            lambda _: table(),
            what=self.tr("Reading the texts of {year}").format(year=year),
            done=lambda data: self.write_file(to, data),
            refused=self._refuse,
        )

    def write_file(self, to: Path, data: bytes) -> None:
        """Writes bytes to a file that only this person can read, and says so."""
        try:
            files.write(to, data, is_private=True)
        except OSError as error:
            self._refuse(self.tr("{file} cannot be written: {why}.").format(file=to, why=files.reason(error)))
            return
        said = self.tr("Written to {file}.").format(file=to)
        answers = [
            (self.tr("Open the file"), lambda _: open_file(to, self._notices.warn)),
            (self.tr("Open folder"), lambda _: open_file(to.parent, self._notices.warn)),
        ]
        self._notices.said.emit(Notice(said, answers=answers))

    def finish(self) -> None:
        self._imports.finish()

    def _say_imported(self, reports: list[importing.Report]) -> None:
        """What came is opened and counted; of what did not come, one is named, and more are listed on demand."""
        came = [report for report in reports if report.id and report.status is importing.Status.IMPORTED]
        left = [report for report in reports if report.reason]
        if came and came[0].id:
            self.came_in.emit(came[0].id)
        if self._importing is not None and self._importing.is_stopping:
            count = quantity(len(came), "article", "articles")
            said = self.tr("Stopped: {count} imported. Import the same files again for the rest.")
            self._notices.done.emit(said.format(count=count))
        elif len(left) > 1:
            show = self.tr("Show which")
            answers = [(show, lambda _: ImportSummary(reports, self._window).open())]
            self._notices.said.emit(Notice(import_summary.sentence(reports), tone="warn", answers=answers))
        elif left:
            why = import_summary.line(left[0])
            self._refuse(f"{self._describe(came)} {why}" if came else why)
        elif came:
            self._notices.done.emit(self._describe(came))

    def _describe(self, came: list[importing.Report]) -> str:
        count = quantity(len(came), "article", "articles")
        first = came[0].headline or self.tr("No headline yet")
        if len(came) == 1:
            return self.tr("Imported: “{headline}”, a draft in your list.").format(headline=first)
        return self.tr("Imported: {count}, drafts in your list. “{headline}” is open.").format(
            count=count, headline=first
        )

    def _refuse(self, sentence: str) -> None:
        self._notices.refused.emit(sentence)
