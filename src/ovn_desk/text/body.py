"""The body of a page, put together from its pieces: citations numbered, headings in order, pictures in place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import accumulate

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.text import pictures

LIMIT = 1_000_000
_PLACED = re.compile(
    "<sup>\ue000(\\s*)\ue001([^\ue000]*)((?:\ue000[^\ue000\ue002]*)+)\ue002</sup>|<(/?)h([1-6])(?=[ >])"
    "|<(figure|span)>\ue003([^\ue004]*)\ue004</(?:figure|span)>"
)


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """The body as HTML in blocks, one for each piece of the text (some empty).

    `cited` are the keys of its sources in the order of their numbers, `lines` the line (from 0) each piece begins at,
    `pictures` the keys of what it shows, in order.
    """

    blocks: tuple[str, ...]
    cited: tuple[str, ...]
    lines: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """All blocks that are not empty, a line end between them."""
        return "\n".join(block for block in self.blocks if block)


def check_length(text: str) -> None:
    """Raise DeskError for a text of more than `LIMIT` letters."""
    if len(text) > LIMIT:
        raise DeskError("text-too-long")


def assemble_body(
    pieces: Sequence[str], fragments: Sequence[str], sources: Sequence[str], images: Sequence[Image] = ()
) -> RenderedBody:
    """Join rendered fragments to one body: citations numbered by first appearance, headings from h2 without a gap.

    `pieces` are the Markdown of the fragments, one for one. Pictures get the words of their `images`; the page fills
    in their addresses later.
    """
    order = _Order(frozenset(sources), {image.key: image for image in images})
    blocks = tuple(
        _PLACED.sub(order.replace, html) if "\ue000" in html or "<h" in html or "\ue003" in html else html
        for html in fragments
    )
    starts = accumulate((piece.count("\n") + 2 for piece in pieces[:-1]), initial=0)
    return RenderedBody(blocks, tuple(order.cited), tuple(starts), tuple(order.pictures))


class _Order:
    """What depends on the rest of an article: numbers of citations, levels of headings, cards of pictures."""

    def __init__(self, known: frozenset[str], images: Mapping[str, Image]) -> None:
        self.known = known
        self.images = images
        self.cited: list[str] = []
        self.pictures: dict[str, None] = {}
        self._uses: dict[str, int] = {}
        self._previous = 1
        self._levels: dict[int, int] = {}

    def replace(self, match: re.Match[str]) -> str:
        if match[5]:
            return f"<{match[4]}h{self._close_heading() if match[4] else self._open_heading(int(match[5]))}"
        if match[6]:
            return self._picture(match[7], stands_alone=match[6] == "figure")
        space, written, parts = match[1], match[2], [part.split("\ue001") for part in match[3].split("\ue000")[1:]]
        if any(key not in self.known for key, *_ in parts):
            return f'{space}<span class="ovn-unknown-source">{written}</span>'
        return "".join(self._number(key, prefix, locator) for key, prefix, locator in parts)

    def _number(self, key: str, prefix: str, locator: str) -> str:
        if key not in self.cited:
            self.cited.append(key)
        number = self.cited.index(key) + 1
        use = self._uses[key] = self._uses.get(key, 0) + 1
        label = escape(unescape(", ".join(part for part in (f"Source {number}", prefix, locator) if part)))
        return (
            f'<sup class="ovn-cite"><a href="#ovn-source-{number}" id="ovn-cite-{number}-{use}" '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def _picture(self, key: str, *, stands_alone: bool) -> str:
        image = self.images.get(key)
        if image is None:
            unknown = f'<span class="ovn-unknown-source">![](image:{key})</span>'
            return f"<p>{unknown}</p>" if stands_alone else unknown
        self.pictures[key] = None
        return pictures.figure(image) if stands_alone else pictures.inline(image)

    def _open_heading(self, written: int) -> int:
        level = self._levels.get(written) or max(2, written)
        level = min(level, self._previous + 1)
        self._levels = {k: v for k, v in self._levels.items() if k <= written} | {written: level}
        self._previous = level
        return level

    def _close_heading(self) -> int:
        return self._previous
