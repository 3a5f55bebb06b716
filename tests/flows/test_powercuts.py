"""A little of bench/powercuts.py: what is acknowledged is there whatever the disk kept of the rest."""

import random

import disk
import fileops
import pytest


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    names = ("autosave", "key replace, the only chief", "small files")
    found = fileops.run("powercut.py", tmp_path_factory.mktemp("cuts"), 150, "none,commits,files,folders", *names)
    if found is None:
        pytest.skip("Needs Linux and a C compiler.")
    return {(result["name"], result["mutant"]): result for result in found}


@pytest.mark.campaign
@pytest.mark.timeout(3600)  # the first of them in a worker makes all the cuts
@pytest.mark.parametrize("name", ["autosave", "key replace, the only chief", "small files"])
def test_nothing_acknowledged_is_lost_in_a_power_cut(cut, name):
    assert cut[name, "none"]["examples"] == []


@pytest.mark.campaign
@pytest.mark.timeout(3600)  # the first of them in a worker makes all the cuts
@pytest.mark.parametrize(
    ("mutant", "name"),
    [
        ("commits", "autosave"),
        ("files", "key replace, the only chief"),
        ("files", "small files"),
        ("folders", "key replace, the only chief"),
        ("folders", "small files"),
    ],
)
def test_a_desk_that_leaves_out_a_flush_is_found_out(cut, mutant, name):
    result = cut[name, mutant]
    assert result["lost"] + result["faults"] > 0


def after(folder, *operations, names=0, data=0, torn=""):
    """What a disk holds when the power is cut after these operations."""
    made = disk.Disk(folder)
    for kind, *words in operations:
        written = words.pop() if kind == "write" else b""
        made.do(fileops.Operation(kind, tuple(map(str, words)), written))
    return made.after_cut(disk.Keep(random.Random(1), names, data, torn))


def test_only_what_was_flushed_is_sure(tmp_path):
    (tmp_path / "old").write_bytes(b"before")
    made = ("create", 9, f"{tmp_path}/new")
    wrote = ("write", 9, 0, 3, b"abc")
    file, folder = ("fsync", 9, 0, f"{tmp_path}/new"), ("fsync", 1, 0, str(tmp_path))
    assert after(tmp_path, made, wrote) == {"old": b"before"}
    assert after(tmp_path, made, wrote, file) == {"old": b"before"}
    assert after(tmp_path, made, wrote, folder) == {"old": b"before", "new": b""}
    assert after(tmp_path, made, wrote, file, folder) == {"old": b"before", "new": b"abc"}
    assert after(tmp_path, made, wrote, names=1) == {"old": b"before", "new": b""}
    assert after(tmp_path, made, wrote, names=1, data=1) == {"old": b"before", "new": b"abc"}


def test_a_rename_in_a_folder_is_there_whole_or_not_at_all(tmp_path):
    (tmp_path / "page").write_bytes(b"old")
    (tmp_path / "part").write_bytes(b"new")
    moved = ("rename", f"{tmp_path}/part", f"{tmp_path}/page")
    assert after(tmp_path, moved) == {"page": b"old", "part": b"new"}
    assert after(tmp_path, moved, names=1) == {"page": b"new"}
    assert after(tmp_path, moved, ("fsync", 1, 0, str(tmp_path))) == {"page": b"new"}


def test_what_is_deleted_may_come_back_until_its_folder_is_flushed(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "page").write_bytes(b"old")
    gone = ("unlink", f"{tmp_path}/sub/page")
    assert after(tmp_path, gone) == {"sub": None, "sub/page": b"old"}
    assert after(tmp_path, gone, ("fsync", 2, 0, f"{tmp_path}/sub")) == {"sub": None}


def test_a_write_is_torn_at_sectors(tmp_path):
    (tmp_path / "page").write_bytes(b"x" * 2048)
    inode = (tmp_path / "page").stat().st_ino
    left = after(tmp_path, ("write", inode, 0, 2048, b"y" * 2048), data=1, torn="sectors")["page"]
    sectors = {left[place : place + disk.SECTOR] for place in range(0, 2048, disk.SECTOR)}
    assert sectors == {b"x" * disk.SECTOR, b"y" * disk.SECTOR}
