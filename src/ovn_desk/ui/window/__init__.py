"""The desk's window."""

from ovn_desk.ui.window.desk import Desk

__all__ = ["Desk"]
