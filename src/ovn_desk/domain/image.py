"""A picture in an article: the file it shows, and what a reader is told about it."""

from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.values import KEY, lines, tidied


class ImageWidth(StrEnum):
    """How wide a picture stands on the page."""

    FULL = "full"
    COLUMN = "column"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; its key is what `![](image:key)` in the text names, its file is in the store by SHA-256.

    `width`, `height` and `crop` (left, top, width, height; empty for the whole picture) are in pixels of the file.
    A decorative picture has no alt text; every other one needs it.
    """

    key: str = ""
    sha256: str = ""
    name: str = ""
    media: str = ""
    width: int = 0
    height: int = 0
    crop: tuple[int, ...] = ()
    shown: ImageWidth = ImageWidth.COLUMN
    alt: str = ""
    is_decorative: bool = False
    caption: str = ""
    credit: str = ""
    rights: str = ""
    note: str = lines()


def tidy(image: Image) -> Image:
    """The picture as it is stored; raises DeskError for a key that the text could not hold."""
    if not KEY.fullmatch(image.key):
        raise DeskError(f"“{image.key}” can not be a picture's key: use letters, digits and hyphens.")
    return tidied(image)
