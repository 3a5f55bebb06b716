"""One paragraph read once: its prose, what stands in marks, its sentences and their citations."""

import re
from bisect import bisect_right

from ovn_desk.domain.citing import citations
from ovn_desk.text.cache import Cached
from ovn_desk.text.claims import blocks, quotations, sentences


class Paragraph:
    """A paragraph of Markdown as claims and style rules see it; places are code points from its start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prose = blocks.prose(text)
        self.is_apart = blocks.is_block_quotation(text)
        self.is_heading = blocks.is_heading(text)
        self._is_table = blocks.is_table(text)
        self.marked = [] if self.is_apart else quotations.spans(self.prose)
        spans = [(start - 1, end + 1) for start, end in self.marked]
        self._starts = sentences.row_starts(text) if self._is_table else sentences.sentence_starts(self.prose, spans)
        self._cited: list[tuple[str, ...]] = [()] * len(self._starts)
        for citation in citations(text):
            self._cited[self._number_at(citation.start)] += (citation.key,)

    @property
    def is_empty(self) -> bool:
        return re.search(r"[^\W_]", self.prose) is None

    @property
    def own_voice(self) -> str:
        """The prose in its own length, quotations blanked: what is in marks, or all of it where it is set apart."""
        return blocks.blank_spans(self.prose, [(0, len(self.prose))] if self.is_apart else self.marked)

    def quotations(self) -> list[tuple[int, int]]:
        """Start and end, in code points, of each quotation of somebody's words."""
        if self.is_apart:
            return quotations.set_apart(self.prose)
        return [
            (start, end)
            for start, end in self.marked
            if quotations.is_quotation(self.prose, start, end, self.bounds(start))
        ]

    def row_numbers(self) -> list[tuple[int, int]]:
        """Start and end of each number that only counts a row of a table."""
        return blocks.row_numbers(self.text) if self._is_table else []

    def sentence(self, place: int) -> str:
        start, end = self.bounds(place)
        return self.text[start:end].strip()

    def bounds(self, place: int) -> tuple[int, int]:
        """Where the sentence at a place begins, and where the next one does."""
        number = self._number_at(place)
        return self._starts[number], self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)

    def keys_cited_at(self, place: int) -> tuple[str, ...]:
        """The source keys cited in the sentence at a place (in code points)."""
        return self._cited[self._number_at(place)]

    def keys_cited_near(self, place: int) -> tuple[str, ...]:
        """The keys cited in the next sentence and in the last; in a table or a quotation set apart, all of them."""
        if self.is_apart or self._is_table:
            return tuple(dict.fromkeys(key for keys in self._cited for key in keys))
        number = self._number_at(place) + 1
        following = self._cited[number] if number < len(self._cited) else ()
        return tuple(dict.fromkeys((*following, *self._cited[-1])))

    def _number_at(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


@Cached  # a key changes one paragraph: the others are known
def read_paragraph(text: str) -> Paragraph:
    """Parse a paragraph of Markdown; the results for the newest texts are cached."""
    return Paragraph(text)
