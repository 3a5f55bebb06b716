"""The store on a disk that is really full."""

import signal
import subprocess
import sys

import pytest

import disks
from make import HOUSE, Desk, content, newsroom
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import ballast, open_store, trouble
from ovn_desk.usecases import housekeeping, importing, writing

DISK_MB = 48


@pytest.fixture
def disk(tmp_path):
    with disks.mounted(tmp_path / "disk", mb=DISK_MB) as folder:
        yield folder


@pytest.fixture
def small(disk, renderer):
    """A desk on a small disk, with one article."""
    newsroom(disk / "newsroom.ovn").close()
    made = Desk(open_store(disk / "newsroom.ovn"), renderer)
    made.first = made.draft(headline="The first story")
    yield made
    made.store.close()


def body_of(store, article):
    with store.read() as reading:
        return writing.text_of(reading, article).body


class Writer:
    """Keeps one text after the other, as the window does."""

    def __init__(self, desk):
        self.desk, self.known = desk, desk.read(writing.open_text, desk.first)

    def __call__(self, text):
        store, first, by = self.desk.store, self.desk.first, self.desk.reporter
        self.known = store.write_with_reserve(lambda: writing.keep(store, first, text, by=by, known=self.known))
        assert self.known.is_mine


def typed(number):
    return content(body=f"Edit {number}. " + "Words that make the text as long as an article is. " * 90)


def test_the_ballast_is_whole_private_and_of_real_blocks(small, disk):
    file = ballast.path_for(small.store.path)
    about = file.stat()
    assert about.st_size == about.st_blocks * 512 == ballast.BYTES
    assert about.st_mode & 0o777 == 0o600
    assert len(set(file.read_bytes()[:4096])) > 200, "what can be packed is not there when it is wanted"


def test_what_is_typed_on_a_full_disk_is_saved_in_the_reserve_and_the_reserve_made_again(small, disk):
    others = disks.fill(disk)
    with pytest.raises(trouble.StoreTrouble, match=r"is full\. Free at least 1[2-6] MB"):
        writing.keep(small.store, small.first, typed(0), by=small.reporter)
    assert not small.store.is_in_reserve
    write = Writer(small)
    for number in range(1, 120):
        write(typed(number))
        assert body_of(small.store, small.first).startswith(f"Edit {number}.")
    assert small.store.is_in_reserve
    assert not small.store.mend()
    others.unlink()
    assert small.store.mend()
    assert not small.store.is_in_reserve
    small.store.close()
    again = open_store(small.store.path)
    assert body_of(again, small.first).startswith("Edit 119.")
    assert again.find_damage() == []
    again.close()


def test_when_the_reserve_is_used_up_too_the_text_is_refused_and_kept_again_later(small, disk):
    others = disks.fill(disk)
    write = Writer(small)
    write(typed(1))
    more = disks.fill(disk, name="more.bin")
    long = content(body="words " * 200_000 + "end")
    with pytest.raises(trouble.StoreTrouble, match="is full"):
        write(long)
    assert body_of(small.store, small.first).startswith("Edit 1.")
    others.unlink()
    more.unlink()
    write(long)
    assert body_of(small.store, small.first) == long.body


def test_an_import_is_refused_by_the_disk_it_was_to_go_to(small, disk, tmp_path):
    (tmp_path / "story.md").write_text("# A story\n\nWords.", encoding="utf-8")
    small.store.close()
    disks.fill(disk)
    store = open_store(small.store.path)
    with pytest.raises(DeskError, match=r"^The disk with .*newsroom\.ovn is full\. Free at least 16 MB on it\.$"):
        importing.import_files(store, [tmp_path / "story.md"], by=small.reporter)
    store.close()


def test_only_what_was_typed_may_use_the_reserve(small, disk):
    disks.fill(disk)
    for _ in range(3):
        with pytest.raises(DeskError, match="is full"):
            writing.start(small.store, typed(1), by=small.reporter)
    assert not small.store.is_in_reserve


LEAVER = """
import os, sys
from pathlib import Path
from ovn_desk.domain.article import Content
from ovn_desk.store import open_store
from ovn_desk.usecases import people, writing
store = open_store(Path(sys.argv[1]))
with store.read() as reading:
    person = reading.person("Rana")
by = people.signer(store, person)
writing.start(store, Content(headline="Killed", body="This stands in the log alone."), by=by)
os.kill(os.getpid(), 9)
"""


