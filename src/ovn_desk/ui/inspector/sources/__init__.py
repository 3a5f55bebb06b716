"""The sources of an article: their cards, the form of one, and the files they came as."""

from ovn_desk.ui.inspector.sources.list import SourceList

__all__ = ["SourceList"]
