"""One version of a text over the text it was made from: what it did to each paragraph and to each gap between them.

Places are counted through gaps and paragraphs in turn: the first gap is 0, the first paragraph 1, the next gap 2.
"""

from ovn_desk.text.blocks import Span, split
from ovn_desk.text.changes.align import Pair, align


class Side:
    """A version beside its base, by place.

    `ranges` are the first and the end of its paragraphs at each place. `touched` are the stretches of places it
    changed, first and last; `gone` the places of paragraphs it took out, `filled` the gaps it put some into.
    `moved` are the paragraphs it moved, by their numbers; `gap_of` the gap of each that it moved or put in.
    """

    def __init__(self, base: str, text: str) -> None:
        self.text = text
        self.blocks = split(text)
        self._base = split(base)
        self.ranges: list[Span] = []
        self.touched: list[Span] = []
        self.gone: set[int] = set()
        self.filled: set[int] = set()
        pairs = align(self._base.paragraphs, self.blocks.paragraphs)
        self.moved = {pair.old: pair.new for pair in pairs if pair.is_moved}
        self.gap_of: dict[int, int] = {}
        end = Pair(len(self._base.spans), 0, len(self.blocks.spans), 0)
        i = j = 0
        for pair in [*(pair for pair in pairs if not pair.is_moved), end]:
            self._pass(i, j, pair)
            if pair is not end:
                self._take(pair, base)
            i, j = pair.old_end, pair.new_end
        self._touched = {place for first, last in self.touched for place in range(first, last + 1)}

    def _pass(self, i: int, j: int, pair: Pair) -> None:
        """What lies before a paragraph that both have: base paragraphs `i` on went, new ones `j` on came."""
        self.ranges += [(j, j)] * (2 * (pair.old - i)) + [(j, pair.new)]
        gaps = range(2 * i, 2 * pair.old + 1, 2)
        if j < pair.new:
            self.touched.append((gaps[0], gaps[-1]))
            self.filled.update(gaps)
            self.gap_of |= dict.fromkeys(range(j, pair.new), gaps[-1])
        else:
            self.touched += [(gap + 1, gap + 1) for gap in gaps[:-1]]
        self.gone.update(2 * number + 1 for number in range(i, pair.old) if number not in self.moved)

    def _take(self, pair: Pair, base: str) -> None:
        places = 2 * pair.old + 1, 2 * pair.old_end - 1
        self.ranges += [(pair.new, pair.new_end)] + [(pair.new_end, pair.new_end)] * (places[1] - places[0])
        was = base[self._base.spans[pair.old][0] : self._base.spans[pair.old_end - 1][1]]
        if self.words((pair.new, pair.new_end)) != was:
            self.touched.append(places)

    def range(self, places: Span) -> Span:
        """The paragraphs of this version at a stretch of places, the first and the end."""
        return self.ranges[places[0]][0], self.ranges[places[1]][1]

    @property
    def added(self) -> set[int]:
        """The paragraphs that are its own."""
        return self.gap_of.keys() - self.moved.values()

    def paragraphs(self, places: Span) -> tuple[str, ...]:
        """The paragraphs of this version at a stretch of places."""
        return self.blocks.paragraphs[slice(*self.range(places))]

    def has_touched(self, places: Span) -> bool:
        """Whether this version changed any place of a stretch."""
        return any(place in self._touched for place in range(places[0], places[1] + 1))

    def span(self, paragraphs: Span) -> Span:
        """The letters of a range of paragraphs; of an empty one, where the paragraph before it ends."""
        first, end = paragraphs
        if first == end:
            before = self.blocks.spans[first - 1][1] if first else 0
            return before, before
        return self.blocks.spans[first][0], self.blocks.spans[end - 1][1]

    def words(self, paragraphs: Span) -> str:
        """The text of a range of paragraphs with the gaps between them."""
        return self.text[slice(*self.span(paragraphs))]
