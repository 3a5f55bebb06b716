"""Handing over by file: writing a bundle, looking at what one would bring, and bringing it in."""

from ovn_desk.sync.bundle.container import sealed_to
from ovn_desk.sync.bundle.incoming import WRITING_HERE, IncomingArticle, Meeting
from ovn_desk.sync.bundle.reading import Preview, import_bundle, join, preview_bundle, read_newsroom
from ovn_desk.sync.bundle.writing import BundleSummary, unseen_articles, write

__all__ = [
    "WRITING_HERE",
    "BundleSummary",
    "IncomingArticle",
    "Meeting",
    "Preview",
    "import_bundle",
    "join",
    "preview_bundle",
    "read_newsroom",
    "sealed_to",
    "unseen_articles",
    "write",
]
