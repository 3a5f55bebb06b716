"""The immutable records as they travel between stores: read in pages, put in as they came, counted and compared."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, func, insert, literal, select, union_all
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.workflow import Step
from ovn_desk.store import chain, changes, records, schema
from ovn_desk.store.session import ReadTransaction
from ovn_desk.store.writing import WriteTransaction

AT_ONCE = 500  # variables in one statement


class RecordRow(NamedTuple):
    """One record as it travels; `kind` is that of the tag its hash begins with, as `revision/2`."""

    kind: str
    id: str
    record: str
    signature: str = ""

    @property
    def size(self) -> int:
        return len(self.record.encode())

    @property
    def is_reading(self) -> bool:
        """Whether it says that somebody read a story, and nothing more."""
        return self.kind.startswith("event/") and bool(json.loads(self.record).get("step") == Step.READ)


class PlacedRow(NamedTuple):
    """A row with its place in this store and the article it is filed under; empty for the roster and the house."""

    seq: int
    row: RecordRow
    article: ArticleId


class Total(NamedTuple):
    """How many records there are of something, and the XOR of their ids: equal sets have equal totals."""

    number: int = 0
    mixed: int = 0

    def with_id(self, name: str) -> "Total":
        """The total with one more record of this id."""
        return Total(self.number + 1, self.mixed ^ int(name, 16))

    @property
    def text(self) -> str:
        return f"{self.number}:{self.mixed:064x}"


@dataclass(frozen=True, slots=True)
class Kind:
    """Where records of one kind are kept; `columns` are those beside id and record, each named as in the record."""

    table: Table
    columns: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    records.ROSTER: Kind(schema.roster, ()),
    records.HOUSE: Kind(schema.houses, ()),
    records.REVISION: Kind(schema.revisions, ("article",)),
    records.EVENT: Kind(schema.events, ("article",)),
}


_CHANGED: Mapping[str, changes.Kind] = {
    records.ROSTER: changes.Kind.ROSTER,
    records.HOUSE: changes.Kind.HOUSE,
    records.REVISION: changes.Kind.TEXTS,
    records.EVENT: changes.Kind.EVENTS,
}


def page(reading: ReadTransaction, kind: str, *, after: int, limit: int) -> list[PlacedRow]:
    """Records of one kind from behind a place, in the order they were stored: each after those it rests on."""
    table = KINDS[kind].table
    query = _columns(kind).where(table.c.seq > after).order_by(table.c.seq).limit(limit)
    return [_placed_row(kind, row) for row in reading.connection.execute(query)]


def rows(reading: ReadTransaction, articles: Collection[ArticleId] | None = None) -> Iterator[RecordRow]:
    """The whole roster and house, and every record of these articles, or of all; those that wait come last."""
    for kind in KINDS:
        if KINDS[kind].columns and articles is not None:
            for some in batches(articles):
                query = _columns(kind).where(KINDS[kind].table.c.article.in_(some))
                for row in reading.connection.execute(query.order_by(KINDS[kind].table.c.seq)):
                    yield _placed_row(kind, row).row
            continue
        for row in reading.connection.execute(_columns(kind).order_by(KINDS[kind].table.c.seq)):
            yield _placed_row(kind, row).row
    yield from (row for row, article in quarantined_rows(reading) if articles is None or article in articles)


def rows_by_id(reading: ReadTransaction, ids: Collection[str]) -> list[RecordRow]:
    """The rows with these ids, in an order in which they can be put in."""
    found: list[PlacedRow] = []
    for kind in KINDS:
        some = [row for batch in batches(ids) for row in _rows_by_id(reading, kind, batch)]
        found += sorted(some, key=lambda placed: placed.seq)
    wanted = set(ids)
    return [placed.row for placed in found] + [row for row, _ in quarantined_rows(reading) if row.id in wanted]


def ids_in_place(reading: ReadTransaction, ids: Collection[str]) -> set[str]:
    """Those of these ids that are stored as records here; quarantined rows do not count."""
    tables = [kind.table for kind in KINDS.values()]
    return {
        name
        for some in batches(ids)
        for table in tables
        for name in reading.connection.scalars(select(table.c.id).where(table.c.id.in_(some)))
    }


def filed_articles(reading: ReadTransaction, ids: Collection[str]) -> dict[str, str]:
    """Id → article, of those of these revisions and events that are stored here."""
    tables = [kind.table for kind in KINDS.values() if "article" in kind.columns]
    return {
        row.id: row.article
        for some in batches(ids)
        for table in tables
        for row in reading.connection.execute(select(table.c.id, table.c.article).where(table.c.id.in_(some)))
    }


def counted_under(reading: ReadTransaction, ids: Collection[str]) -> dict[str, ArticleId]:
    """Id → the article it is counted under in `totals`, of those of these ids that are stored or quarantined here."""
    found = {name: ArticleId("") for name in ids_in_place(reading, ids)}
    found |= {name: ArticleId(article) for name, article in filed_articles(reading, ids).items()}
    wanted = set(ids)
    return found | {row.id: article for row, article in quarantined_rows(reading) if row.id in wanted}


def first_revision(reading: ReadTransaction, article: ArticleId) -> str:
    """The id of the revision an article begins with; empty where it is not here."""
    table = schema.revisions
    parents = func.json_extract(table.c.record, "$.parents")
    query = select(table.c.id).where(table.c.article == article, parents == "[]").limit(1)
    return reading.connection.scalar(query) or ""


def by_people(reading: ReadTransaction, people: Collection[StaffId]) -> set[ArticleId]:
    """The articles that one of these people wrote in, or did something about."""
    return {
        article
        for table in (schema.revisions, schema.events)
        for some in batches(people)
        for article in reading.connection.scalars(
            select(table.c.article).where(func.json_extract(table.c.record, "$.by").in_(some)).distinct()
        )
    }


def count_signed(reading: ReadTransaction, key: str) -> int:
    """How many revisions and events here were signed with a key, whether they count or not."""
    tables = [kind.table for kind in KINDS.values() if "article" in kind.columns]
    named = [select(func.count()).where(func.json_extract(table.c.record, "$.key") == key) for table in tables]
    return sum(reading.connection.scalar(query) or 0 for query in named)


def quarantined_rows(reading: ReadTransaction) -> list[tuple[RecordRow, ArticleId]]:
    """The rows in quarantine, each with its article, by kind and id."""
    table = schema.quarantine
    columns = (table.c.kind, table.c.id, table.c.record, table.c.signature, table.c.article)
    query = select(*columns).order_by(table.c.kind, table.c.id)
    return [(RecordRow(*row[:4]), ArticleId(row[4])) for row in reading.connection.execute(query)]


def has_quarantined(reading: ReadTransaction) -> bool:
    """Whether anything came that is not in its place yet."""
    return reading.connection.scalar(select(func.count()).select_from(schema.quarantine)) != 0


def reasons(reading: ReadTransaction) -> dict[str, str]:
    """Id → why the row is in quarantine."""
    table = schema.quarantine
    return {name: why for name, why in reading.connection.execute(select(table.c.id, table.c.why))}  # noqa: C416


def totals(reading: ReadTransaction, articles: Collection[ArticleId] | None = None) -> dict[ArticleId, Total]:
    """The total of each article, or of these; under the empty name that of the roster."""
    found: dict[ArticleId, Total] = {}
    for name, article in _filed_ids(reading, articles):
        found[article] = found.get(article, Total()).with_id(name)
    return found


def totals_of_others(
    reading: ReadTransaction, device: str, articles: Collection[ArticleId] | None = None
) -> dict[ArticleId, Total]:
    """The total of each article, or of these, without the records that a device made; those of its own alone have 0."""
    tables = (schema.revisions, schema.events)
    own = [select(table.c.id).where(table.c.device == device) for table in tables]
    made = func.json_extract(schema.quarantine.c.record, "$.device")
    own.append(select(schema.quarantine.c.id).where(made == device))
    names = {name for query in own for name in reading.connection.scalars(query)}
    found: dict[ArticleId, Total] = {}
    for name, article in _filed_ids(reading, articles):
        before = found.setdefault(article, Total())
        found[article] = before if name in names else before.with_id(name)
    return found


def newest_places(reading: ReadTransaction, articles: Collection[ArticleId]) -> dict[ArticleId, tuple[int, int]]:
    """Article → where its newest record stands in this store's order, and that of the roster, by which it counts."""
    people = reading.connection.scalar(select(func.max(schema.roster.c.seq))) or 0
    found: dict[ArticleId, tuple[int, int]] = {}
    for some in batches(articles):
        for table in (schema.revisions, schema.events):
            query = select(table.c.article, func.max(table.c.seq)).where(table.c.article.in_(some))
            for article, seq in reading.connection.execute(query.group_by(table.c.article)):
                found[article] = max(found.get(article, (0, people)), (seq, people))
    return found


