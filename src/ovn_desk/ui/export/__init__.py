"""The Export view: what goes out, in which form, where to, and what that would write."""

from ovn_desk.ui.export.pane import ExportPane

__all__ = ["ExportPane"]
