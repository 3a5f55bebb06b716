"""All records of many articles at once, for what goes through a whole archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, select

from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.workflow import Article, Event, fold
from ovn_desk.store import records, schema


class Stamp(NamedTuple):
    """How many records of an article there are, and the last of each kind: another one when anything was added."""

    revisions: int
    newest_revision: int
    events: int
    newest_event: int


@dataclass(frozen=True, slots=True)
class History:
    """The records of one article as they were stored, and what they add up to; nothing where it has no text here."""

    revisions: Sequence[Revision] = ()
    events: Sequence[Event] = ()
    article: Article | None = None


def read(connection: Connection, articles: Sequence[ArticleId], *, strict: bool) -> dict[ArticleId, History]:
    """Of some hundred articles, in two queries."""
    revisions: dict[ArticleId, list[Revision]] = {}
    events: dict[ArticleId, list[Event]] = {}
    for article, name, record in _records(connection, schema.revisions, articles):
        revisions.setdefault(article, []).append(records.read_revision(record, id=name))
    for article, name, record in _records(connection, schema.events, articles):
        events.setdefault(article, []).append(records.read_event(record, id=name))
    return {
        article: History(made, done := events.get(article, []), fold(made, done, strict=strict))
        for article, made in revisions.items()
    }


def _records(
    connection: Connection, table: Table, articles: Sequence[ArticleId]
) -> Iterator[tuple[ArticleId, str, str]]:
    query = select(table.c.article, table.c.id, table.c.record).where(table.c.article.in_(articles))
    for article, name, record in connection.execute(query.order_by(table.c.seq)):
        yield article, name, record


def stamps(connection: Connection) -> dict[ArticleId, Stamp]:
    """Of every article, from the indexes alone."""
    made, done = (_counted(connection, table) for table in (schema.revisions, schema.events))
    return {article: Stamp(*counted, *done.get(article, (0, 0))) for article, counted in made.items()}


def _counted(connection: Connection, table: Table) -> dict[ArticleId, tuple[int, int]]:
    query = select(table.c.article, func.count(), func.max(table.c.seq)).group_by(table.c.article)
    return {article: (number, newest) for article, number, newest in connection.execute(query)}
