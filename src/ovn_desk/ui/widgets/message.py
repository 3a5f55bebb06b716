"""A sentence of the desk to whoever sits at it: about what, for whom, until when, and with which answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Answer = tuple[str, Callable[[str], object]]
"""The words on a button, and what it does with what stands in the field."""

THIS_STORY = "this story"
"""The topic of what is asked and offered about the open story: it goes with the story, `turn_to`."""

LACKING = "lacking"
"""The topic of what a text lacks for a step: it is so until the text is changed, or another one is open."""

REFUSAL = "refusal"
"""The topic of what was refused: the next refusal takes its place, and whatever is done after it ends it."""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One sentence with its answers; `value` is what stands in the field of a question, None where nothing is asked."""

    sentence: str
    tone: str = "calm"
    answers: Sequence[Answer] = ()
    is_sticky: bool = False
    stays_ms: int = 0
    topic: str = ""
    value: str | None = None
    is_secret: bool = False
    has_undo: bool = False
    needs: str = ""
    """What is said where the first answer is given with an empty field; empty where that is an answer."""
    name: str = ""
    """By what a question is known again whose words say what is so now; empty where its words are always the same."""
    addressee: str = ""
    """Who sat here when it was said: it goes when another person sits down. Empty for what concerns everybody."""

    def waits_below(self, new: "Message") -> bool:
        """Whether it is still to be read once another one is said.

        What goes by itself waits for nothing that is said after it. But what offers something, as to open the folder of
        a file, waits below what has a topic and asks for something: that came by itself.
        """
        if self.sentence == new.sentence or (new.topic and self.topic == new.topic):
            return False
        is_offer = bool(self.answers) and not self.has_undo
        return not self.stays_ms or (is_offer and bool(new.topic and new.answers) and new.value is None)

    @property
    def awaits_answer(self) -> bool:
        """Whether it stays in sight until it is answered: what is merely said meanwhile is said above it."""
        return (self.is_sticky or bool(self.answers)) and not self.stays_ms and self.value is None
