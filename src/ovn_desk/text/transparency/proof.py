"""The proof that one entry is in a log, to be checked without it. After C2SP tlog-proof 1."""

import re
from dataclasses import dataclass

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.transparency import coding, merkle

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry stands (from 0), the hashes from beside it up to the root (32 raw bytes each), a signed head."""

    index: int
    hashes: tuple[bytes, ...]
    note: str

    @property
    def text(self) -> str:
        """The proof as other programs for such logs read it."""
        hashes = "".join(f"{coding.encode(one)}\n" for one in self.hashes)
        return f"{_FIRST}\nindex {self.index}\n{hashes}\n{self.note}"

    @classmethod
    def read(cls, text: str) -> "Proof":
        """The proof a text is, unchecked; raises DeskError where it is none. Extra data is not read."""
        above, gap, note = text.partition("\n\n")
        first, *lines = above.split("\n")
        if lines and lines[0].startswith("extra "):
            del lines[0]
        index = _INDEX.fullmatch(lines[0]) if lines else None
        try:
            hashes = tuple(coding.decode(line) for line in lines[1:])
        except ValueError:
            hashes = (b"",)
        is_whole = first == _FIRST and gap and len(hashes) <= _MOST_HASHES
        if not is_whole or index is None or any(len(one) != len(merkle.EMPTY_ROOT) for one in hashes):
            raise DeskError("proof-unreadable")
        return cls(int(index[1]), hashes, note)
