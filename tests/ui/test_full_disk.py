"""The window while the disk gets full, on a disk that is really full."""

import pytest

import disks
from make import Desk, newsroom
from ovn_desk.store import ballast, open_store
from ovn_desk.ui.startup import store_place
from ovn_desk.ui.startup.instance import Request
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.usecases import writing


@pytest.fixture
def disk(tmp_path):
    with disks.mounted(tmp_path / "disk", mb=48) as folder:
        yield folder


@pytest.fixture
def store(disk):
    """In place of the usual one: on a small disk."""
    newsroom(disk / "newsroom.ovn").close()
    made = open_store(disk / "newsroom.ovn")
    yield made
    made.close()


@pytest.fixture
def desk(store, renderer):
    return Desk(store, renderer)


@pytest.fixture
def watched(window):
    window.features.disk._timer.setInterval(50)
    return window


def said(window):
    """What stands in the bar."""
    bar = window.panes.bar
    return bar.text if bar.isVisible() else ""


def kept(desk, article):
    return desk.read(writing.text_of, article).body


def test_what_is_typed_on_a_full_disk_is_saved_and_the_window_says_how(qtbot, watched, desk, disk):
    article = desk.draft(body="Before.")
    watched.features.articles.open(article)
    others = disks.fill(disk)
    watched.panes.writing.editor.insert("Pasted. " * 20_000)  # more than may be free in the store itself
    qtbot.keyClicks(watched.panes.writing.editor, "Typed on a full disk. ")
    qtbot.waitUntil(lambda: "Typed on a full disk." in kept(desk, article), timeout=10_000)
    qtbot.waitUntil(lambda: "The text was saved in a reserve. Free at least 1" in said(watched), timeout=10_000)
    qtbot.waitUntil(lambda: watched.workspace.text.save_state.saving is Saving.SAVED, timeout=10_000)
    others.unlink()
    qtbot.waitUntil(lambda: watched.panes.bar.text == "The disk has room again. You can write.", timeout=10_000)
    qtbot.waitUntil(lambda: ballast.is_whole(desk.store.path), timeout=10_000)


@pytest.mark.campaign
def test_without_room_and_reserve_it_says_not_saved_until_there_is_room(qtbot, watched, desk, disk):
    article = desk.draft(body="Before.")
    watched.features.articles.open(article)
    ballast.release(desk.store.path)
    watched.features.disk._timer.stop()
    others = disks.fill(disk)
    watched.panes.writing.editor.insert("Pasted. " * 20_000)
    qtbot.keyClicks(watched.panes.writing.editor, "Typed without a reserve. ")
    qtbot.waitUntil(lambda: watched.panes.bar.text.startswith("NOT SAVED: The disk with"), timeout=10_000)
    assert "is full. Free at least 16 MB on it." in watched.panes.bar.text
    others.unlink()
    watched.features.disk._timer.start()
    qtbot.waitUntil(lambda: "Typed without a reserve." in kept(desk, article), timeout=20_000)
    qtbot.waitUntil(lambda: "NOT SAVED" not in said(watched), timeout=10_000)
    qtbot.waitUntil(lambda: ballast.is_whole(desk.store.path), timeout=10_000)


def test_a_store_on_a_disk_that_can_only_be_read_is_opened_without_a_lock(qapp, desk, store, disk):
    store.close()
    disks.make_read_only(disk)
    place = store_place.take_place(store.path, Request())
    assert place.instance is None
    assert place.why_read_only.endswith("cannot be written: the disk can only be read.")


class TestAClosedDesk:
    @pytest.fixture
    def store(self, disk, renderer):
        newsroom(disk / "newsroom.ovn").close()
        made = open_store(disk / "newsroom.ovn")
        Desk(made, renderer).draft(body="Before.")
        made.close()
        disks.fill(disk)
        made = open_store(disk / "newsroom.ovn")
        yield made
        made.close()

    def test_opens_to_read_and_goes_on_by_itself_when_there_is_room(self, qtbot, watched, desk, disk):
        assert "is full. Free at least 16 MB on it." in watched.panes.bar.text
        article = desk.read(lambda reading: reading.rows()[0].id)
        watched.features.articles.open(article)
        qtbot.keyClicks(watched.panes.writing.editor, "nothing")
        assert watched.panes.writing.editor.text() == "Before."
        (disk / "others.bin").unlink()
        qtbot.waitUntil(lambda: not watched.panes.writing.editor.isReadOnly(), timeout=20_000)
        assert watched.panes.bar.text == "The disk has room again. You can write."
        qtbot.keyClicks(watched.panes.writing.editor, "Typed. ")
        qtbot.waitUntil(lambda: kept(desk, article) == "Typed. Before.", timeout=10_000)
