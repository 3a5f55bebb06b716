"""What changed between two texts, as a list that can be walked, and each change of it accepted or rejected alone."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from typing import NewType, Protocol

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.blocks import Blocks, Span, split
from ovn_desk.text.changes.align import Pair, align
from ovn_desk.text.changes.hunks import hunks

ChangeId = NewType("ChangeId", str)

_LAST = re.compile(r"(?:\w+|\S)(?=\s*\Z)")
_REACH = 40


class Kind(StrEnum):
    """What a change is: of words, of punctuation or space alone, or of a whole paragraph."""

    WORDS = "words"
    POINTS = "points"
    SPACE = "space"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class State(StrEnum):
    """What became of a paragraph. One that moved stands twice: where it is, and where it was."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    MOVED_AWAY = "moved away"
    SPACE = "space"


class Mark(StrEnum):
    """How a piece of a paragraph is shown."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class HasId(Protocol):
    """Anything that can be accepted or rejected by its id."""

    @property
    def id(self) -> ChangeId: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a person accepts or rejects: `before` in the old text became `after` in the new one.

    Its id is the same for the same change of the same words after the same word, whatever else changed.
    """

    id: ChangeId
    kind: Kind
    old: Span
    new: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters of a paragraph as the two texts laid over each other show it."""

    text: str
    mark: Mark
    change: ChangeId | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of either text. `whole` is the change of all of it: added, removed or moved.

    `old` and `new` are its places in code points, empty where the text has it not. A paragraph that was parted or
    joined is one here, with the empty lines that came or went among its pieces. One in state SPACE is only the empty
    lines between two others.
    """

    state: State
    old: Span
    new: Span
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...] = ()
    whole: Change | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Two texts compared: `paragraphs` of both in reading order, `all` the changes in the order they are walked."""

    old: str
    new: str
    paragraphs: tuple[Paragraph, ...]
    all: tuple[Change, ...]

    def text(self, accepted: Collection[ChangeId]) -> str:
        """The old text with the changes of these ids made; raises DeskError for an id that is not among `all`."""
        check_known(accepted, self.all)
        return "".join(_accepted_pieces(self, frozenset(accepted)))


def compare(old: str, new: str, *, part: str = "") -> Changes:
    """Compare two texts; `part` goes into the ids, to tell changes of the headline from those of the body."""
    return _Comparison(old, new, part).changes()


def apply(old: str, new: str, accepted: Collection[ChangeId]) -> str:
    """The old text with the accepted changes made: with none it is the old text, with all the new one."""
    return compare(old, new).text(accepted)


def check_known(accepted: Collection[ChangeId], changes: Iterable[HasId]) -> None:
    """Raises DeskError when a change was accepted that is not among these."""
    if unknown := set(accepted) - {change.id for change in changes}:
        raise DeskError("decisions-outdated", count=len(unknown))


def change_id(*parts: str) -> ChangeId:
    """The name of a change, made of everything that tells it from others."""
    return ChangeId(blake2b("\x00".join(parts).encode(errors="surrogatepass"), digest_size=8).hexdigest())


_IN_OLD = {State.SAME, State.CHANGED, State.REMOVED, State.MOVED_AWAY}
_IN_NEW = {State.SAME, State.CHANGED, State.ADDED, State.MOVED}


def _accepted_pieces(changes: Changes, accepted: frozenset[ChangeId]) -> Iterator[str]:
    """The accepted text, paragraph by paragraph, each after the empty lines it has in a text where it follows the last.

    `old_end` and `new_end` are where each text goes on after the last paragraph shown; None where that text goes on
    with a paragraph that is not shown.
    """
    old_end: int | None = 0
    new_end: int | None = 0
    is_first = is_new_space = True
    for paragraph in changes.paragraphs:
        if paragraph.state is State.SPACE:
            is_new_space = paragraph.whole is not None and paragraph.whole.id in accepted
            continue
        in_old, in_new = paragraph.state in _IN_OLD, paragraph.state in _IN_NEW
        is_shown = _is_shown(paragraph, accepted)
        if is_shown:
            old_gap = None if old_end is None or not in_old else changes.old[old_end : paragraph.old[0]]
            new_gap = None if new_end is None or not in_new else changes.new[new_end : paragraph.new[0]]
            yield _gap(old_gap, new_gap, is_new=is_new_space, otherwise="" if is_first else "\n\n")
            yield from (piece.text for piece in paragraph.pieces if _is_kept(piece, accepted))
            is_first, is_new_space = False, True
        if in_old or is_shown:
            old_end = paragraph.old[1] if in_old and is_shown else None
        if in_new or is_shown:
            new_end = paragraph.new[1] if in_new and is_shown else None
    old_gap = None if old_end is None else changes.old[old_end:]
    new_gap = None if new_end is None else changes.new[new_end:]
    yield _gap(old_gap, new_gap, is_new=is_new_space, otherwise="")


def _gap(old: str | None, new: str | None, *, is_new: bool, otherwise: str) -> str:
    if new is None:
        return otherwise if old is None else old
    return new if old is None or is_new else old


def _is_shown(paragraph: Paragraph, accepted: frozenset[ChangeId]) -> bool:
    if paragraph.whole is None:
        return True
    return (paragraph.whole.id in accepted) == (paragraph.state in _IN_NEW)


def _is_kept(piece: Piece, accepted: frozenset[ChangeId]) -> bool:
    return piece.mark is Mark.SAME or (piece.change in accepted) == (piece.mark is Mark.ADDED)


class _Comparison:
    """Two texts on their way to being compared: their paragraphs, and how often each change was met."""

    def __init__(self, old: str, new: str, part: str) -> None:
        self.old, self.new, self.part = old, new, part
        self.old_blocks, self.new_blocks = split(old), split(new)
        self.met: Counter[tuple[str, ...]] = Counter()

    def changes(self) -> Changes:
        found = tuple(self._lay_paragraphs(align(self.old_blocks.paragraphs, self.new_blocks.paragraphs)))
        return Changes(self.old, self.new, found, tuple(_walk_changes(found)))

    def _lay_paragraphs(self, pairs: list[Pair]) -> Iterator[Paragraph]:
        """All paragraphs in reading order: between two that kept their order first the old ones, then the new ones."""
        moved = {pair: self._moved_paragraph(pair) for pair in pairs if pair.is_moved}
        left = {pair.old: paragraph for pair, paragraph in moved.items()}
        came = {pair.new: paragraph for pair, paragraph in moved.items()}
        end = Pair(len(self.old_blocks.spans), 0, len(self.new_blocks.spans), 0)
        i = j = 0
        for pair in [*(pair for pair in pairs if not pair.is_moved), end]:
            if (i, j) == (pair.old, pair.new):
                yield from self._space(i, j)
            for place in range(i, pair.old):
                yield (
                    replace(left[place], state=State.MOVED_AWAY) if place in left else self._removed_paragraph(place, j)
                )
            for place in range(j, pair.new):
                yield came[place] if place in came else self._added_paragraph(pair.old, place)
            if pair is not end:
                yield self._paired_paragraph(pair)
            i, j = pair.old_end, pair.new_end

    def _paired_paragraph(self, pair: Pair) -> Paragraph:
        old = self.old_blocks.spans[pair.old][0], self.old_blocks.spans[pair.old_end - 1][1]
        new = self.new_blocks.spans[pair.new][0], self.new_blocks.spans[pair.new_end - 1][1]
        before, after = self.old[slice(*old)], self.new[slice(*new)]
        if before == after:
            return Paragraph(State.SAME, old, new, (Piece(before, Mark.SAME),))
        pieces: list[Piece] = []
        changes: list[Change] = []
        done = 0
        for (i, j), (k, m) in hunks(before, after):
            change = self._change(
                _kind(before[i:j] + after[k:m]),
                (old[0] + i, old[0] + j),
                (new[0] + k, new[0] + m),
                after=before[max(0, i - _REACH) : i],
            )
            changes.append(change)
            pieces += [Piece(before[done:i], Mark.SAME), *_pieces(change)]
            done = j
        pieces.append(Piece(before[done:], Mark.SAME))
        return Paragraph(State.CHANGED, old, new, tuple(piece for piece in pieces if piece.text), tuple(changes))

    def _moved_paragraph(self, pair: Pair) -> Paragraph:
        inside = self._paired_paragraph(pair)
        return replace(inside, state=State.MOVED, whole=self._change(Kind.MOVED, inside.old, inside.new))

    def _removed_paragraph(self, place: int, j: int) -> Paragraph:
        return self._whole_paragraph(
            State.REMOVED, Kind.REMOVED, self.old_blocks.spans[place], _end(self.new_blocks, j)
        )

    def _added_paragraph(self, i: int, place: int) -> Paragraph:
        return self._whole_paragraph(State.ADDED, Kind.ADDED, _end(self.old_blocks, i), self.new_blocks.spans[place])

    def _space(self, i: int, j: int) -> Iterator[Paragraph]:
        """The empty lines between two paragraphs that follow each other in both texts, where they differ."""
        old, new = _gap_span(self.old_blocks, i, len(self.old)), _gap_span(self.new_blocks, j, len(self.new))
        if self.old_blocks.gaps[i] != self.new_blocks.gaps[j]:
            yield self._whole_paragraph(State.SPACE, Kind.SPACE, old, new)

    def _whole_paragraph(self, state: State, kind: Kind, old: Span, new: Span) -> Paragraph:
        change = self._change(kind, old, new)
        return Paragraph(state, old, new, tuple(_pieces(change)), whole=change)

    def _change(self, kind: Kind, old: Span, new: Span, *, after: str = "") -> Change:
        """A change, its id made of its words and the word they stand `after`: places shift, these do not."""
        before, became = self.old[slice(*old)], self.new[slice(*new)]
        last = _LAST.search(after)
        known = (self.part, kind, before, became, last[0] if last else "")
        self.met[known] += 1
        return Change(change_id(*known, str(self.met[known])), kind, old, new, before, became)


def _kind(letters: str) -> Kind:
    if letters.isspace():
        return Kind.SPACE
    return Kind.WORDS if any(letter.isalnum() for letter in letters) else Kind.POINTS


def _pieces(change: Change) -> Iterator[Piece]:
    if change.before:
        yield Piece(change.before, Mark.REMOVED, change.id)
    if change.after:
        yield Piece(change.after, Mark.ADDED, change.id)


def _end(blocks: Blocks, place: int) -> Span:
    """The place, without extent, where the paragraph before this one ends."""
    end = blocks.spans[place - 1][1] if place else 0
    return end, end


def _gap_span(blocks: Blocks, place: int, length: int) -> Span:
    return _end(blocks, place)[0], blocks.spans[place][0] if place < len(blocks.spans) else length


def _walk_changes(paragraphs: Iterable[Paragraph]) -> Iterator[Change]:
    for paragraph in paragraphs:
        if paragraph.state is not State.MOVED_AWAY:
            yield from filter(None, (paragraph.whole, *paragraph.changes))
