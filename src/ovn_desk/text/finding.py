"""Finding and replacing in a text: plain words or a regular expression, across lines."""

from dataclasses import dataclass

import regex

from ovn_desk.domain.citing import citations
from ovn_desk.domain.errors import DeskError

_MOST = 10_000
_PICTURE = regex.compile(r"\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)")
_SECONDS = 1.0  # a pattern that tries every way through a text would stop the window


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Without `is_pattern` the words are taken as they stand."""

    words: str
    is_pattern: bool = False
    is_case_kept: bool = False
    is_whole_word: bool = False


def matches(text: str, query: Query) -> list[tuple[int, int]]:
    """Start and end, in letters, of every place found; at most 10,000. A pattern that is wrong raises DeskError."""
    if not query.words:
        return []
    found: list[tuple[int, int]] = []
    try:
        for match in _compile_query(query).finditer(text, timeout=_SECONDS):
            if match.end() > match.start():
                found.append(match.span())
            if len(found) == _MOST:
                break
    except TimeoutError as error:
        raise DeskError("pattern-too-slow") from error
    return found


def replaceable(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without those in keys of citations and pictures: changed, a key would name none any more."""
    keys = _keys(text)
    return [place for place in places if not any(place[0] < end and start < place[1] for start, end in keys)]


def replacements(text: str, query: Query, by: str, places: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The edits (start, end, new words) that put `by` at these places; a pattern's replacement may name groups.

    Raises DeskError for a replacement that can not be read. Keys of citations and pictures are left out.
    """
    places = replaceable(text, places)
    if not query.is_pattern:
        return [(start, end, by) for start, end in places]
    pattern = _compile_query(query)
    changes = []
    for start, end in places:
        match = pattern.match(text, start)
        if match is None or match.end() != end:
            continue
        try:
            changes.append((start, end, match.expand(by)))
        except (regex.error, IndexError) as error:
            raise DeskError("replacement-unreadable", error=error) from error
    return changes


def _keys(text: str) -> list[tuple[int, int]]:
    """Where the keys of sources and pictures stand."""
    cited = [(one.key_start, one.key_start + len(one.key)) for one in citations(text)]
    return cited + [match.span(1) for match in _PICTURE.finditer(text)]


def _compile_query(query: Query) -> regex.Pattern[str]:
    pattern = query.words if query.is_pattern else regex.escape(query.words)
    if query.is_whole_word:
        pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
    try:
        return regex.compile(pattern, regex.MULTILINE | (0 if query.is_case_kept else regex.IGNORECASE))
    except regex.error as error:
        raise DeskError("pattern-unreadable", error=error) from error
