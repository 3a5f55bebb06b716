"""Deciding between two versions of an article: what both sides changed, beside each other in the order of the text."""

from ovn_desk.ui.conflicts.pane import ConflictsPane

__all__ = ["ConflictsPane"]
