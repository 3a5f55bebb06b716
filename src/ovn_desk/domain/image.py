"""A picture in an article: the file it shows, and what a reader is told about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import key_for
from ovn_desk.domain.values import KEY, multiline, tidy_texts


class ImageWidth(StrEnum):
    """How wide a picture stands on the page."""

    FULL = "full"
    COLUMN = "column"
    HALF = "half"


# How wide the two copies for readers are, in pixels: as wide as the place on the page, and for screens twice as fine.
WIDTHS = {ImageWidth.FULL: (960, 1920), ImageWidth.COLUMN: (720, 1440), ImageWidth.HALF: (720, 1440)}


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
    note: str = multiline()

    @property
    def box(self) -> tuple[int, int, int, int]:
        """What is shown of the file: left, top, width, height. A crop that lies outside it shows the whole picture."""
        whole = (0, 0, max(0, self.width), max(0, self.height))
        if len(self.crop) != 4:
            return whole
        left, top = max(0, self.crop[0]), max(0, self.crop[1])
        width = min(self.width, self.crop[0] + self.crop[2]) - left
        height = min(self.height, self.crop[1] + self.crop[3]) - top
        return (left, top, width, height) if width > 0 and height > 0 else whole

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its copies for readers, narrowest first; none is wider than what is shown of the file."""
        shown = self.box[2]
        return tuple(sorted({min(width, shown) for width in WIDTHS[self.shown]} - {0}))

    def height_at(self, width: int) -> int:
        """How high what is shown is at a width; at least one pixel."""
        return max(1, round(self.box[3] * width / max(1, self.box[2])))


def add_images(images: tuple[Image, ...], new: Iterable[Image]) -> tuple[tuple[Image, ...], tuple[str, ...]]:
    """Append new pictures under free keys; returns all pictures and the key of each new one.

    A file that the article has already is not added again: its key is returned.
    """
    keys: list[str] = []
    for image in new:
        same = next((old.key for old in images if old.sha256 == image.sha256), "")
        if not same:
            same = key_for(image.name or image.key, tuple(old.key for old in images), otherwise="image")
            images = (*images, replace(image, key=same))
        keys.append(same)
    return images, tuple(keys)


def exchange_file(images: tuple[Image, ...], key: str, new: Image) -> tuple[Image, ...]:
    """Put another file under a key; alt text, caption, credit and rights stay if written, the crop goes."""
    return tuple(
        replace(
            new,
            key=key,
            shown=old.shown,
            is_decorative=old.is_decorative,
            note=old.note,
            **{name: getattr(old, name) or getattr(new, name) for name in ("alt", "caption", "credit", "rights")},
        )
        if old.key == key
        else old
        for old in images
    )


def tidy(image: Image) -> Image:
    """The picture as it is stored; raises DeskError for a key that the text could not hold."""
    if not KEY.fullmatch(image.key):
        raise DeskError("picture-key-wrong", key=image.key)
    return tidy_texts(image)
