"""Every file the program writes is written here: whole or not at all, under its own name only when it is on the disk.

A file is made in its own folder under a temporary name, `.NAME.TOKEN.part`, which its writer keeps locked. It is
flushed to the disk, renamed, and its folder is flushed, too: a rename that only the memory knows does not survive a
power cut. What a killed run left is cleared when the same work begins again. The lock tells it from what another
process is writing just now; what was left by another computer, by an older desk, or on a drive that knows no locks is
cleared after a day.
"""

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ovn_desk.messages import Message

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_FILE, _FOLDER = 0o666, 0o777  # less what the umask takes away
_A_DAY = 24 * 60 * 60
_HERE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
_LEFT = re.compile(r"(\..+?(?:\.([0-9a-f]{16}))?\.part)(?:-.*)?")
_HELD_FOR = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if sys.platform == "win32" else ()  # seconds
_REASONS = {
    errno.ENOSPC: Message("no-room"),
    getattr(errno, "EDQUOT", -1): Message("no-room-in-share"),
    errno.EROFS: Message("no-writing"),
    errno.EACCES: Message("no-permission"),
    errno.EPERM: Message("no-permission"),
    errno.EIO: Message("disk-fault"),
}
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)  # Windows has neither
_COPY = "-copy"  # what another library writes, beside the file that is locked: not all may be locked twice


def write(path: Path, data: bytes, *, family: str = "", is_private: bool = False, is_new: bool = False) -> None:
    """Write a file atomically: under its name stands the old content or the new one, also after a power cut."""
    with writing(path, family=family, is_private=is_private, is_new=is_new) as file:
        file.write(data)


@contextmanager
def writing(path: Path, *, family: str = "", is_private: bool = False, is_new: bool = False) -> Iterator[BinaryIO]:
    """Open a temporary file that is renamed to `path` when the block ends, and deleted when it fails.

    `family` is what the names of such work begin with, where each run has another name. With `is_new` a file that is
    there already is kept, and FileExistsError raised. A link is written through. Raises OSError.
    """
    path = path.resolve() if path.is_symlink() else path
    make_folder(path.parent, is_private=is_private)
    clear(path.parent, family or path.name)
    with _lock_new_file(path, is_private=is_private) as (unfinished, file):
        yield file
        file.flush()
        os.fsync(file.fileno())
        if sys.platform == "win32":
            file.close()  # an open file has no other name there
        _place(unfinished, path, is_new=is_new)


@contextmanager
def making(path: Path, *, source: Path | None = None, family: str = "", is_new: bool = False) -> Iterator[Path]:
    """Name a private temporary file for another library to write; it is renamed to `path` when the block ends.

    It is empty or a copy of `source`. `family` and `is_new` are as for `writing`. Raises OSError.
    """
    make_folder(path.parent, is_private=True)
    clear(path.parent, family or path.name)
    with _lock_new_file(path, is_private=True) as (held, _):
        unfinished = held.with_name(held.name + _COPY)
        try:
            make_private(unfinished)
            if source:
                shutil.copyfile(source, unfinished)
            yield unfinished
            _sync(unfinished)
            _place(unfinished, path, is_new=is_new)
        finally:
            for left in _beside(path.parent, unfinished.name):
                left.unlink(missing_ok=True)


def write_unfinished(path: Path, data: bytes, *, is_flushed: bool = True) -> None:
    """Writes a file that does not count yet: in a folder that is cleared, or that `place` takes it out of."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        if is_flushed:
            os.fsync(file.fileno())


def place(unfinished: Path, path: Path) -> None:
    """Rename a flushed file to the name that counts; `sync_folder` must follow once all of a folder are in place."""
    _replace(unfinished, path)


def with_ending(path: Path, ending: str) -> Path:
    """The path with this ending of its name, which a dialog does not add to what somebody typed."""
    return path if path.name.casefold().endswith(ending) else path.with_name(path.name + ending)


def read_plain(path: Path) -> bytes | None:
    """The bytes of a file that somebody else may have put there; none where no file stands, or a link, pipe or folder.

    It never waits for who would write to a pipe, and follows no link. Raises OSError.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        descriptor = os.open(path, os.O_RDONLY | _PLAINLY | _NOT_WAITING)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def make_private(path: Path) -> None:
    """An empty file only its owner can read, for another library to fill; one that is there stays as it is."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))


def make_folder(path: Path, *, is_private: bool = False) -> None:
    """Makes a folder and those it is in, each to stay after a power cut; one that is there stays as it is."""
    if path.is_dir():
        return
    make_folder(path.parent, is_private=is_private)
    with suppress(FileExistsError):  # another process was first
        path.mkdir(mode=PRIVATE_FOLDER if is_private else _FOLDER)
        sync_folder(path.parent)


def reason(error: OSError) -> Message:
    """Why a file could not be written or read, in the words of who has to mend it; a clause without a full stop."""
    return _REASONS.get(error.errno or 0) or Message(error.strerror or str(error))


def sync_folder(path: Path) -> None:
    """Flushes the names in a folder to the disk, where the system can do that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network drives can not
        _sync(path)


def move(path: Path, to: Path) -> None:
    """Rename a whole file within its folder, over a file that has the name already. Raises OSError."""
    _replace(path, to)
    sync_folder(to.parent)


