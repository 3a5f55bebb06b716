"""The copies of a picture that pages carry: cropped, and in the widths that screens need."""

import io

from PIL import Image

from ovn_desk.domain import image as images
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats.pictures import pixels

_QUALITY = 82


def renditions(data: bytes, image: images.Image) -> list[tuple[int, bytes]]:
    """Width in pixels and file of each copy, narrowest first; the same picture and crop give the same bytes.

    `data` is a file that `read` made. No copy is larger than what is shown of it.
    """
    if not image.widths:
        return []
    left, top, width, height = image.box
    with Image.open(io.BytesIO(data)) as opened:
        whole = opened.size
        if whole != (image.width, image.height):
            raise DeskError(f"The picture “{image.key}” has another size than its card says. Replace its file.")
        most = image.widths[-1] / width
        opened.draft(None, (round(whole[0] * most), round(whole[1] * most)))  # a large JPEG is decoded at half its size
        across, down = opened.width / whole[0], opened.height / whole[1]
        box = (left * across, top * down, (left + width) * across, (top + height) * down)
        made = []
        for wide in image.widths:
            copy = opened.resize((wide, image.height_at(wide)), Image.Resampling.LANCZOS, box=box)
            made.append((wide, pixels.written(copy, image.media, quality=_QUALITY, lossless=pixels.is_lossless(data))))
    return made
