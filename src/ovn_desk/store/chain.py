"""The records of every kind as links of their devices' chains: what each says it follows, and where that is stored."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Subquery, Table, func, literal, select, union_all

from ovn_desk.domain.article import ArticleId, DeviceId, StaffId
from ovn_desk.store.schema import events, houses, revisions, roster

TABLES = (roster, houses, revisions, events)


class Link(NamedTuple):
    """One record: `article`, `device` and `previous` as it is filed under, `said_…` as its text says.

    `seq` is its place in the store, `previous_seq` that of the record it follows; none where that is not stored.
    """

    id: str
    seq: int
    article: ArticleId
    device: DeviceId
    previous: str
    said_article: ArticleId
    said_device: DeviceId
    said_previous: str
    at: str
    previous_seq: int | None
    previous_device: DeviceId | None
    previous_at: str | None


def links(connection: Connection, article: ArticleId | None) -> list[Link]:
    """The records of one article, or all, in the order they were stored; what nobody made stands in no chain."""
    every, before = _all_links().subquery("every"), _all_links().subquery("before")
    query = (
        select(*(every.c[name] for name in _COLUMNS), before.c.seq, before.c.device, before.c.at)
        .outerjoin(before, before.c.id == every.c.previous)
        .where(~every.c.device.startswith("combined/"))
        .order_by(every.c.seq)
    )
    if article is not None:
        query = query.where(every.c.article == article)
    return [Link._make(row) for row in connection.execute(query)]


_COLUMNS = ("id", "seq", "article", "device", "previous", "said_article", "said_device", "said_previous", "at")


def _all_links() -> Any:
    return union_all(
        *(
            select(
                table.c.id,
                table.c.seq,
                (table.c.article if "article" in table.c else literal("")).label("article"),
                table.c.device,
                table.c.previous,
                func.coalesce(_json_field(table.c.record, "article"), "").label("said_article"),
                _json_field(table.c.record, "device").label("said_device"),
                func.coalesce(_json_field(table.c.record, "previous"), "").label("said_previous"),
                _json_field(table.c.record, "at").label("at"),
            )
            for table in TABLES
        )
    )


def chain(connection: Connection, device: DeviceId) -> dict[str, str]:
    """Every record of a device: id → id of the record before it."""
    every = _all_chain_rows()
    query = select(every.c.id, every.c.previous).where(every.c.device == device)
    return {name: previous for name, previous in connection.execute(query)}  # noqa: C416 - rows are no pairs


def ends(connection: Connection) -> list[str]:
    """The ids of the records that no other record of their device names as `previous`."""
    every, after = _all_chain_rows(), _all_chain_rows()
    followed = select(after.c.id).where(after.c.previous == every.c.id).exists()
    query = select(every.c.id).where(~followed, ~every.c.device.startswith("combined/"))
    return list(connection.scalars(query))


def missing(connection: Connection, named: Sequence[str]) -> list[str]:
    """The records that others follow and that are not here, and those of `named`, in order."""
    every, before = _all_chain_rows(), _all_chain_rows()
    is_here = select(before.c.id).where(before.c.id == every.c.previous).exists()
    query = select(every.c.previous).where(every.c.previous != "", ~is_here)
    asked = set(named)
    here = set(connection.scalars(select(every.c.id).where(every.c.id.in_(asked)))) if asked else set[str]()
    return sorted({*connection.scalars(query), *(asked - here)})


def newest(connection: Connection, device: DeviceId) -> str:
    """The last record of a device in the order of this store; empty where it has none."""
    every = _all_chain_rows()
    query = select(every.c.id).where(every.c.device == device).order_by(every.c.seq.desc()).limit(1)
    return connection.scalar(query) or ""


class NewestRecord(NamedTuple):
    """The last record of a kind that came of a device, with what it says of its maker and its time."""

    id: str
    seq: int
    by: StaffId
    key: str
    device: DeviceId
    at: datetime
    signature: str


def newest_by_device(connection: Connection) -> Iterator[NewestRecord]:
    """The last record of each kind of each device, in the order of this store."""
    for table in TABLES:
        last = select(func.max(table.c.seq)).where(~table.c.device.startswith("combined/")).group_by(table.c.device)
        yield from _newest(connection, table, table.c.seq.in_(last))


def newest_of(connection: Connection, record: str) -> NewestRecord | None:
    """A record of any kind by its id, as NewestRecord; None where it is not here."""
    found = (one for table in TABLES for one in _newest(connection, table, table.c.id == record))
    return next(found, None)


def _newest(connection: Connection, table: Table, which: ColumnElement[bool]) -> Iterator[NewestRecord]:
    said = [func.coalesce(_json_field(table.c.record, name), "") for name in ("by", "key")]
    columns = (table.c.id, table.c.seq, *said, table.c.device, _json_field(table.c.record, "at"), table.c.signature)
    for row in connection.execute(select(*columns).where(which)):
        name, seq, by, key, device, at, signature = row
        yield NewestRecord(name, seq, by, key, device, datetime.fromisoformat(at), signature)


def next_place(connection: Connection) -> int:
    """The first free place in the order of this store, which all kinds share."""
    query = select(func.max(*(select(func.coalesce(func.max(table.c.seq), 0)).scalar_subquery() for table in TABLES)))
    return int(connection.scalar(query) or 0) + 1


def _all_chain_rows() -> Subquery:
    columns = ("id", "seq", "device", "previous")
    return union_all(*(select(*(table.c[name] for name in columns)) for table in TABLES)).subquery()


def _json_field(record: Column[str], name: str) -> ColumnElement[str]:
    return func.json_extract(record, f"$.{name}")
