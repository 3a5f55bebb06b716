"""Writing an export: whole files, only what changed, and a manifest of what was written."""

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.errors import DeskError

MANIFEST = ".ovn-manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files of an export; paths are relative to its folder."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()


def write_folder(files: dict[str, bytes], to: Path) -> Written:
    """Writes only what changed; removes what an earlier export wrote and this one does not."""
    if to.exists() and not to.is_dir():
        raise DeskError(f"{to} is a file. Name a folder for the export.")
    before = _manifest(to)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    changed = [name for name in files if before.get(name) != hashes[name] or not (to / name).is_file()]
    removed = [name for name in before if name not in files and (to / name).is_file()]
    try:
        for name in changed:
            write_file(to / name, files[name])
        for name in removed:
            (to / name).unlink()
        write_file(to / MANIFEST, json.dumps(hashes, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise DeskError(
            f"The export to {to} stopped: {error.strerror or error}. "
            "Pages already there are whole; export again to finish."
        ) from error
    return Written(tuple(changed), len(files) - len(changed), tuple(removed))


def write_zip(files: dict[str, bytes], to: Path) -> Written:
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
    return Written((target.name,))


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    inside = {
        name: value for name, value in data.items() if not Path(name).is_absolute() and ".." not in Path(name).parts
    }
    return inside if isinstance(data, dict) else {}


def write_file(path: Path, data: bytes) -> None:
    """Temporary, fsync, rename: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
