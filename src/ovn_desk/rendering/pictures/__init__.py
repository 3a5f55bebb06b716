"""JPEG, PNG and WebP pictures: brought in as nothing but pixels, and copied in the widths that pages need."""

from ovn_desk.rendering.pictures.copies import renditions
from ovn_desk.rendering.pictures.reading import LARGEST, MOST_PIXELS, Picture, as_image, read

__all__ = ["LARGEST", "MOST_PIXELS", "Picture", "as_image", "read", "renditions"]
