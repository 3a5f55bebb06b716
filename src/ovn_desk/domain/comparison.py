"""The words of a claim beside the passage of an excerpt that comes nearest to them, and what differs in the two."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ovn_desk.domain.texts import normalised_for_comparison

_TOKEN = re.compile(r"\S+")
_EDGES = " .,;:!?-۔،؟؛()[]"
_AROUND = 12
"""Words that stand round the passage; an excerpt that has few more is shown whole."""
_FIGURE = 0.5
"""What a figure in the place of another one counts, of a word that is the same."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Some of a text exactly as it is written, white space and all; `differs` from what stands beside it."""

    words: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`claim` is the claim's words, `passage` what of the excerpt comes nearest; each whole when its runs are joined.

    `is_cut`: whether more of the excerpt stands before the passage, and after it.
    """

    claim: tuple[WordRun, ...]
    passage: tuple[WordRun, ...]
    is_cut: tuple[bool, bool] = (False, False)


def compare_with_excerpt(words: str, excerpt: str, *, sentence: str = "") -> Comparison:
    """Compares a claim's words with the passage of an excerpt that has most of them, word by word.

    Of two that have as many, the one counts that stands among more words of the claim's `sentence`. Round the passage
    nothing is marked: the claim says nothing of it. Marks and dashes that no check looks at make no difference.
    """
    said, stored = [*_TOKEN.finditer(words)], [*_TOKEN.finditer(excerpt)]
    keys, known = [_key(one[0]) for one in said], [_key(one[0]) for one in stored]
    low, high = _nearest_passage(keys, known, {_key(one) for one in sentence.split()})
    is_other = [True] * len(said), [False] * len(stored)
    matcher = SequenceMatcher(None, known[low:high], keys, autojunk=False)
    for tag, old, old_end, new, new_end in matcher.get_opcodes():
        is_edge = new == new_end and (old == 0 or old_end == high - low)  # the excerpt only goes on there
        if tag == "equal":
            is_other[0][new:new_end] = [False] * (new_end - new)
        elif not is_edge:
            is_other[1][low + old : low + old_end] = [True] * (old_end - old)
    first, last = max(0, low - _AROUND), min(len(stored), high + _AROUND)
    start, end = _span(stored, first, last, excerpt)
    return Comparison(
        tuple(_runs(words, said, is_other[0], 0, len(words))),
        tuple(_runs(excerpt, stored, is_other[1], start, end)),
        (first > 0, last < len(stored)),
    )


def _nearest_passage(keys: Sequence[str], known: Sequence[str], around: set[str]) -> tuple[int, int]:
    """Where in `known` most of `keys` stand together: from the first word to behind the last."""
    length = len(keys)
    if not length or len(known) <= length:
        return 0, len(known)
    best, place, has_figure = (-1.0, -1, 0), (0, length), any(map(_has_digit, keys))
    for width in sorted({length, min(len(known), length + max(1, length // 3))}):
        for low, shared in enumerate(_shared_counts(keys, known, width)):
            passage = known[low : low + width]
            figures = sum(map(_has_digit, passage)) if has_figure else 0
            near = known[max(0, low - length - 8) : low + width + length + 8]
            score = shared + _FIGURE * min(figures, 1) - 0.2 * (width - length), len(around.intersection(near)), -low
            if score > best:
                best, place = score, (low, low + width)
    return place


def _shared_counts(keys: Sequence[str], known: Sequence[str], width: int) -> Iterator[int]:
    """How many of `keys` each stretch of `known` has, from the first to the last."""
    wanted, here = Counter(keys), Counter(known[:width])
    shared = sum((wanted & here).values())
    yield shared
    for gone, came in zip(known, known[width:], strict=False):
        shared -= here[gone] <= wanted[gone]
        here[gone] -= 1
        here[came] += 1
        shared += here[came] <= wanted[came]
        yield shared


def _span(stored: Sequence[re.Match[str]], first: int, last: int, excerpt: str) -> tuple[int, int]:
    """The letters from the word `first` to the one before `last`; to the ends of the excerpt where nothing is cut."""
    start = stored[first].start() if first > 0 else 0
    end = stored[last - 1].end() if last < len(stored) else len(excerpt)
    return start, end


def _runs(
    text: str, tokens: Sequence[re.Match[str]], is_other: Sequence[bool], start: int, end: int
) -> Iterator[WordRun]:
    """The letters from `start` to `end`, parted where words that differ begin and end; space between has no mark."""
    here = start
    place = 0
    while place < len(tokens):
        if not is_other[place] or tokens[place].start() < start or tokens[place].end() > end:
            place += 1
            continue
        behind = place
        while behind + 1 < len(tokens) and is_other[behind + 1] and tokens[behind + 1].end() <= end:
            behind += 1
        if tokens[place].start() > here:
            yield WordRun(text[here : tokens[place].start()])
        yield WordRun(text[tokens[place].start() : tokens[behind].end()], differs=True)
        here, place = tokens[behind].end(), behind + 1
    if here < end:
        yield WordRun(text[here:end])


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _key(word: str) -> str:
    return normalised_for_comparison(word).strip(_EDGES) or word
