"""The copies of a picture that pages carry: cropped, and in the widths that screens need."""

import io

from PIL import Image

from ovn_desk.domain import image as images
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.rendering.pictures import pixels
from ovn_desk.text import foreign

_QUALITY = 82


def renditions(data: bytes, image: images.Image) -> list[tuple[int, bytes]]:
    """Width in pixels and file of each copy, narrowest first; the same picture and crop give the same bytes.

    No copy is larger than what is shown of the file. Raises DeskError for a file that is no such picture: it may have
    come from another desk.
    """
    if not image.widths:
        return []
    name = Message("picture-in-store")
    with (
        foreign.reading(name, "picture-file-unreadable", "advice-picture-in-store"),
        Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened,
    ):
        if opened.size != (image.width, image.height):
            raise DeskError("picture-size-differs", name=name)
        copies = _copies(opened, image)
    lossless = pixels.is_lossless(data)
    return [(copy.width, pixels.encode(copy, image.media, quality=_QUALITY, lossless=lossless)) for copy in copies]


def _copies(opened: Image.Image, image: images.Image) -> list[Image.Image]:
    left, top, width, height = image.box
    most = image.widths[-1] / width
    # A large JPEG is decoded at half its size or less.
    opened.draft(None, (round(image.width * most), round(image.height * most)))
    across, down = opened.width / image.width, opened.height / image.height
    box = (left * across, top * down, (left + width) * across, (top + height) * down)
    sizes = [(wide, image.height_at(wide)) for wide in image.widths]
    return [pixels.bare(opened.resize(size, Image.Resampling.LANCZOS, box=box)) for size in sizes]
