"""Writing an export: whole files, only what changed, and a manifest of what was written.

Others may write to the folder, too. So a file counts as unchanged by the bytes that stand there; a link is replaced and
never written through; and what the manifest lists is deleted only where an export of this newsroom made it.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from ovn_desk.domain.errors import DeskError
from ovn_desk.files import (
    clear,
    make_folder,
    only_one,
    place,
    read_plain,
    reason,
    sync_folder,
    write,
    write_unfinished,
    writing,
)
from ovn_desk.messages import Message
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.text import foreign
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.sealing import Sealer

MANIFEST = ".ovn-manifest.json"
_STAGED = ".ovn-unfinished"
_AT_ONCE = 16
_NAMED = 5
Make = Callable[[Artifact], bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """What writing an export would do, or did; paths are relative to its folder.

    Those `altered` are the changed ones that somebody had changed since they were exported; `foreign` are listed as
    exported, but this newsroom is not known to have made them, and they stay.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    altered: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def notes(self, *, but: Collection[str] = ()) -> tuple[str, ...]:
        """Sentences on what somebody did to the folder; those altered files are left out that others tell of."""
        found: list[str] = []
        if altered := [name for name in self.altered if name not in but]:
            found.append(str(Message("files-altered", count=len(altered), names=_some(altered))))
        if self.foreign:
            found.append(str(Message("files-foreign", manifest=MANIFEST, names=_some(self.foreign))))
        return tuple(found)


def _some(names: Sequence[str]) -> Message:
    """The first few of many names."""
    first, more = names[:_NAMED], len(names) - _NAMED
    return Message("names-and-more", names=first, count=more) if more > 0 else Message("names-all", names=first)


def plan(files: Sequence[Artifact], to: Path, hashes: Hashes, sealer: Sealer, make: Make = Artifact.make) -> Plan:
    """What these files would change in a folder; what an earlier export wrote and these do not hold is removed."""
    made = _Making(files, to, hashes, sealer, make)
    for _ in made.unlike(is_plan=True):
        pass
    return made.plan()


