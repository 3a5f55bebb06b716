"""What changed inside a paragraph, word by word, as few marks as a reader can take in."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from ovn_desk.text.blocks import Span
from ovn_desk.text.changes.tokens import Kind, Token, tokens

_MOST_PAIRS = 400_000_000  # tokens of one side times tokens of the other: 50 MB and half a second
_SWALLOWED_WORDS = 2
_SWALLOWED_LETTERS = 7
_ENDS = re.compile(r"[.!?…۔؟]+$")
_CLAUSE_ENDS = re.compile(r"[,;:،؛)”’»\"—–]$")


class Hunk(NamedTuple):
    """Tokens `i` to `j` of the old text that became tokens `k` to `m` of the new one."""

    i: int
    j: int
    k: int
    m: int


def hunks(old: str, new: str) -> list[tuple[Span, Span]]:
    """The places that differ, in order, as spans of both paragraphs; outside them the two are alike to the letter."""
    a, b = tokens(old), tokens(new)
    found = _differences(a, b)
    for better in (_slide_hunks, _without_confetti, _join_unbalanced):
        found = better(found, a, b)
    return [_trim_space(place, old, new) for place in _places(found, a, b, old, new)]


def _differences(a: Sequence[Token], b: Sequence[Token]) -> list[Hunk]:
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(token.text, len(numbers)) for token in a]
    right = [numbers.setdefault(token.text, len(numbers)) for token in b]
    return differences(left, right)


def differences(left: Sequence[int], right: Sequence[int]) -> list[Hunk]:
    """The runs in which two sequences of numbers differ, the rest being their longest common subsequence."""
    start = _common_prefix(left, right)
    end = _common_prefix(left[start:][::-1], right[start:][::-1])
    middle = left[start : len(left) - end], right[start : len(right) - end]
    if len(middle[0]) * len(middle[1]) > _MOST_PAIRS:
        return [Hunk(start, len(left) - end, start, len(right) - end)]
    return [Hunk(*(edge + start for edge in hunk)) for hunk in _subsequence(*middle)]


def _common_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    """How many the two have in common from their beginning."""
    return next(
        (place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )


def _subsequence(left: Sequence[int], right: Sequence[int]) -> list[Hunk]:
    found: list[Hunk] = []
    for operation in LCSseq.opcodes(left, right):
        if operation.tag == "equal":
            continue
        i, j = operation.src_start, operation.src_end
        k, m = operation.dest_start, operation.dest_end
        if found and found[-1].j == i and found[-1].m == k:
            i, k = found[-1].i, found[-1].k
            found.pop()
        found.append(Hunk(i, j, k, m))
    return found


def _slide_hunks(found: list[Hunk], a: Sequence[Token], b: Sequence[Token]) -> list[Hunk]:
    """Words only added or only removed, shifted to where a reader sees them begin: “A. [B. ]C.”, not “A[. B]. C.”."""
    slid: list[Hunk] = []
    for place, hunk in enumerate(found):
        first = slid[-1].j if slid else 0
        last = found[place + 1].i if place + 1 < len(found) else len(a)
        if hunk.i == hunk.j:
            by = _best_slide(b, hunk.k, hunk.m, hunk.i - first, last - hunk.j)
        elif hunk.k == hunk.m:
            by = _best_slide(a, hunk.i, hunk.j, hunk.i - first, last - hunk.j)
        else:
            by = 0
        slid.append(Hunk(*(edge + by for edge in hunk)))
    return slid


def _best_slide(side: Sequence[Token], start: int, end: int, room_before: int, room_after: int) -> int:
    """How far the run may best be moved along tokens that repeat; nearest first among equals."""
    best, most = 0, _boundary_score(side, start) + _boundary_score(side, end)
    for step, room in ((-1, room_before), (1, room_after)):
        low, high = start, end
        for moved in range(1, room + 1):
            leaving, coming = (high - 1, low - 1) if step < 0 else (low, high)
            if side[leaving].text != side[coming].text:
                break
            low, high = low + step, high + step
            if (worth := _boundary_score(side, low) + _boundary_score(side, high)) > most:
                best, most = moved * step, worth
    return best


def _boundary_score(side: Sequence[Token], place: int) -> int:
    """How naturally a run begins or ends before this token."""
    if place in {0, len(side)} or _ENDS.search(side[place - 1].text):
        return 3
    if side[place].kind is Kind.POINT and _CLAUSE_ENDS.search(side[place].text):
        return 2
    return 1 if _CLAUSE_ENDS.search(side[place - 1].text) else 0


def _without_confetti(found: list[Hunk], a: Sequence[Token], b: Sequence[Token]) -> list[Hunk]:
    def is_swallowed(before: Hunk, after: Hunk) -> bool:
        between = a[before.j : after.i]
        if not between:
            return True
        if any(token.kind not in {Kind.WORD, Kind.POINT} or _ENDS.search(token.text) for token in between):
            return False
        sizes = (
            _letters_to_read(a[before.i : before.j], b[before.k : before.m]),
            _letters_to_read(a[after.i : after.j], b[after.k : after.m]),
        )
        if not all(sizes):
            return False
        words = [token for token in between if token.kind is Kind.WORD]
        letters = sum(len(token.text) for token in words)
        is_short = len(words) <= _SWALLOWED_WORDS and letters <= _SWALLOWED_LETTERS
        return is_short or letters * 3 <= min(sizes)

    return _join_hunks(found, is_swallowed)


def _letters_to_read(old: Sequence[Token], new: Sequence[Token]) -> int:
    """How much of a change there is to read, punctuation left out."""
    return max(sum(len(token.text) for token in side if token.kind is not Kind.POINT) for side in (old, new))


def _join_unbalanced(found: list[Hunk], a: Sequence[Token], b: Sequence[Token]) -> list[Hunk]:
    """Changes that only together open and close `**` or a link, made one: half of them would break the page."""
    whole: list[Hunk] = []
    open_marks: Counter[str] = Counter()
    for hunk in found:
        marks = _odd_marks(a[hunk.i : hunk.j], b[hunk.k : hunk.m])
        if whole and open_marks & marks:
            whole[-1] = Hunk(whole[-1].i, hunk.j, whole[-1].k, hunk.m)
        else:
            whole.append(hunk)
        open_marks = _odd_marks(a[whole[-1].i : hunk.j], b[whole[-1].k : hunk.m])
    return whole


def _odd_marks(old: Sequence[Token], new: Sequence[Token]) -> Counter[str]:
    """The Markdown marks these tokens have an odd number of, on one side and not on the other."""
    odd = [
        {mark for mark, times in Counter(mark for token in side for mark in token.marks).items() if times % 2}
        for side in (old, new)
    ]
    return Counter(odd[0] ^ odd[1])


def _join_hunks(found: list[Hunk], belongs: Callable[[Hunk, Hunk], bool]) -> list[Hunk]:
    whole: list[Hunk] = []
    for hunk in found:
        if whole and belongs(whole[-1], hunk):
            whole[-1] = Hunk(whole[-1].i, hunk.j, whole[-1].k, hunk.m)
        else:
            whole.append(hunk)
    return whole


def _places(
    found: Sequence[Hunk], a: Sequence[Token], b: Sequence[Token], old: str, new: str
) -> Iterator[tuple[Span, Span]]:
    """The hunks as spans, with the white space that differs before tokens that do not."""
    end = Hunk(len(a), len(a), len(b), len(b))
    i = k = 0  # the next token that is in both texts
    held: tuple[Span, Span] | None = None
    for hunk in (*found, end):
        for offset in range(hunk.i - i + (hunk is end)):
            gap = _gap(a, i + offset, old), _gap(b, k + offset, new)
            if old[slice(*gap[0])] != new[slice(*gap[1])]:
                held = _join_spans(held, gap) if held and offset == 0 else gap
            if held:
                yield held
                held = None
        if hunk is not end:
            held = _reach(a, hunk.i, hunk.j), _reach(b, hunk.k, hunk.m)
        i, k = hunk.j, hunk.m


def _gap(side: Sequence[Token], place: int, text: str) -> Span:
    """The white space before a token, or after the last."""
    start = side[place - 1].end if place else 0
    return start, side[place].start if place < len(side) else len(text)


def _reach(side: Sequence[Token], first: int, last: int) -> Span:
    """From the end of the token before to the end of the last: the space before words comes and goes with them."""
    start = side[first - 1].end if first else 0
    return start, side[last - 1].end if last > first else start


def _join_spans(one: tuple[Span, Span], other: tuple[Span, Span]) -> tuple[Span, Span]:
    return (one[0][0], other[0][1]), (one[1][0], other[1][1])


def _trim_space(place: tuple[Span, Span], old: str, new: str) -> tuple[Span, Span]:
    """The spans without the white space that begins or ends both."""
    (i, j), (k, m) = place
    while i < j and k < m and old[i] == new[k] and old[i].isspace():
        i, k = i + 1, k + 1
    while i < j and k < m and old[j - 1] == new[m - 1] and old[j - 1].isspace():
        j, m = j - 1, m - 1
    return (i, j), (k, m)
