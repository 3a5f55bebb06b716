"""Which language a text is in, by its script."""

import re
from collections.abc import Sequence

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z]")
_ENOUGH = 8
"""Letters that tell a story's language; fewer may be a name."""


def guess_language(text: str, languages: Sequence[str]) -> str:
    """`ur` for a text mostly in Arabic script, `en` for one mostly in Latin; otherwise the first of `languages`."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic > latin:
        return "ur"
    return "en" if latin else languages[0]


def story_language(headline: str, body: str) -> str:
    """What a story is written in, by its first paragraph, or by its headline while there is none; empty for too little.

    A few letters say nothing yet: they may be a name.
    """
    first = next((line for line in body.splitlines() if line.strip()), "")
    for words in (first, headline):
        letters = len(_ARABIC.findall(words)) + len(_LATIN.findall(words))
        if letters >= _ENOUGH:
            return guess_language(words, [""])
    return ""