class _Making:
    """The files of an export against what stands in its folder, each made only where it may be another."""

    def __init__(
        self, files: Sequence[Artifact], to: Path, hashes: Hashes, sealer: Sealer, make: Make = Artifact.make
    ) -> None:
        if to.exists() and not to.is_dir():
            raise DeskError("export-to-file", path=to)
        self._paths = {file.path for file in files}
        _check_inside(self._paths)
        _check_free(self._paths, to)
        self.before = _manifest(to)
        self.after: dict[str, str] = {}
        self._files, self._to, self._hashes, self._sealer, self._make = files, to, hashes, sealer, make
        self._new: list[str] = []
        self._changed: list[str] = []
        self._altered: list[str] = []

    def unlike(self, *, is_plan: bool = False) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every file that is not there already, one at a time: an archive need not fit in memory.

        A plan makes nothing that is new in any case.
        """
        for file in self._files:
            name = file.path
            path = self._to / name
            is_there = os.path.lexists(path)
            there = _digest(path) if is_there else ""
            if is_plan and not is_there:
                self._new.append(name)
                continue
            known = self._hashes.of(file)
            if known and known == there:
                self.after[name] = known
                continue
            data = self._sealer.seal(name, self._make(file), partial(_standing, path))
            self.after[name] = made = hashlib.sha256(data).hexdigest()
            if made == there or not is_plan:  # a plan seals no page, so what it makes is not what will be written
                self._hashes.learn(file, made)
            if made != there:
                (self._changed if is_there else self._new).append(name)
                if is_there and self.before.get(name, "") not in {"", there}:
                    self._altered.append(name)
                yield name, data

    def learn(self) -> None:
        """Keeps which files this export makes, before it puts them where a later one may have to remove them."""
        self._hashes.write()

    def plan(self) -> Plan:
        left = [name for name in self.before if name not in self._paths and _is_removable(self._to, name)]
        removed = [name for name in left if self._is_ours(name)]
        foreign = [name for name in left if name not in removed]
        unchanged = len(self._files) - len(self._new) - len(self._changed)
        new, changed, altered = tuple(self._new), tuple(self._changed), tuple(self._altered)
        return Plan(new, changed, tuple(removed), unchanged, altered, tuple(foreign))

    def _is_ours(self, name: str) -> bool:
        """Whether an export of this newsroom made what stands under a name that the manifest lists."""
        return self._hashes.has(name) or self._sealer.has_sealed(_standing(self._to / name))


def write_folder(
    files: Sequence[Artifact], to: Path, hashes: Hashes, sealer: Sealer, make: Make = Artifact.make
) -> Plan:
    """Writes only what changed; removes what an earlier export wrote and this one does not.

    The files are put in place in the order they come in, so that what leads to a page comes after it. Stopped at any
    moment, even by a power cut, the folder holds whole files, and nothing in it leads to a page that is not there.
    """
    making = _Making(files, to, hashes, sealer, make)
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
            raise DeskError("export-stopped-before", folder=to, reason=reason(error)) from error
        raise
    return made


@contextmanager
def _staging(to: Path) -> Iterator[Path]:
    """The folder in which files are made before they take their places, for one export at a time."""
    with only_one(to / "ovn-export") as is_alone:
        if not is_alone:
            raise DeskError("export-running", folder=to)
        if (to / _STAGED).is_dir() and not (to / _STAGED).is_symlink():
            shutil.rmtree(to / _STAGED, ignore_errors=True)
        else:
            (to / _STAGED).unlink(missing_ok=True)
        if os.path.lexists(to / _STAGED):
            raise DeskError("export-staging-in-way", path=to / _STAGED)
        clear(to, MANIFEST)  # what was stopped while it wrote this has perhaps nothing more to write
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
    making.learn()
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
        raise DeskError("export-stopped-within", folder=to, reason=reason(error)) from error


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
        if not _is_plain(name):
            raise DeskError("export-outside-folder", name=name)


def _is_plain(name: str) -> bool:
    """Whether a name can stand only in the folder that it is relative to."""
    is_plain = name.isprintable() and not set(name) & set('\\:*?"<>|')
    return is_plain and not any(part in {"", ".", ".."} for part in name.split("/"))


def _check_free(names: Iterable[str], to: Path) -> None:
    """Raises DeskError where something stands in the way of these files that an export can not replace.

    That is a folder where a file belongs, and a link or a file where a folder does: a link leads out of the export.
    """
    names = [*names, MANIFEST]
    inner = {name.rpartition("/")[0] for name in names} - {""}  # few, of many files
    folders = {path for name in inner for path in (to / name, *_folders(to, name))}
    blocked = [path for path in sorted(folders) if os.path.lexists(path) and not _is_folder(path)]
    blocked += [path for path in map(to.joinpath, names) if _is_folder(path)]
    if blocked:
        code = "export-in-way-of-file" if _is_folder(blocked[0]) else "export-in-way-of-folder"
        raise DeskError(code, path=blocked[0])


def _folders(to: Path, name: str) -> list[Path]:
    """The folders below `to` that a file is in."""
    return [to / folder for folder in Path(name).parents[:-1]]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_removable(to: Path, name: str) -> bool:
    """Whether something other than a folder stands under a name, and in this folder: no link leads there."""
    path = to / name
    return all(map(_is_folder, _folders(to, name))) and os.path.lexists(path) and not _is_folder(path)


def _write_manifest(to: Path, hashes: Mapping[str, str]) -> None:
    if (to / MANIFEST).is_symlink():
        (to / MANIFEST).unlink()
    write(to / MANIFEST, json.dumps(dict(hashes), indent=1, sort_keys=True).encode())


def text(path: Path) -> str:
    """What an earlier export wrote to a file; empty where there is none."""
    try:
        return (read_plain(path) or b"").decode()
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError("export-list-unreadable", path=path, error=error) from error


def write_zip(files: Sequence[Artifact], to: Path, sealer: Sealer, make: Make = Artifact.make) -> Plan:
    """All of an export in one file, the same bytes for the same export."""
    _check_inside(file.path for file in files)
    target = to if to.suffix == ".zip" else to.with_name(to.name + ".zip")
    try:
        with (
            _reading_zip(target) as before,
            writing(target) as unfinished,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for file in sorted(files, key=lambda one: one.path):
                entry = zipfile.ZipInfo(file.path, (1980, 1, 1, 0, 0, 0))
                data = sealer.seal(file.path, make(file), partial(before, file.path))
                archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise DeskError("zip-not-writable", target=target, reason=reason(error)) from error
    return Plan(new=(target.name,))


@contextmanager
def _reading_zip(target: Path) -> Iterator[Callable[[str], bytes]]:
    """Reads a file of the zip that stands there by its name; empty where there is none."""
    with ExitStack() as stack:
        try:
            if not target.is_file():  # a pipe would wait for ever
                raise FileNotFoundError
            archive = stack.enter_context(zipfile.ZipFile(target))
            names = set(archive.namelist())
        except (OSError, zipfile.BadZipFile):
            yield lambda _name: b""
            return
        yield lambda name: foreign.parse_optional(lambda: archive.read(name), otherwise=b"") if name in names else b""


def _standing(path: Path) -> bytes:
    """What an earlier export wrote there; empty where there is nothing to be read."""
    try:
        return read_plain(path) or b""
    except OSError:
        return b""


def _digest(path: Path) -> str:
    """The SHA-256 of a file that stands in an export; empty where it is no plain file, or can not be read."""
    try:
        data = read_plain(path)
    except OSError:
        return ""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = foreign.read_json(_standing(folder / MANIFEST).decode())
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {name: value for name, value in data.items() if _is_plain(name) and isinstance(value, str)}
