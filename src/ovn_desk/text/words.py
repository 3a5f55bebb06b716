"""Counting and folding words, in English and Urdu."""

import re
import unicodedata

from ovn_desk.domain import citing
from ovn_desk.text.cache import Cached

_WORD = re.compile(r"[^\W_]+(?:['’\-\u200c][^\W_]+)*")
_NOT_READ = re.compile(rf"{citing.PATTERN}|!\[[^\]\n]*\]\([^)\n]*\)")
_LETTERS = str.maketrans(
    {"\u0643": "\u06a9", "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0629": "\u06c3", "\u200c": None, "\u0640": None}
)
_HARAKAT = re.compile(r"[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_WORDS_A_MINUTE = {"en": 230, "ur": 180}


def count(text: str) -> int:
    """The words a reader reads: citations and pictures do not count."""
    return sum(map(_count_paragraph, text.split("\n\n")))


@Cached  # a key changes one paragraph: the others are known
def _count_paragraph(text: str) -> int:
    return len(_WORD.findall(_NOT_READ.sub("", text)))


def minutes(words: int, language: str) -> int:
    """Reading time in whole minutes, at least one."""
    return max(1, round(words / _WORDS_A_MINUTE.get(language, 230)))


def fold_for_search(text: str) -> str:
    """The text as search sees it: NFKC, case folded, no accents or harakat, Arabic kaf and yeh as Urdu ones."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFKC", bare).translate(_LETTERS)


def plain_urdu(word: str) -> str:
    """A word as dictionaries write it: no harakat, tatweel or ZWNJ, Arabic kaf and yeh as Urdu ones; hamza stays."""
    return _HARAKAT.sub("", unicodedata.normalize("NFC", word)).translate(_LETTERS)


def search_tokens(query: str) -> list[str]:
    """The words of a query, folded; odd characters fall away."""
    return _WORD.findall(fold_for_search(query))
