"""What was done with an article, and every version of its text."""

from ovn_desk.ui.inspector.history.pane import History

__all__ = ["History"]
