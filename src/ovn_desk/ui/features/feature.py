"""What the window asks of every feature."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from ovn_desk.ui.commands import Command
from ovn_desk.ui.commands.palette import Find


class Feature(QObject):
    """A feature says what it can do, what the palette finds of it, and how it ends; each of them may be nothing."""

    def commands(self) -> Sequence[Command]:
        return ()

    def choices(self) -> Mapping[str, Find]:
        """By the sign behind which the palette finds them; behind an empty one without any."""
        return {}

    def finish(self) -> None:
        """Ends the work under way, or waits for it, when the window closes."""
