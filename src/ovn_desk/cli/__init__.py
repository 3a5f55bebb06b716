"""The command line: the desk without a window."""

from ovn_desk.cli.program import main

__all__ = ["main"]
