"""Where the sentences of a paragraph begin and end; what stands inside a quotation does not end one."""

import re
from bisect import bisect_right
from collections.abc import Sequence

_END = re.compile(r"[.!?…۔؟]{1,5}[”“\"’‘'»«)\]\u2060]{0,40}(?=\s|$)")
_SHORT = frozenset(
    "mr mrs ms dr prof gen lt col maj brig capt sgt sen rep gov hon adv retd st vs rs jr sr inc ltd co pvt "
    "e.g i.e etc approx jan feb mar apr jun jul aug sep sept oct nov dec u.s u.n u.k".split()
)
_BEFORE_NUMBER = frozenset("no nos p pp fig v".split())
_WORD_BEFORE = re.compile(r"[\w.]+$")
_SPEAKER = re.compile(
    r"\s*(?:[A-Z][\w’'-]+\s+){1,3}(?:said|says|asked|asks|told|tells|added|adds|replied|shouted|wrote)\b"
)


def sentence_starts(prose: str, quoted: Sequence[tuple[int, int]]) -> list[int]:
    """Where each sentence begins, in order, the first at 0. `quoted` are the spans of quotations, marks included.

    What follows a full stop in blanked space (a citation) still belongs to the sentence before.
    """
    found = [0]
    opened = [start for start, _ in quoted]
    for match in _END.finditer(prose):
        place = bisect_right(opened, match.start()) - 1
        if place >= 0 and match.start() < quoted[place][1] and match.end() < quoted[place][1]:
            continue
        rest = prose[match.end() :].lstrip(" \n\t\u2060\u00a0")
        if not rest or rest[0].islower() or _is_short(prose, match, rest):
            continue
        if match.group()[-1] in "”“\"’'»" and _SPEAKER.match(rest):
            continue
        found.append(len(prose) - len(rest))
    return found


def row_starts(text: str) -> list[int]:
    """Where each row of a table begins."""
    return [0, *(match.end() for match in re.finditer(r"\n", text))]


def _is_short(prose: str, match: re.Match[str], rest: str) -> bool:
    if match.group() != ".":
        return False
    word = _WORD_BEFORE.search(prose, max(0, match.start() - 12), match.start())
    if word is None:
        return False
    if word[0].lower() in _BEFORE_NUMBER:
        return rest[0].isdigit()
    return word[0].lower() in _SHORT or (len(word[0]) == 1 and word[0].isupper() and word[0] != "I")
