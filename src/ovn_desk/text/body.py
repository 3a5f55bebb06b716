"""The body of a page, put together from its pieces: citations numbered, headings in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import accumulate

from ovn_desk.domain.errors import DeskError

LIMIT = 1_000_000
_NUMBERED = re.compile("<sup>\ue000(\\s*)\ue001([^\ue001]*)\ue001([^\ue002]*)\ue002</sup>|<(/?)h([1-6])(?=[ >])")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body as HTML in blocks, one for each piece of the text (some empty).

    `cited` are the keys of its sources in the order of their numbers, `lines` the line (from 0) each piece begins at.
    """

    blocks: tuple[str, ...]
    cited: tuple[str, ...]
    lines: tuple[int, ...] = ()

    @property
    def html(self) -> str:
        return "\n".join(block for block in self.blocks if block)


def check_length(text: str) -> None:
    if len(text) > LIMIT:
        raise DeskError("This text is over 1 million characters. Split it into several articles.")


def assembled(pieces: Sequence[str], fragments: Sequence[str], sources: Sequence[str]) -> Rendered:
    """The fragments as one body: citations numbered by first appearance, headings from h2 without a skipped level."""
    order = _Order(frozenset(sources))
    blocks = tuple(
        _NUMBERED.sub(order.replace, html) if "\ue000" in html or "<h" in html else html for html in fragments
    )
    starts = accumulate((piece.count("\n") + 2 for piece in pieces[:-1]), initial=0)
    return Rendered(blocks, tuple(order.cited), tuple(starts))


class _Order:
    """What depends on everything before it in a text: numbers of citations, levels of headings."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.cited: list[str] = []
        self._uses: dict[str, int] = {}
        self._previous = 1
        self._levels: dict[int, int] = {}

    def replace(self, match: re.Match[str]) -> str:
        if match[5]:
            return f"<{match[4]}h{self._closed() if match[4] else self._opened(int(match[5]))}"
        space, key, rest = match[1], match[2], match[3]
        if key not in self.known:
            return f'{space}<span class="ovn-unknown-source">[@{key}{rest}]</span>'
        if key not in self.cited:
            self.cited.append(key)
        number = self.cited.index(key) + 1
        use = self._uses[key] = self._uses.get(key, 0) + 1
        locator = rest.strip(" ,")
        label = f"Source {number}" + (f", {locator}" if locator else "")
        label = escape(unescape(label))
        return (
            f'<sup class="ovn-cite"><a href="#ovn-source-{number}" id="ovn-cite-{number}-{use}" '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def _opened(self, written: int) -> int:
        level = self._levels.get(written) or max(2, written)
        level = min(level, self._previous + 1)
        self._levels = {k: v for k, v in self._levels.items() if k <= written} | {written: level}
        self._previous = level
        return level

    def _closed(self) -> int:
        return self._previous
