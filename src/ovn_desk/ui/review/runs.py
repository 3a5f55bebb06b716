"""A paragraph of two texts laid over each other, cut into what a reader sees: words, numbers of sources, pictures."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ovn_desk.domain import citing
from ovn_desk.domain.article import Content
from ovn_desk.text.changes import ChangeId, Mark, Paragraph

_PICTURE = r"!\[[^\]\n]{0,400}\]\(image:(?P<picture>[^)\n]{1,200})\)"
_LINK = r"\[(?P<words>[^\]\[\n]{1,400})\]\((?P<address>[^)\n]{1,400})\)"
_SIGN = re.compile(
    rf"(?P<cited>{citing.PATTERN})|{_PICTURE}|{_LINK}|\\(?P<escaped>[^\w\s])|(?P<marks>\*\*|\*)|(?P<line>\n)"
)
_LINE_START = re.compile(
    r"(?P<heading>#{1,6})[ \t]+|(?P<quote>>)[ \t]?|(?P<bullet>[-*+])[ \t]+|(?P<number>\d{1,3})[.)] "
)


class Kind(Enum):
    """What a run is: letters, the number of a source, or a picture, whose `text` then is its key."""

    WORDS = "words"
    CITATION = "citation"
    PICTURE = "picture"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters as they are shown, and what they stand for in the new text.

    `start` is their place there in code points, None for what is not in it; `length` how many letters they stand for,
    which are these very ones where `is_exact`. `tip` says more: the key of a citation, the address of a link.
    """

    text: str
    start: int | None
    length: int
    kind: Kind = Kind.WORDS
    mark: Mark = Mark.SAME
    change: ChangeId | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_exact: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """How a paragraph stands: `level` of a heading or 0, whether it is a quotation, and what is shown of it."""

    runs: tuple[Run, ...]
    level: int = 0
    is_quote: bool = False

    @property
    def picture(self) -> Run | None:
        """The picture that is all of the paragraph."""
        shown = [run for run in self.runs if run.kind is not Kind.WORDS or run.text.strip()]
        return shown[0] if len(shown) == 1 and shown[0].kind is Kind.PICTURE else None


def source_numbers(before: Content, after: Content) -> dict[str, int]:
    """Key of a source → its number, as the page has them: by first use; those that only the old text has come last."""
    keys = [cited.key for body in (after.body, before.body) for cited in citing.citations(body)]
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}


def read_paragraph(paragraph: Paragraph, numbers: Mapping[str, int]) -> Line:
    """A paragraph of a body, with the marks of Markdown shown as what they mean where the whole of one is there."""
    text = "".join(piece.text for piece in paragraph.pieces)
    starts = dict(_line_starts(text))
    found: list[Run] = []
    at, place = 0, paragraph.new[0]
    for piece in paragraph.pieces:
        is_there = piece.mark is not Mark.REMOVED and paragraph.new[0] < paragraph.new[1]
        for run in _read_piece(piece.text, starts, at, numbers):
            start = place + (run.start or 0) if is_there else None
            found.append(replace(run, start=start, mark=piece.mark, change=piece.change))
        at += len(piece.text)
        place += len(piece.text) if is_there else 0
    first = starts.get(0)
    level = len(first["heading"]) if first and first["heading"] else 0
    return Line(tuple(_with_emphasis(found)), level, bool(first and first["quote"]))


def _line_starts(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The sign at the start of each line that has one, by its place."""
    at = 0
    for line in text.splitlines(keepends=True):
        if match := _LINE_START.match(line):
            yield at, match
        at += len(line)


def _read_piece(text: str, starts: Mapping[int, re.Match[str]], at: int, numbers: Mapping[str, int]) -> Iterator[Run]:
    """The runs of one piece, which stands at letter `at` of its paragraph; their `start` is counted within it."""
    done = 0
    while done < len(text):
        sign = starts.get(at + done)
        if sign is not None and done + sign.end() <= len(text):
            shown = "• " if sign["bullet"] else f"{sign['number']}. " if sign["number"] else ""
            yield Run(shown, done, sign.end(), is_exact=False)
            done += sign.end()
            continue
        match = _SIGN.search(text, done)
        end = match.start() if match else len(text)
        if match and match["cited"] and end > done and text[end - 1] == " ":
            end -= 1  # the number stands at the word, as on the page
        if end > done:
            yield Run(text[done:end], done, end - done)
        if match is None:
            return
        yield from _read_sign(match, end, numbers)
        done = match.end()


def _read_sign(match: re.Match[str], start: int, numbers: Mapping[str, int]) -> Iterator[Run]:
    """What is shown for a sign, which stands for the letters from `start` to its end."""
    length = match.end() - start
    if match["cited"]:
        cited = citing.citations(match[0])
        shown = ",".join(str(numbers.get(one.key, "?")) for one in cited)
        tip = "; ".join(" ".join(filter(None, (one.key, one.locator))) for one in cited)
        yield Run(shown, start, length, Kind.CITATION, is_exact=False, tip=tip)
    elif match["picture"]:
        yield Run(match["picture"], start, length, Kind.PICTURE, is_exact=False)
    elif match["words"]:
        yield Run(match["words"], start + 1, len(match["words"]), tip=match["address"])
    elif match["escaped"]:
        yield Run(match["escaped"], start, length, is_exact=False)
    elif match["line"]:
        yield Run("\u2028", start, 1, Kind.LINE)
    else:
        yield Run(match["marks"], start, length, is_exact=False)


def _with_emphasis(found: Sequence[Run]) -> Iterable[Run]:
    """Stars in pairs make what lies between bold or italic, and are not shown; one without a partner stays a star."""
    marks = [run.text for run in found if not run.is_exact and run.text in {"*", "**"}]
    paired = {mark for mark in ("*", "**") if marks.count(mark) % 2 == 0}
    is_on = {"*": False, "**": False}
    for run in found:
        if not run.is_exact and run.kind is Kind.WORDS and run.text in paired:
            is_on[run.text] = not is_on[run.text]
            continue
        yield replace(run, is_bold=is_on["**"], is_italic=is_on["*"])
