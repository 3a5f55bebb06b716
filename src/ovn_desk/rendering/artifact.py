"""What an export gives out: files that are made when they are written, or not at all where they stand already."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file. `made_from` names everything it depends on but the program itself; empty where that is not known."""

    make: Callable[[], bytes]
    made_from: str = ""

    @classmethod
    def text(cls, write: Callable[[], str], made_from: str = "") -> Self:
        return cls(lambda: write().encode(), made_from)

    @classmethod
    def of(cls, data: bytes | str) -> Self:
        """A file that is made already."""
        made = data.encode() if isinstance(data, str) else data
        return cls(lambda: made)


def named(*parts: str) -> str:
    """One name for everything that something is made from; empty when that of a part is not known."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest() if all(parts) else ""
