"""Ctrl+P: the page or its annotated copy, on paper or as PDF; and the menu over the page."""

import io

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from ovn_desk.domain.source import Source
from ovn_desk.ui.dialogs.print import PrintDialog
from ovn_desk.ui.preview.paper import PaperPrinter
from ovn_desk.usecases import checking, commenting

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def writing(qtbot, window):
    """A story of two paragraphs that cites a source."""
    space = window.workspace
    space.article.start()
    space.text.edit(headline="Pumps restart in Orangi", sources=(Source(key="notice", name="Notice of restart"),))
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.insert("The pumps run again [@notice].\n\nPeople queue at tankers.")
    qtbot.waitUntil(lambda: space.text.content.body.endswith("tankers."))
    return window


def asked(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, CTRL)
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog) and one.isVisible())


def words_of(file):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this computer has a printer")
def test_without_a_printer_a_sentence_says_so_and_offers_the_pdf(writing):
    dialog = asked(writing)
    assert dialog.said.isVisible()
    assert dialog.said.text() == "There is no printer on this computer: save as PDF."
    assert dialog.go.text() == "Save as PDF…"


@pytest.mark.parametrize(("is_annotated", "has"), [(False, "Reported by"), (True, "Annotated copy")])
def test_the_page_and_its_annotated_copy_become_a_pdf(qtbot, writing, tmp_path, monkeypatch, is_annotated, has):
    file = tmp_path / "story.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog = asked(writing)
    (dialog.annotated if is_annotated else dialog.page).setChecked(True)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(file.exists)
    said = words_of(file)
    assert "Pumps restart in Orangi" in said
    assert has in said
    assert "The pumps run again" in said


def test_a_pdf_can_be_stopped_while_it_is_made(qtbot, writing, tmp_path, monkeypatch):
    file = tmp_path / "story.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    QTest.keyClick(asked(writing), Qt.Key.Key_Return)
    work = writing.workspace.notices.work
    qtbot.waitUntil(lambda: bool(work.tasks))
    work.stop()
    qtbot.waitUntil(lambda: writing.panes.bar.text == "Stopped: nothing was printed.")
    assert not file.exists()


def blank_pdf(pages):
    writer, data = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(data)
    return data.getvalue()


def to_file(file):
    """Qt's printer to a file: what paper gets, without paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


@pytest.mark.parametrize("stops_after", [1, 3])
def test_every_page_goes_to_paper_until_it_is_stopped(qtbot, tmp_path, stops_after):
    file, told = tmp_path / "paper.pdf", []

    def tell(done, whole):
        told.append((done, whole))
        return done < stops_after

    paper = PaperPrinter(to_file(file), blank_pdf(3), tell)
    with qtbot.waitSignal(paper.ended) as end:
        paper.start()
    assert end.args == [stops_after]
    assert told == [(number, 3) for number in range(1, stops_after + 1)]
    if stops_after == 3:
        assert len(pypdf.PdfReader(file).pages) == 3


@pytest.mark.qt_log_ignore("QPainter|QPdf", extend=True)
def test_a_printer_that_takes_nothing_is_said_to(qtbot, tmp_path):
    paper = PaperPrinter(to_file(tmp_path / "nowhere" / "paper.pdf"), blank_pdf(1), lambda *_: True)
    with qtbot.waitSignal(paper.ended) as end:
        paper.start()
    assert end.args == [0]


def opened_menu(qtbot, window, link=""):
    window.panes.preview.menu_wanted.emit(QPoint(100, 100), QUrl(link))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def labels(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


PLAIN = ["Copy", "Select all", "Print…", "Larger page", "Smaller page", "Usual size of the page"]


def test_the_page_has_a_menu_of_its_own(qtbot, writing):
    menu = opened_menu(qtbot, writing)
    assert labels(menu) == PLAIN
    menu.close()


def test_a_link_of_the_page_can_be_copied(qtbot, writing):
    menu = opened_menu(qtbot, writing, "https://example.org/notice")
    assert labels(menu) == ["Open the link in the browser", "Copy the link", *PLAIN]
    menu.actions()[1].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "https://example.org/notice"


def test_a_number_of_the_page_opens_its_source(qtbot, writing):
    menu = opened_menu(qtbot, writing, "ovn-page://desk/#ovn-source-1")
    assert labels(menu) == ["Open the source", *PLAIN]
    menu.close()
    menu = opened_menu(qtbot, writing, "ovn-page://desk/#ovn-source-9")
    assert labels(menu) == PLAIN
    menu.close()


def test_the_annotated_copy_has_the_comments_with_who_made_them(desk):
    article = desk.in_review()
    commenting.comment(desk.store, article, "Which notice? Name it.", by=desk.editor, must_fix=True)
    with desk.store.read() as reading:
        copy = checking.annotated_copy(reading, article)
    assert "Which notice? Name it." in copy
    assert "must fix" in copy
    assert desk.editor.person.name in copy
