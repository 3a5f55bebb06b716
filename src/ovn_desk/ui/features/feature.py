"""What the window asks of every feature, and the workflow of the review screen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject

from ovn_desk.ui.commands import Command
from ovn_desk.ui.commands.palette import Find
from ovn_desk.usecases.writing import KeptCopy


class Feature(QObject):
    """A feature says what it can do, what the palette finds of it, and how it ends; each of them may be nothing."""

    def commands(self) -> Sequence[Command]:
        return ()

    def choices(self) -> Mapping[str, Find]:
        """By the sign behind which the palette finds them; behind an empty one without any."""
        return {}

    def finish(self) -> None:
        """Ends the work under way, or waits for it, when the window closes."""


class Reviewing(Protocol):
    """What an approval asks of the review screen."""

    @property
    def is_shown(self) -> bool: ...

    @property
    def chosen_words(self) -> str:
        """What is selected in the text, as readers have it; empty where nothing is."""

    def open(self) -> None:
        """Shows the open article's review."""

    def leave(self) -> None:
        """Shows the text to be written, whatever stands in the middle."""

    def check_shown(self) -> bool:
        """Whether what is shown is all that would be signed; says so where it is not."""

    def ask(
        self,
        question: str,
        label: str,
        then: Callable[[str], object],
        *,
        about: str,
        with_comments: bool = False,
    ) -> None:
        """Asks for a reason in the screen."""

    def confirm(self, then: Callable[[KeptCopy], object]) -> None:
        """Shows what is signed, and calls `then` with it on one more Enter."""
