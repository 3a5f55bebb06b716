"""Three versions of one list of an article, such as its sources, laid together by the keys of its things."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ovn_desk.domain.article import Content
from ovn_desk.domain.parts import ItemKey, items_by_key
from ovn_desk.text.merge.values import Choice, Conflict, ConflictId, MergeResult, Take, is_resolved, resolve_value

_Items = dict[ItemKey, Any]
_Keys = tuple[ItemKey, ...]


def conflicts(
    part: str, base: Content, mine: Content, theirs: Content, *, asks_all: bool = False
) -> Iterator[Conflict]:
    """A conflict for each item that both sides changed differently, and one for the order where both changed that.

    With `asks_all` one for whatever differs, also where the base says that one side alone changed it.
    """
    old, one, other = (items_by_key(part, getattr(content, part)) for content in (base, mine, theirs))
    for key in (*old, *sorted({*one, *other} - old.keys())):
        was, my, their = old.get(key), one.get(key), other.get(key)
        if my != their and (asks_all or not is_resolved(was, my, their)):
            yield Conflict(_name(part, key), part, was, my, their, key)
    order, my_order, their_order = _orders(old, one, other)
    if _order(order, my_order, their_order) is None or (asks_all and my_order != their_order):
        yield Conflict(ConflictId(part), part, order, my_order, their_order)


def decide_list(part: str, merged: MergeResult, choices: Mapping[ConflictId, Choice]) -> tuple[Any, ...]:
    """The merged list with `choices` applied, in the order both sides have or one of them changed."""
    base, mine, theirs = (
        items_by_key(part, getattr(content, part)) for content in (merged.base, merged.mine, merged.theirs)
    )
    old_order, my_order, their_order = _orders(base, mine, theirs)
    order = _order(old_order, my_order, their_order)
    about_order = choices.get(ConflictId(part))
    if order is None or about_order is not None:
        order = my_order if about_order is Take.MINE else their_order
    items: _Items = {}
    for key in {*mine, *theirs}:
        choice = choices.get(_name(part, key))
        taken = resolve_value(base.get(key), mine.get(key), theirs.get(key))
        if choice is not None:
            taken = (mine if choice is Take.MINE else theirs).get(key)
        items[key] = taken
    return tuple(items[key] for key in _keys_in_order(order, mine, theirs, base) if items[key] is not None)


def _name(part: str, key: ItemKey) -> ConflictId:
    return ConflictId(f"{part}:{json.dumps(key, ensure_ascii=False)}")


def _is_alive(key: ItemKey, base: _Items, mine: _Items, theirs: _Items) -> bool:
    """Whether a thing stands in the combined list, or may after a decision."""
    three = base.get(key), mine.get(key), theirs.get(key)
    return not is_resolved(*three) or resolve_value(*three) is not None


def _orders(base: _Items, mine: _Items, theirs: _Items) -> tuple[_Keys, _Keys, _Keys]:
    """The order, in each version, of the things that both sides have."""
    common = {key for key in mine if key in theirs and _is_alive(key, base, mine, theirs)}
    return tuple(key for key in base if key in common), _within(mine, common), _within(theirs, common)


def _within(keys: Sequence[ItemKey] | _Items, wanted: set[ItemKey] | _Items | _Keys) -> _Keys:
    return tuple(key for key in keys if key in wanted)


def _order(base: _Keys, mine: _Keys, theirs: _Keys) -> _Keys | None:
    """The order both sides have or one of them changed; None when both changed it differently."""
    is_mine_old, is_theirs_old = _within(mine, base) == base, _within(theirs, base) == base
    if mine == theirs or (is_mine_old and is_theirs_old):
        return min(mine, theirs)
    if is_mine_old:
        return theirs
    return mine if is_theirs_old else None


def _keys_in_order(order: _Keys, mine: _Items, theirs: _Items, base: _Items) -> Iterator[ItemKey]:
    """The keys in their order, each followed by those that stand after it on one side only."""
    only = [_following(side, order, [base, mine, theirs]) for side in (mine, theirs)]
    for place in (None, *order):
        if place is not None:
            yield place
        for run in sorted(following.get(place, []) for following in only):
            yield from run


def _following(side: _Items, order: _Keys, sides: list[_Items]) -> dict[ItemKey | None, list[ItemKey]]:
    last: ItemKey | None = None
    found: dict[ItemKey | None, list[ItemKey]] = {}
    for key in side:
        if key in order:
            last = key
        elif _is_alive(key, *sides):
            found.setdefault(last, []).append(key)
    return found