def newest_articles(reading: ReadTransaction, limit: int) -> set[ArticleId]:
    """The articles of which something was stored last."""
    tables = (schema.revisions, schema.events)
    filed = union_all(*(select(table.c.article, table.c.seq) for table in tables)).subquery()
    query = select(filed.c.article).group_by(filed.c.article).order_by(func.max(filed.c.seq).desc()).limit(limit)
    return {ArticleId(article) for article in reading.connection.scalars(query)}


def wordless_articles(reading: ReadTransaction, articles: Collection[ArticleId]) -> set[ArticleId]:
    """Those of these articles that are one version without words and nothing else: begun, and left as they were."""
    found = set[ArticleId]()
    for some in batches(articles):
        done = select(schema.events.c.article).where(schema.events.c.article.in_(some))
        query = select(schema.revisions.c.article).where(schema.revisions.c.article.in_(some))
        query = query.where(schema.revisions.c.article.not_in(done)).group_by(schema.revisions.c.article)
        alone = map(ArticleId, reading.connection.scalars(query.having(func.count() == 1)))
        found |= {one for one in alone if reading.history(one).is_untouched}
    return found - {article for _, article in quarantined_rows(reading)} if found else found


def fully_known_to(reading: ReadTransaction, person: str, articles: Collection[ArticleId]) -> set[ArticleId]:
    """Those of these articles of which a person has every record that is here, as their own records prove.

    Each record names those of its article that its maker had, and these name theirs. Only what was made on the device
    counts that the person used last: another may have been lost, with what was on it. What somebody wrote at this very
    computer is here, and proves nothing about their own.
    """
    device, keys = _last_device(reading, person), reading.roster().keys
    if device == reading.device():
        return set()
    wanted, found = by_people(reading, {StaffId(person)}) & set(articles), set[ArticleId]()
    own_keys = {name for name, key in keys.items() if key.person == person}
    waiting = {article for _, article in quarantined_rows(reading)} if wanted else set()
    for some in batches(wanted - waiting):
        names: dict[ArticleId, dict[str, set[str]]] = {}
        own: dict[ArticleId, set[str]] = {}
        for table in (schema.revisions, schema.events):
            query = select(table.c.article, table.c.id, table.c.device, table.c.record).where(table.c.article.in_(some))
            for article, name, made_on, record in reading.connection.execute(query):
                data = json.loads(record)
                before = {*data.get("after", ()), *data.get("parents", ())}
                names.setdefault(article, {})[name] = before | {data.get("revision", "")}
                if made_on == device and data["by"] == person and data.get("key") in own_keys:
                    own.setdefault(article, set()).add(name)
        found |= {
            ArticleId(article) for article in own if _all_below(own[article], names[article]) >= names[article].keys()
        }
    return found


