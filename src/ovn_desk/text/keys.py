"""What a key means in a Markdown text: how a list goes on, which quotation mark is meant, what goes round words."""

import re
from dataclasses import dataclass

_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<number>\d{1,6})(?P<dot>[.)])|>)(?P<gap>[ \t]+|$)(?P<rest>.*)$"
)
_PAIRS = {"*": "*", "_": "_", "`": "`", "(": ")", "[": "]", "{": "}", "<": ">"}
_QUOTES = {"en": ("“", "”", "‘", "’"), "ur": ("“", "”", "‘", "’")}
_OPENS_AFTER = re.compile(r"(?:^|[\s([{<“‘«\u2013\u2014/*_>-])$")


@dataclass(frozen=True, slots=True)
class Continued:
    """What Enter does at the end of a list item or quotation: the mark of the next line, or none to end the list."""

    mark: str
    ends: bool = False


def continued(line: str) -> Continued | None:
    """How the line after this one begins; None where it is an ordinary paragraph. An empty item ends its list."""
    match = _ITEM.match(line)
    if match is None:
        return None
    if not match["rest"].strip():
        return Continued("", ends=True)
    mark = match["mark"]
    if match["number"]:
        mark = f"{int(match['number']) + 1}{match['dot']}"
    return Continued(f"{match['indent']}{mark} ")


def renumbered(lines: list[str]) -> list[str]:
    """A run of numbered items, numbered on from its first."""
    numbers: dict[str, int] = {}
    fresh = []
    for line in lines:
        match = _ITEM.match(line)
        if match is None or not match["number"]:
            fresh.append(line)
            continue
        indent = match["indent"]
        number = numbers[indent] = numbers.get(indent, int(match["number"]) - 1) + 1
        fresh.append(f"{indent}{number}{match['dot']}{match['gap']}{match['rest']}")
    return fresh


def quote(key: str, before: str, language: str) -> str:
    """The typographic mark a straight quotation mark stands for, after the text `before` it on its line."""
    opening, closing, single_opening, single_closing = _QUOTES.get(language, _QUOTES["en"])
    is_opening = _OPENS_AFTER.search(before) is not None
    if key == '"':
        return opening if is_opening else closing
    return single_opening if is_opening else single_closing


def is_code(before: str) -> bool:
    """Whether the place after this text of its line is inside code or an address, where marks stay straight."""
    return (
        before.count("`") % 2 == 1
        or before.startswith(("    ", "\t"))
        or re.search(r"\]\([^)\s]*$", before) is not None
    )


def surrounding(key: str, language: str) -> tuple[str, str] | None:
    """What a key puts round a selection; None for a key that replaces it."""
    opening, closing, single_opening, single_closing = _QUOTES.get(language, _QUOTES["en"])
    if key == '"':
        return opening, closing
    if key == "'":
        return single_opening, single_closing
    return (key, _PAIRS[key]) if key in _PAIRS else None
