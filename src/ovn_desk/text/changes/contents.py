"""What changed between two contents of an article: its texts, its fields, and its sources, pictures and other lists."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from ovn_desk.domain import parts, values
from ovn_desk.domain.article import Content
from ovn_desk.domain.parts import ItemKey
from ovn_desk.text.changes.align import heaviest_in_order
from ovn_desk.text.changes.texts import Change, ChangeId, Changes, State, change_id, check_known, compare


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is one value, such as the byline, the category or the language."""

    id: ChangeId
    part: str
    before: str | int
    after: str | int


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A tag, source, picture, waiver, reply or correction that was added, removed, changed, or moved in its list.

    What was moved may have changed as well: `differing` names the fields that differ.
    """

    id: ChangeId
    part: str
    key: ItemKey
    state: State
    before: Any = None
    after: Any = None

    @property
    def differing(self) -> tuple[str, ...]:
        if not is_dataclass(self.before) or not is_dataclass(self.after):
            return ()
        names = (part.name for part in fields(self.before))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class ContentChanges:
    """Two contents compared: `texts` by the name of their field, then what changed of the rest."""

    before: Content
    after: Content
    texts: dict[str, Changes]
    fields: tuple[FieldChange, ...]
    items: tuple[ItemChange, ...]

    @property
    def all(self) -> tuple[Change | FieldChange | ItemChange, ...]:
        """Every change in the order it is walked: texts from the headline down, then fields, then lists."""
        return (*(change for text in self.texts.values() for change in text.all), *self.fields, *self.items)

    def content(self, accepted: Collection[ChangeId]) -> Content:
        """The old content with the changes of these ids made; raises DeskError for an id that is not among `all`."""
        check_known(accepted, self.all)
        made: dict[str, Any] = {
            part: text.text([change.id for change in text.all if change.id in accepted])
            for part, text in self.texts.items()
        }
        made |= {change.part: change.after for change in self.fields if change.id in accepted}
        for part in parts.LISTS:
            items = {change.key: change for change in self.items if change.part == part}
            made[part] = tuple(
                _accepted_items(getattr(self.before, part), getattr(self.after, part), part, items, accepted)
            )
        return replace(self.before, **made)


def compare_contents(before: Content, after: Content) -> ContentChanges:
    """Compare two contents of an article: every change gets an id by which it can be accepted or rejected alone."""
    return ContentChanges(
        before,
        after,
        {part: compare(getattr(before, part), getattr(after, part), part=part) for part in parts.TEXTS},
        tuple(_fields(before, after)),
        tuple(change for part in parts.LISTS for change in _items(part, getattr(before, part), getattr(after, part))),
    )


def _fields(before: Content, after: Content) -> Iterator[FieldChange]:
    for part in parts.VALUES:
        old, new = getattr(before, part), getattr(after, part)
        if old != new:
            yield FieldChange(change_id(part, _as_json(old), _as_json(new)), part, old, new)


def _items(part: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[ItemChange]:
    old, new = parts.items_by_key(part, before), parts.items_by_key(part, after)
    in_order = {key for key, in_old, in_new in _slots(list(old), list(new)) if in_old and in_new}
    for key in (*old, *(key for key in new if key not in old)):
        state = _state(key, old, new, in_order)
        if state is not State.SAME:
            was, became = old.get(key), new.get(key)
            name = change_id(part, *key, state, _as_json(was), _as_json(became))
            yield ItemChange(name, part, key, state, was, became)


def _state(key: ItemKey, old: dict[ItemKey, Any], new: dict[ItemKey, Any], in_order: set[ItemKey]) -> State:
    if key not in new:
        return State.REMOVED
    if key not in old:
        return State.ADDED
    if key not in in_order:
        return State.MOVED
    return State.SAME if old[key] == new[key] else State.CHANGED


def _slots(old: list[ItemKey], new: list[ItemKey]) -> Iterator[tuple[ItemKey, bool, bool]]:
    """Every place a key has in either list, and in which; one that moved has two."""
    places = {key: place for place, key in enumerate(new)}
    partner = {place: places[key] for place, key in enumerate(old) if key in places}
    i = j = 0
    for a, b in [*heaviest_in_order(partner, [1] * len(old)).items(), (len(old), len(new))]:
        yield from ((key, True, False) for key in old[i:a])
        yield from ((key, False, True) for key in new[j:b])
        yield from ((key, True, True) for key in old[a : a + 1])
        i, j = a + 1, b + 1


def _accepted_items(
    before: Sequence[Any],
    after: Sequence[Any],
    part: str,
    changes: dict[ItemKey, ItemChange],
    accepted: Collection[str],
) -> Iterator[Any]:
    old, new = parts.items_by_key(part, before), parts.items_by_key(part, after)
    for key, in_old, in_new in _slots(list(old), list(new)):
        is_accepted = key in changes and changes[key].id in accepted
        if (in_old and in_new) or is_accepted == in_new:
            yield (new if is_accepted else old)[key]


def _as_json(value: Any) -> str:
    plain = values.to_dict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)
