"""Handing over by file: writing a bundle, looking at what one would bring, and bringing it in."""

from ovn_desk.sync.bundle.container import sealed_to
from ovn_desk.sync.bundle.effects import Effects, Loss, Retirement, TakingOver
from ovn_desk.sync.bundle.incoming import WRITING_HERE, IncomingArticle, Meeting
from ovn_desk.sync.bundle.reading import (
    ASKER_LEFT,
    WRITER_LEFT,
    Preview,
    import_bundle,
    join,
    preview_bundle,
    read_newsroom,
    read_texts,
)
from ovn_desk.sync.bundle.writing import BundleSummary, unseen_articles, write

__all__ = [
    "ASKER_LEFT",
    "WRITER_LEFT",
    "WRITING_HERE",
    "BundleSummary",
    "Effects",
    "IncomingArticle",
    "Loss",
    "Meeting",
    "Preview",
    "Retirement",
    "TakingOver",
    "import_bundle",
    "join",
    "preview_bundle",
    "read_newsroom",
    "read_texts",
    "sealed_to",
    "unseen_articles",
    "write",
]