def _last_device(reading: ReadTransaction, person: str) -> str:
    """The device that made the last record of a person that came here."""
    tables = (schema.revisions, schema.events)
    made = union_all(
        *(
            select(table.c.seq, table.c.device).where(func.json_extract(table.c.record, "$.by") == person)
            for table in tables
        )
    ).subquery()
    return reading.connection.scalar(select(made.c.device).order_by(made.c.seq.desc()).limit(1)) or ""


def _all_below(begin: Collection[str], before: Mapping[str, Collection[str]]) -> set[str]:
    """These records and all that they rest on."""
    met, to_visit = set[str](), list(begin)
    while to_visit:
        if (name := to_visit.pop()) not in met:
            met.add(name)
            to_visit += before.get(name, ())
    return met


def total(reading: ReadTransaction) -> Total:
    """The total of all records, quarantined ones included."""
    whole = Total()
    for name, _ in _filed_ids(reading, None):
        whole = whole.with_id(name)
    return whole


def insert_row(tx: WriteTransaction, row: RecordRow, data: Mapping[str, Any]) -> None:
    """Stores a row that was verified; `data` is its record read as JSON. What is derived is not made anew."""
    kind = KINDS[row.kind]
    tx.kinds |= _CHANGED[row.kind]
    values = {name: data[name] for name in kind.columns}
    values |= {"device": data["device"], "previous": data.get("previous", "")}
    place = chain.next_place(tx.connection)
    statement = upsert(kind.table).values(seq=place, id=row.id, record=row.record, signature=row.signature, **values)
    tx.connection.execute(statement.on_conflict_do_nothing())
    tx.connection.execute(delete(schema.quarantine).where(schema.quarantine.c.id == row.id))
    tx.forget_article(ArticleId(values.get("article", "")))


