"""What places off this computer are known to hold: the hub as it was last compared, copies as they were read back.

A mark is a statement about this store's rows by their place in its order (`seq`), so that no clock has a say in it.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import delete, func, literal, select

from ovn_desk.domain.article import ArticleId, RevisionId
from ovn_desk.domain.workflow import Step
from ovn_desk.store import records, schema
from ovn_desk.store.chain import TABLES
from ovn_desk.store.changes import Kind
from ovn_desk.store.connecting import reading_connection
from ovn_desk.store.session import ReadTransaction
from ovn_desk.store.writing import WriteTransaction

HUB_PLACE = "hub "  # what the place of a hub begins with; its id follows
NEVER = datetime.fromisoformat("0001-01-01T00:00:00+00:00")
_PREFIX = "held at "  # of the settings' names
_MOST = 500  # variables in one statement


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What one place holds. `place` is `hub <id>`, or the folder of copies; `at` when that was seen, by this clock.

    It holds every record up to `seq` and those in `ranges` (first, last); of texts that are being written those with
    these tokens, of decisions that are being made those with these hashes. `lacks_files` says that some pictures or
    files of sources are not there. `file` is the newest copy's name, or the hub's address. `is_same_disk` says that it
    is on the disk that the store is on, and lost with it.
    """

    place: str
    at: datetime
    seq: int = 0
    ranges: tuple[tuple[int, int], ...] = ()
    lacks_files: bool = False
    texts: Mapping[ArticleId, str] = field(default_factory=dict)
    choices: Mapping[ArticleId, str] = field(default_factory=dict)
    file: str = ""
    is_same_disk: bool = False


class StoredRow(NamedTuple):
    """A record as a place lacks it; `article` is empty for news of people and settings."""

    id: str
    article: ArticleId
    at: datetime
    is_text: bool


class WrittenText(NamedTuple):
    """A text being written that says something else than its newest version, since a time."""

    article: ArticleId
    token: str
    since: datetime


def mark_of(reading: ReadTransaction, place: str) -> CopyMark | None:
    """What a place is known to hold; None for one that nothing is known of."""
    text = reading.setting(_PREFIX + place)
    return _read(place, text) if text else None


def marks(reading: ReadTransaction) -> list[CopyMark]:
    """What is known of every place."""
    table = schema.settings
    query = select(table.c.name, table.c.value).where(table.c.name.startswith(_PREFIX, autoescape=True))
    return [_read(name.removeprefix(_PREFIX), text) for name, text in reading.connection.execute(query) if text]


def keep(tx: WriteTransaction, mark: CopyMark) -> None:
    """Remember what a place holds now, in place of what was known of it."""
    values: dict[str, Any] = {"at": records.time_text(mark.at), "seq": mark.seq, "ranges": mark.ranges}
    values |= {"lacks_files": mark.lacks_files, "texts": dict(mark.texts), "file": mark.file}
    values |= {"choices": dict(mark.choices), "is_same_disk": mark.is_same_disk}
    tx.set_setting(_PREFIX + mark.place, json.dumps(values))


def forget(tx: WriteTransaction, place: str) -> None:
    """Forget a place, which holds nothing any more or is no place for copies."""
    tx.kinds |= Kind.SETTINGS
    tx.connection.execute(delete(schema.settings).where(schema.settings.c.name == _PREFIX + place))


def note_arrivals(tx: WriteTransaction, place: str, ids: Collection[str]) -> None:
    """Remember, in the transaction that stored them, that these records came from a place and so are there."""
    mark = mark_of(tx, place)
    if mark is None or not ids:
        return
    places = sorted(
        seq
        for some in _batches(sorted(ids))
        for table in TABLES
        for seq in tx.connection.scalars(select(table.c.seq).where(table.c.id.in_(some), table.c.seq > mark.seq))
    )
    if places:
        seq, ranges = _join_ranges(mark.seq, [*mark.ranges, *((one, one) for one in places)])
        keep(tx, replace(mark, seq=seq, ranges=ranges))


def read_copy(file: Path, place: str, at: datetime) -> CopyMark:
    """What a copy that was just made from this store holds, as it stands in the file."""
    with closing(reading_connection(file)) as connection:
        newest = [connection.execute(f"SELECT max(seq) FROM {table.name}").fetchone()[0] for table in TABLES]  # noqa: S608 - names from schema
        texts = {ArticleId(article): token for article, token in connection.execute(_TOKENS)}
        has_choices = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'choices'").fetchone()[0]
        choices = _choice_tokens(connection.execute(_CHOICES).fetchall() if has_choices else [])
    seq = max(number or 0 for number in newest)
    return CopyMark(place, at, seq, texts=texts, choices=choices, file=file.name)


def read_merged_copy(
    reading: ReadTransaction, file: Path, place: str, at: datetime, *, damaged: Collection[str] = ()
) -> CopyMark:
    """What of this store a copy holds that was merged into it, from whichever store it was made; not what is `damaged`.

    Its own order says nothing of this store's: its records are found by their ids.
    """
    mark = read_copy(file, place, at)
    with closing(reading_connection(file)) as connection:
        ids = {row[0] for table in TABLES for row in connection.execute(f"SELECT id FROM {table.name}")}  # noqa: S608 - names from schema
        files = {row[0] for row in connection.execute("SELECT sha256 FROM blobs")}
    places = places_in_order(reading, ids - set(damaged)).values()
    seq, ranges = _join_ranges(0, [(one, one) for one in places])
    here = set(reading.connection.scalars(select(schema.blobs.c.sha256)))
    return replace(mark, seq=seq, ranges=ranges, lacks_files=bool(here - (files - set(damaged))))


