"""Which paragraph of an old text became which of a new one: the same, changed, parted, joined or moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

_ALIKE = 0.5
_ALIKE_IN_PLACE = 0.35
_ALIKE_MOVED = 0.6
_FEWEST_WORDS_MOVED = 4
_COMMON = 8  # word pairs in more paragraphs than this tell nothing
_CANDIDATES = 3
_MOST_IN_A_GAP = 400
_GAIN = 0.1  # by how much a second paragraph must make the likeness better to be a part of the first


class Pair(NamedTuple):
    """Paragraphs `old` to `old_end` that became `new` to `new_end`; several where a paragraph was parted or joined."""

    old: int
    old_end: int
    new: int
    new_end: int
    is_moved: bool = False


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The paragraphs that have a counterpart, by their place in the old text; the others were removed or added.

    A text of one paragraph, such as a headline, stays that paragraph however it was rewritten.
    """
    if len(old) == len(new) == 1:
        return [Pair(0, 1, 0, 1)]
    partner = _match_equal(old, new)
    partner |= _match_similar(old, new, partner)
    in_order = heaviest_in_order(partner, [len(paragraph.split()) + 1 for paragraph in old])
    moved = {i: j for i, j in partner.items() if i not in in_order and is_surely_one(old[i], new[j])}
    in_order |= _match_between_neighbours(old, new, in_order, moved)
    free_old = set(range(len(old))) - in_order.keys() - moved.keys()
    free_new = set(range(len(new))) - set(in_order.values()) - set(moved.values())
    pairs = [_grow_pair(i, j, old, new, free_old, free_new) for i, j in sorted(in_order.items())]
    return sorted([*pairs, *(Pair(i, i + 1, j, j + 1, is_moved=True) for i, j in moved.items())])


def likeness(one: str, other: str) -> float:
    """How many of the words of two texts are the same in the same order: 0 for none, 1 for all."""
    return Indel.normalized_similarity(one.split(), other.split())


def _match_equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pairs of equal paragraphs: first those that stand once in both texts, then their neighbours, then any left."""
    places_old, places_new = _places(old), _places(new)
    once = {
        places[0]: places_new[text][0]
        for text, places in places_old.items()
        if len(places) == 1 and len(places_new.get(text, ())) == 1
    }
    partner = dict(once)
    taken = set(partner.values())
    starts = [(-1, -1, 1), (len(old), len(new), -1), *((i, j, step) for i, j in once.items() for step in (1, -1))]
    for start_old, start_new, step in starts:
        i, j = start_old + step, start_new + step
        while 0 <= i < len(old) and 0 <= j < len(new) and old[i] == new[j] and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
            i, j = i + step, j + step
    for text, places in places_old.items():
        free = (j for j in places_new.get(text, ()) if j not in taken)
        partner |= dict(zip((i for i in places if i not in partner), free, strict=False))
    return partner


def _places(paragraphs: Sequence[str]) -> dict[str, list[int]]:
    places = defaultdict(list)
    for place, paragraph in enumerate(paragraphs):
        places[paragraph].append(place)
    return places


def _match_similar(old: Sequence[str], new: Sequence[str], partner: Mapping[int, int]) -> dict[int, int]:
    """Pairs of paragraphs that share word pairs and are much alike, the likest first, wherever they stand."""
    index = defaultdict(list)
    for i in sorted(set(range(len(old))) - partner.keys()):
        for words in set(pairwise(old[i].split())):
            index[words].append(i)
    scored = []
    for j in sorted(set(range(len(new))) - set(partner.values())):
        found = [index[words] for words in set(pairwise(new[j].split())) if words in index]
        votes = Counter(i for places in found if len(places) <= _COMMON for i in places)
        for i, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CANDIDATES]:
            score = likeness(old[i], new[j])
            if score >= _ALIKE:
                scored.append((-score, i, j))
    return _match_greedily(scored)


def _match_greedily(scored: list[tuple[float, int, int]]) -> dict[int, int]:
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def heaviest_in_order(partner: Mapping[int, int], weights: Sequence[int]) -> dict[int, int]:
    """The pairs that kept their order, chosen to weigh most (`weights` by old place): what is left over has moved.

    The heaviest increasing subsequence, with a Fenwick tree of the best chain that ends at or before each new place.
    """
    size = max(partner.values(), default=-1) + 1
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # weight, last old place of the chain
    before: dict[int, int] = {}
    for i, j in sorted(partner.items()):
        weight, last = 0, -1
        place = j
        while place > 0:
            weight, last = max((weight, last), tree[place])
            place -= place & -place
        before[i] = last
        ending = (weight + weights[i], i)
        place = j + 1
        while place <= size:
            tree[place] = max(tree[place], ending)
            place += place & -place
    chain: dict[int, int] = {}
    last = max(tree)[1]
    while last >= 0:
        chain[last] = partner[last]
        last = before[last]
    return dict(sorted(chain.items()))


def is_surely_one(one: str, other: str) -> bool:
    """Whether two paragraphs at different places are surely one: equal, or long enough and much alike."""
    if one == other:
        return True
    return min(len(one.split()), len(other.split())) >= _FEWEST_WORDS_MOVED and likeness(one, other) >= _ALIKE_MOVED


def _match_between_neighbours(
    old: Sequence[str], new: Sequence[str], in_order: Mapping[int, int], moved: Mapping[int, int]
) -> dict[int, int]:
    """Pairs between the same neighbours: there a smaller likeness is enough."""
    moved_to = set(moved.values())
    found: dict[int, int] = {}
    for (i, j), (i_end, j_end) in pairwise([(-1, -1), *in_order.items(), (len(old), len(new))]):
        left = [place for place in range(i + 1, i_end) if place not in moved]
        right = [place for place in range(j + 1, j_end) if place not in moved_to]
        if 0 < len(left) * len(right) <= _MOST_IN_A_GAP:
            scored = [(-likeness(old[a], new[b]), a, b) for a in left for b in right]
            found |= dict(_without_crossings(sorted(pair for pair in scored if -pair[0] >= _ALIKE_IN_PLACE)))
    return found


def _without_crossings(scored: Sequence[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for _, a, b in scored:
        if all((a < c and b < d) or (a > c and b > d) for c, d in kept):
            kept.append((a, b))
            yield a, b


def _grow_pair(i: int, j: int, old: Sequence[str], new: Sequence[str], free_old: set[int], free_new: set[int]) -> Pair:
    """The pair with the neighbours that are parts of it, where a paragraph was parted in two or two were joined."""
    pair = Pair(i, i + 1, j, j + 1)
    if old[i] == new[j]:
        return pair
    best = likeness(old[i], new[j])
    while True:
        wider = [
            (pair._replace(new_end=pair.new_end + 1), free_new, pair.new_end),
            (pair._replace(new=pair.new - 1), free_new, pair.new - 1),
            (pair._replace(old_end=pair.old_end + 1), free_old, pair.old_end),
            (pair._replace(old=pair.old - 1), free_old, pair.old - 1),
        ]
        scored = [(_likeness_of(wide, old, new), -n) for n, (wide, free, part) in enumerate(wider) if part in free]
        score, which = max(scored, default=(0.0, 0))
        if score < best + _GAIN:
            return pair
        pair, free, part = wider[-which]
        free.discard(part)
        best = score


def _likeness_of(pair: Pair, old: Sequence[str], new: Sequence[str]) -> float:
    return likeness(" ".join(old[pair.old : pair.old_end]), " ".join(new[pair.new : pair.new_end]))
