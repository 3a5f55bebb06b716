"""Finding and replacing in a text: plain words or a regular expression, across lines."""

import re
from dataclasses import dataclass

from ovn_desk.domain.errors import DeskError

_MOST = 10_000


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
    for match in _compiled(query).finditer(text):
        if match.end() > match.start():
            found.append(match.span())
        if len(found) == _MOST:
            break
    return found


def replaced(text: str, query: Query, by: str, places: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """What each place becomes; a pattern's replacement may name groups. A wrong one raises DeskError."""
    if not query.is_pattern:
        return [(start, end, by) for start, end in places]
    pattern = _compiled(query)
    changes = []
    for start, end in places:
        match = pattern.match(text, start)
        if match is None or match.end() != end:
            continue
        try:
            changes.append((start, end, match.expand(by)))
        except (re.error, IndexError) as error:
            raise DeskError(
                f"The replacement can not be read: {error}. Groups are written \\1, \\2 and so on."
            ) from error
    return changes


def _compiled(query: Query) -> re.Pattern[str]:
    pattern = query.words if query.is_pattern else re.escape(query.words)
    if query.is_whole_word:
        pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
    try:
        return re.compile(pattern, re.MULTILINE | (0 if query.is_case_kept else re.IGNORECASE))
    except re.error as error:
        raise DeskError(f"This pattern can not be read: {error}.") from error
