"""Which language a paragraph is in, and so which way it lies: by its own mark, else by the words it is made of."""

import re

from ovn_desk.domain import citing

RIGHT, LEFT = "\u200f", "\u200e"  # Unicode's own marks: they travel through every program and are not seen
MARKS = {"ur": RIGHT, "en": LEFT}
RTL = frozenset({"ur"})
_ARABIC = re.compile(r"[\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_RUN = re.compile(rf"{_ARABIC.pattern}(?:[\s\u200c\u200d\u060c\u061b\u061f\u06d4\u06f0-\u06f9]*{_ARABIC.pattern})*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_NOT_WORDS = re.compile(rf"{citing.PATTERN}|\]\([^)\n]*\)|`[^`\n]*`|<[^>\n]*>|https?://\S+")
_START = re.compile(r"[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+|\d{1,6}[.)][ \t]+)*")
_LOOKED_AT = 2_000


def language_of(text: str) -> str:
    """`ur` or `en` for a paragraph that is marked so or mostly so; empty where the article's language decides.

    Mostly is twice as many words as of the other script, so that a few names in the other one change nothing. Only the
    first 2,000 letters are looked at.
    """
    if text.isascii():
        return "en" if _LATIN.search(text) else ""
    start = text[:_LOOKED_AT]
    marked = start[text_start(start) :][:1]
    for language, mark in MARKS.items():
        if marked == mark:
            return language
    words = _NOT_WORDS.sub(" ", start)
    arabic, latin = len(_ARABIC.findall(words)), len(_LATIN.findall(words))
    if arabic > 0 and arabic >= 2 * latin:
        return "ur"
    return "en" if latin > 0 and latin >= 2 * arabic else ""


def attributes(language: str) -> dict[str, str]:
    """The `lang` and `dir` attributes of an HTML element in this language; none for ""."""
    return {"dir": "rtl" if language in RTL else "ltr", "lang": language} if language else {}


def urdu_runs(text: str) -> list[tuple[int, int]]:
    """Start and end, in letters, of each run of Urdu words with the spaces inside it."""
    return [match.span() for match in _RUN.finditer(text)]


def text_start(line: str) -> int:
    """Where the words of a line begin, behind the marks of its heading, quotation or list."""
    match = _START.match(line)
    return match.end() if match else 0


def mark_language(line: str, language: str, article: str) -> str:
    """Put the mark of a language (`ur` or `en`) before a line's words; none where they say it themselves."""
    bare, at = line, text_start(line)
    while bare.startswith((RIGHT, LEFT), at):
        bare = bare[:at] + bare[at + 1 :]
        at = text_start(bare)
    if (language_of(bare) or article) == language:
        return bare
    return bare[:at] + MARKS[language] + bare[at:]
