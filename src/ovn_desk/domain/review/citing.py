"""Citations in a text, `[@key p. 3]`."""

import re
from dataclasses import dataclass

CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)([^\]\n]*)\]")


@dataclass(frozen=True, slots=True)
class Citation:
    """`[@key p. 3]` in the text: its key, locator, and place in code points."""

    key: str
    locator: str
    start: int
    end: int


def citations(text: str) -> list[Citation]:
    return [Citation(m[1], m[2].strip(" ,"), m.start(), m.end()) for m in CITATION.finditer(text)]
