"""The head of a log, to be signed: whose log, how many entries, the root of their tree. After C2SP tlog-checkpoint."""

import re
from dataclasses import dataclass, field

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.transparency import coding

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`origin` names the log for good, as an address without its scheme; `root` is 32 raw bytes.

    `extension` are further lines that its signer added; they say nothing of the log, and make no other checkpoint.
    """

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The text of the note that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, coding.encode(self.root), *self.extension))

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """The checkpoint of an opened note; raises DeskError where the text is none."""
        origin, size, root, *extension = text.removesuffix("\n").split("\n") + [""] * max(0, 3 - text.count("\n"))
        try:
            decoded = coding.decode(root)
        except ValueError:
            decoded = b""
        is_whole = text.endswith("\n") and "" not in text[:-1].split("\n")
        if not (is_whole and origin and _SIZE.fullmatch(size) and len(decoded) == _ROOT_BYTES):
            raise DeskError("checkpoint-unreadable")
        return cls(origin, int(size), decoded, tuple(extension))
