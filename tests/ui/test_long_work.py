"""What takes long says what, how much and how long where it happens, and its Cancel cancels."""

import threading

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.bars.work_line import WorkLine
from ovn_desk.ui.state.long_work import LongWork
from ovn_desk.ui.widgets.phrases import time_left


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def line(window):
    return window.work_line


def test_importing_shows_how_much_and_cancel_leaves_the_rest_out(qtbot, window, line, tmp_path, desk):
    files = [tmp_path / f"{number:03}.txt" for number in range(400)]
    for number, file in enumerate(files):
        file.write_text(f"Headline {number}\n\nText number {number} of the files.", encoding="utf-8")
    window.features.files.bring_in(files)
    qtbot.waitUntil(line.isVisible)
    assert not window.panes.status_bar.isVisible()
    qtbot.waitUntil(lambda: " of 400 files" in line.text.text())
    click(line.cancel)
    assert not line.cancel.isEnabled()
    assert "stopping" in line.text.text()
    qtbot.waitUntil(lambda: window.panes.bar.text.startswith("Stopped: "))
    assert 0 < desk.read(lambda reading: len(reading.listed_ids())) < 400
    assert line.isHidden()
    assert window.panes.status_bar.isVisible()


def test_one_that_came_is_named(qtbot, window, tmp_path):
    (tmp_path / "a.txt").write_text("A headline\n\nA good text.", encoding="utf-8")
    window.features.files.bring_in([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: "Imported" in window.panes.bar.text)
    assert window.panes.bar.text == "Imported: “A headline”, a draft in your list."


@pytest.mark.parametrize("place", ["the Export view", "the line"])
def test_cancel_stops_an_export_and_nothing_is_written(qtbot, window, line, desk, tmp_path, place):
    ids = [desk.approved(headline=f"Number {number}") for number in range(4)]
    window.workspace.article.switch_person(desk.editor.person)
    window.features.export.open_site()
    export = window.panes.export
    export.folder.setText(str(tmp_path / "site"))
    export.format.setCurrentIndex(export.format.findData("pdf"))
    qtbot.waitUntil(lambda: "Writes 4 files" in export.outcome.sentence.text())
    refused = []
    window.workspace.notices.refused.connect(refused.append)
    click(export.button)
    qtbot.waitUntil(line.isVisible)
    click(line.cancel if place == "the line" else export.stop)
    qtbot.waitUntil(lambda: refused != [])
    assert refused == ["The export was stopped. Nothing was written."]
    assert not (tmp_path / "site").exists()
    assert {desk.article(one).state for one in ids} == {State.APPROVED}


class Opener(QObject):
    """Takes what would be opened in a browser or a file manager."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def take(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener(monkeypatch, tmp_path):
    made = Opener()
    monkeypatch.setenv("PATH", str(tmp_path))  # without a program of the computer's own for files
    QDesktopServices.setUrlHandler("file", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def answer(window, words):
    buttons = window.panes.export.result.findChildren(QPushButton)
    return next(one for one in buttons if one.text() == words and one.isVisible())


def test_after_an_export_its_page_and_its_folder_are_one_click_away(qtbot, window, desk, tmp_path, opener):
    article = desk.approved(headline="Night trains")
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.export.open_article()
    window.panes.export.folder.setText(str(tmp_path / "site"))
    QTest.keyClick(window.panes.export.folder, Qt.Key.Key_Return)
    result = window.panes.export.result
    qtbot.waitUntil(lambda: result.text.text().startswith("Exported: "))
    written = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    number = int(result.text.text().split()[1])
    assert 0 < number <= len(written)
    click(answer(window, "See the page"))
    QTest.keyClick(window.panes.export.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: result.text.text().startswith("Nothing changed in"))
    click(answer(window, "Open folder"))
    page, folder = opener.opened
    assert page.endswith("night-trains.html")
    assert folder == str(tmp_path / "site")


@pytest.fixture
def work(qtbot, qapp):
    made = LongWork()
    made.worker = Worker(made)
    yield made
    made.worker.finish()


def test_what_can_not_be_stopped_has_no_cancel_and_what_is_soon_done_no_line(qtbot, work):
    from PySide6.QtWidgets import QLabel, QWidget

    place = QWidget()
    other = QLabel("the status", place)
    line = WorkLine(work, other)
    line.setParent(place)
    qtbot.addWidget(place)
    place.show()
    shown, go_on = [], threading.Event()
    work.moved.connect(lambda: shown.append(line.isVisible()))
    with qtbot.waitSignal(work.changed):
        work.run(work.worker, lambda _: None, what="At once", done=lambda _: None, refused=shown.append)
    qtbot.waitUntil(lambda: work.tasks == [])
    assert line.isHidden()
    work.run(work.worker, lambda _: go_on.wait(), what="Copying", done=lambda _: None, refused=shown.append)
    qtbot.waitUntil(line.isVisible)
    assert line.text.text() == "Copying"
    assert line.cancel.isHidden()
    assert (line.bar.minimum(), line.bar.maximum()) == (0, 0)
    go_on.set()
    qtbot.waitUntil(line.isHidden)


@pytest.mark.parametrize("fault", [DeskError("No room."), None])
def test_a_task_ends_whatever_came_of_it(qtbot, work, fault):
    def act(_):
        if fault:
            raise fault

    came = []
    work.run(work.worker, act, what="Act", done=came.append, refused=came.append)
    assert [task.what for task in work.tasks] == ["Act"]
    qtbot.waitUntil(lambda: came != [])
    assert work.tasks == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "a few seconds left"),
        (12, "about 10 seconds left"),
        (44, "about 40 seconds left"),
        (70, "about a minute left"),
        (190, "about 3 minutes left"),
    ],
)
def test_time_left_is_no_more_exact_than_it_is_known(qapp, seconds, said):
    assert time_left(seconds) == said
