"""The sources of an article: their cards, the sheet one is written on, and the files they came as."""

from ovn_desk.ui.inspector.sources.editing import DRAFT, SourceEditing
from ovn_desk.ui.inspector.sources.list import SourceList

__all__ = ["DRAFT", "SourceEditing", "SourceList"]
