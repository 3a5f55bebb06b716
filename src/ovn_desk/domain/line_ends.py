"""Line ends inside a paragraph: an editor shows them, a page does not. Which of them a writer seems to have meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LINES = re.compile(r"[^\n]+")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)*")
_HARD_BREAK = re.compile(r" {2,}$|<br ?/?>\s*$")
_NO_BREAK = re.compile(r"[ \t\\]*$")
"""What stands for a line break elsewhere, or for nothing."""
# What the page sets apart without an empty line: headings, rules, code, HTML, meanings of terms, addresses of links.
_APART = re.compile(
    r" {0,3}(?:#{1,6}|```|~~~|:\s|<|\[[^\]\n]+\]:|={2,}\s*$|(?:-[ \t]*){2,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$)"
)
_ITEM = re.compile(r"\s*(?:[-*+]|(?P<number>\d{1,9})\.)\s+\S")
_PICTURE = re.compile(r"\s*!\[[^\]\n]*\]\(image:[^)\n]*\)\s*$")
_CODE_OR_HTML = re.compile(r"(?: {4}|\t|[ >]*<)")
_DELIMITER = re.compile(r"(?=.*\|)[ |:-]*-[ |:-]*")
_CITED = re.compile(r"(?:\s*\[[^\[\]\n]*@[^\[\]\n]*\])+")
_SENTENCE_END = re.compile(r"[.!?…:;۔؟؛][”“\"’‘'»«)\]*_]*\s*$")
_SHORTEST_WRAP, _LONGEST_WRAP = 40, 120


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line end that no reader sees; `is_before_block` where a list, table or picture was meant to begin behind it."""

    place: int
    is_before_block: bool = False


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """Lines that run on as one paragraph on the page: their place and their line ends, in code points."""

    start: int
    end: int
    line_ends: tuple[LineEnd, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def words(self) -> str:
        """Without the marks of the quotations it stands in."""
        return self.text[len(_quote_of(self.text)) :]

    @property
    def list(self) -> str:
        """The kind of list that it is an item of; empty for no item."""
        match = _ITEM.match(self.words)
        return "" if match is None else "numbers" if match["number"] else "bullets"

    @property
    def is_picture(self) -> bool:
        return _PICTURE.match(self.words) is not None

    @property
    def depth(self) -> int:
        return _quote_of(self.text).count(">")


def joined_lines(text: str) -> Iterator[JoinedLines]:
    """Where a text breaks its lines and a page will not: one Enter where two make a paragraph or a list, or verse.

    Lines that are as long as they can be are those of a file whose program broke them: nobody means their ends.
    """
    for block in _BLOCK.finditer(text):
        if "\n" in block[0] and not _CODE_OR_HTML.match(block[0]):
            for run in _runs([_Line(block.start() + line.start(), line[0]) for line in _LINES.finditer(block[0])]):
                ends = _line_ends(run)
                if any(end.is_before_block for end in ends) or not _is_wrapped(run):
                    yield JoinedLines(run[0].start, run[-1].end, ends)


def split_joined_lines(text: str, place: int, *, as_paragraphs: bool) -> list[tuple[int, int, str]]:
    """The changes (start, end, text in its place) that make paragraphs, or line breaks, of the joined lines at a place.

    Lists, tables and pictures begin a paragraph of their own in any case. Nothing where no lines are joined there.
    """
    run = next((one for one in joined_lines(text) if one.start <= place <= one.end), None)
    changes = []
    for end in run.line_ends if run else ():
        line = text[text.rfind("\n", 0, end.place) + 1 : end.place]
        following = text[end.place + 1 :].partition("\n")[0]
        quote = _quote_of(line).rstrip() if _quote_of(following) else ""
        kept = _NO_BREAK.sub("", line)
        put = f"\n{quote}" if as_paragraphs or end.is_before_block else "  "
        changes.append((end.place - len(line) + len(kept), end.place, put))
    return changes


def _runs(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines of a block that the page puts into one paragraph, two at least; of a table only its first."""
    run: list[_Line] = []
    for number, line in enumerate(lines):
        if _is_table(lines, number):
            if run:
                yield [*run, line]
            return
        if not run or not _goes_on(run, line):
            if len(run) > 1:
                yield run
            run = []
        run.append(line)
    if len(run) > 1:
        yield run


def _is_table(lines: Sequence[_Line], number: int) -> bool:
    """Whether the head of a table stands there: a row with the line of hyphens below it."""
    below = lines[number + 1].words if number + 1 < len(lines) else ""
    return "|" in lines[number].words and _DELIMITER.fullmatch(below) is not None


def _goes_on(run: Sequence[_Line], following: _Line) -> bool:
    """Whether a page puts the following line right behind the last one of a run."""
    line = run[-1]
    is_apart = any(_APART.match(one.words) for one in (line, following)) or following.depth > line.depth
    is_next_item = bool(following.list) and following.list == run[0].list
    is_credit = line.depth > 0 and following.words.startswith(("—", "–"))  # whose words they are: it reads on well
    has_words = bool(line.words.strip() and following.words.strip())
    is_parted = is_apart or is_next_item or is_credit or (_HARD_BREAK.search(line.text) and not following.list)
    return has_words and not is_parted


def _line_ends(run: Sequence[_Line]) -> tuple[LineEnd, ...]:
    """Those to be mended: items that follow each other will be a list once it begins as one."""
    return tuple(
        LineEnd(line.end, _begins_block(line, following))
        for line, following in pairwise(run)
        if not line.list or line.list != following.list
    )


def _begins_block(line: _Line, following: _Line) -> bool:
    return bool(following.list) or line.is_picture or following.is_picture or following.words.lstrip().startswith("|")


def _is_wrapped(run: Sequence[_Line]) -> bool:
    """Whether a program broke these lines: the word that begins the next had no room, and some end in mid-sentence."""
    lines = [line.words.strip() for line in run]
    width = max(map(len, lines))
    pairs = list(pairwise(lines))
    is_full = all(len(line) + 1 + len(following.split()[0]) > width for line, following in pairs)
    ends = [_SENTENCE_END.search(_CITED.sub("", line)) for line, _ in pairs]
    return _SHORTEST_WRAP <= width <= _LONGEST_WRAP and is_full and not all(ends)


def _quote_of(line: str) -> str:
    match = _QUOTE.match(line)
    return match[0] if match else ""
