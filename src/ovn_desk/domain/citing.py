"""Citations as Pandoc writes them: `[@key]`, `[@key, p. 3]`, `[see @key]`, `[-@key]`, `[@one, p. 3; @two]`.

A key is one of this desk's (`values.KEY`). What begins like a citation and is none of these is no citation to any part
of the desk: `malformed_citations` finds it, and the checklist stops it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

_KEY = r"[A-Za-z0-9][A-Za-z0-9_-]*"
# Words may stand before the first key, but then an address behind the brackets makes them a link.
PATTERN = rf"\[(?:-?@{_KEY}[^\[\]\n]*\]|[^\[\]\n@]*[\s(;]-?@{_KEY}[^\[\]\n]*\](?![(\[]))"
"""A whole pair of brackets that cites, for use in a larger expression; it has no groups."""
_GROUP = re.compile(PATTERN)
_MENTION = re.compile(rf"(?<![\w@\\])@({_KEY})")
_NAMED = re.compile(rf"@({_KEY})")
_ITEM = re.compile(rf"(?P<prefix>(?:.*?[\s(])??)-?@(?P<key>{_KEY})(?P<suffix>.*)", re.DOTALL)
_BEGUN = re.compile(r"\[-?@")
_MARKS = "”“\"＂»«’‘'"
_OF_QUOTATION = re.compile(rf"(?<!\s)[.,!?…;:،۔؟؛]*[{_MARKS}]+[*_]*(?!\w)")
"""What still belongs to a quotation behind its last word: its comma or stop, and its closing marks."""
_STOP = re.compile(r"(?<![\s.!?…:;،۔؟؛])(?<!\A)[.!?…:;۔؟؛]+\Z")
_REST_OF_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_OF_LIST = re.compile(r"\s*\d+\.")
_NO_SPACE_BEFORE = re.compile(rf"(?:\A|\s|[(\[{{<]|(?:\A|\s)[{_MARKS}])\Z")


@dataclass(frozen=True, slots=True)
class Citation:
    """One key of a citation: the words before and behind it, and its place in code points.

    `start` and `end` are those of its part of the brackets; the first part takes in the opening one, the last the
    closing one. The key itself begins at `key_start`.
    """

    key: str
    locator: str
    start: int
    end: int
    key_start: int
    prefix: str = ""


def citations(text: str) -> list[Citation]:
    """Every citation of a text, in order."""
    return [citation for group in _GROUP.finditer(text) for citation in _of_group(group)]


def citation_to_insert(line: str, at: int, key: str) -> tuple[int, str]:
    """Where in a line a source is cited that is cited `at` a place of it (code points), and what is put in there.

    Behind the closing marks of a quotation and before the full stop of a sentence, a space before it, and one behind it
    where a word follows: “… water,” [@key] she said. … said [@key]. A word is never cut in two.
    """
    if line[max(0, at - 1) : at].isalpha() and (rest := _REST_OF_WORD.match(line, at)):
        at = rest.end()
    if at and (rest := _OF_QUOTATION.match(line, at)):
        at = rest.end()
    elif not (line[at : at + 1].isalnum() or _NUMBER_OF_LIST.fullmatch(line[:at])):
        stop = _STOP.search(line[:at])
        at = stop.start() if stop else at
    before = "" if _NO_SPACE_BEFORE.search(line[:at]) else " "
    behind = " " if line[at : at + 1].isalnum() else ""
    return at, f"{before}[@{key}]{behind}"


def with_keys_replaced(text: str, others: Mapping[str, str]) -> str:
    """Replace keys wherever `@key` stands, by the mapping old → new; the locator and prefix of a replaced key go."""
    if not others:
        return text
    for citation in reversed(citations(text)):
        if citation.key in others:
            first = "[" if text[citation.start] == "[" else " "
            last = "]" if text[citation.end - 1] == "]" else ""
            text = f"{text[: citation.start]}{first}@{others[citation.key]}{last}{text[citation.end :]}"
    return _NAMED.sub(lambda match: f"@{others.get(match[1], match[1])}", text)


def malformed_citations(text: str, keys: Collection[str]) -> Iterator[tuple[int, int]]:
    """Spans (code points) where a text names one of `keys` as `@key`, or begins a citation, that is not a whole one."""
    whole = [(citation.key_start - 1, citation.end) for citation in citations(text)]
    groups = [group.span() for group in _GROUP.finditer(text)]
    named = [match.span() for match in _MENTION.finditer(text) if match[1] in keys]
    begun = [match.span() for match in _BEGUN.finditer(text)]
    starts = {start for start, _ in whole}
    loose = [span for span in named if span[0] not in starts]
    loose += [span for span in begun if not any(start <= span[0] < end for start, end in groups)]
    merged = -1
    for start, end in sorted(loose):
        if start >= merged:
            yield start, end
        merged = max(merged, end)


def _of_group(group: re.Match[str]) -> Iterator[Citation]:
    """The parts of a pair of brackets; what cites nothing belongs to the part before it, or else to the next."""
    parts: list[tuple[int, re.Match[str], str]] = []
    start, waiting = 1, ""
    for part in group[0][1:-1].split(";"):
        if match := _ITEM.fullmatch(part):
            parts.append((start, match, f"{waiting}{match['prefix']}"))
            waiting = ""
        elif parts:
            begin, before, prefix = parts.pop()
            whole = _ITEM.fullmatch(f"{before[0]};{part}")
            parts.append((begin, whole or before, prefix))
        else:
            waiting += f"{part};"
        start += len(part) + 1
    ends = [begin - 1 for begin, *_ in parts[1:]] + [len(group[0])]
    at = group.start()
    for number, ((begin, match, prefix), end) in enumerate(zip(parts, ends, strict=True)):
        first = at + (begin if number else 0)
        key_start = at + begin + match.start("key")
        yield Citation(match["key"], match["suffix"].strip(" ,"), first, at + end, key_start, prefix.strip(" ,"))