def leave_killed(path):
    """Another desk writes an article and is killed: it stands in the log, not in the file."""
    done = subprocess.run([sys.executable, "-c", LEAVER, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("end", ["closed", "killed", "killed, and the index lost"])
@pytest.mark.parametrize("has_ballast", [True, pytest.param(False, marks=pytest.mark.campaign)])
def test_a_desk_on_a_full_disk_opens_to_read_and_says_how_much_is_needed(small, disk, end, has_ballast):
    path = small.store.path
    small.store.close()
    if end != "closed":
        leave_killed(path)
    if end == "killed, and the index lost":
        path.with_name(path.name + "-shm").unlink()
    if not has_ballast:
        ballast.release(path)
    others = disks.fill(disk)
    before = disks.names(disk)
    store = open_store(path)
    assert f"The disk with {path} is full. Free at least 16 MB on it." in str(store.why_read_only)
    with store.read() as reading:
        found = {row.headline for row in reading.rows()}
        assert len(reading.rows(search="story")) == 1
    assert found == ({"The first story"} if end == "closed" else {"The first story", "Killed"})
    with store.read() as one, store.read() as other:  # the window reads on more than one thread
        assert one.rows() == other.rows()
    with pytest.raises(DeskError, match="is full"):
        writing.start(store, typed(1), by=small.reporter)
    assert ballast.is_whole(path) is has_ballast
    assert store.find_damage() == []
    assert not store.mend()
    others.unlink()
    assert store.mend()
    assert store.why_read_only is None
    writing.start(store, content(headline="There is room"), by=small.reporter)
    with store.read() as reading:
        assert {row.headline for row in reading.rows()} == found | {"There is room"}
    assert store.find_damage() == []
    store.close()
    assert set(disks.names(disk)) <= set(before) | {"newsroom.ovn.ballast"}


def test_a_store_on_a_full_disk_is_copied_to_another(small, disk, tmp_path):
    path = small.store.path
    small.store.close()
    disks.fill(disk)
    store = open_store(path)
    copy = housekeeping.back_up(store, to=tmp_path / "stick")
    store.close()
    again = open_store(copy)
    assert body_of(again, small.first)
    again.close()


def test_a_backup_to_a_full_disk_is_one_sentence_and_leaves_nothing(small, disk, tmp_path):
    with disks.mounted(tmp_path / "stick", mb=2) as stick:
        disks.fill(stick)
        before = disks.names(stick)
        with pytest.raises(
            DeskError, match=r"^The disk with .*/stick is full\. A copy of the store needs \d MB there\.$"
        ):
            housekeeping.back_up(small.store, to=stick)
        assert disks.names(stick) == before
    disks.fill(disk)
    before = disks.names(disk)
    with pytest.raises(
        DeskError, match=r"^The disk with .*-backups is full\. A copy of the store needs \d MB there\.$"
    ):
        housekeeping.back_up(small.store)
    assert [name for name in disks.names(disk) if name not in before] in ([], ["newsroom-backups"])
    assert list(disk.glob("newsroom-backups/*")) == list(disk.glob("newsroom-backups/.*")) == []


def test_a_store_is_not_made_on_a_full_disk_and_nothing_is_left(disk):
    disks.fill(disk)
    with pytest.raises(DeskError, match=r"newsroom\.ovn is full|newsroom\.ovn cannot be made: the disk is full"):
        housekeeping.create_newsroom(disk / "newsroom.ovn", house_text=HOUSE)
    assert disks.names(disk) == ["others.bin"]


@pytest.mark.parametrize("has_log", [False, True])
def test_a_store_on_a_disk_that_can_only_be_read_is_read(small, disk, has_log):
    path = small.store.path
    small.store.close()
    if has_log:
        leave_killed(path)
    disks.make_read_only(disk)
    store = open_store(path)
    assert "can only be read. Make it writable, or copy the store to another disk" in str(store.why_read_only)
    with store.read() as reading:
        assert len(reading.rows()) == (2 if has_log else 1)
    with pytest.raises(DeskError, match="can only be read"):
        writing.start(store, typed(1), by=small.reporter)
    store.close()
