"""Deciding between two versions of an article: what both sides changed, in three columns."""

from ovn_desk.ui.conflicts.pane import ConflictsPane

__all__ = ["ConflictsPane"]
