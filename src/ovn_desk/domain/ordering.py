"""Records in the order in which they were made, told by what each one names and not by clocks."""

from collections.abc import Callable, Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Protocol, TypeVar


class ChainedRecord(Protocol):
    """A record that names those of its kind that it was made on top of."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def after(self) -> tuple[str, ...]: ...


Record = TypeVar("Record", bound=ChainedRecord)


def _after(record: ChainedRecord) -> Iterable[str]:
    return record.after


def topological_order(records: Iterable[Record], rests_on: Callable[[Record], Iterable[str]] = _after) -> list[Record]:
    """Sort records so that each comes after all it rests on; ties by claimed time, then id: alike on every machine."""
    known = {record.id: record for record in records}
    waiting = {record.id: {name for name in rests_on(record) if name in known} for record in known.values()}
    following: dict[str, list[str]] = {}
    for name, after in waiting.items():
        for before in after:
            following.setdefault(before, []).append(name)
    ready = [(known[name].at, name) for name, after in waiting.items() if not after]
    heapify(ready)
    ordered: list[Record] = []
    while ready:
        _, name = heappop(ready)
        ordered.append(known[name])
        for follower in following.get(name, ()):
            waiting[follower].discard(name)
            if not waiting[follower]:
                heappush(ready, (known[follower].at, follower))
    return ordered
