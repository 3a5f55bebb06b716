"""Writing an export: whole files, only what changed, and a manifest of what was written."""

import hashlib
import json
import shutil
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from ovn_desk.domain.errors import DeskError
from ovn_desk.files import make_folder, only_one, place, reason, sync_folder, write, write_unfinished, writing
from ovn_desk.formats.outgoing import Outgoing
from ovn_desk.text import foreign
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.sealing import Sealer

MANIFEST = ".ovn-manifest.json"
_STAGED = ".ovn-unfinished"
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """What writing an export would do, or did; paths are relative to its folder."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


def plan(files: Mapping[str, Outgoing], to: Path, hashes: Hashes, sealer: Sealer) -> Plan:
    """What these files would change in a folder; what an earlier export wrote and these do not hold is removed."""
    made = _Making(files, to, hashes, sealer)
    for _ in made.unlike(is_plan=True):
        pass
    return made.plan()


class _Making:
    """The files of an export against what stands in its folder, each made only where it may be another."""

    def __init__(self, files: Mapping[str, Outgoing], to: Path, hashes: Hashes, sealer: Sealer) -> None:
        if to.exists() and not to.is_dir():
            raise DeskError(f"{to} is a file. Name a folder for the export.")
        _check_inside(files)
        self.before = _manifest(to)
        self.after: dict[str, str] = {}
        self._files, self._to, self._hashes, self._sealer = files, to, hashes, sealer
        self._new: list[str] = []
        self._changed: list[str] = []

    def unlike(self, *, is_plan: bool = False) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every file that is not there already, one at a time: an archive need not fit in memory.

        A plan makes nothing that is new in any case.
        """
        for name, file in self._files.items():
            is_there = (self._to / name).is_file()
            there = self._there(name, file) if is_there else None
            if is_plan and not is_there:
                self._new.append(name)
                continue
            known = self._hashes.of(name, file)
            if known and known == there:
                self.after[name] = known
                continue
            data = self._sealer.seal(name, file.make(), partial(_standing, self._to / name))
            self.after[name] = self._hashes.learn(name, file, data)
            if self.after[name] != there:
                (self._changed if is_there else self._new).append(name)
                yield name, data

    def _there(self, name: str, file: Outgoing) -> str | None:
        """The hash of what stands in the folder under a name; none where nobody knows it."""
        if file.compared:
            return hashlib.sha256((self._to / name).read_bytes()).hexdigest()
        return self.before.get(name)

    def plan(self) -> Plan:
        removed = tuple(name for name in self.before if name not in self._files and (self._to / name).is_file())
        unchanged = len(self._files) - len(self._new) - len(self._changed)
        return Plan(tuple(self._new), tuple(self._changed), removed, unchanged)


def write_folder(files: Mapping[str, Outgoing], to: Path, hashes: Hashes, sealer: Sealer) -> Plan:
    """Writes only what changed; removes what an earlier export wrote and this one does not.

    The files are put in place in the order they come in, so that what leads to a page comes after it. Stopped at any
    moment, even by a power cut, the folder holds whole files, and nothing in it leads to a page that is not there.
    """
    making = _Making(files, to, hashes, sealer)
    is_new = not to.exists()
    try:
        make_folder(to)
        with _staging(to) as staged:
            _stage(making, staged)
            made = making.plan()
            if made.new or made.changed or made.removed or making.before != making.after:
                _put_in_place(made, making, to)
    except BaseException as error:
        if is_new and to.exists() and not any(to.iterdir()):
            to.rmdir()
        if isinstance(error, OSError):
            raise DeskError(f"The export to {to} stopped: {reason(error)}. Nothing there was changed.") from error
        raise
    return made


@contextmanager
def _staging(to: Path) -> Iterator[Path]:
    """The folder in which files are made before they take their places, for one export at a time."""
    with only_one(to / "ovn-export") as is_alone:
        if not is_alone:
            raise DeskError(f"Another export is writing to {to}. Wait until it is done, then export again.")
        shutil.rmtree(to / _STAGED, ignore_errors=True)
        try:
            yield to / _STAGED
        finally:
            shutil.rmtree(to / _STAGED, ignore_errors=True)


