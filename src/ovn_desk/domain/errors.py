"""The one error a user sees: what happened and what to do, as a code with its values."""

from ovn_desk.messages import Message


class DeskError(Exception):
    """A refusal or failure the user can act on.

    It is raised with the code of a sentence in the catalogue of its layer and the values that go into it, or with a
    message made before. `str()` is the sentence in the language of the desk.
    """

    def __init__(self, code: str | Message, /, **values: object) -> None:
        self.message = code if isinstance(code, Message) else Message(code, **values)
        super().__init__(self.message)

    @property
    def code(self) -> str:
        return self.message.code

    @property
    def values(self) -> dict[str, object]:
        return self.message.values

    def __str__(self) -> str:
        return str(self.message)


class StepRefused(DeskError):
    """A workflow step that may not be taken now, or not by this person."""
