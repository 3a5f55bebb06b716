"""The desk's window: its panes in their places, and the features that work with them."""

from ovn_desk.ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
