"""Runs of another script marked with their language and direction, so that they are read and set aright."""

import re
from functools import lru_cache

from markupsafe import Markup

_PIECES = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_ARABIC = r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_RUNS = {
    "en": (re.compile(rf"{_ARABIC}+(?:[ \u200c\u200d]+{_ARABIC}+)*"), '<span lang="ur" dir="rtl">'),
    "ur": (
        re.compile(rf"{_LATIN}(?:[\w .,'’&/:+-]*[A-Za-z0-9\u00c0-\u024f])?", re.ASCII),
        '<span lang="en" dir="ltr">',
    ),
}


@lru_cache(maxsize=8_000)  # while one paragraph is written, the others come again and again
def marked(html: str, language: str) -> Markup:
    """Clean HTML with each run of the other script in a span; the text stays the same to the letter."""
    if language not in _RUNS:
        return Markup(html)  # noqa: S704 - cleaned by text.render or escaped by the caller
    pattern, start = _RUNS[language]
    pieces = _PIECES.split(html)
    for index in range(0, len(pieces), 2):
        pieces[index] = _outside_entities(pieces[index], pattern, start)
    return Markup("".join(pieces))  # noqa: S704 - cleaned by text.render or escaped by the caller


def _outside_entities(text: str, pattern: re.Pattern[str], start: str) -> str:
    parts = re.split(r"(&[#\w]+;)", text)
    for index in range(0, len(parts), 2):
        parts[index] = pattern.sub(lambda match: f"{start}{match[0]}</span>", parts[index])
    return "".join(parts)
