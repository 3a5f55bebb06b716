"""The pictures of an article: how they come in, and the cards that say what they show."""

from ovn_desk.ui.inspector.images.cards import ImageList
from ovn_desk.ui.inspector.images.importer import PictureImporter

__all__ = ["ImageList", "PictureImporter"]