def _stage(making: _Making, staged: Path) -> None:
    with _Writers() as writers:
        for name, data in making.unlike():
            writers.write(staged / name, data)


def _put_in_place(made: Plan, making: _Making, to: Path) -> None:
    changed, wanted = set(made.changed), {*made.new, *made.changed}
    placed: set[Path] = set()
    try:
        # What is about to change is marked before it does: the next export writes it again if this one is stopped.
        _write_manifest(to, making.before | dict.fromkeys(wanted, ""))
        for name in (name for name in making.after if name in wanted):
            if name in changed or "/" not in name:  # readers may come to it, so what it leads to is on the disk first
                _flush(placed)
            make_folder((to / name).parent)
            place(to / _STAGED / name, to / name)
            placed.add((to / name).parent)
        _flush(placed)
        for name in made.removed:
            (to / name).unlink()
            placed.add((to / name).parent)
        _flush(placed)
        _write_manifest(to, making.after)
    except OSError as error:
        raise DeskError(
            f"The export to {to} stopped: {reason(error)}. Pages already there are whole; export again to finish."
        ) from error


def _flush(folders: set[Path]) -> None:
    """Has the disk know the names in these folders, and forgets them."""
    if len(folders) > 1:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(sync_folder, sorted(folders)))
    else:
        for folder in folders:
            sync_folder(folder)
    folders.clear()


class _Writers:
    """Writes files while the next are made: the disk takes many at once in the time that it takes one."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._writing: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown()
        for done in self._writing if error is None else ():
            done.result()

    def write(self, path: Path, data: bytes) -> None:
        self._writing.append(self._pool.submit(write_unfinished, path, data))
        if len(self._writing) > 2 * _AT_ONCE:
            self._writing.popleft().result()


def _check_inside(names: Iterable[str]) -> None:
    """Raises DeskError for a name that would stand anywhere but in the folder: whatever made it, nothing is written."""
    for name in names:
        is_plain = name.isprintable() and not set(name) & set('\\:*?"<>|')
        if not is_plain or any(part in {"", ".", ".."} for part in name.split("/")):
            raise DeskError(f"Nothing was exported: “{name}” would not stand in the export's folder.")


def _write_manifest(to: Path, hashes: Mapping[str, str]) -> None:
    write(to / MANIFEST, json.dumps(dict(hashes), indent=1, sort_keys=True).encode())


def text(path: Path) -> str:
    """What an earlier export wrote to a file; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} can not be read: {error}. Move it away to begin a new one.") from error


def write_zip(files: Mapping[str, Outgoing], to: Path, sealer: Sealer) -> Plan:
    """All of an export in one file, the same bytes for the same export."""
    _check_inside(files)
    target = to if to.suffix == ".zip" else to.with_name(to.name + ".zip")
    try:
        with (
            _packed(target) as before,
            writing(target) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, outgoing in sorted(files.items()):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                data = sealer.seal(name, outgoing.make(), partial(before, name))
                archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise DeskError(f"The zip {target} can not be written: {reason(error)}.") from error
    return Plan(new=(target.name,))


@contextmanager
def _packed(target: Path) -> Iterator[Callable[[str], bytes]]:
    """Reads a file of the zip that stands there by its name; empty where there is none."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(target))
            names = set(archive.namelist())
        except (OSError, zipfile.BadZipFile):
            yield lambda _name: b""
            return
        yield lambda name: foreign.attempt(lambda: archive.read(name), otherwise=b"") if name in names else b""


def _standing(path: Path) -> bytes:
    """What an earlier export wrote there; empty where there is nothing to be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = foreign.read_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        name: value for name, value in data.items() if not Path(name).is_absolute() and ".." not in Path(name).parts
    }
