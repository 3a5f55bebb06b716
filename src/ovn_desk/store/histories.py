"""All records of many articles at once, for what goes through a whole archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from ovn_desk.domain.article import ArticleId, Content, EventId, Revision
from ovn_desk.domain.workflow import Article, Event, Step, fold, in_order
from ovn_desk.store import records, schema


class Stamp(NamedTuple):
    """How many records of an article there are, and the last of each kind: another one when anything was added.

    `held` counts what a newer desk wrote, which this one can only pass on.
    """

    revisions: int
    newest_revision: int
    events: int
    newest_event: int
    held: int


@dataclass(frozen=True, slots=True)
class History:
    """The records of one article as they were stored, and what they add up to; nothing where it has no text here."""

    revisions: Sequence[Revision] = ()
    events: Sequence[Event] = ()
    article: Article | None = None


def read(connection: Connection, articles: Sequence[ArticleId], *, strict: bool) -> dict[ArticleId, History]:
    """Of some hundred articles, in three queries; with what a newer desk wrote and this one can only pass on."""
    revisions: dict[ArticleId, list[Revision]] = {}
    events: dict[ArticleId, list[Event]] = {}
    for article, name, record in _records(connection, schema.revisions, articles):
        revisions.setdefault(article, []).append(records.read_revision(record, id=name))
    for article, name, record in _records(connection, schema.events, articles):
        events.setdefault(article, []).append(records.read_event(record, id=name))
    newer: dict[ArticleId, list[EventId]] = {}
    for article, name in connection.execute(_newer(schema.held.c.id).where(schema.held.c.article.in_(articles))):
        newer.setdefault(article, []).append(name)
    found: dict[ArticleId, History] = {}
    for article, made in revisions.items():
        done = events.get(article, [])
        folded = fold(made, done, strict=strict)
        found[article] = History(made, done, replace(folded, newer=(*folded.newer, *newer.get(article, ()))))
    return found


def first_published(revisions: Sequence[Revision], events: Sequence[Event]) -> Content | None:
    """What an article said when readers first had it: its address is made from that, and stays."""
    approved = ""
    for event in in_order(events) if any(event.step is Step.PUBLISH for event in events) else ():
        if event.step is Step.APPROVE:
            approved = event.revision
        elif event.step is Step.PUBLISH:
            return next((one.content for one in revisions if one.id == approved), None)
    return None


def _records(
    connection: Connection, table: Table, articles: Sequence[ArticleId]
) -> Iterator[tuple[ArticleId, str, str]]:
    query = select(table.c.article, table.c.id, table.c.record).where(table.c.article.in_(articles))
    for row in connection.execute(query.order_by(table.c.seq)):
        yield row.article, row.id, row.record


def _newer(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(schema.held.c.article, *columns).where(schema.held.c.is_newer == 1)


def stamps(connection: Connection) -> dict[ArticleId, Stamp]:
    """Of every article, from the indexes alone."""
    made, done = (_counted(connection, table) for table in (schema.revisions, schema.events))
    counted = _newer(func.count()).group_by(schema.held.c.article)
    held = {article: number for article, number in connection.execute(counted)}  # noqa: C416 - rows are no pairs
    return {
        article: Stamp(*numbers, *done.get(article, (0, 0)), held.get(article, 0)) for article, numbers in made.items()
    }


def _counted(connection: Connection, table: Table) -> dict[ArticleId, tuple[int, int]]:
    query = select(table.c.article, func.count(), func.max(table.c.seq)).group_by(table.c.article)
    return {article: (number, newest) for article, number, newest in connection.execute(query)}
