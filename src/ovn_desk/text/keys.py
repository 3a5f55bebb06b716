"""What a key means in a Markdown text: how a line goes on, which quotation mark is meant, what goes round words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

INDENT = "    "  # four: what Markdown needs to see a list inside a list
_MARK = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<number>\d{1,6})(?P<dot>[.)])|>)(?P<gap>[ \t]+|$)")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:[^)\s]*\)\s*$")
_ADDRESS = re.compile(r"\]\((?P<address>[^()\s]*)\)")
_RULE = re.compile(r"[ \t]*([-*])(?:[ \t]*\1){2,}[ \t]*")
_HEADING = re.compile(r"#{1,6}\s")
_PAIRS = {"*": "*", "_": "_", "`": "`", "(": ")", "[": "]", "{": "}", "<": ">"}
_QUOTES = {"en": ("“", "”", "‘", "’"), "ur": ("“", "”", "‘", "’")}
_OPENS_AFTER = re.compile(r"(?:^|[\s([{<“‘«\u2013\u2014/*_>-])$")


@dataclass(frozen=True, slots=True)
class EnterEdit:
    """What Enter does in a line: `put` comes at the cursor, in the place of the line before it where `since` is 0."""

    put: str
    since: int | None = None
    parts_below: bool = False
    """The line below must not go on with what is written here: an empty line comes between."""


def enter_key(line: str, at: int, *, above: Sequence[str] = ()) -> EnterEdit:
    """The edit that Enter makes at a place (in letters) of a line; `above` are the lines over it, the nearest first.

    An item or quotation goes on; an empty one ends. A picture stands in a paragraph of its own.
    """
    marks, rest = _marks(line)
    start = sum(len(mark[0]) for mark in marks)
    if marks and at < start:
        return EnterEdit(f"\n{line[:at]}", since=0)  # before the item: its mark stays whole
    if marks and not rest.strip():
        return _end_item(line, marks, is_first=not (above and above[0].strip()))
    if marks:
        return EnterEdit("\n" + "".join(_next_mark(mark) for mark in marks))
    if _PICTURE.match(line) and at in {0, len(line)}:
        return EnterEdit("\n\n")
    indent = len(line) - len(line.lstrip(" "))
    if 0 < indent <= at and line.strip():
        return EnterEdit("\n" + "".join(_next_mark(mark) for mark in _item_above(indent, above)))
    return EnterEdit("\n")


def end_of_link(line: str, at: int) -> int | None:
    """The place (in letters) behind a link or picture in whose address `at` lies; None where it lies in none."""
    places = (link for link in _ADDRESS.finditer(line) if link.start("address") <= at <= link.end("address"))
    return next((link.end() for link in places), None)


def line_break(line: str, at: int, *, above: Sequence[str] = ()) -> str:
    """The text that Shift+Enter inserts at a place of a line, so that its paragraph, item or quotation goes on.

    Two spaces before the line end are Markdown's own way to say so. Where nothing can go on it is a mere line end.
    """
    marks, _ = _marks(line)
    start = sum(len(mark[0]) for mark in marks)
    before = line[:at]
    depth = 0 if marks else len(line) - len(line.lstrip(" "))
    inner = before[depth if depth and _item_above(depth, above) else start :]
    if at <= start or not inner.strip() or _HEADING.match(line) or _PICTURE.match(line) or is_code(inner):
        return "\n"
    spaces = len(before) - len(before.rstrip(" "))
    inside = "".join(mark[0] if ">" in mark[0] else " " * len(mark[0]) for mark in marks)
    return f"{' ' * max(0, 2 - spaces)}\n{inside}{' ' * depth}"


def side_of_picture(line: str, at: int) -> int:
    """Whether a place is right before a picture that has a line to itself (-1), right behind it (1), or neither (0).

    What is written there is a paragraph of its own: in the picture's it would make a small one among words of it.
    """
    if not _PICTURE.match(line):
        return 0
    return -1 if at == 0 else 1 if at >= len(line.rstrip()) else 0


def backspace(line: str, at: int) -> tuple[int, int] | None:
    """The letters (from, to) of a line that Backspace takes at once, right behind the mark of an item or quotation.

    An item inside another moves out first. None elsewhere: there one letter goes.
    """
    marks, _ = _marks(line)
    if not marks or at != sum(len(mark[0]) for mark in marks):
        return None
    last = marks[-1]
    if len(marks) == 1 and len(last["indent"]) >= len(INDENT):
        return 0, len(INDENT)
    return at - len(last[0]), at


def _marks(line: str) -> tuple[list[re.Match[str]], str]:
    """The marks of lists and quotations a line begins with, from the outside in, and what stands behind them."""
    found: list[re.Match[str]] = []
    if _RULE.fullmatch(line):
        return found, line
    while match := _MARK.match(line):
        found.append(match)
        line = line[match.end() :]
    return found, line


def _next_mark(mark: re.Match[str]) -> str:
    """The mark of the next item or quoted line."""
    sign = f"{int(mark['number']) + 1}{mark['dot']}" if mark["number"] else mark["mark"]
    return f"{mark['indent']}{sign} "


def _end_item(line: str, marks: list[re.Match[str]], *, is_first: bool) -> EnterEdit:
    """Enter in an empty item: one inside another moves out, one inside a quotation leaves its mark there."""
    *outer, last = marks
    if not outer and len(last["indent"]) >= len(INDENT):
        return EnterEdit(line[len(INDENT) :], since=0)
    kept = "".join(mark[0] for mark in outer)
    return EnterEdit(kept if is_first else f"{kept.rstrip()}\n{kept}", since=0, parts_below=not kept)


def _item_above(indent: int, above: Sequence[str]) -> list[re.Match[str]]:
    """The marks of the item that a line standing so far in belongs to; none where it belongs to no item."""
    for line in above:
        marks, _ = _marks(line)
        if marks and sum(len(mark[0]) for mark in marks) == indent:
            return marks
        if not line.startswith(" " * indent):
            return []
    return []


def renumber_items(lines: list[str]) -> list[str]:
    """Number the items of these lines on from the first of each indentation; other lines stay."""
    numbers: dict[str, int] = {}
    fresh = []
    for line in lines:
        match = _MARK.match(line)
        if match is None or not match["number"]:
            fresh.append(line)
            continue
        indent = match["indent"]
        number = numbers[indent] = numbers.get(indent, int(match["number"]) - 1) + 1
        fresh.append(f"{indent}{number}{match['dot']}{match['gap']}{line[match.end() :]}")
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


def surrounding(key: str) -> tuple[str, str] | None:
    """The pair of marks that a key puts round a selection; None for a key that replaces it, as a quotation mark does.

    Who types a quotation over selected words means to replace them: a mark round them left its half behind.
    """
    return (key, _PAIRS[key]) if key in _PAIRS else None


def is_item(line: str) -> bool:
    """Whether a line is a list item or a quotation, which Tab moves in and out."""
    return _MARK.match(line) is not None
