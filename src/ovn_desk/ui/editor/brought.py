"""What a paste or a drop brings besides text: picture files, and pictures that are no file."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

_FILES = frozenset(".jpg .jpeg .png .webp .gif .svg .tif .tiff .heic .heif .avif .bmp".split())
_TYPES = ("image/jpeg", "image/webp", "image/png")


def pictures(source: QMimeData) -> list[Path | bytes | QImage]:
    """The pictures in it, also of kinds that will be refused; none where there are words, which Word copies as both."""
    files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    if any(file.suffix.lower() in _FILES for file in files):
        return list(files)
    if source.hasText():
        return []
    for kind in _TYPES:
        if source.hasFormat(kind):
            return [bytes(source.data(kind).data())]
    image = source.imageData() if source.hasImage() else None
    return [image] if isinstance(image, QImage) and not image.isNull() else []
