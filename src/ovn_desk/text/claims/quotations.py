"""Quotations in a paragraph: words in marks that somebody is quoted with, and quotations set apart."""

import re
from collections.abc import Iterator

from ovn_desk.text.claims.blocks import MASK
from ovn_desk.text.claims.speech import SPOKEN

_MARK = re.compile(r"‘‘|’’|''|[“”„‟\"«»＂‘’‚']")
_CLOSED_BY = {
    "“": "”“",
    "”": "“”",
    "„": "“”",
    "‟": "”“",
    '"': '"',
    "＂": "＂",
    "«": "»",
    "»": "«",
    "‘‘": ("’’", "‘‘"),
    "’’": ("‘‘", "’’"),
    "''": ("''",),
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "’": "‘’",
}
_SINGLE = frozenset("‘’‚'")
_OPENS_AFTER = re.compile(rf"(?:^|[\s([{{<—–:/{MASK}“”‘’\"'«-])$")
_ELIDED = re.compile(r"['’](?:\d0s\b|tis\b|twas\b|em\b|til\b|cause\b|n['’])", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SMALL = frozenset("a an the of and or in on for to from with by at as is it its vs".split())
_ENDS = (".", "!", "?", "…", "۔", "؟", ",", "،")
_CUE = re.compile(
    r"(?:titled|entitled|headlined|film|movie|book|novel|song|play|series|album|poem|drama|documentary|magazine|named|"
    r"فلم|کتاب|ناول|گیت|ڈراما|ڈرامہ|نظم|غزل|پروگرام|سیریز|مجموعہ|عنوان|بعنوان|نامی|رسالہ)[ ,:]*$",
    re.IGNORECASE,
)
_NEAR = 60
_LOOK = 200
_MOST_INSIDE = 100  # marks inside one quotation
_EDGES = f" \n\t\"“”„«»‘’'{MASK}"


def spans(prose: str) -> list[tuple[int, int]]:
    """Start and end of the words in each outermost pair of marks; a quotation that is not closed ends its paragraph.

    Straight, curly and angled marks, double and single, and the ways Urdu is typed with them the other way round.
    """
    return list(_spans(prose)) if _MARK.search(prose) else []


def set_apart(prose: str) -> list[tuple[int, int]]:
    """The words of a quotation in a paragraph of its own, without its marks and the line that says whose it is."""
    end = len(prose)
    if credit := re.search(r"\n\W*[—–-]{1,2} ?[^\n]*\s*$", prose):
        end = credit.start()
    start = len(prose) - len(prose.lstrip(_EDGES))
    end = len(prose[:end].rstrip(_EDGES))
    return [(start, end)] if end > start and _WORD.search(prose, start, end) else []


def is_quotation(prose: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Whether words in marks are somebody's words.

    A title is not (every word begins with a capital, or “the film …” stands before it). Where no verb of speech stands
    in the same sentence, at most sixty letters away, it takes five words, or three that are a sentence of their own:
    “experts” and “the ATO process” are words used in a special sense, he called it “robust” is a quotation.
    """
    words = _WORD.findall(prose[start:end])
    before = prose[max(sentence[0], start - 1 - _NEAR) : max(sentence[0], start - 1)]
    after = prose[end + 1 : min(sentence[1], end + 1 + _NEAR)]
    if not words:
        return False
    ends_so = prose[start:end].rstrip().endswith(_ENDS)
    if _CUE.search(before) and not prose[start:end].rstrip().endswith(_ENDS[:6]):
        return False
    if _is_title(words) and not (ends_so and _is_spoken(before, after)):
        return False
    if len(words) >= 5 or _is_spoken(before, after):
        return True
    return len(words) >= 3 and (before.rstrip().endswith((":", ",", "،")) or _is_whole(prose[start:end].strip()))


def _is_spoken(before: str, after: str) -> bool:
    return SPOKEN.search(before) is not None or SPOKEN.search(after) is not None


def _is_whole(words: str) -> bool:
    """Whether words begin and end as a sentence does, as far as their script shows it."""
    return words.endswith(("?", "!", "…", "؟", "۔")) or (words.endswith((".", ",")) and not words[0].islower())


def _is_title(words: list[str]) -> bool:
    large = [word for word in words if word.lower() not in _SMALL]
    return len(words) > 1 and words[0][0].isupper() and all(word[0].isupper() or word[0].isdigit() for word in large)


def _spans(prose: str) -> Iterator[tuple[int, int]]:
    marks = list(_MARK.finditer(prose))
    place = 0
    while place < len(marks):
        mark = marks[place]
        if not _opens(prose, mark):
            place += 1
            continue
        closing = _closing(prose, marks, place)
        if closing is not None:
            yield mark.end(), marks[closing].start()
            place = closing + 1
            continue
        if mark[0] not in _SINGLE and len(_WORD.findall(prose, mark.end(), mark.end() + _LOOK)) > 2:
            yield mark.end(), len(prose.rstrip(f" \n{MASK}"))
            return
        place += 1


def _opens(prose: str, mark: re.Match[str]) -> bool:
    following = prose[mark.end() : mark.end() + 1]
    if not following or following.isspace() or not _OPENS_AFTER.search(prose[max(0, mark.start() - 1) : mark.start()]):
        return False
    if mark[0] == "’":
        return _ARABIC.match(following) is not None
    return mark[0] != "'" or not _ELIDED.match(prose, mark.start())


def _closing(prose: str, marks: list[re.Match[str]], place: int) -> int | None:
    """Which mark closes the one at a place; a single mark inside a word or after a plural is an apostrophe."""
    opening = marks[place][0]
    closers = _CLOSED_BY[opening]
    depth = straight = 0
    maybe = None
    for number in range(place + 1, min(place + _MOST_INSIDE, len(marks))):
        mark = marks[number]
        if mark[0] == opening and opening not in closers[0] and _opens(prose, mark):
            if opening in _SINGLE:
                break
            depth += 1
        elif mark[0] in closers and _closes(prose, mark):
            if mark[0] == opening and opening not in {'"', "＂", "'", "''"} and _opens(prose, mark):
                break
            if opening in _SINGLE and _may_be_plural(prose, mark):
                maybe = number if maybe is None else maybe
                continue
            if depth == 0:
                return number
            depth -= 1
        elif mark[0] == '"' and opening == "“":  # closed by a straight mark, unless a straight one stands open inside
            if not straight and _closes(prose, mark):
                return number
            straight += 1 if _opens(prose, mark) else -1
    return maybe


def _closes(prose: str, mark: re.Match[str]) -> bool:
    before = prose[mark.start() - 1 : mark.start()]
    after = prose[mark.end() : mark.end() + 1]
    if before.isspace() or not before:
        return False
    return not (mark[0] in _SINGLE and after.isalnum())


def _may_be_plural(prose: str, mark: re.Match[str]) -> bool:
    return prose[mark.start() - 1] == "s" and re.match(r" [a-z]", prose[mark.end() :][:2]) is not None
