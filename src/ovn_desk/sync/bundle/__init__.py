"""Handing over by file: writing a bundle, looking at what one would bring, and bringing it in."""

from ovn_desk.sync.bundle.container import sealed_to
from ovn_desk.sync.bundle.reading import Coming, Preview, join, look, read
from ovn_desk.sync.bundle.writing import Written, write

__all__ = ["Coming", "Preview", "Written", "join", "look", "read", "sealed_to", "write"]
