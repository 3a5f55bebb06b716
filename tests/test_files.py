"""Files are whole or not there, stay after a power cut, and what a killed run left is cleared."""

import ast
import multiprocessing
import os
import re
import stat
import time
from pathlib import Path
from typing import ClassVar

import pytest

from ovn_desk import files


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def left_by_a_killed_run(folder, name, *, made=""):
    """What a run leaves that is killed while it writes a file: its temporary one, and what lies beside that."""
    child = multiprocessing.get_context("fork").Process(target=_write_and_die, args=(folder / name, made))
    child.start()
    child.join()
    assert child.exitcode == 9
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def _write_and_die(path, made):
    if made:
        with files.making(path, family=made) as unfinished:
            unfinished.with_name(unfinished.name + "-wal").write_bytes(b"half")
            os._exit(9)
    with files.writing(path) as file:
        file.write(b"half")
        os._exit(9)


def test_a_file_is_written_whole_with_the_permissions_it_wants(tmp_path):
    usual = os.umask(0)
    os.umask(usual)
    files.write(tmp_path / "a" / "page.html", b"old")
    files.write(tmp_path / "a" / "page.html", b"new")
    files.write(tmp_path / "keys" / "own" / "key.json", b"secret", is_private=True)
    assert (tmp_path / "a" / "page.html").read_bytes() == b"new"
    assert [mode(tmp_path / name) for name in ("a", "a/page.html")] == [0o777 & ~usual, 0o666 & ~usual]
    assert [mode(tmp_path / name) for name in ("keys", "keys/own", "keys/own/key.json")] == [0o700, 0o700, 0o600]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "key.json", "keys", "own", "page.html"]


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_counts(tmp_path, monkeypatch):
    """`flows/test_powercuts.py` cuts the power for it; here is the order alone."""
    done, flush, rename = [], os.fsync, os.replace

    def flushed(descriptor):
        flush(descriptor)
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")

    def renamed(*names):
        rename(*names)
        done.append("name")

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    files.write(tmp_path / "page.html", b"all of it")
    assert done == ["file", "name", "folder"]


def test_a_block_that_fails_leaves_the_file_as_it_was(tmp_path):
    files.write(tmp_path / "list.txt", b"old")
    with pytest.raises(ZeroDivisionError), files.writing(tmp_path / "list.txt") as file:
        file.write(b"half")
        1 / 0  # noqa: B018
    with pytest.raises(ZeroDivisionError), files.making(tmp_path / "list.txt") as unfinished:
        unfinished.write_bytes(b"half")
        1 / 0  # noqa: B018
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("list.txt", b"old")]


def test_a_new_file_takes_the_place_of_nothing(tmp_path):
    files.write(tmp_path / "key", b"first", is_new=True)
    with pytest.raises(FileExistsError):
        files.write(tmp_path / "key", b"second", is_new=True)
    with pytest.raises(FileExistsError), files.making(tmp_path / "key", is_new=True) as unfinished:
        unfinished.write_bytes(b"third")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("key", b"first")]


