"""Where a comment stands: words quoted from a text, found again after the text was edited, or kept as orphaned.

The selectors are those of the W3C Web Annotation Data Model: `exact`, `prefix` and `suffix` of a TextQuoteSelector,
`start` and `end` of a TextPositionSelector. In doubt a comment is orphaned: one that points at other words is worse.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import common_prefix_length
from ovn_desk.text.blocks import Span

_CONTEXT = 32
_LONGEST_CONTEXT = 512
_LONG = 24  # letters that are enough to know words again by themselves
_CLEAR = 0.25  # by how much the neighbourhood of one place must fit better than that of the next
_FITS = 0.5
_FITS_SURELY = 0.9
_NEAR = 12  # letters that are enough to know a neighbour again
_SEED = 12  # letters of a run that must have stayed whole for edited words to be found
_MOST_SEEDS = 12
_MOST_PLACES = 50
_ALIKE = 0.75
_ALIKE_ALONE = 0.85
_ALIKE_IN_PLACE = 0.65
_CLEARLY_ALIKE = 0.15
_KEPT = 0.5
_FILLED = 0.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text and where they stood, in code points.

    `nth` and `of`: they were the nth of so many places with the very same words. `has_twin`: other words of the text
    were nearly the same.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    nth: int = 1
    of: int = 1
    has_twin: bool = False


@dataclass(frozen=True, slots=True)
class Anchored:
    """The place of an anchor's words in the text now."""

    anchor: Anchor
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Orphaned:
    """An anchor whose words are gone from the text, or can not be told from others; it keeps them."""

    anchor: Anchor


Place = Anchored | Orphaned


class Edit(NamedTuple):
    """Letters `start` to `end` of a text replaced by `length` others.

    Among equal letters nobody can tell which are new: the edit may as well stand up to `slack` letters further left.
    """

    start: int
    end: int
    length: int
    slack: int


def anchor(text: str, start: int, end: int) -> Anchor:
    """An anchor for letters `start` to `end` of a text; raises DeskError when these are only white space."""
    exact = text[start:end]
    if not exact.strip():
        raise DeskError("comment-without-words")
    places = list(_occurrences(text, exact))
    length = _CONTEXT
    while length < _LONGEST_CONTEXT and any(
        _context(text, place, end - start, length) == _context(text, start, end - start, length)
        for place in places
        if place != start
    ):
        length *= 2
    prefix, suffix = _context(text, start, end - start, length)
    others = text[:start] + "\n" * len(exact) + text[end:]
    has_twin = any(_likeness(exact, others[slice(*span)]) >= _ALIKE for span in _around_seeds(others, exact))
    return Anchor(exact, prefix, suffix, start, end, places.index(start) + 1, len(places), has_twin)


def find(text: str, anchor: Anchor) -> Place:
    """Find an anchor's words in a text that may have changed: moved, slightly edited, or Orphaned."""
    if text.startswith(anchor.prefix + anchor.exact + anchor.suffix, anchor.start - len(anchor.prefix)):
        return Anchored(anchor, anchor.start, anchor.end)
    places = list(_occurrences(text, anchor.exact))
    if places:
        start = _choose_place(text, anchor, places)
        return Orphaned(anchor) if start is None else Anchored(anchor, start, start + len(anchor.exact))
    span = _find_edited(text, anchor)
    return Anchored(anchor, *span) if span else Orphaned(anchor)


def follow(places: Sequence[Place], old: str, new: str) -> list[Place]:
    """The places after one edit made `old` into `new`: exact, and much faster than finding each again.

    A place whose words went is looked for in the rest of the text; an orphan whose words come back is found.
    """
    edit = _edit_between(old, new)
    return [_shift_place(place, edit, new) for place in places]


def _shift_place(place: Place, edit: Edit, new: str) -> Place:
    if isinstance(place, Orphaned):
        return find(new, place.anchor) if place.anchor.exact in new else place
    if edit.end - edit.slack <= place.start:
        shift = edit.length - (edit.end - edit.start)
        return replace(place, start=place.start + shift, end=place.end + shift) if shift else place
    if edit.start >= place.end:
        return place
    start = place.start if place.start <= edit.start else edit.start + edit.length
    end = edit.start if edit.end > place.end else place.end + edit.length - (edit.end - edit.start)
    if start < end and _are_kept(place.anchor.exact, new[start:end]):
        return Anchored(place.anchor, start, end)
    return find(new, place.anchor)


def _edit_between(old: str, new: str) -> Edit:
    """The one stretch in which two texts differ."""
    shorter = min(len(old), len(new))
    start, alike = common_prefix_length(old, new), common_prefix_length(old[::-1], new[::-1])
    end = min(alike, shorter - start)
    return Edit(start, len(old) - end, len(new) - end - start, alike - end)


def _are_kept(words: str, now: str) -> bool:
    """Whether most of the words are still there in their order, and not lost among what was written between them."""
    wanted, there = _WORD.findall(words), _WORD.findall(now)
    if len(wanted) < 3:
        return Indel.normalized_similarity(words, now) >= _KEPT
    same = LCSseq.editops(wanted, there).as_matching_blocks()
    kept = sum(len(word) for block in same for word in wanted[block.a : block.a + block.size])
    return kept >= _KEPT * sum(map(len, wanted)) and kept >= _FILLED * sum(map(len, there))


