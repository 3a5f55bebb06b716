"""The annotated copy: numbered lines on one side, what each claim rests on beside it; for checkers and lawyers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain import citing
from ovn_desk.domain.article import Content, StaffId
from ovn_desk.domain.claim import CHECKED, Field
from ovn_desk.domain.comments import Comment
from ovn_desk.domain.house import House
from ovn_desk.domain.verification import HOLDS, ClaimStatus
from ovn_desk.messages import Message
from ovn_desk.rendering.page import document, templates, words

_WIDTH = 58  # letters a line, so that line numbers are the same on every screen and on paper
_BEGINNING = re.compile(r"\s*(?:(?P<heading>#{1,6}\s+)|(?P<bullet>[-*+]\s+)|(?P<quote>(?:>\s?)+))")
_MARKS = re.compile(
    rf"(?P<cited>{citing.PATTERN})"
    r"|!\[[^\]\n]*\]\(image:(?P<picture>[A-Za-z0-9][\w-]*)\)"
    r"|(?<!!)\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)"
    r"|\\(?P<kept>[^\w\s])"
    r"|(?P<gone>\*\*|__|~~|`|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|[ \\]+$)"
)
_TABLE_RULE = re.compile(r"[ |:-]*-{3}[ |:-]*\|[ |:-]*")
_LINE = re.compile(rf"\S(?:.{{0,{_WIDTH - 1}}}(?=\s|$)|\S*)")


def write(
    content: Content,
    claims: Sequence[ClaimStatus],
    house: House,
    *,
    made_at: str,
    revision: str = "",
    comments: Sequence[Comment] = (),
    names: Mapping[StaffId, str] | None = None,
) -> str:
    """The whole copy as one HTML page without scripts. It is private: it shows excerpts, terms, waivers and comments.

    `names` are those of the staff who commented.
    """
    checked = [one for one in claims if one.claim.kind in CHECKED]
    style = assets.text("css/annotated.css").strip() + document.urdu_faces(content.language)
    values = {
        "content": content,
        "house": house,
        "direction": words.DIRECTION.get(content.language, "ltr"),
        "rows": _rows(content, [one for one in checked if one.claim.field is Field.BODY]),
        "sources": content.sources,
        "comments": [_thread(one, names or {}) for one in comments],
        "held": sum(one.status in HOLDS for one in checked),
        "whole": len(checked),
        "by": " · ".join(part for part in (content.byline, content.dateline, content.date) if part),
        "made_at": made_at,
        "revision": revision[:12] or str(Message("not-saved-yet")),
        "style": Markup(style),  # noqa: S704 - our own file
        "csp": document.security_policy(style),
    }
    return templates.fill("annotated.html", values)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paragraph as readers see it, and for each of its letters the place in the body that it comes from."""

    text: str
    places: Sequence[int]
    role: str = ""


def _rows(content: Content, claims: Sequence[ClaimStatus]) -> list[dict[str, Any]]:
    """The body in lines of even length; a claim's note stands beside the line it begins in."""
    rows: list[dict[str, Any]] = []
    names = {source.key: source.label for source in content.sources}
    last = -1
    for paragraph in _paragraphs(content):
        for number, line in enumerate(_LINE.finditer(paragraph.text)):
            places = paragraph.places[line.start() : line.end()]
            begun = [one for one in claims if last < one.claim.start <= places[-1]]
            last = places[-1]
            rows.append(
                {
                    "number": len(rows) + 1,
                    "starts": number == 0,
                    "role": paragraph.role,
                    "pieces": _pieces(line[0], places, claims),
                    "notes": [_note(one, names, content) for one in begun],
                }
            )
    return rows


def _paragraphs(content: Content) -> Iterator[_Shown]:
    """The lines of the body without Markdown's marks: citations as the numbers of their sources, pictures in words."""
    for line in re.finditer(r"[^\n]+", content.body):
        if _TABLE_RULE.fullmatch(line[0]):
            continue
        begun = _BEGINNING.match(line[0])
        role = next((name for name, mark in begun.groupdict().items() if mark), "") if begun else ""
        shown = _show(line[0], content, begun.end() if begun else 0, at=line.start())
        opening = "• " if role == "bullet" else ""
        if shown.text.strip():
            yield _Shown(f"{opening}{shown.text}", [*[line.start()] * len(opening), *shown.places], role)


def _show(line: str, content: Content, start: int, *, at: int = 0) -> _Shown:
    """A line from a place on; what stands for several letters has the place of the first."""
    text = ""
    places: list[int] = []
    for mark in _MARKS.finditer(line, start):
        text += line[start : mark.start()]
        places += range(at + start, at + mark.start())
        put = _words_of(mark, content)
        text += put
        places += [at + mark.start()] * len(put)
        start = mark.end()
    return _Shown(text + line[start:], [*places, *range(at + start, at + len(line))])


def _words_of(mark: re.Match[str], content: Content) -> str:
    """What is shown where a mark stands."""
    if mark["cited"]:
        numbers = {source.key: number for number, source in enumerate(content.sources, 1)}
        cited = citing.citations(mark["cited"])
        return f"[{'; '.join(_cited_words(one, numbers.get(one.key)) for one in cited)}]"
    if mark["picture"]:
        image = next((one for one in content.images if one.key == mark["picture"]), None)
        words = (image.caption or image.alt or image.name) if image else ""
        return str(Message("picture-in-copy", words=words or mark["picture"]))
    if mark["words"]:
        return f"{mark['words']} ({mark['address']})"
    return mark["kept"] or ""


def _cited_words(one: citing.Citation, number: int | None) -> str:
    parts = [" ".join(part for part in (one.prefix, str(number or f"@{one.key}")) if part), one.locator]
    return ", ".join(part for part in parts if part)


def _pieces(text: str, places: Sequence[int], claims: Sequence[ClaimStatus]) -> list[dict[str, str]]:
    """A line in runs: those inside a claim say how it stands."""
    statuses = [
        next((one.status.value for one in claims if one.claim.start <= place < one.claim.end), "") for place in places
    ]
    runs = groupby(zip(statuses, text, strict=True), key=itemgetter(0))
    return [{"text": "".join(letter for _, letter in run), "status": status} for status, run in runs]


def _thread(comment: Comment, names: Mapping[StaffId, str]) -> dict[str, Any]:
    said = [(comment.by, comment.text), *((answer.by, answer.text) for answer in comment.answers)]
    return {
        "on": comment.on.exact,
        "must_fix": comment.must_fix,
        "is_open": comment.is_open,
        "said": [{"by": names.get(by, by), "text": text} for by, text in said],
    }


def _note(one: ClaimStatus, names: Mapping[str, str], content: Content) -> dict[str, str]:
    waiver = one.waiver
    return {
        "status": one.status.value,
        "words": " ".join(_show(line, content, 0).text for line in one.claim.words.splitlines()),
        "source": "; ".join(names.get(key, key) for key in one.sources),
        "excerpt": one.excerpt,
        "waiver": f"{waiver.kind}: {waiver.reason} ({waiver.by}, {waiver.at})" if waiver else "",
    }
