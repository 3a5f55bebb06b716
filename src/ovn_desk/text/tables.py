"""Tables of Markdown line by line: an empty one, the cells of a row, and where its words are."""

import re

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"(?=.*\|)\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CAPTIONS = {"en": "Table:", "ur": "جدول:"}
_CAPTION = re.compile(r"(?:Table|جدول):")
_WIDTH = 7  # letters of an empty cell, so that it looks like one


def empty_table(rows: int, columns: int, *, language: str = "en") -> tuple[str, int]:
    """A table of so many rows, the first its head, below the caption it still needs; and where that is written.

    The caption is a paragraph “Table: …” above it, as pages want it.
    """
    caption = f"{_CAPTIONS.get(language, _CAPTIONS['en'])} "
    hyphens = f"|{'|'.join(['-' * _WIDTH] * columns)}|"
    lines = [empty_row(columns), hyphens, *[empty_row(columns)] * (rows - 1)]
    return "\n".join([caption, "", *lines]), len(caption)


def empty_row(columns: int) -> str:
    """A row of cells with nothing in them."""
    return f"|{'|'.join([' ' * _WIDTH] * columns)}|"


def is_row(line: str) -> bool:
    """Whether a line may be a row of a table: cells stand in it."""
    return _PIPE.search(line) is not None


def is_delimiter(line: str) -> bool:
    """Whether a line is that of hyphens below the head of a table."""
    return _DELIMITER.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Whether a paragraph is the caption of a table above or below it."""
    return _CAPTION.match(line) is not None


def cells(line: str) -> list[tuple[int, int]]:
    """Start and end (code points) of what is between the bars of a row, one pair for each cell."""
    first = len(line) - len(line.lstrip())
    bars = [match.start() for match in _PIPE.finditer(line)]
    if not bars:
        return []
    starts = [first, *(bar + 1 for bar in bars)] if bars[0] != first else [bar + 1 for bar in bars]
    ends = [*(bars if bars[0] != first else bars[1:]), len(line)]
    spans = list(zip(starts, ends, strict=True))
    return spans[:-1] if not line[spans[-1][0] :].strip() else spans


def cell_at(line: str, at: int) -> int | None:
    """Which cell of a row (from 0) a place is in; None before the first and behind the last."""
    return next((number for number, (start, end) in enumerate(cells(line)) if start <= at <= end), None)


def words_of_cell(line: str, number: int) -> tuple[int, int]:
    """Start and end of the words of a cell; of an empty one the place where they are written."""
    start, end = cells(line)[number]
    inside = line[start:end]
    if words := inside.strip():
        start += inside.index(words)
        return start, start + len(words)
    return min(start + 1, end), min(start + 1, end)
