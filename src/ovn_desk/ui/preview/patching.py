"""What changed between two versions of a page's body, block by block."""

import re
from dataclasses import dataclass

from ovn_desk.text.cache import Cached

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)(?:[^<>"']|"[^"]*"|'[^']*')*?(/?)>""")
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})


@dataclass(frozen=True, slots=True)
class Patch:
    """Blocks from `start` on, `removed` of them, become `added`."""

    start: int
    removed: int
    added: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.removed and not self.added


def blocks(html: str) -> list[str]:
    """The top-level elements of clean HTML, with any text between them; joined they are the HTML again."""
    found: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _VOID and not tag[3]:
            depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    if start < len(html):
        found.append(html[start:])
    return found


@Cached  # while one block is written, the others come again and again
def elements(html: str) -> tuple[str, ...]:
    """The blocks without the white space between them."""
    return tuple(block for block in blocks(html) if block.strip())


def patch(before: list[str], after: list[str]) -> Patch:
    """The smallest run of blocks whose replacement turns one version into the other."""
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Patch(start, len(before) - start - end, tuple(after[start : len(after) - end]))
