"""The head of a log, to be signed: whose log, how many entries, the root of their tree. After C2SP tlog-checkpoint."""

import base64
import re
from dataclasses import dataclass

from ovn_desk.domain.errors import DeskError

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`origin` names the log for good, as an address without its scheme; `root` is 32 raw bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of the note that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """The checkpoint of an opened note; raises DeskError where the text is none. Further lines are passed over."""
        origin, size, root = (text.split("\n") + [""] * 3)[:3]
        try:
            decoded = base64.b64decode(root, validate=True)
        except ValueError:
            decoded = b""
        is_whole = text.endswith("\n") and "" not in text[:-1].split("\n")
        if not (is_whole and origin and _SIZE.fullmatch(size) and len(decoded) == _ROOT_BYTES):
            raise DeskError("This is not the checkpoint of a log.")
        return cls(origin, int(size), decoded)