def test_what_a_killed_run_left_is_cleared_when_the_same_work_begins_again(tmp_path):
    assert left_by_a_killed_run(tmp_path, "page.html")
    files.write(tmp_path / "other.html", b"another work")
    assert len(list(tmp_path.iterdir())) == 2
    files.write(tmp_path / "page.html", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.html", "page.html"]


def test_what_lay_beside_it_is_cleared_too_though_the_next_run_has_another_name(tmp_path):
    assert len(left_by_a_killed_run(tmp_path, "copy-1.ovn", made="copy-")) == 3
    with files.making(tmp_path / "copy-2.ovn", family="copy-"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["copy-2.ovn"]


def test_what_another_process_is_writing_just_now_is_left_alone(tmp_path):
    with files.writing(tmp_path / "page.html") as file:
        file.write(b"slow")
        child = multiprocessing.get_context("fork").Process(target=files.write, args=(tmp_path / "page.html", b"quick"))
        child.start()
        child.join()
        assert child.exitcode == 0
        assert (tmp_path / "page.html").read_bytes() == b"quick"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("page.html", b"slow")]


@pytest.mark.parametrize("name", [".page.html.part", ".page.html.000000aaaaaaaaaa.part"])
def test_what_an_older_desk_or_another_computer_left_is_cleared_after_a_day(tmp_path, name):
    left = tmp_path / name
    left.write_bytes(b"half")
    files.write(tmp_path / "page.html", b"whole")
    assert left.exists()
    os.utime(left, (time.time() - 90_000,) * 2)
    files.write(tmp_path / "page.html", b"whole")
    assert not left.exists()


def test_a_name_that_only_looks_like_ours_is_left_alone(tmp_path):
    theirs = [tmp_path / name for name in (".page.html.swp", "page.html.part", ".page.html.partial")]
    for path in theirs:
        path.write_bytes(b"theirs")
        os.utime(path, (time.time() - 90_000,) * 2)
    files.write(tmp_path / "page.html", b"ours")
    assert all(path.exists() for path in theirs)


def test_one_process_has_a_lock_file_and_it_is_gone_afterwards(tmp_path):
    with files.only_one(tmp_path / "lock") as is_mine, files.only_one(tmp_path / "lock") as is_too:
        assert (is_mine, is_too) == (True, False)
    with files.only_one(tmp_path / "lock") as is_mine:
        assert is_mine
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_killed_run_left_is_cleared_and_one_that_is_held_is_not(tmp_path):
    with files.only_one(tmp_path / "page.html"):
        files.write(tmp_path / "page.html", b"other work")
        assert (tmp_path / ".page.html.lock").exists()
    (tmp_path / ".page.html.lock").write_bytes(b"")
    files.write(tmp_path / "page.html", b"same work")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_link_is_written_through(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "preferences.json").write_bytes(b"old")
    (tmp_path / "preferences.json").symlink_to(tmp_path / "dotfiles" / "preferences.json")
    files.write(tmp_path / "preferences.json", b"new", is_private=True)
    assert (tmp_path / "preferences.json").is_symlink()
    assert (tmp_path / "dotfiles" / "preferences.json").read_bytes() == b"new"


class Held(type(Path())):
    """A file that another program has open for a moment, so that Windows does not rename it."""

    tries: ClassVar = []

    def replace(self, target):
        self.tries.append(target)
        if len(self.tries) < 3:
            raise PermissionError
        return super().replace(target)


def test_a_file_that_another_program_holds_for_a_moment_is_renamed_after_it(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_HELD_FOR", (0, 0))
    (tmp_path / "part").write_bytes(b"whole")
    files.place(Held(tmp_path / "part"), tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == b"whole"


def test_a_scratch_folder_is_private_and_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))
    with files.scratch("ovn-test") as folder:
        (folder / "page.html").write_bytes(b"x")
        assert mode(folder) == 0o700
    assert list(tmp_path.iterdir()) == []


def test_a_scratch_folder_of_a_killed_run_is_cleared_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))

    def begin_and_die():
        with files.scratch("ovn-test") as folder:
            (folder / "page.html").write_bytes(b"private")
            os._exit(9)

    child = multiprocessing.get_context("fork").Process(target=begin_and_die)
    child.start()
    child.join()
    assert len(list(tmp_path.iterdir())) == 2
    with files.scratch("ovn-test") as folder:
        assert list(folder.iterdir()) == []
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_everybody_could_read_is_closed_and_one_that_a_group_was_let_in_to_is_not(tmp_path):
    for name, before, after in (("a", 0o644, 0o600), ("b", 0o660, 0o660), ("c", 0o600, 0o600)):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / name).chmod(before)
        files.close_to_others(tmp_path / name)
        assert mode(tmp_path / name) == after


