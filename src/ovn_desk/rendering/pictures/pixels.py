"""Pictures as nothing but pixels: upright, in sRGB, and written without anything that was not seen."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageCms, ImageOps

from ovn_desk.text import foreign

FORMATS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_OPTIONS: Mapping[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "progressive": True, "optimize": True},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "method": 4},
}
_OPTIMISED = 4_000_000  # pixels: more take ten seconds, and get hardly smaller
_OPAQUE = 255


def rebuilt(image: Image.Image) -> Image.Image:
    """A new picture with the pixels of an opened one, turned as its camera said, in sRGB, grey, RGB or RGBA."""
    image.load()
    upright = _plain(_upright(image))
    coloured = _in_srgb(upright, image.info.get("icc_profile"))
    if coloured.mode == "RGBA" and coloured.getchannel("A").getextrema() == (_OPAQUE, _OPAQUE):
        coloured = coloured.convert("RGB")
    return bare(coloured)


def bare(image: Image.Image) -> Image.Image:
    """The same pixels and no memory of the file they came from, which Pillow would write again."""
    return Image.frombytes(image.mode, image.size, image.tobytes())


def is_lossless(data: bytes) -> bool:
    """Whether a WebP file keeps every pixel as it was."""
    return b"VP8L" in data[:64]


def encode(image: Image.Image, media: str, *, quality: int, lossless: bool = False) -> bytes:
    """The picture as a file of this media type; the same pixels give the same bytes."""
    file = io.BytesIO()
    options = dict(_OPTIONS[media])
    if media == "image/png":
        options["optimize"] = image.width * image.height <= _OPTIMISED
    if media == "image/webp":
        options["lossless"] = lossless
    if media == "image/jpeg" and image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    image.save(file, quality=quality, **options)
    return file.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    return foreign.parse_optional(lambda: ImageOps.exif_transpose(image), otherwise=image)  # it is but a note


def _plain(image: Image.Image) -> Image.Image:
    """One of the modes that every format can hold; CMYK stays as it is for its profile."""
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    if image.mode.startswith("I"):  # 16 bits a grey: Pillow would cut off all but the darkest
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        # a profile that is broken, or of another kind of picture, changes nothing
        converted = foreign.parse_optional(lambda: _to_srgb(image, profile, mode), otherwise=None)
        if converted is not None:
            return converted
    return image.convert("RGB") if image.mode == "CMYK" else image


def _to_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
