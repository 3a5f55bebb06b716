"""What is said to the person at the desk: what was refused, what was done, and what needs an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.state.long_work import LongWork
from ovn_desk.ui.widgets.message_bar import THIS_STORY, Answer


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the bar, with its answers; a sticky one stays until it is answered.

    `undo` takes back what was done. A sentence takes the place of an earlier one about the same `topic`.
    """

    sentence: str
    tone: str = "calm"
    answers: Sequence[Answer] = ()
    is_sticky: bool = False
    undo: Callable[[], object] | None = None
    topic: str = ""


class Notices(QObject):
    """Whoever has something to say emits it here; the window shows it. `work` is what takes long."""

    said = Signal(object)
    """A `Notice`."""
    refused = Signal(str)
    done = Signal(str)
    outdated = Signal(str)
    """The topic of what was said that is so no more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = LongWork(self)

    def tell_of_story(self, sentence: str) -> None:
        """Says what was done with the open story; it goes when another one is opened, as it is no news of that."""
        self.said.emit(Notice(sentence, topic=THIS_STORY))

    def offer_undo(self, sentence: str, undo: Callable[[], object]) -> None:
        """Says what was done with the open story, with a button that takes it back until another one is opened."""
        self.said.emit(Notice(sentence, undo=undo, topic=THIS_STORY))

    def warn(self, sentence: str, answers: Sequence[Answer] = ()) -> None:
        """Says what did not come about, with what can be done now."""
        self.said.emit(Notice(sentence, tone="warn", answers=answers))

    def try_action(self, action: Callable[[], Any]) -> bool:
        """Does something that may be refused; what is refused is said, and False returned."""
        try:
            action()
        except DeskError as error:
            self.refused.emit(str(error))
            return False
        return True