def quarantine_row(tx: WriteTransaction, row: RecordRow, article: str, why: str, *, is_newer: bool) -> None:
    """Put a row into quarantine: what it rests on is not here yet, or a newer desk wrote it."""
    values: dict[str, Any] = {"kind": row.kind, "article": article, "record": row.record, "signature": row.signature}
    values |= {"is_newer": int(is_newer), "why": why}
    statement = upsert(schema.quarantine).values(id=row.id, **values)
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def drop_quarantined(tx: WriteTransaction, name: str) -> None:
    """Delete a row from quarantine that was refused."""
    tx.connection.execute(delete(schema.quarantine).where(schema.quarantine.c.id == name))


def blobs(reading: ReadTransaction) -> set[str]:
    """The SHA-256 of every file here."""
    return set(reading.connection.scalars(select(schema.blobs.c.sha256)))


def peer_totals(reading: ReadTransaction, person: str) -> dict[str, str]:
    """Article → total (text) that a colleague had by their newest bundle."""
    table = schema.peers
    rows = reading.connection.execute(select(table.c.article, table.c.total).where(table.c.person == person))
    return {article: text for article, text in rows}  # noqa: C416


def set_peer_totals(tx: WriteTransaction, person: str, totals: Mapping[str, str]) -> None:
    """Remembers what a colleague has; articles that are not named stay as they were."""
    rows = [{"person": person, "article": article, "total": text} for article, text in totals.items()]
    for some in batches(rows, 100):
        tx.connection.execute(
            delete(schema.peers).where(
                schema.peers.c.person == person, schema.peers.c.article.in_([row["article"] for row in some])
            )
        )
        tx.connection.execute(insert(schema.peers), some)


def batches(items: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Split items into lists of at most `size`."""
    found = list(items)
    for start in range(0, len(found), size):
        yield found[start : start + size]


def _columns(kind: str) -> Any:
    table = KINDS[kind].table
    article = table.c.article if "article" in KINDS[kind].columns else literal("")
    return select(table.c.seq, table.c.id, table.c.record, table.c.signature, article)


def _placed_row(kind: str, row: Sequence[Any]) -> PlacedRow:
    seq, name, record, signature, article = row
    return PlacedRow(seq, RecordRow(kind, name, record, signature), article)


def _rows_by_id(reading: ReadTransaction, kind: str, ids: list[str]) -> list[PlacedRow]:
    query = _columns(kind).where(KINDS[kind].table.c.id.in_(ids))
    return [_placed_row(kind, row) for row in reading.connection.execute(query)]


def _filed_ids(reading: ReadTransaction, articles: Collection[ArticleId] | None) -> Iterator[tuple[str, ArticleId]]:
    tables = [(kind.table, "article" in kind.columns) for kind in KINDS.values()] + [(schema.quarantine, True)]
    for table, is_filed in tables:
        query = select(table.c.id, table.c.article if is_filed else literal(""))
        for some in [None] if articles is None else batches(articles):
            if some is not None and not is_filed:
                continue
            wanted = query if some is None else query.where(table.c.article.in_(some))
            yield from ((row[0], row[1]) for row in reading.connection.execute(wanted))
