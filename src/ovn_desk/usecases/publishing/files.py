"""Writing an export: whole files, only what changed, and a manifest of what was written."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.errors import DeskError

MANIFEST = ".ovn-manifest.json"
_STAGED = ".ovn-unfinished"


@dataclass(frozen=True, slots=True)
class Plan:
    """What writing an export would do, or did; paths are relative to its folder."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


def plan(files: Mapping[str, bytes], to: Path) -> Plan:
    """What these files would change in a folder; what an earlier export wrote and these do not hold is removed."""
    if to.exists() and not to.is_dir():
        raise DeskError(f"{to} is a file. Name a folder for the export.")
    before = _manifest(to)
    new = tuple(name for name in files if not (to / name).is_file())
    missing = set(new)
    changed = tuple(name for name in files if name not in missing and before.get(name) != _hash(files[name]))
    removed = tuple(name for name in before if name not in files and (to / name).is_file())
    return Plan(new, changed, removed, len(files) - len(new) - len(changed))


def write_folder(files: Mapping[str, bytes], to: Path) -> Plan:
    """Writes only what changed; removes what an earlier export wrote and this one does not.

    The files are put in place in the order they come in, so that what leads to a page comes after it. Stopped at any
    moment, even by a power cut, the folder holds whole files, and nothing in it leads to a page that is not there.
    """
    made = plan(files, to)
    staged = to / _STAGED
    before, after = _manifest(to), {name: _hash(data) for name, data in files.items()}
    try:
        _clear(staged)
        for name in (*made.new, *made.changed):
            _write_whole(staged / name, files[name])
    except OSError as error:
        _clear(staged)
        raise DeskError(f"The export to {to} stopped: {error.strerror or error}. Nothing there was changed.") from error
    try:
        # What is about to change is marked before it does: the next export writes it again if this one is stopped.
        _write_manifest(to, before | dict.fromkeys((*made.new, *made.changed), ""))
        wanted = {*made.new, *made.changed}
        for name in (name for name in files if name in wanted):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(to / name)
        for name in made.removed:
            (to / name).unlink()
        _write_manifest(to, after)
        _clear(staged)
    except OSError as error:
        raise DeskError(
            f"The export to {to} stopped: {error.strerror or error}. "
            "Pages already there are whole; export again to finish."
        ) from error
    return made


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write_manifest(to: Path, hashes: Mapping[str, str]) -> None:
    write_file(to / MANIFEST, json.dumps(dict(hashes), indent=1, sort_keys=True).encode())


def text(path: Path) -> str:
    """What an earlier export wrote to a file; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} can not be read: {error}. Move it away to begin a new one.") from error


def write_zip(files: Mapping[str, bytes], to: Path) -> Plan:
    """All of an export in one file, the same bytes for the same export."""
    target = to if to.suffix == ".zip" else to.with_name(to.name + ".zip")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in sorted(files.items()):
                    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    except OSError as error:
        raise DeskError(f"The zip {target} can not be written: {error.strerror or error}.") from error
    return Plan(new=(target.name,))


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        name: value for name, value in data.items() if not Path(name).is_absolute() and ".." not in Path(name).parts
    }


def write_file(path: Path, data: bytes) -> None:
    """Temporary, fsync, rename: a reader sees the old file or the new one."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        _write_whole(unfinished, data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
