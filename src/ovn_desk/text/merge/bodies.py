"""Three versions of a body laid together, paragraph by paragraph; what only one side touched is combined.

Both sides touched the same thing when they changed the same paragraph, put something into the same gap, or one put
something right beside a paragraph that the other took out. Neighbouring paragraphs changed by one side each are two
things. The idea is that of diff3 (Khanna, Kunal and Pierce, 2007); no line is ever put together from two versions.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ovn_desk.text.blocks import Span
from ovn_desk.text.changes.align import is_surely_one, likeness
from ovn_desk.text.merge.sides import Side
from ovn_desk.text.merge.values import Choice, Conflict, ConflictId, Row, Take

_FEWEST_WORDS_TWICE = 4
_MOST_COMPARED = 10_000  # pairs of new paragraphs: a tenth of a second

_Ranges = tuple[Span, Span, Span]


def rows(base: str, mine: str, theirs: str, *, asks_all: bool = False) -> tuple[tuple[Row, ...], tuple[Conflict, ...]]:
    """The body in three columns, and what has to be decided in it: with `asks_all` also what one side alone has."""
    bodies = _Bodies(base, mine, theirs, asks_all=asks_all)
    found = tuple(bodies.rows())
    return found, tuple(bodies.conflicts.values())


def body(rows: Sequence[Row], versions: tuple[str, str, str], choices: Mapping[ConflictId, Choice]) -> str:
    """The body as decided, paragraphs parted as they are in the versions where they follow each other."""
    ends: list[int | None] = [0, 0, 0]
    whole = ""
    written: set[ConflictId] = set()
    for row in rows:
        text = _decided_text(row, choices, written)
        if text:
            starts = [start if end > start else None for start, end in row.places]
            whole += _gap(versions, ends, starts, otherwise="\n\n" if whole else "") + text
        for version, (start, end) in enumerate(row.places):
            if text or end > start:
                ends[version] = end if text and end > start else None
    return whole + _gap(versions, ends, [len(version) for version in versions], otherwise="")


def _decided_text(row: Row, choices: Mapping[ConflictId, Choice], written: set[ConflictId]) -> str:
    if row.conflict is None:
        return row.text
    choice = choices[row.conflict]
    if isinstance(choice, str):
        is_first = row.conflict not in written
        written.add(row.conflict)
        return choice.strip("\n") if is_first else ""
    wanted = {Take.MINE, Take.THEIRS} if choice is Take.BOTH else {choice}
    texts = [text for side, text in ((Take.THEIRS, row.theirs), (Take.MINE, row.mine)) if side in row.holds & wanted]
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def _gap(versions: tuple[str, str, str], ends: list[int | None], starts: list[int | None], *, otherwise: str) -> str:
    """The empty lines between two paragraphs: those of the side that changed them, or of any in which they meet."""
    base, mine, theirs = (
        None if end is None or start is None else version[end:start]
        for version, end, start in zip(versions, ends, starts, strict=True)
    )
    if mine is None or theirs is None:
        found = theirs if mine is None else mine
        return otherwise if found is None else found
    if base in {mine, theirs}:
        return theirs if base == mine else mine
    return _narrower(mine, theirs)


def _narrower(mine: str, theirs: str) -> str:
    """Of two texts that differ in empty lines only the same one for both sides."""
    return min(mine, theirs, key=lambda text: (len(text), text))


class _Duplicate(NamedTuple):
    """A paragraph at two places: moved by one side and touched by the other, or put in by both.

    `mine` and `theirs` are its number on each side that has it away from `origin`, its place in the base.
    """

    base: str
    origin: int | None
    mine: int | None
    theirs: int | None


class _Bodies:
    def __init__(self, base: str, mine: str, theirs: str, *, asks_all: bool) -> None:
        self._asks_all = asks_all
        self.base, self.mine, self.theirs = Side(base, base), Side(base, mine), Side(base, theirs)
        self.stretches = list(_stretches(self.mine, self.theirs, len(self.base.ranges)))
        self.stretch_at = {place: (first, last) for first, last in self.stretches for place in range(first, last + 1)}
        self.torn = {stretch for stretch in self.stretches if self._is_torn(stretch)}
        self.twice = [*self._moved_twice(), *self._added_twice()]
        self.conflicts: dict[Span | _Ranges | _Duplicate, Conflict] = {}

    def rows(self) -> Iterator[Row]:
        origins = {twice.origin: twice for twice in self.twice}
        for stretch in self.stretches:
            twice = origins.get(stretch[0])
            if twice:
                yield self._origin(stretch, twice)
            elif stretch in self.torn:
                ranges = self._ranges(stretch)
                conflict = self._conflict(stretch, *self._words(ranges))
                yield self._row(ranges, conflict=conflict, holds=frozenset({Take.MINE, Take.THEIRS}))
            else:
                yield from self._agreed_rows(stretch)

    def _is_torn(self, stretch: Span) -> bool:
        if not self.mine.has_touched(stretch) or not self.theirs.has_touched(stretch):
            return False
        return self.mine.paragraphs(stretch) != self.theirs.paragraphs(stretch)

    def _moved_twice(self) -> Iterator[_Duplicate]:
        """Paragraphs that one side moved while the other changed them, took them out or moved them elsewhere."""
        for number in sorted(self.mine.moved.keys() | self.theirs.moved.keys()):
            place = 2 * number + 1
            stretch = self.stretch_at[place]
            is_touched = self.mine.has_touched(stretch) and self.theirs.has_touched(stretch)
            mine, theirs = self._moved_words(self.mine, number), self._moved_words(self.theirs, number)
            if stretch == (place, place) and is_touched and mine != theirs:
                yield _Duplicate(
                    self.base.words((number, number + 1)),
                    place,
                    self.mine.moved[number] if mine else None,
                    self.theirs.moved[number] if theirs else None,
                )

    def _moved_words(self, side: Side, number: int) -> tuple[Span, str] | None:
        """Where a side moved a paragraph of the base, and its words now; None where that has to be decided anyway."""
        if number not in side.moved:
            return None
        moved = side.moved[number]
        stretch = self.stretch_at[side.gap_of[moved]]
        return None if stretch in self.torn else (stretch, side.words((moved, moved + 1)))

    def _added_twice(self) -> list[_Duplicate]:
        """Paragraphs that both sides put in, at different places: kept without asking they would stand twice."""
        mine, theirs = self._added_paragraphs(self.mine, self.theirs), self._added_paragraphs(self.theirs, self.mine)
        are_few = len(mine) * len(theirs) <= _MOST_COMPARED
        alike = (
            (-likeness(one, other), sorted((here, there)), here[1], there[1])
            for here, one in mine.items()
            for there, other in theirs.items()
            if one == other or (are_few and is_surely_one(one, other))
        )
        found: list[_Duplicate] = []
        for _, _, here, there in sorted(alike):
            if all(here != twice.mine and there != twice.theirs for twice in found):
                found.append(_Duplicate("", None, here, there))
        return found

    def _added_paragraphs(self, side: Side, other: Side) -> dict[Span, str]:
        """The paragraphs of a side's own in stretches that only it touched, by their gap and number."""
        added = side.added
        return {
            (gap, number): side.words((number, number + 1))
            for number, gap in side.gap_of.items()
            if number in added and not other.has_touched(self.stretch_at[gap])
            if len(side.blocks.paragraphs[number].split()) >= _FEWEST_WORDS_TWICE
        }

    def _origin(self, stretch: Span, twice: _Duplicate) -> Row:
        numbers = {Take.MINE: twice.mine, Take.THEIRS: twice.theirs}
        holds = frozenset(take for take, number in numbers.items() if number is None)
        return self._row(self._ranges(stretch), conflict=self._duplicate_conflict(twice), holds=holds)

    def _agreed_rows(self, stretch: Span) -> Iterator[Row]:
        """The rows of a stretch that one side touched, or both alike: several where a paragraph of it stands twice."""
        by = Take.MINE if self.mine.has_touched(stretch) else Take.THEIRS
        side, other = (self.mine, self.theirs) if by is Take.MINE else (self.theirs, self.mine)
        base, elsewhere = self.base.range(stretch), other.range(stretch)
        is_same = other.has_touched(stretch)
        for first, end, twice in self._pieces(side, by, stretch, is_whole=is_same):
            ranges = (base, (first, end), elsewhere) if by is Take.MINE else (base, elsewhere, (first, end))
            if twice:
                yield self._row(ranges, conflict=self._duplicate_conflict(twice), holds=frozenset({by}))
            elif any(low < high for low, high in ranges):
                words = side.words((first, end)), other.words(elsewhere)
                own, others = side.blocks.paragraphs[first:end], other.blocks.paragraphs[slice(*elsewhere)]
                if self._asks_all and own != others:
                    conflict = self._conflict(ranges, *self._words(ranges))
                    yield self._row(ranges, conflict=conflict, holds=frozenset({Take.MINE, Take.THEIRS}))
                else:
                    yield self._row(ranges, text=_narrower(*words) if is_same else words[0])
            base, elsewhere = (base[1], base[1]), (elsewhere[1], elsewhere[1])

    def _pieces(
        self, side: Side, by: Take, stretch: Span, *, is_whole: bool
    ) -> Iterator[tuple[int, int, _Duplicate | None]]:
        """The paragraphs of a side in a stretch, those that stand twice apart from the others; an empty piece first."""
        first, end = side.range(stretch)
        numbers = {(twice.mine if by is Take.MINE else twice.theirs): twice for twice in self.twice}
        for number in range(first, end):
            if number in numbers and not is_whole:
                yield first, number, None
                yield number, number + 1, numbers[number]
                first = number + 1
        yield first, end, None

    def _duplicate_conflict(self, twice: _Duplicate) -> Conflict:
        """The one conflict of both rows: each side's words are those it has away, or those it has at the origin."""
        origin = None if twice.origin is None else self.stretch_at[twice.origin]

        def words(side: Side, number: int | None) -> str:
            if number is not None:
                return side.words((number, number + 1))
            return side.words(side.range(origin)) if origin else ""

        return self._conflict(twice, twice.base, words(self.mine, twice.mine), words(self.theirs, twice.theirs))

    def _conflict(self, about: Span | _Ranges | _Duplicate, base: str, mine: str, theirs: str) -> Conflict:
        name = ConflictId(f"body-{len(self.conflicts) + 1}")
        has_both = bool(mine and theirs) or not self._asks_all  # both is one, where the other has nothing
        return self.conflicts.setdefault(
            about, Conflict(name, "body", base, mine, theirs, may_take_both=has_both, may_be_written=True)
        )

    def _ranges(self, stretch: Span) -> _Ranges:
        return self.base.range(stretch), self.mine.range(stretch), self.theirs.range(stretch)

    def _row(
        self, ranges: _Ranges, *, text: str = "", conflict: Conflict | None = None, holds: frozenset[Take] = frozenset()
    ) -> Row:
        base, mine, theirs = self._words(ranges)
        places = self.base.span(ranges[0]), self.mine.span(ranges[1]), self.theirs.span(ranges[2])
        return Row(base, mine, theirs, places, text, conflict.id if conflict else None, holds)

    def _words(self, ranges: _Ranges) -> tuple[str, str, str]:
        return self.base.words(ranges[0]), self.mine.words(ranges[1]), self.theirs.words(ranges[2])


def _stretches(mine: Side, theirs: Side, size: int) -> Iterator[Span]:
    """All places in order, together those that are one because of what both sides did there."""
    together = [*mine.touched, *theirs.touched]
    for side, other in ((mine, theirs), (theirs, mine)):
        beside = ((gone, gap) for gone in side.gone for gap in (gone - 1, gone + 1))
        together += [(min(pair), max(pair)) for pair in beside if pair[1] in other.filled]
    joined: list[Span] = []
    for first, last in sorted(together):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    place = 0
    for first, last in [*joined, (size, size)]:
        yield from ((alone, alone) for alone in range(place, first))
        if first < size:
            yield first, last
        place = last + 1
