"""A picture file brought in: refused in words or rebuilt from its pixels, after what it says of itself was read."""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image

from ovn_desk.domain import image as images
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message
from ovn_desk.rendering.pictures import pixels
from ovn_desk.rendering.pictures.metadata import read_metadata
from ovn_desk.text import foreign

MOST_PIXELS = 40_000_000
LARGEST = 50 * 1024 * 1024
_QUALITY = 88
_OTHERS = (
    (
        re.compile(rb"\s*(?:<\?xml.{0,2000}?)?(?:<!--.{0,2000}?-->\s*)*(?:<!DOCTYPE svg|<svg)", re.DOTALL),
        "kind-svg",
    ),
    (re.compile(rb"GIF8"), "kind-gif"),
    (re.compile(rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+"), "kind-tiff"),
    (re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "kind-heic"),
    (re.compile(rb".{4}ftypavi", re.DOTALL), "kind-avif"),
    (re.compile(rb"%PDF"), "kind-pdf"),
)

# Pillow looks at the size a file claims before it decodes anything: over the limit it warns, and the warning is raised.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean file, its size in pixels, and what the file it came as said about itself."""

    data: bytes
    media: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    rights: str = ""
    alt: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read(data: bytes, *, name: str | Message) -> Picture:
    """The picture in a file, without EXIF, place, serial numbers, comments or any other note.

    Raises DeskError for what is no JPEG, PNG or WebP, is broken or moves, or is over 40 megapixels or 50 MB.
    """
    _check_kind(data, name)
    with foreign.reading(name, "picture-broken", "advice-picture"):
        return _read(data, name)


def _read(data: bytes, name: str | Message) -> Picture:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many(name)
            if opened.format != "MPO" and getattr(opened, "is_animated", False):
                raise DeskError("picture-animated", name=name)
            said, media = read_metadata(opened), pixels.FORMATS[str(opened.format)]
            clean = pixels.rebuilt(opened)
    except pixels.BOMBS as error:
        raise _too_many(name) from error
    made = pixels.encode(clean, media, quality=_QUALITY, lossless=pixels.is_lossless(data))
    return Picture(made, media, *clean.size, said.caption, said.credit, said.rights, said.alt)


def as_image(picture: Picture, *, key: str, name: str) -> images.Image:
    """The picture as an article has it; the file's own words are on its card."""
    return images.Image(
        key=key,
        sha256=picture.sha256,
        name=one_line(name),
        media=picture.media,
        width=picture.width,
        height=picture.height,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        rights=picture.rights,
    )


def _check_kind(data: bytes, name: str | Message) -> None:
    if not data:
        raise DeskError("picture-empty", name=name)
    if len(data) > LARGEST:
        raise DeskError("picture-file-too-large", name=name, most=LARGEST // 1024 // 1024)
    for pattern, kind in _OTHERS:
        if pattern.match(data):
            raise DeskError("picture-kind-unsafe", name=name, kind=Message(kind))
    if not data.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
        raise DeskError("picture-kind-unknown", name=name)


def _too_many(name: str | Message) -> DeskError:
    return DeskError("picture-too-many-pixels", name=name, most=MOST_PIXELS // 1000000)
