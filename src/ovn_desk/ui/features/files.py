"""Files in and out of the desk: articles, what a colleague handed over, pages and tables of their own."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX, exchange
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.dialogs import import_summary
from ovn_desk.ui.dialogs.import_summary import ImportSummary
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.preview.printing import Printer
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import auditing, importing, joining, queries


class FilesFeature(Feature):
    """Asks for a place in the bar, works off the window's thread, says what came of it."""

    came_in = Signal(str)
    """The id of the first article that was imported."""
    handed_over = Signal(object)
    """A file that came from another desk."""

    def __init__(self, session: Session, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._bar = bar
        self._window = window
        self._imports = Worker(self)

    def commands(self) -> Sequence[Command]:
        choose = self.choose_imports
        return (Command("article.import", "Import…", "Ctrl+O", Menu.FILE, choose, after="article.template"),)

    def choose_imports(self) -> None:
        """Asks for files, and imports them."""
        kinds = " ".join(f"*{kind}" for kind in (*importing.READERS, BUNDLE_SUFFIX))
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import articles"), "", f"{self.tr('Articles')} ({kinds})"
        )
        if names:
            self.bring_in([Path(name) for name in names])

    def bring_in(self, paths: list[Path]) -> None:
        """Imports files and opens the first that came in; what a colleague handed over is looked at first."""
        for path in paths:
            if path.suffix.lower() == BUNDLE_SUFFIX:
                self.handed_over.emit(path)
            elif path.suffix.lower() == joining.SUFFIX:
                self._use_invitation(path)
        paths = [path for path in paths if path.suffix.lower() not in {BUNDLE_SUFFIX, joining.SUFFIX}]
        if not paths:
            return
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            by = self._session.by
        except DeskError as error:
            self._refuse(str(error))
            return
        self._imports.run(
            lambda: importing.import_files(store, paths, by=by),
            done=self._say_imported,
            refused=self._refuse,
        )

    def _use_invitation(self, path: Path) -> None:
        """An invitation to the newsroom that is here already: whoever it invites sits down at this desk."""
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            words, rows = joining.read_file(path)
            exchange.absorb(store, rows)
            self._session.join(words)
        except DeskError as error:
            self._refuse(str(error))
            return
        self._bar.say(self.tr("Welcome, {name}. You sign here from now on.").format(name=self._session.person.name))

    def write_page(self, html: str, to: Path) -> None:
        """Writes a page as it is, or as PDF where the name ends so."""
        if to.suffix.lower() != ".pdf":
            self._write(to, html.encode())
            return
        printer = Printer(self)

        def write_pdf(pdf: bytes) -> None:
            printer.deleteLater()
            if pdf:
                self._write(to, pdf)
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

        self._imports.run(table, done=lambda data: self._write(to, data), refused=self._refuse)

    def _write(self, to: Path, data: bytes) -> None:
        try:
            files.write(to, data, is_private=True)
        except OSError as error:
            self._refuse(self.tr("{file} can not be written: {why}.").format(file=to, why=files.reason(error)))
            return
        self._bar.say(self.tr("Written to {file}.").format(file=to))

    def finish(self) -> None:
        self._imports.finish()

    def _say_imported(self, reports: list[importing.Report]) -> None:
        came = [report for report in reports if report.id and report.status is importing.Status.IMPORTED]
        left = [report for report in reports if report.reason]
        if came and came[0].id:
            self.came_in.emit(came[0].id)
        if len(left) > 1:
            show = self.tr("Show which")
            answers = [(show, lambda _: ImportSummary(reports, self._window).open())]
            self._bar.say(import_summary.sentence(reports), tone="warn", answers=answers)
        elif left:
            self._refuse(self.tr("{came} imported. {why}").format(came=len(came), why=import_summary.line(left[0])))
        elif came:
            self._bar.say(self.tr("Imported: {count}.").format(count=quantity(len(came), "article", "articles")))

    def _refuse(self, sentence: str) -> None:
        self._bar.say(sentence, tone="warn")
