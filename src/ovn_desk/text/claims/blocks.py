"""The paragraphs of a text as claims are looked for in them, and each with what is not prose blanked."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from ovn_desk.domain import citing
from ovn_desk.text.cache import Cached

MASK = "\u2060"  # neither a letter nor a space: what stands beside it is still the edge of a word
_CODE = re.compile(r"^(```+|~~~+).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,6}[.)])[ \t]+(?=\S)", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+[^\n]*\n?", re.MULTILINE)
_TABLE = re.compile(r"^[ |:-]*-{3}[ |:-]*\|?[ |:-]*$", re.MULTILINE)
_CAPTION = re.compile(r"(?:Table|جدول):")
_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+|\d{1,6}[.)][ \t]+)+", re.MULTILINE)
# Every length has a limit, so that a text of nothing but opening brackets takes no longer than another.
_ADDRESS = re.compile(
    r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])|`[^`\n]{0,2000}`|\]\([^)\n]{0,2000}\)"
    r"|\]\[[^\]\n]{0,200}\]|^[ ]{0,3}\[[^\]\n]{1,200}\]:.*$|\{\{.{0,500}?\}\}|\{%[^%]{0,1000}%\}|<[^>\n]{0,1000}>"
    r"|\b(?:https?://|www\.)[^\s)>\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/[^\s)]*",
    re.MULTILINE,
)
_CITATION = re.compile(citing.PATTERN)
_EMPHASIS = re.compile(r"[*~\[]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
_FIRST_CELL = re.compile(r"[ ]{0,3}\|?[ ]*(\d{1,4})\.?[ ]*\|")


@lru_cache(maxsize=2)  # claims and style are looked for in the same text
def paragraphs(body: str) -> tuple[tuple[int, str], ...]:
    """Each paragraph of a Markdown body with its place: list items, headings apart, a table with its caption, no code.

    A heading needs no empty line before or behind it.
    """
    return tuple(_paragraphs(body))


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    if "```" in body or "~~~" in body:
        body = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    held = ""
    at = held_at = 0
    for block, start in _blocks(body):
        joins = is_table(block) if _CAPTION.match(held) else bool(_CAPTION.match(block)) and is_table(held)
        if held and not joins:
            yield from ((held_at + start, item) for start, item in _items(held))
            held = ""
        held_at = held_at if held else start
        at = start + len(block)
        held = body[held_at:at]
    if held:
        yield from ((held_at + start, item) for start, item in _items(held))


def _blocks(body: str) -> Iterator[tuple[str, int]]:
    start = 0
    for gap in _BREAK.finditer(body):
        if block := body[start : gap.start()]:
            yield block, start
        start = gap.end()
    if block := body[start:]:
        yield block, start


@Cached
def _items(block: str) -> tuple[tuple[int, str], ...]:
    edges = {0, len(block), *(match.start() for match in _ITEM.finditer(block))}
    edges |= {edge for match in _HEADING.finditer(block) for edge in match.span()}
    return tuple((start, block[start:end].rstrip("\n")) for start, end in pairwise(sorted(edges)))


def is_table(paragraph: str) -> bool:
    """Whether a paragraph is a table, whose rows are its sentences."""
    return "|" in paragraph and _TABLE.search(paragraph) is not None


def row_numbers(table: str) -> list[tuple[int, int]]:
    """The numbers in the first column of a table (code points) where they only count its rows: 1, 2, 3 to the last."""
    rows = table[match.end() :] if (match := _TABLE.search(table)) else ""
    before = len(table) - len(rows)
    lines = [line for line in re.finditer(r"[^\n]+", rows) if line[0].strip()]
    cells = [_FIRST_CELL.match(rows, line.start()) for line in lines]
    numbers = [cell for cell in cells if cell]
    counted = [int(cell[1]) for cell in numbers]
    if len(lines) < 2 or len(numbers) < len(lines) or counted != list(range(1, len(lines) + 1)):
        return []
    return [(before + cell.start(1), before + cell.end(1)) for cell in numbers]


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading of the text."""
    return paragraph.lstrip().startswith("#")


def is_block_quotation(paragraph: str) -> bool:
    """Whether a paragraph is a quotation set apart."""
    return paragraph.lstrip().startswith(">")


def prose(paragraph: str) -> str:
    """The paragraph in its own length with citations, addresses, code and Markdown's marks blanked."""
    plain = _MARKS.sub(lambda match: " " * len(match[0]), paragraph)
    plain = _CITATION.sub(lambda match: " " * len(match[0]), plain)
    plain = _ADDRESS.sub(lambda match: MASK * len(match[0]), plain)
    return _EMPHASIS.sub(lambda match: MASK * len(match[0]), plain)


def blank_spans(prose: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace these spans by `MASK` letters, so that all places in the prose stay what they are."""
    for start, end in spans:
        prose = prose[:start] + MASK * (end - start) + prose[end:]
    return prose
