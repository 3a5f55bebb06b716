"""What one does with the page: print it or its annotated copy, on paper or as PDF, and the menu over it."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.domain.citing import citations
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.commands.context_menus import LINE, ContextMenus, Entry
from ovn_desk.ui.features.conditions import is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.preview.printing import Printer
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import checking, pictures, previewing, queries

_SOURCE = re.compile(r"ovn-source-(\d+)")
_WEB = {"http", "https"}


class PageFeature(Feature):
    """Makes the PDF off the window's thread, then writes it to a file or sends it to a printer."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        preview: Preview,
        context_menus: ContextMenus,
        open_source: Callable[[str], object],
        write_file: Callable[[Path, bytes], object],
        parent: QWidget,
    ) -> None:
        """`open_source` shows a source by its key; `write_file` writes bytes to a file and says so."""
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._preview, self._context_menus, self._window = preview, context_menus, parent
        self._open_source, self._write_file = open_source, write_file
        self._worker = Worker(self)
        preview.menu_wanted.connect(self.open_menu)

    def commands(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        return (Command("page.print", "Print…", "Ctrl+P", Menu.FILE, self.ask_print, opened, after="hub.sync"),)

    def ask_print(self) -> None:
        """Asks what is to be printed, and where to."""
        from ovn_desk.ui.dialogs.print import PrintDialog  # not needed to begin

        dialog = PrintDialog(self._window)
        dialog.chosen.connect(lambda annotated, name: self.print(is_annotated=annotated, printer=name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def print(self, *, is_annotated: bool, printer: str) -> None:
        """Prints the page as readers see it or its annotated copy; without a printer's name it becomes a PDF."""
        if self._article.id is None:
            return
        to: Path | None = None
        if not printer:
            kind = "-annotated" if is_annotated else ""
            name, _ = QFileDialog.getSaveFileName(
                self._window,
                self.tr("Save as PDF"),
                suggest_file(f"{self._article.slug or 'article'}{kind}.pdf"),
                "PDF (*.pdf)",
            )
            if not name:
                return
            to = files.with_ending(Path(name), ".pdf")
        finish = partial(self._write_file, to) if to else partial(self._send, printer)
        self._worker.run(
            self._html_maker(is_annotated=is_annotated),
            done=partial(self._make_pdf, finish),
            refused=self._notices.refused.emit,
        )

    def open_menu(self, at: QPoint, link: QUrl) -> None:
        """The menu over the page, with what belongs to the link there."""
        self._context_menus.popup([*self._link_entries(link), *self._page_entries()], at=at, parent=self._window)

    def finish(self) -> None:
        self._worker.finish()

    def _link_entries(self, link: QUrl) -> list[Entry]:
        here = partial(Command, shortcut="", menu=Menu.FILE)
        if key := self._source_key(link):
            return [here("page.source", self.tr("Open the source"), run=partial(self._open_source, key)), LINE]
        if link.scheme() not in _WEB:
            return []
        copy = partial(QGuiApplication.clipboard().setText, link.toString())
        return [
            here(
                "page.open_link", self.tr("Open the link in the browser"), run=partial(QDesktopServices.openUrl, link)
            ),
            here("page.copy_link", self.tr("Copy the link"), run=copy),
            LINE,
        ]

    def _page_entries(self) -> list[Entry]:
        here = partial(Command, shortcut="", menu=Menu.FILE)
        return [
            here("page.copy", self.tr("Copy"), run=self._preview.copy, when=lambda: self._preview.has_selection),
            here("page.select_all", self.tr("Select all"), run=self._preview.select_all),
            LINE,
            "page.print",
            LINE,
            "view.page_larger",
            "view.page_smaller",
            "view.page_own_size",
        ]

    def _source_key(self, link: QUrl) -> str:
        """The key of the source that a number on the page leads to; empty for another link."""
        match = _SOURCE.fullmatch(link.fragment())
        if match is None:
            return ""
        content = self._text.content
        known = {source.key for source in content.sources}
        cited = list(dict.fromkeys(one.key for one in citations(content.body) if one.key in known))
        number = int(match[1])
        return cited[number - 1] if 0 < number <= len(cited) else ""

    def _html_maker(self, *, is_annotated: bool) -> Callable[[], str]:
        session, article, content = self._session, self._article.id, self._text.content
        if is_annotated and article is not None:
            self._text.flush()
            return lambda: queries.ask(session.store, checking.annotated_copy, article)
        show, house = pictures.preview_image, session.house
        return lambda: previewing.preview(content, house, session.renderer, show=show)

    def _make_pdf(self, finish: Callable[[bytes], object], html: str) -> None:
        printer = Printer(self, serve=partial(pictures.rendition_at, self._session.store))
        task = self._notices.work.begin(self.tr("Making the PDF"), may_stop=True)

        def take_pdf(pdf: bytes) -> None:
            task.end()
            printer.deleteLater()
            if task.is_stopping:
                self._notices.done.emit(self.tr("Stopped: nothing was printed."))
            elif pdf:
                finish(pdf)
            else:
                self._notices.refused.emit(self.tr("The page could not be made ready for printing. Try it again."))

        printer.print(html.encode(), take_pdf)

    def _send(self, name: str, pdf: bytes) -> None:
        """Sends the pages to the printer one by one, with the window free in between."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        from ovn_desk.ui.preview.paper import PaperPrinter  # not needed to begin

        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._text.content.headline or "OVN Desk")
        task = self._notices.work.begin(self.tr("Printing"), self.tr("page {done} of {whole}"), may_stop=True)
        paper = PaperPrinter(printer, pdf, task.move, self)

        def say(number: int) -> None:
            task.end()
            paper.deleteLater()
            if task.is_stopping:
                said = self.tr("Stopped: {number} pages were sent to {printer}.")
            elif number:
                said = self.tr("Sent to {printer}.")
            else:
                said = self.tr("{printer} takes nothing now. See that it is on, or save as PDF.")
            self._notices.done.emit(said.format(number=number, printer=name))

        paper.ended.connect(say)
        paper.start()
