"""Which copy is restored is chosen from what the copies hold: in the window, and on the first page of a new laptop."""

import threading
from contextlib import closing
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

import make
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup, open_store
from ovn_desk.ui.dialogs.restore import RestoreDialog
from ovn_desk.ui.startup.first_start import FirstStart
from ovn_desk.usecases import housekeeping, writing
from ovn_desk.usecases.known_copies import KnownCopies, KnownCopy

KEY = Qt.Key


def lines(copies):
    return [copies.item(row).text().split("\n") for row in range(copies.count())]


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def opened(qtbot, window, desk, tmp_path):
    """The dialog over a newsroom with a copy beside it, and a newer one on a stick with more in it than is here."""
    desk.draft(headline="First")
    housekeeping.back_up(desk.store)
    stick = tmp_path / "STICK"
    stick.mkdir()
    other = make.newsroom(tmp_path / "other" / "newsroom.ovn")
    housekeeping.back_up(other, to=stick)
    other.close()
    window.workspace.preferences.set(second_place=str(stick))

    def open_dialog():
        window.actions_by_name["copies.restore"].trigger()
        dialog = window.findChild(RestoreDialog)
        qtbot.waitUntil(lambda: not dialog.copies.is_reading)
        return dialog

    yield open_dialog
    for dialog in window.findChildren(RestoreDialog):
        dialog.close()


def test_copies_are_listed_newest_first_with_what_each_holds_and_where_it_lies(qtbot, window, desk, opened, tmp_path):
    with desk.store.read() as reading:
        stories = len(reading.listed_ids())
    dialog = opened()
    foreign, beside = lines(dialog.copies)
    assert beside[0].startswith(("Today ", "Yesterday "))
    assert beside[1].startswith(f"{stories} stor")
    assert beside[1].endswith("All of it is here.")
    assert beside[2] == "Beside the newsroom, on this laptop"
    assert "Of another newsroom" in foreign[1]
    assert foreign[2] == str(tmp_path / "STICK")
    assert dialog.copies.currentRow() == 0
    for row in range(dialog.copies.count()):
        dialog.copies.setCurrentRow(row)
        assert not dialog.bring.isEnabled(), "it has nothing to bring back"
    press(KEY.Key_Return)
    assert dialog.isVisible()
    press(KEY.Key_Escape)
    assert not dialog.isVisible()
    assert "came back" not in window.panes.bar.text


def test_enter_brings_back_what_the_copy_has_and_this_desk_has_not(qtbot, window, desk, opened, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "newsroom.ovn"
    elsewhere.parent.mkdir()
    copied = housekeeping.back_up(desk.store, to=tmp_path / "by hand")
    copied.replace(elsewhere)
    with closing(open_store(elsewhere)) as theirs:
        article = writing.start(theirs, make.content(headline="Theirs alone"), by=desk.reporter)
        housekeeping.back_up(theirs, to=tmp_path / "STICK")
    dialog = opened()
    assert "Not here: 1 version, of 1 story." in lines(dialog.copies)[0][1]
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: "1 story came back" in window.panes.bar.text)
    assert desk.read(writing.text_of, article).headline == "Theirs alone"


def test_another_file_is_asked_for_where_the_copy_is_none_of_those(qtbot, window, desk, opened, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: asked.append(1) or ("", ""))
    dialog = opened()
    qtbot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    assert asked == [1]
    assert not dialog.isVisible()


def test_a_laptop_whose_newsroom_is_lost_lists_the_copies_beside_it(qtbot, tmp_path):
    path = tmp_path / "data" / "newsroom.ovn"
    old = make.newsroom(path)
    housekeeping.back_up(old)
    make.Desk(old, None).draft(headline="Written since")
    newest = housekeeping.back_up(old)
    old.close()
    path.unlink()
    welcome = FirstStart(path)
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    form = welcome.copy_form
    form.begin()
    qtbot.waitUntil(lambda: form.copies.count() == 2 and not form.copies.is_reading)
    assert [line[1] for line in lines(form.copies)] == ["1 story, 1 version.", "0 stories, 0 versions."]
    assert form.file.text() == str(newest)
    assert newest.parent == backup.folder_for(path)
    press(KEY.Key_Down)
    assert form.file.text() != str(newest)
    press(KEY.Key_Up)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.came_page)
    assert form.came.text().startswith("1 story came back")
    form._store.close()


def test_the_dialog_closes_at_once_and_goes_when_the_copy_is_read(qtbot, qapp, tmp_path):
    """A large copy on a slow stick was waited for on the window's thread."""
    may_end, goes = threading.Event(), []

    def read_slowly(_):
        may_end.wait()
        raise DeskError("copy-not-read")

    known = KnownCopies((KnownCopy(tmp_path / "newsroom.ovn", datetime.now(UTC), is_beside=True),))
    dialog = RestoreDialog(lambda: known, read_slowly, lambda: datetime.now(UTC))
    dialog.destroyed.connect(lambda: goes.append(1))
    dialog.show()
    qtbot.waitUntil(lambda: dialog.copies.count() == 1)
    dialog.reject()
    assert not dialog.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not goes
    may_end.set()
    qtbot.waitUntil(lambda: bool(goes))