_TOKENS = "SELECT article, token FROM working_copies"
_CHOICES = "SELECT article, conflict, choice FROM choices ORDER BY article, conflict"


def choice_tokens(reading: ReadTransaction) -> dict[ArticleId, str]:
    """Article → a hash of what was chosen and written there in a decision that is not made yet."""
    return _choice_tokens([tuple(row) for row in reading.connection.exec_driver_sql(_CHOICES)])


def _choice_tokens(rows: Sequence[tuple[Any, ...]]) -> dict[ArticleId, str]:
    said: dict[ArticleId, list[tuple[str, str]]] = {}
    for article, conflict, choice in rows:
        said.setdefault(ArticleId(article), []).append((conflict, choice))
    return {article: hashlib.sha256(json.dumps(found).encode()).hexdigest() for article, found in said.items()}


def rows_lacking(reading: ReadTransaction, marks: Sequence[CopyMark], *, limit: int) -> list[StoredRow]:
    """The records of this store that none of these places holds, oldest first; at most `limit` of them.

    That somebody read a story is none that anybody would miss.
    """
    found: list[tuple[int, StoredRow]] = []
    for table in TABLES:
        ranges = [~table.c.seq.between(*one) for mark in marks for one in mark.ranges]
        article = table.c.article if "article" in table.c else literal("")
        query = select(table.c.seq, table.c.id, article, func.json_extract(table.c.record, "$.at"))
        query = query.where(table.c.seq > max((mark.seq for mark in marks), default=0), *ranges)
        if table is schema.events:
            query = query.where(func.json_extract(table.c.record, "$.step") != Step.READ)
        for seq, name, filed, at in reading.connection.execute(query.order_by(table.c.seq).limit(limit)):
            is_text = table is schema.revisions
            found.append((seq, StoredRow(name, ArticleId(filed), datetime.fromisoformat(at), is_text)))
    return [row for _, row in sorted(found, key=lambda one: one[0])][:limit]


def filings_lacking(reading: ReadTransaction, marks: Sequence[CopyMark]) -> frozenset[ArticleId]:
    """The articles with a filing that none of these places holds."""
    table = schema.events
    ranges = [~table.c.seq.between(*one) for mark in marks for one in mark.ranges]
    query = select(table.c.article).where(table.c.seq > max((mark.seq for mark in marks), default=0), *ranges)
    query = query.where(func.json_extract(table.c.record, "$.step") == Step.FILE)
    return frozenset(map(ArticleId, reading.connection.scalars(query)))


def with_gaps(mark: CopyMark, lacking: Collection[int]) -> CopyMark:
    """The mark of a place that does not hold these records either, which it was known to hold."""
    gone = set(lacking)
    ranges = [(1, mark.seq), *mark.ranges]
    kept: list[tuple[int, int]] = []
    for first, last in ranges:
        ends = [first - 1, *sorted(one for one in gone if first <= one <= last), last + 1]
        kept += [(before + 1, after - 1) for before, after in pairwise(ends) if after - before > 1]
    seq, joined = _join_ranges(0, kept)
    return replace(mark, seq=seq, ranges=joined)


def covers(mark: CopyMark, other: CopyMark) -> bool:
    """Whether a place holds every record that another does."""
    held = [(1, mark.seq), *mark.ranges]
    wanted = [one for one in [(1, other.seq), *other.ranges] if one[0] <= one[1]]
    return all(any(first <= start and end <= last for first, last in held) for start, end in wanted)


def is_held(mark: CopyMark, seq: int) -> bool:
    """Whether a place is known to hold the record at this place in the store's order."""
    return seq <= mark.seq or any(first <= seq <= last for first, last in mark.ranges)


def places_in_order(reading: ReadTransaction, ids: Collection[str]) -> dict[str, int]:
    """Id → its place in this store's order, of those of these records that are here."""
    return {
        name: seq
        for some in _batches(sorted(ids))
        for table in TABLES
        for name, seq in reading.connection.execute(select(table.c.id, table.c.seq).where(table.c.id.in_(some)))
    }


def written_texts(reading: ReadTransaction) -> list[WrittenText]:
    """Every text being written that says something else than the versions it stands on and before."""
    found = []
    for copy in reading.working_copies():
        listed = reading.listed_state(copy.article)
        known = {name for name in (copy.base, RevisionId(listed[1]) if listed else None) if name}
        versions = [reading.revision(name) for name in sorted(known)]
        if all(copy.content != version.content for version in versions):
            found.append(WrittenText(copy.article, copy.token, copy.begun_at or copy.kept_at))
    return found


def _join_ranges(seq: int, ranges: Sequence[tuple[int, int]]) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Up to where everything is there, and the ranges behind it, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if first <= seq + 1:
            seq = max(seq, last)
        elif joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return seq, tuple(joined)


def _read(place: str, text: str) -> CopyMark:
    found = json.loads(text)
    return CopyMark(
        place,
        datetime.fromisoformat(found["at"]),
        found["seq"],
        tuple((first, last) for first, last in found["ranges"]),
        found["lacks_files"],
        {ArticleId(article): token for article, token in found["texts"].items()},
        {ArticleId(article): token for article, token in found.get("choices", {}).items()},
        found["file"],
        found.get("is_same_disk", False),
    )


def _batches(items: Sequence[str]) -> list[Sequence[str]]:
    return [items[start : start + _MOST] for start in range(0, len(items), _MOST)]
