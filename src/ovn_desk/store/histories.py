"""All records of many articles at once, and which of them count."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select

from ovn_desk.domain.article import ArticleId, EventId, Revision, RevisionId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import Roster
from ovn_desk.domain.standing import NOBODY, SignedRecord, Standing
from ovn_desk.domain.workflow import Article, Event, Step, fold
from ovn_desk.messages import Message
from ovn_desk.store import records, schema
from ovn_desk.store.verification import VerifiedSignatures

StandingOf = Callable[[SignedRecord], Standing]
_UNSIGNED = Standing(NOBODY, Message("record-signature-wrong"))
_UNCOMBINED = Standing(NOBODY, Message("record-not-combined"))


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
    """The records of one article that count, and what they add up to; nothing where none of its texts does.

    `others` are here and move nothing; `article` says why.
    """

    revisions: Sequence[Revision] = ()
    events: Sequence[Event] = ()
    article: Article | None = None
    others: Sequence[Revision | Event] = ()

    @property
    def is_untouched(self) -> bool:
        """Whether the story was only begun: there is one version, and no word in it."""
        return len(self.revisions) == 1 and not (self.events or self.others) and self.revisions[0].content.is_empty


@dataclass(frozen=True, slots=True)
class Law:
    """What says whether a record counts: the roster, how a person stood in it, and whether the house is strict."""

    roster: Roster
    standing: StandingOf
    verified: VerifiedSignatures
    is_strict: bool

    def is_signed(self, record: SignedRecord, signature: str, seal: bytes | None) -> bool:
        """Whether the signature holds under a key of the person it names."""
        key = self.roster.bearer(record.key)
        is_theirs = key is not None and key.person == record.by
        return is_theirs and key is not None and self.verified.holds(record.id, key.public, signature, seal)


def read_histories(connection: Connection, articles: Sequence[ArticleId], law: Law) -> dict[ArticleId, History]:
    """Read and judge all records of some hundred articles, in three queries.

    Records of a newer desk, which this one can only pass on, are named in `Article.newer`.
    """
    revisions: dict[ArticleId, list[Revision]] = {}
    events: dict[ArticleId, list[Event]] = {}
    seals: dict[str, bytes | None] = {}
    for article, name, record, signature, seal in _records(connection, schema.revisions, articles):
        revisions.setdefault(article, []).append(records.read_revision(record, id=name, signature=signature))
        seals[name] = seal
    for article, name, record, signature, seal in _records(connection, schema.events, articles):
        events.setdefault(article, []).append(records.read_event(record, id=name, signature=signature))
        seals[name] = seal
    newer: dict[ArticleId, list[EventId]] = {}
    for article, name in connection.execute(
        _newer(schema.quarantine.c.id).where(schema.quarantine.c.article.in_(articles))
    ):
        newer.setdefault(article, []).append(name)
    return {
        article: _history(made, events.get(article, []), seals, law, newer.get(article, ()))
        for article, made in revisions.items()
    }


def fingerprints(connection: Connection, articles: Sequence[ArticleId]) -> dict[ArticleId, str]:
    """Article → SHA-256 over its records as they are stored, of some hundred; another one when a byte of them changes.

    A Stamp tells what was added while the desk is open; this tells what is the same in another run.
    """
    found = {article: hashlib.sha256() for article in articles}
    for table in (schema.revisions, schema.events):
        query = select(table.c.article, table.c.id, table.c.record, table.c.signature).order_by(table.c.seq)
        for article, *texts in connection.execute(query.where(table.c.article.in_(articles))):
            for text in texts:
                data = text.encode()
                found[article].update(len(data).to_bytes(8, "big") + data)
    newer = _newer(schema.quarantine.c.id).where(schema.quarantine.c.article.in_(articles))
    for article, name in connection.execute(newer.order_by(schema.quarantine.c.id)):
        found[article].update(name.encode())
    return {article: made.hexdigest() for article, made in found.items()}


def _history(
    made: list[Revision], done: list[Event], seals: Mapping[str, bytes | None], law: Law, newer: Sequence[EventId]
) -> History:
    known: Mapping[RevisionId, Revision] = {one.id: one for one in made}

    def judge(record: Revision | Event) -> Standing:
        seal = seals.get(record.id)
        if isinstance(record, Revision) and record.is_combined and not record.key:
            return Standing(NOBODY) if law.verified.is_combined(record, known, seal) else _UNCOMBINED
        return law.standing(record) if law.is_signed(record, record.signature, seal) else _UNSIGNED

    try:
        article = fold(made, done, judge, strict=law.is_strict)
    except DeskError:
        return History(others=(*made, *done))
    left = {one.id for one in article.uncounted}
    every: list[Revision | Event] = [*made, *done]
    return History(
        [one for one in made if one.id not in left],
        [one for one in done if one.id not in left],
        replace(article, newer=(*article.newer, *newer)),
        [one for one in every if one.id in left],
    )


def addresses(connection: Connection) -> Iterator[tuple[str, ArticleId]]:
    """Each path that a record names as a page's address, with its article; whether the record counts is not asked."""
    table = schema.events
    path = func.json_extract(table.c.record, "$.details.path")
    steps = [func.instr(table.c.record, f'"step":"{step}"') > 0 for step in (Step.PUBLISH, Step.MOVE)]
    query = select(path, table.c.article).where(or_(*steps), path.is_not(None)).order_by(table.c.seq)
    for row in connection.execute(query):
        yield row[0], row[1]


def _records(
    connection: Connection, table: Table, articles: Sequence[ArticleId]
) -> Iterator[tuple[ArticleId, str, str, str, bytes | None]]:
    sealed = schema.verified
    query = (
        select(table.c.article, table.c.id, table.c.record, table.c.signature, sealed.c.seal)
        .outerjoin(sealed, sealed.c.id == table.c.id)
        .where(table.c.article.in_(articles))
    )
    for row in connection.execute(query.order_by(table.c.seq)):
        yield tuple(row)


def _newer(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(schema.quarantine.c.article, *columns).where(schema.quarantine.c.is_newer == 1)


def stamps(connection: Connection) -> dict[ArticleId, Stamp]:
    """The Stamp of every article, from the indexes alone."""
    made, done = (_record_counts(connection, table) for table in (schema.revisions, schema.events))
    counted = _newer(func.count()).group_by(schema.quarantine.c.article)
    held = {article: number for article, number in connection.execute(counted)}  # noqa: C416 - rows are no pairs
    return {
        article: Stamp(*numbers, *done.get(article, (0, 0)), held.get(article, 0)) for article, numbers in made.items()
    }


def _record_counts(connection: Connection, table: Table) -> dict[ArticleId, tuple[int, int]]:
    query = select(table.c.article, func.count(), func.max(table.c.seq)).group_by(table.c.article)
    return {article: (number, newest) for article, number, newest in connection.execute(query)}
