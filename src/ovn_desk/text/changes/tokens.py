"""A paragraph as what a reader takes in at once: words, whole names, whole figures, whole citations."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from ovn_desk.domain import citing


class Kind(Enum):
    """What a token is. Only plain words may be marked although they did not change."""

    WORD = "word"
    NAME = "name"
    FIGURE = "figure"
    WHOLE = "whole"
    POINT = "point"


class Token(NamedTuple):
    """A part of a text that is marked whole or not at all. `marks` are the Markdown marks it carries, such as `**`."""

    text: str
    start: int
    end: int
    kind: Kind
    marks: tuple[str, ...] = ()


# Accents, harakat, joiners and direction marks: written with no width, they belong to the letter before them.
_SIGNS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u200c-\u200f\ufe0f"
)
_SPACE = "[ \u00a0\u202f]"
_LETTERS = rf"(?:[^\W_][{_SIGNS}]*)+"
_WORD = rf"{_LETTERS}(?:['’‑_-]{_LETTERS})*"
_SHORT = (
    r"(?:Dr|Mr|Mrs|Ms|Gen|Lt|Maj|Col|Brig|Capt|Sen|Rep|Prof|St|Rev|Hon|Engr|[A-Z])\.(?=[ \u00a0][A-Z])"
    r"|[^\W\d_](?:\.[^\W\d_])+\b\.?"
)
_MONTH = (
    r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
    r"|جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر)(?!\w)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\w)"
_YEAR = r"\d{4}(?!\w)"
_DATE = (
    rf"(?<!\w){_DAY}{_SPACE}{_MONTH}(?:[,،]?{_SPACE}{_YEAR})?"
    rf"|(?<!\w){_MONTH}{_SPACE}(?:{_DAY}(?:[,،]?{_SPACE}{_YEAR})?|{_YEAR})"
)
_UNIT = (
    r"(?:[%٪]|(?:percentage points?|per cent|percent|hundred|thousand|lakh|crore|million|billion|trillion|bn|km|kg"
    r"|tonnes|rupees|dollars|a\.m\.|p\.m\.|am|pm|فیصد|سو|ہزار|لاکھ|کروڑ|ارب|کھرب|روپے|ڈالر)(?!\w))"
)
_FIGURE = (
    rf"(?:(?<!\w)(?:Rs\.?|PKR|USD|US\$|\\?[$£€¥₨]){_SPACE}?)?(?:(?<![\w)])[-+−])?\d+(?:[.,٫٬:/–-]\d+)*"
    rf"(?:{_SPACE}?-?{_UNIT}|[^\W\d_]*(?:-[^\W\d_]+)*)(?:{_SPACE}{_UNIT})*"
)
_TOKEN = re.compile(
    rf"(?P<WHOLE>!\[[^\]\n]{{0,400}}\]\([^)\n]{{0,400}}\)|{citing.PATTERN}|https?://[^\s)>\]]+)"
    rf"|(?P<FIGURE>{_DATE}|{_FIGURE})"
    rf"|(?P<WORD>{_SHORT}|{_WORD})"
    r"|(?P<mark>\*+|_+|`+|~~|\]\([^)\n]{0,400}\)|\]\[[^\]\n]{0,80}\]|\[(?=\S))"
    r"|(?P<POINT>\\[^\w\s]|\.{2,}|-{2,}|#+|[^\s])"
)
_JOINS = frozenset("of bin ibn bint al ul ur de van von der".split())
_NEVER_BEGINS = frozenset(
    "a an the in on at by for from to of with as and but or nor so yet if when while after before since until although "
    "though because this that these those there here it its he she they we you i his her their our your my not no yes "
    "what who why how where which all some many most more one both each every such under over between during".split()
)
_POSSESSIVE = re.compile(r"['’]s\W*$|s['’]\W*$")
_EDGES = re.compile(r"^[\W_]+")
_DEEPEST = 8
_ENDS = re.compile(r"[.!?…۔؟:;,\"”’)]|\[@")


def tokens(text: str) -> list[Token]:
    """The tokens of one paragraph in order; only white space lies between them.

    Runs of capitalised words are one name, unless the paragraph is a heading that capitalises nearly every word.
    """
    found = list(_attach_marks(text))
    return found if _is_title_case(found) else list(_join_names(found, text))


def _raw(text: str) -> Iterator[tuple[str, Token]]:
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or ""
        kind = Kind.POINT if name == "mark" else Kind[name]
        yield name, Token(match[0], match.start(), match.end(), kind)


def _attach_marks(text: str) -> Iterator[Token]:
    """The tokens with each Markdown mark attached to the word it opens before or closes after."""
    opened: list[str] = []
    held: Token | None = None  # the last token, which a closing mark may still join
    opening: Token | None = None  # marks waiting for the word they open before
    for name, token in _raw(text):
        if name != "mark":
            if held:
                yield held
            held, opening = (_join_tokens(opening, token, token.kind) if opening else token), None
            continue
        mark = "[" if token.text[0] == "]" else token.text
        closes = mark in opened and held is not None and held.end == token.start and not opening
        if closes and held:
            opened.remove(mark)
            held = _join_tokens(held, token._replace(marks=(mark,)), held.kind)
        elif mark == token.text and text[token.end : token.end + 1].strip() and len(opened) < _DEEPEST:
            opened.append(mark)
            marked = token._replace(marks=(mark,))
            opening = _join_tokens(opening, marked, Kind.POINT) if opening else marked
        else:
            yield from filter(None, (held, opening))
            held, opening = token, None
    yield from filter(None, (held, opening))


def _join_tokens(first: Token, second: Token, kind: Kind) -> Token:
    return Token(first.text + second.text, first.start, second.end, kind, first.marks + second.marks)


def _is_capital(token: Token) -> bool:
    letters = _EDGES.sub("", token.text) if token.marks else token.text
    return letters[:1].isupper()


def _is_title_case(found: list[Token]) -> bool:
    """Whether it reads as a heading in which every word but the smallest has a capital."""
    if not found or _ENDS.match(found[-1].text):
        return False
    long = [token for token in found if token.kind is Kind.WORD and len(token.text) > 3]
    return len(long) > 4 and all(_is_capital(token) or token.text in _NEVER_BEGINS for token in long)


def _join_names(found: list[Token], text: str) -> Iterator[Token]:
    """The tokens with runs of capitalised words, a space apart, made one: “Ministry of Railways”, “Arif Aghayev”."""
    place = 0
    while place < len(found):
        token = found[place]
        if token.kind is Kind.WORD and _is_capital(token) and token.text.lower() not in _NEVER_BEGINS:
            parts = found[place : _end_of_name(found, place, text)]
            marks = tuple(mark for part in parts for mark in part.marks)
            token = Token(text[token.start : parts[-1].end], token.start, parts[-1].end, Kind.NAME, marks)
            place += len(parts)
        else:
            place += 1
        yield token


def _end_of_name(found: list[Token], place: int, text: str) -> int:
    """The place after the last word of the name that begins at `place`."""
    end = place + 1
    while not _POSSESSIVE.search(found[end - 1].text):
        reach = end
        while reach < len(found) and found[reach].text in _JOINS and _is_a_space_apart(found, reach, text):
            reach += 1
        if reach >= len(found) or not _is_a_space_apart(found, reach, text):
            return end
        if found[reach].kind is not Kind.WORD or not _is_capital(found[reach]):
            return end
        end = reach + 1
    return end


def _is_a_space_apart(found: list[Token], place: int, text: str) -> bool:
    return text[found[place - 1].end : found[place].start] in {" ", "\u00a0", "\n"}
