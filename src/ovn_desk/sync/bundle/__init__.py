"""Handing over by file: writing a bundle, looking at what one would bring, and bringing it in."""

from ovn_desk.sync.bundle.container import sealed_to
from ovn_desk.sync.bundle.reading import IncomingArticle, Preview, import_bundle, join, preview_bundle
from ovn_desk.sync.bundle.writing import BundleSummary, write

__all__ = [
    "BundleSummary",
    "IncomingArticle",
    "Preview",
    "import_bundle",
    "join",
    "preview_bundle",
    "sealed_to",
    "write",
]
