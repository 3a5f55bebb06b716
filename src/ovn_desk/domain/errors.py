"""The one error a user sees: what happened and what to do, as a code with its values."""

from typing import Any

from ovn_desk.messages import Message


class DeskError(Exception):
    """A refusal or failure the user can act on.

    It is raised with the code of a sentence in the catalogue of its layer and the values that go into it, or with a
    message made before. `str()` is the sentence in the language of the desk.
    """

    def __init__(self, code: str | Message, /, **values: object) -> None:
        self.message = code if isinstance(code, Message) else Message(code, **values)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole in another process, also where a kind of it is made from something else than a code."""
        return _restore_error, (type(self), self.args, self.__dict__)

    def name_file(self, name: str | Message) -> None:
        """Say of which file it is; it stays the error that it is."""
        self.message = Message("file-named", name=name, error=self.message)

    @property
    def code(self) -> str:
        return self.message.code

    @property
    def values(self) -> dict[str, object]:
        return self.message.values

    def __str__(self) -> str:
        return str(self.message)


def _restore_error(kind: type[DeskError], args: tuple[Any, ...], state: dict[str, Any]) -> DeskError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class StepRefused(DeskError):
    """A workflow step that may not be taken now, or not by this person."""
