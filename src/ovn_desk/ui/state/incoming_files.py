"""What a file is to the desk by its name: handed over, an invitation, a copy of a newsroom, a picture, or a story."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.usecases import importing, joining

COPY_SUFFIX = ".ovn"
"""How the file of a newsroom ends, and a copy of one."""
_PICTURES = frozenset(".jpg .jpeg .png .webp .gif .svg .tif .tiff .heic .heif .avif .bmp".split())
"""Also kinds that will be refused, in words."""


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
    """What a file is by the end of its name; what the desk does not know is tried as a story, which says so."""
    suffix = file.suffix.lower()
    return _OURS.get(suffix) or (FileKind.PICTURE if suffix in _PICTURES else FileKind.STORY)


def is_ours(file: Path) -> bool:
    """Whether only this program makes files of this name: they are never a source's file or a picture."""
    return file.suffix.lower() in _OURS


def are_pictures(files: Iterable[Path]) -> bool:
    """Whether every one of these files is a picture by its name."""
    return all(kind_of(file) is FileKind.PICTURE for file in files)


def import_filter() -> str:
    """The patterns of what may be imported, for a dialog that chooses files."""
    return " ".join(f"*{suffix}" for suffix in (*importing.READERS, *_OURS))
