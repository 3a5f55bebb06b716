"""Three versions of a whole article laid together, and the article that was decided on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ovn_desk.domain import parts
from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import with_tightened_terms
from ovn_desk.text.merge import bodies, lists
from ovn_desk.text.merge.shared import shared_content
from ovn_desk.text.merge.values import Choice, Conflict, ConflictId, MergeResult, Take, is_resolved, resolve_value

_PARAGRAPHS = {"standfirst", "ednote", "unverified"}
_LINES = {"headline", "byline", "dateline"}


def merge(base: Content, mine: Content, theirs: Content) -> MergeResult:
    """Three-way merge: what one side changed is taken, what both changed differently is a conflict. It is symmetric."""
    return _lay_together(base, mine, theirs, asks_all=False)


def merge_without_base(mine: Content, theirs: Content) -> MergeResult:
    """Two contents that were not made from one: nothing says who changed what, so all that differs is a conflict."""
    return _lay_together(shared_content(mine, theirs), mine, theirs, asks_all=True)


def _lay_together(base: Content, mine: Content, theirs: Content, *, asks_all: bool) -> MergeResult:
    rows, found = bodies.rows(base.body, mine.body, theirs.body, asks_all=asks_all)
    conflicts: list[Conflict] = []
    for part in (*parts.TEXTS, *parts.VALUES):
        conflicts += found if part == "body" else _field(part, base, mine, theirs, asks_all=asks_all)
    for part in parts.LISTS:
        conflicts += lists.conflicts(part, base, mine, theirs, asks_all=asks_all)
    return MergeResult(base, mine, theirs, rows, tuple(conflicts))


def resolve(merged: MergeResult, choices: Mapping[ConflictId, Choice] | None = None) -> Content:
    """The combined content, each conflict decided: mine, theirs, both or a written text. No terms are loosened by it.

    Raises DeskError when one is not decided, or can not be decided so.
    """
    made: dict[str, Any] = {}
    choices = choices or {}
    _check(merged, choices)
    for part in (*parts.TEXTS, *parts.VALUES):
        base, mine, theirs = (getattr(content, part) for content in (merged.base, merged.mine, merged.theirs))
        if part == "body":
            made[part] = bodies.body(merged.rows, (base, mine, theirs), choices)
        else:
            choice = choices.get(ConflictId(part))
            made[part] = resolve_value(base, mine, theirs) if choice is None else _choose_value(choice, mine, theirs)
    for part in parts.LISTS:
        made[part] = lists.decide_list(part, merged, choices)
    sides = (merged.mine.sources, merged.theirs.sources)
    made["sources"] = with_tightened_terms(made["sources"], merged.base.sources, sides)
    return replace(merged.base, **made)


def _field(part: str, base: Content, mine: Content, theirs: Content, *, asks_all: bool) -> Iterator[Conflict]:
    was, my, their = (getattr(content, part) for content in (base, mine, theirs))
    if my != their and (asks_all or not is_resolved(was, my, their)):
        yield Conflict(
            ConflictId(part),
            part,
            was,
            my,
            their,
            may_take_both=part in _PARAGRAPHS,
            may_be_written=part in _PARAGRAPHS | _LINES,
        )


def _choose_value(choice: Choice, mine: Any, theirs: Any) -> Any:
    if isinstance(choice, str):
        return choice
    if choice is Take.BOTH:
        return "\n\n".join(dict.fromkeys(filter(None, (theirs, mine))))  # as they stand beside each other
    return mine if choice is Take.MINE else theirs


def _check(merged: MergeResult, choices: Mapping[ConflictId, Choice]) -> None:
    known = {conflict.id: conflict for conflict in merged.conflicts}
    if choices.keys() - known.keys():
        raise DeskError("versions-changed")
    if missing := [conflict for conflict in merged.conflicts if conflict.id not in choices]:
        raise DeskError("versions-undecided", count=len(missing), part=missing[0].part)
    for name, choice in choices.items():
        conflict = known[name]
        if isinstance(choice, str) and not conflict.may_be_written:
            raise DeskError("version-not-written-here", part=conflict.part)
        if choice is Take.BOTH and not conflict.may_take_both:
            raise DeskError("version-not-both", part=conflict.part)
