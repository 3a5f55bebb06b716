"""Which language a text is in, by its script."""

import re
from collections.abc import Sequence

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z]")


def guess_language(text: str, languages: Sequence[str]) -> str:
    """`ur` for a text mostly in Arabic script, `en` for one mostly in Latin; otherwise the first of `languages`."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic > latin:
        return "ur"
    return "en" if latin else languages[0]
