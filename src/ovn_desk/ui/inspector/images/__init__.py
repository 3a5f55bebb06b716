"""The pictures of an article: how they come in, and the cards that say what they show."""

from ovn_desk.ui.inspector.images.cards import ImageList
from ovn_desk.ui.inspector.images.importer import PictureGiven, PictureImporter

__all__ = ["ImageList", "PictureGiven", "PictureImporter"]
