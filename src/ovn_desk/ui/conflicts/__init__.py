"""Deciding between two versions of an article: what both sides changed, in three columns."""

from ovn_desk.ui.conflicts.pane import DecidingPane

__all__ = ["DecidingPane"]
