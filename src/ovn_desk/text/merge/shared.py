"""What two versions without one base have in common: against it, all that they differ in has to be decided."""

from dataclasses import replace
from typing import Any

from ovn_desk.domain import parts
from ovn_desk.domain.article import Content
from ovn_desk.text.blocks import split
from ovn_desk.text.changes.align import align


def shared_content(mine: Content, theirs: Content) -> Content:
    """A content that takes no side: paragraphs, values and things of lists that both have, in the order mine has them.

    A value in which they differ is empty or None there, so that neither counts as unchanged.
    """
    made: dict[str, Any] = {}
    for part in (*parts.TEXTS, *parts.VALUES):
        one, other = getattr(mine, part), getattr(theirs, part)
        if part == "body":
            made[part] = _body(one, other)
        else:
            made[part] = one if one == other else None
    for part in parts.LISTS:
        known = parts.items_by_key(part, getattr(theirs, part))
        items = parts.items_by_key(part, getattr(mine, part)).items()
        made[part] = tuple(item for key, item in items if known.get(key) == item)
    return replace(mine, **made)


def _body(mine: str, theirs: str) -> str:
    if mine == theirs:
        return mine
    ours, others = split(mine).paragraphs, split(theirs).paragraphs
    pairs = [
        pair
        for pair in align(ours, others)
        if not pair.is_moved and (pair.old_end - pair.old, pair.new_end - pair.new) == (1, 1)
    ]
    return "\n\n".join(ours[pair.old] for pair in pairs if ours[pair.old] == others[pair.new])
