"""The annotated copy: numbered lines on one side, what each claim rests on beside it; for checkers and lawyers."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain.article import Content, StaffId
from ovn_desk.domain.claim import CHECKED, Field
from ovn_desk.domain.comments import Comment
from ovn_desk.domain.house import House
from ovn_desk.domain.verification import HOLDS, ClaimStatus
from ovn_desk.messages import Message
from ovn_desk.rendering.page import document, templates, words

_WIDTH = 58  # letters a line, so that line numbers are the same on every screen and on paper
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


def _rows(content: Content, claims: Sequence[ClaimStatus]) -> list[dict[str, Any]]:
    """The body in lines of even length; a claim's note stands beside the line it begins in."""
    rows: list[dict[str, Any]] = []
    names = {source.key: source.label for source in content.sources}
    for paragraph in re.finditer(r"[^\n]+", content.body):
        for number, line in enumerate(_LINE.finditer(paragraph[0])):
            start, end = paragraph.start() + line.start(), paragraph.start() + line.end()
            rows.append(
                {
                    "number": len(rows) + 1,
                    "starts": number == 0,
                    "pieces": _pieces(content.body, start, end, claims),
                    "notes": [_note(one, names) for one in claims if start <= one.claim.start < end],
                }
            )
    return rows


def _pieces(text: str, start: int, end: int, claims: Sequence[ClaimStatus]) -> list[dict[str, str]]:
    """A line in runs: those inside a claim say how it stands."""
    edges = {start, end}
    for one in claims:
        edges |= {place for place in (one.claim.start, one.claim.end) if start < place < end}
    ordered = sorted(edges)
    pieces = []
    for first, last in pairwise(ordered):
        inside = next((one for one in claims if one.claim.start <= first and last <= one.claim.end), None)
        pieces.append({"text": text[first:last], "status": inside.status.value if inside else ""})
    return pieces


def _thread(comment: Comment, names: Mapping[StaffId, str]) -> dict[str, Any]:
    said = [(comment.by, comment.text), *((answer.by, answer.text) for answer in comment.answers)]
    return {
        "on": comment.on.exact,
        "must_fix": comment.must_fix,
        "is_open": comment.is_open,
        "said": [{"by": names.get(by, by), "text": text} for by, text in said],
    }


def _note(one: ClaimStatus, names: dict[str, str]) -> dict[str, str]:
    waiver = one.waiver
    return {
        "status": one.status.value,
        "words": one.claim.words,
        "source": "; ".join(names.get(key, key) for key in one.sources),
        "excerpt": one.excerpt,
        "waiver": f"{waiver.kind}: {waiver.reason} ({waiver.by}, {waiver.at})" if waiver else "",
    }
