"""What a file is to the desk: handed over, an invitation, a copy of a newsroom, a picture, or a story.

Ours are known by their names, and by how they begin: mail and sticks rename what they carry.
"""

import zipfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.usecases import importing, joining

COPY_SUFFIX = ".ovn"
"""How the file of a newsroom ends, and a copy of one."""
_PICTURES = frozenset(".jpg .jpeg .png .webp .gif .svg .tif .tiff .heic .heif .avif .bmp".split())
"""Also kinds that will be refused, in words."""

_START = 128
"""How many bytes at the beginning of a file tell what it is."""
_SEALED, _SQLITE, _INVITATION = b"OVN Desk bundle, sealed to ", b"SQLite format 3\0", b"ovn-invitation/"
_APPLICATION, _OURSELVES = slice(68, 72), b"OVND"
_PARTS = {"manifest.json", "rows.ndjson"}


class FileKind(StrEnum):
    """What is done with a file."""

    HANDED_OVER = "handed over"
    INVITATION = "invitation"
    COPY = "copy"
    PICTURE = "picture"
    STORY = "story"


_OURS = {
    BUNDLE_SUFFIX: FileKind.HANDED_OVER,
    joining.SUFFIX: FileKind.INVITATION,
    COPY_SUFFIX: FileKind.COPY,
}


def kind_of(file: Path) -> FileKind:
    """What a file is; what the desk does not know is tried as a story, which says so."""
    suffix = file.suffix.lower()
    known = _OURS.get(suffix) or _kind_inside(file)
    return known or (FileKind.PICTURE if suffix in _PICTURES else FileKind.STORY)


def is_ours(file: Path) -> bool:
    """Whether only this program makes such files: they are never a source's file or a picture."""
    return kind_of(file) in _OURS.values()


def are_pictures(files: Iterable[Path]) -> bool:
    """Whether every one of these files is a picture by its name."""
    return all(kind_of(file) is FileKind.PICTURE for file in files)


def import_filter() -> str:
    """The patterns of what may be imported, for a dialog that chooses files."""
    return " ".join(f"*{suffix}" for suffix in (*importing.READERS, *_OURS))


def _kind_inside(file: Path) -> FileKind | None:
    """What a file under another name begins like, if it is one of ours."""
    try:
        with file.open("rb") as stream:
            start = stream.read(_START)
        if start.startswith(_SEALED):
            return FileKind.HANDED_OVER
        if start.startswith(_SQLITE) and start[_APPLICATION] == _OURSELVES:
            return FileKind.COPY
        if start.lstrip().startswith(b"{") and _INVITATION in start:
            return FileKind.INVITATION
        if start.startswith(b"PK"):
            with zipfile.ZipFile(file) as archive:
                return FileKind.HANDED_OVER if set(archive.namelist()) >= _PARTS else None
    except (OSError, zipfile.BadZipFile):  # whoever opens it says why it can not be read
        return None
    return None
