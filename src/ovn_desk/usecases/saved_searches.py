"""Searches of the list that were given a name, on this computer alone."""

import json
from dataclasses import asdict, dataclass, fields

from ovn_desk.store import Readable, Store
from ovn_desk.store.article_list import ListFilter, Scope
from ovn_desk.text import foreign

_SETTING = "saved searches"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A name, and what the list shows by it."""

    name: str
    filter: ListFilter


def saved_searches(store: Readable) -> list[SavedSearch]:
    """The saved searches by name; what can not be read is left out."""
    with store.read() as reading:
        text = reading.setting(_SETTING)
    try:
        given = foreign.read_json(text) if text else {}
    except ValueError:
        given = {}
    known = given if isinstance(given, dict) else {}
    found = [SavedSearch(name, _read(values)) for name, values in known.items() if isinstance(values, dict)]
    return sorted(found, key=lambda one: one.name.casefold())


def save_search(store: Store, name: str, asked: ListFilter) -> None:
    """Keep a search under a name, in place of another of that name."""
    kept = {one.name: asdict(one.filter) for one in saved_searches(store)} | {name.strip(): asdict(asked)}
    with store.begin() as tx:
        tx.set_setting(_SETTING, json.dumps(kept, ensure_ascii=False))


def forget_search(store: Store, name: str) -> None:
    """Delete a saved search."""
    kept = {one.name: asdict(one.filter) for one in saved_searches(store) if one.name != name}
    with store.begin() as tx:
        tx.set_setting(_SETTING, json.dumps(kept, ensure_ascii=False))


def _read(values: dict[str, object]) -> ListFilter:
    """A filter of these values; one that is not of its field's type becomes what asks for nothing."""
    plain = asdict(ListFilter())
    known = {part.name: values.get(part.name) for part in fields(ListFilter)}
    scope = known.pop("scope")
    good = {name: value for name, value in known.items() if type(value) is type(plain[name])}
    return ListFilter(Scope(scope) if scope in list(Scope) else Scope.ALL, **good)  # type: ignore[arg-type]