def _occurrences(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _context(text: str, start: int, length: int, reach: int) -> tuple[str, str]:
    end = start + length
    return text[max(0, start - reach) : start], text[end : end + reach]


def _choose_place(text: str, anchor: Anchor, places: Sequence[int]) -> int | None:
    """Which of the places with the very same words is the anchor's; None when in doubt."""
    fits = [_fit(text, anchor, place, place + len(anchor.exact)) for place in places]
    ranked = sorted(range(len(places)), key=lambda n: -sum(fits[n]))
    best = ranked[0]
    if len(places) > 1 and sum(fits[best]) - sum(fits[ranked[1]]) < _CLEAR:
        best = anchor.nth - 1
        is_told_by_order = len(places) == anchor.of and sum(fits[ranked[0]]) - sum(fits[best]) < _CLEAR
        return places[best] if is_told_by_order else None
    start, fit = places[best], fits[best]
    is_copied = len(places) > anchor.of and max(fits[ranked[1]]) >= _FITS
    if is_copied or _is_rivalled(text, anchor, start):
        return None
    if len(places) < anchor.of:
        return start if min(fit) >= _FITS_SURELY else None
    is_alone = len(places) == 1 and not anchor.has_twin and len(anchor.exact) >= _LONG
    return start if is_alone or max(fit) >= _FITS else None


def _fit(text: str, anchor: Anchor, start: int, end: int) -> tuple[float, float]:
    """How well the letters before and after a place are those the words stood among: from 0 to 1 each."""
    before, after = text[max(0, start - len(anchor.prefix)) : start], text[end : end + len(anchor.suffix)]
    left = 1.0 if start == 0 and not anchor.prefix else _side_fit(anchor.prefix[::-1], before[::-1])
    right = 1.0 if end == len(text) and not anchor.suffix else _side_fit(anchor.suffix, after)
    return left, right


def _side_fit(wanted: str, found: str) -> float:
    if not wanted:
        return 0.0
    return max(common_prefix_length(wanted, found) / len(wanted), 2 * Indel.normalized_similarity(wanted, found) - 1)


def _find_edited(text: str, anchor: Anchor) -> Span | None:
    """The place whose words are slightly other ones, when there is one such place only."""
    spans = set(_between_neighbours(text, anchor))
    if not anchor.has_twin:
        spans.update(_around_seeds(text, anchor.exact))
    scored: list[tuple[float, Span]] = []
    for span in spans:
        now = text[slice(*span)]
        alike, fit = _likeness(anchor.exact, now), _fit(text, anchor, *span)
        is_in_place = alike >= _ALIKE_IN_PLACE and min(fit) >= _FITS_SURELY and _are_kept(anchor.exact, now)
        if is_in_place or alike >= _ALIKE_ALONE or (alike >= _ALIKE and max(fit) >= _FITS):
            scored.append((alike + sum(fit) / 4, span))
    scored.sort(reverse=True)
    if not scored:
        return None
    best, span = scored[0]
    is_clear = all(
        score <= best - _CLEARLY_ALIKE for score, other in scored if other[1] <= span[0] or other[0] >= span[1]
    )
    return span if is_clear else None


def _is_rivalled(text: str, anchor: Anchor, start: int) -> bool:
    """Whether words much like the anchor's stand between its old neighbours elsewhere: these may be only a copy."""
    end = start + len(anchor.exact)
    return any(
        _likeness(anchor.exact, text[low:high]) >= _FITS
        for low, high in _between_neighbours(text, anchor)
        if high <= start or low >= end
    )


def _between_neighbours(text: str, anchor: Anchor) -> Iterator[Span]:
    """What stands now between the letters that stood before the words and those that stood after."""
    before, after = anchor.prefix[-_NEAR:], anchor.suffix[:_NEAR]
    is_first, is_last = len(before) < _NEAR, len(after) < _NEAR
    starts = [0] if is_first and text.startswith(before) else [] if is_first else _occurrences(text, before)
    for place in islice(starts, _MOST_PLACES):
        start = place + len(before)
        end = text.find(after, start, start + 2 * len(anchor.exact) + 2 * _CONTEXT)
        if is_last:
            end = len(text) - len(after) if text.endswith(after) else -1
        if end > start:
            yield start, end


def _likeness(words: str, now: str) -> float:
    """How many of the letters are the same in the same order, wider and narrower space being alike: from 0 to 1."""
    return Indel.normalized_similarity(" ".join(words.split()), " ".join(now.split()))


def _around_seeds(text: str, exact: str) -> Iterator[Span]:
    """Places round runs of the words' letters that are still whole, about as long as the words."""
    slack = _CONTEXT + len(exact) // 3
    seen: set[int] = set()
    for offset in range(0, len(exact) - _SEED + 1, max(_SEED, len(exact) // _MOST_SEEDS)):
        for place in islice(_occurrences(text, exact[offset : offset + _SEED]), _MOST_PLACES):
            start = max(0, place - offset - slack)
            if start // slack in seen:
                continue
            seen.add(start // slack)
            yield _best_window(text, exact, start, min(len(text), start + len(exact) + 3 * slack))


def _best_window(text: str, exact: str, low: int, high: int) -> Span:
    """The stretch most like the words between two places, to their own first and last letters where those are whole."""
    window = text[low:high]
    aligned = fuzz.partial_ratio_alignment(exact, window)
    start, end = (aligned.dest_start, aligned.dest_end) if aligned else (0, len(window))
    if (first := window.rfind(exact[:_SEED], 0, start + 2 * _SEED)) >= 0:
        start = first
    elif window[start : start + 1].isalnum():
        start -= len(_word_at_end(window[:start]))
    if (last := window.find(exact[-_SEED:], max(0, end - 2 * _SEED))) >= 0:
        end = last + _SEED
    elif window[end - 1 : end].isalnum():
        end += len(_word_at_end(window[end:][::-1]))
    return low + start, low + max(start, end)


def _word_at_end(text: str) -> str:
    return "".join(takewhile(str.isalnum, reversed(text)))
