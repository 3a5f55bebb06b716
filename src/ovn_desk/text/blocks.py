"""A text as the paragraphs a reader sees and the empty lines between them."""

import re
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Blocks:
    """The paragraphs of a text, each with its place in code points: runs of lines that are not empty.

    `gaps` are the empty lines before, between and after them, one more than there are paragraphs; the two, taken in
    turn, are the text.
    """

    paragraphs: tuple[str, ...]
    spans: tuple[Span, ...]
    gaps: tuple[str, ...]


def split(text: str) -> Blocks:
    """Split a text at its empty lines (lines of white space count as empty)."""
    spans = tuple(match.span() for match in _PARAGRAPH.finditer(text))
    edges = [(0, 0), *spans, (len(text), len(text))]
    return Blocks(
        paragraphs=tuple(text[start:end] for start, end in spans),
        spans=spans,
        gaps=tuple(text[before[1] : after[0]] for before, after in pairwise(edges)),
    )
