"""Reviewing on one screen: what changed, what is said about it, what is signed."""

from ovn_desk.ui.review.pane import ReviewPane
from ovn_desk.ui.review.side import ReviewSide

__all__ = ["ReviewPane", "ReviewSide"]