SOURCES = Path(files.__file__).parent
ALLOWED = {  # who may write in another way, and why
    ("ui/startup/logs.py", "RotatingFileHandler"): "a log is written line by line",
    ("ui/startup/logs.py", "open"): "what Qt and Chromium say goes straight into a log, as they say it",
    ("lock.py", "open"): "the store's lock is a file that stays, and is locked",
    ("lock.py", "write"): "who has it, in place",
    ("store/backup.py", "VACUUM INTO"): "into what `files.making` gave",
    ("sync/bundle/writing.py", "open to write"): "a part of a bundle, inside the file `files.writing` gave",
    ("store/database.py", "open to write"): "to see whether that can be done; nothing is written",
    ("store/connecting.py", "connect"): "SQLite writes the store",
    ("store/trouble.py", "open to write"): "to see whether that can be done; nothing is written",
    ("store/trouble.py", "TemporaryFile"): "to see what the disk says; it has no name, and is gone at once",
    ("store/build_cache.py", "connect"): "SQLite writes what is kept",
}
WRITERS = {
    *("write_text", "write_bytes", "mkdir", "makedirs", "rename", "renames", "symlink_to", "hardlink_to"),
    *("link", "symlink", "truncate", "mkstemp", "mkdtemp", "mktemp", "NamedTemporaryFile", "TemporaryFile"),
    *("SpooledTemporaryFile", "TemporaryDirectory", "copyfile", "copy2", "copytree", "copyfileobj", "chmod"),
    *("QSaveFile", "QFile", "QTemporaryFile", "QTemporaryDir", "QSettings", "QPdfWriter", "FileHandler"),
    *("RotatingFileHandler", "TimedRotatingFileHandler", "extractall", "extract"),
}
WRITING_MODE = re.compile(r"[rbt]*(?:[wax][bt+]*|(?<=[rbt])\+[bt]*)")  # a palette opened with "+" is no file
MODULES_THAT_WRITE = {
    "os": {"open", "replace", "write", "remove", "mknod"},
    "driver": {"connect"},
    "shutil": {"copy", "move", "make_archive"},
}


def ways_to_write(path):
    """Each way to write a file that a source uses, told by its syntax."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "VACUUM INTO" in node.value:
            yield "VACUUM INTO"
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        module = owner.id if isinstance(owner, ast.Name) else ""
        words = [
            one.value
            for one in ast.walk(ast.Tuple(node.args + [word.value for word in node.keywords]))
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        is_read = (module, name) == ("os", "open") and not re.search("WRONLY|RDWR|CREAT", ast.unparse(node))
        if module == "files" or is_read:
            continue
        if name in WRITERS or name in MODULES_THAT_WRITE.get(module, ()):
            yield name
        elif name == "replace" and len(node.args) == 1 and not node.keywords and "import Path" in source:
            yield "Path.replace"  # of a text it takes two
        elif name == "open" and module not in {"Image", "zipfile"} and any(map(WRITING_MODE.fullmatch, words[:2])):
            yield "open to write"
        elif name == "save" and any(isinstance(one, ast.Call) for one in node.args):
            yield "save to a name"


def test_nobody_writes_a_file_in_another_way():
    found = {
        (path.relative_to(SOURCES).as_posix(), way)
        for path in SOURCES.rglob("*.py")
        if path != SOURCES / "files.py"
        for way in ways_to_write(path)
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text(text)",
        "path.open('w')",
        "open(path, mode='ab')",
        "os.open(path, os.O_WRONLY)",
        "from pathlib import Path; Path('old').replace(new)",
        "shutil.copy(a, b)",
        "tempfile.mkdtemp()",
        "pixmap.save(str(path))",
        "QFile(path)",
    ],
)
def test_the_guard_sees_each_way(tmp_path, line):
    (tmp_path / "source.py").write_text(line)
    assert list(ways_to_write(tmp_path / "source.py"))
