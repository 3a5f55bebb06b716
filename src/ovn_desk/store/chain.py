"""The events as links of their devices' chains: what each says it follows, and where that is stored."""

from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, func, select

from ovn_desk.domain.article import ArticleId, DeviceId, EventId
from ovn_desk.store.schema import events


class Link(NamedTuple):
    """One event: `article` and `device` as it is filed under, `said_article` and `said_device` as its record says.

    `seq` is its place in the store, `previous_seq` that of the event it follows; none where that is not stored.
    """

    id: EventId
    seq: int
    article: ArticleId
    device: DeviceId
    said_article: ArticleId
    said_device: DeviceId
    at: str
    previous: EventId | None
    previous_seq: int | None
    previous_device: DeviceId | None
    previous_at: str | None


def links(connection: Connection, article: ArticleId | None) -> list[Link]:
    """The events of one article, or all, in the order they were stored."""
    before = events.alias("before")
    previous = _said(events.c.record, "previous")
    query = (
        select(
            *(events.c[name] for name in ("id", "seq", "article", "device")),
            *(_said(events.c.record, name) for name in ("article", "device", "at")),
            previous,
            before.c.seq,
            before.c.device,
            _said(before.c.record, "at"),
        )
        .outerjoin(before, before.c.id == previous)
        .order_by(events.c.seq)
    )
    if article is not None:
        query = query.where(events.c.article == article)
    return [Link(*row) for row in connection.execute(query)]


def chain(connection: Connection, device: DeviceId) -> dict[EventId, EventId | None]:
    """Each event of a device with the one it follows there."""
    query = select(events.c.id, _said(events.c.record, "previous")).where(events.c.device == device)
    return {EventId(name): previous for name, previous in connection.execute(query)}


def ends(connection: Connection) -> list[EventId]:
    """The events that no other one of their device follows."""
    followed = select(_said(events.c.record, "previous")).where(_said(events.c.record, "previous").is_not(None))
    return [EventId(name) for name in connection.scalars(select(events.c.id).where(events.c.id.not_in(followed)))]


def _said(record: Column[str], name: str) -> ColumnElement[str]:
    return func.json_extract(record, f"$.{name}")