def remove(path: Path) -> None:
    """Deletes a file, to stay deleted; one that is not there is no error. Raises OSError."""
    with suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def close_to_others(path: Path) -> None:
    """Take the right to read a file from everybody but its owner; a right given to its group stays."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


def clear(folder: Path, start: str) -> None:
    """Deletes what killed runs left of the files whose names begin with `start`, and nothing that is being written."""
    with suppress(OSError):  # it is only tidying: what can not be read or deleted stays
        matches = [_LEFT.fullmatch(path.name) for path in _beside(folder, f".{start}")]
        for name, token in {match[1]: match[2] or "" for match in matches if match}.items():
            _clear(folder / name, is_ours=token.startswith(_HERE))
        if (lock := folder / f".{start}.lock").exists():
            _clear(lock, is_ours=True)


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A private folder for files that only this block needs, in the system's own; what killed runs left is cleared."""
    shared = Path(tempfile.gettempdir())
    clear(shared, f"{name}-")
    with _lock_new_file(shared / f"{name}-{secrets.token_hex(4)}", is_private=True) as (held, _):
        folder = held.with_name(held.name + _COPY)
        folder.mkdir(mode=PRIVATE_FOLDER)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Whether this process alone has the lock `.NAME.lock` beside `path` while the block lasts."""
    path = path.with_name(f".{path.name}.lock")
    held = _open_locked(path, os.O_CREAT)
    try:
        yield held is not None
    finally:
        if held is not None:
            _delete_and_close(path, held)


@contextmanager
def _lock_new_file(path: Path, *, is_private: bool) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file beside `path` under a temporary name, locked; it is gone, or has another name, when the block ends."""
    while True:
        name = path.with_name(f".{path.name}.{_HERE}{secrets.token_hex(5)}.part")
        mode = PRIVATE_FILE if is_private else _FILE
        descriptor = _open_locked(name, os.O_CREAT | os.O_EXCL, mode)
        if descriptor is not None:
            break
    with os.fdopen(descriptor, "w+b") as file:
        try:
            yield name, file
        finally:
            if sys.platform == "win32":
                file.close()  # what is open can not be deleted there
            name.unlink(missing_ok=True)


def _place(unfinished: Path, path: Path, *, is_new: bool) -> None:
    """Gives a file that is on the disk its own name, and flushes that."""
    if is_new:
        _link(unfinished, path)
    else:
        _replace(unfinished, path)
    sync_folder(path.parent)


def _link(unfinished: Path, path: Path) -> None:
    """Gives a file a name that nothing has yet; raises FileExistsError where something has."""
    try:
        path.hardlink_to(unfinished)
        unfinished.unlink()  # before its folder is flushed, so that it does not come back
    except FileExistsError:
        raise
    except OSError as error:  # a stick knows one name a file
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        _replace(unfinished, path)


def _replace(unfinished: Path, path: Path) -> None:
    """Renames a file over another. On Windows a scanner or an index may have it open for a moment."""
    for seconds in _HELD_FOR:
        try:
            unfinished.replace(path)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    unfinished.replace(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(folder: Path, start: str) -> list[Path]:
    with os.scandir(folder) as entries:
        return [folder / entry.name for entry in entries if entry.name.startswith(start)]


def _clear(held: Path, *, is_ours: bool) -> None:
    """Deletes one abandoned piece of work: the file that was locked, and everything that was made beside it."""
    made = _beside(held.parent, f"{held.name}-")
    descriptor = _open_locked(held, os.O_CREAT)
    if descriptor is None:
        return
    age = time.time() - min(path.stat().st_mtime for path in (held, *made))
    if age < _A_DAY and not (is_ours and can_lock(descriptor)):
        os.close(descriptor)
        return
    for left in made:
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    _delete_and_close(held, descriptor)


def _delete_and_close(path: Path, descriptor: int) -> None:
    if sys.platform == "win32":  # what is open can not be deleted there
        os.close(descriptor)
        path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _open_locked(path: Path, flags: int, mode: int = PRIVATE_FILE) -> int | None:
    """The file at `path`, open and locked; none where another process has it, or has just taken it away."""
    descriptor = os.open(path, os.O_RDWR | flags | _PLAINLY, mode)
    try:
        can_lock(descriptor)
        if os.path.samestat(path.stat(), os.fstat(descriptor)):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


if sys.platform == "win32":
    import msvcrt

    _PLAINLY = os.O_BINARY | os.O_NOINHERIT

    def can_lock(descriptor: int) -> bool:
        """Locks an open file, where its drive can; raises BlockingIOError when another process has it locked."""
        os.lseek(descriptor, 2**31 - 2, os.SEEK_SET)  # behind everything, because such a lock stops readers, too
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def unlock(descriptor: int) -> None:
        """Lets an open file that `can_lock` locked be locked by others, whoever else has it open by inheritance."""
        os.lseek(descriptor, 2**31 - 2, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    _PLAINLY = os.O_CLOEXEC

    def can_lock(descriptor: int) -> bool:
        """Locks an open file, where its drive can; raises BlockingIOError when another process has it locked."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return False
        return True

    def unlock(descriptor: int) -> None:
        """Lets an open file that `can_lock` locked be locked by others, whoever else has it open by inheritance.

        A process that is just being started has every descriptor of this one until its program runs: closing alone
        would leave the lock with it for that moment.
        """
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
