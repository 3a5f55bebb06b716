"""Reviewing on one screen: what changed, word by word, and what is said about it."""

from ovn_desk.ui.review.comments import CommentsPane
from ovn_desk.ui.review.pane import ReviewPane

__all__ = ["CommentsPane", "ReviewPane"]
