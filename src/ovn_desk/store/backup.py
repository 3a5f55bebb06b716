"""Copies of the store: made whole, checked before they count, kept by age, and merged back."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine

from ovn_desk import files
from ovn_desk.domain.article import ArticleId, DeviceId, Revision, RevisionId, WorkingCopy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Event
from ovn_desk.messages import Message
from ovn_desk.store import chain, records, trouble
from ovn_desk.store.connecting import naming_trouble, reading_connection
from ovn_desk.store.trouble import StoreTrouble
from ovn_desk.store.writing import WriteTransaction

SUFFIX = ".ovn"
_KEEP_ALL = timedelta(days=2)
_KEPT = (("%Y-%m-%d", 12), ("%G-%V", 10), ("%Y-%m", 9))  # days, weeks, months: docs/design/store-and-sync.md


_READ: Mapping[str, Callable[..., records.AnyRecord]] = {
    "roster": records.read_roster,
    "houses": records.read_house_record,
    "revisions": records.read_revision,
    "events": records.read_event,
}


def folder_for(path: Path) -> Path:
    """The folder of the backups of the store at `path`: beside it."""
    return path.with_name(path.stem + "-backups")


def make(engine: Engine, path: Path, *, to: Path | None = None, reason: str = "backup") -> Path:
    """Copy the store at `path` into `to`, or the folder beside it, under a name made of the time; verify the copy."""
    folder = to or folder_for(path)
    name = f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{reason}{SUFFIX}"
    try:
        with files.making(folder / name, family=f"{path.stem}-") as unfinished:
            with _naming_trouble(folder, path), engine.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
            if damaged := find_damage(unfinished):
                raise DeskError("backup-damaged", fault=damaged[0][1])
    except OSError as error:
        raise DeskError("backup-not-writable", folder=folder, reason=files.reason(error)) from error
    return folder / name


@contextmanager
def _naming_trouble(folder: Path, path: Path) -> Iterator[None]:
    """Raises what goes wrong with a copy of the store at `path` as a sentence about the folder it was to be in."""
    try:
        with naming_trouble(folder / path.name):
            yield
    except StoreTrouble as error:
        if error.kind not in trouble.NO_ROOM:
            raise
        size = math.ceil(path.stat().st_size / trouble.MB)
        raise DeskError("backup-disk-full", folder=folder, megabytes=size) from error


def find_damage(path: Path) -> list[tuple[str, Message]]:
    """Verify every hash in a store file; (id, reason) of each record or file that is not what its hash says."""
    try:
        with closing(reading_connection(path)) as connection:
            return list(_damage(connection))
    except driver.DatabaseError as error:
        return [("file", Message(str(error)))]


def _damage(connection: Any) -> Iterator[tuple[str, Message]]:
    yield from (("file", Message(row[0])) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    for table, read in _READ.items():
        if not _has(connection, table):
            continue
        for name, record in connection.execute(f"SELECT id, record FROM {table}"):  # noqa: S608 - two names from above
            try:
                _check_texts(name, record)
                read(record, id=name)
            except records.DamagedRecordError as error:
                yield error.record, error.reason
            except DeskError as error:  # what a newer desk wrote
                yield name, error.message
    for name, _, data in _blobs(connection):
        try:
            _check_bytes(name, data)
            records.read_blob(data, sha256=name)
        except records.DamagedRecordError as error:
            yield error.record, error.reason


def _blobs(connection: Any) -> Iterator[tuple[str, str, bytes]]:
    """SHA-256, media type and bytes of each stored file; a copy made before schema 0002 has none."""
    if _has(connection, "blobs"):
        yield from connection.execute("SELECT sha256, media, data FROM blobs")


def _has(connection: Any, table: str) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def thin_backups(folder: Path, *, now: datetime) -> list[Path]:
    """Removes and returns old copies: all of two days stay, then 12 daily, 10 weekly and 9 monthly."""
    copies = sorted(folder.glob(f"*{SUFFIX}"), reverse=True)
    times = {copy: datetime.fromtimestamp(copy.stat().st_mtime, UTC) for copy in copies}
    keep = {copy for copy, made in times.items() if now - made <= _KEEP_ALL} | set(copies[:1])
    for pattern, number in _KEPT:
        keep |= set(_newest_of_each(times, pattern, number))
    removed = [copy for copy in copies if copy not in keep]
    for copy in removed:
        copy.unlink()
    return removed


def _newest_of_each(times: dict[Path, datetime], pattern: str, number: int) -> Iterable[Path]:
    periods: dict[str, Path] = {}
    for copy, made in sorted(times.items(), key=lambda item: item[1], reverse=True):
        periods.setdefault(made.strftime(pattern), copy)
    return list(periods.values())[:number]


def check_readable(source: Path) -> frozenset[str]:
    """The ids of what is damaged in a store file; raises DeskError for one that can not be read as a store at all."""
    damaged = [record for record, _ in find_damage(source)]
    if number := damaged.count("file"):
        raise DeskError("backup-unreadable", source=source, count=number)
    return frozenset(damaged)


def merge(tx: WriteTransaction, source: Path) -> tuple[int, set[ArticleId]]:
    """Adds every record of another store file that this one lacks and whose signature holds, overwriting nothing.

    Returns how many came, and the articles they are of; what is derived is not made anew. Raises DeskError for a copy
    of another newsroom.
    """
    other = reading_connection(source)
    added, articles = 0, set[ArticleId]()
    try:
        if founding_of(other) != tx.roster().founding:
            raise DeskError("backup-of-other-newsroom", source=source)
        for name, media, data in _blobs(other):
            if type(data) is bytes and records.blob_name(data) == name:
                added += _add(tx.connection, "blobs", {"sha256": name, "media": media, "data": data})
        for table in _READ:
            for found, text in _signed_records(tx, table, other):
                if _add(tx.connection, table, _values(tx, found, text)):
                    added += 1
                    articles.add(ArticleId(getattr(found, "article", "")))
            tx.forget()
    finally:
        other.close()
    return added, articles - {""}


@dataclass(frozen=True, slots=True)
class CopyContents:
    """What a copy has beside records: which desk made it, its texts being written, and the ids of its revisions."""

    device: DeviceId
    texts: tuple[WorkingCopy, ...]
    revisions: frozenset[RevisionId]


def contents(source: Path) -> CopyContents:
    """The unfinished texts of a copy (those that can be read), who made it, and which revisions it has."""
    with closing(reading_connection(source)) as other:
        device = other.execute("SELECT value FROM settings WHERE name = 'device'").fetchone()
        revisions = frozenset(RevisionId(str(row[0])) for row in other.execute("SELECT id FROM revisions"))
        names = {row[1] for row in other.execute("PRAGMA table_info(working_copies)")}
        begun = "begun_at" if "begun_at" in names else "kept_at"
        query = f"SELECT article, base, content, kept_at, token, {begun} FROM working_copies"  # noqa: S608 - two names from above
        texts = tuple(text for row in other.execute(query) if (text := _read_text(row)) is not None)
    return CopyContents(DeviceId(str(device[0]) if device else ""), texts, revisions)


def _read_text(row: Sequence[Any]) -> WorkingCopy | None:
    article, base, content, kept_at, token, begun_at = row
    try:
        times = [datetime.fromisoformat(str(at)) for at in (kept_at, begun_at or kept_at)]
        read = records.read_content(str(content))
    except (ValueError, DeskError):
        return None
    return WorkingCopy(
        ArticleId(str(article)), RevisionId(str(base)) if base else None, read, times[0], str(token), times[1]
    )


def _signed_records(tx: WriteTransaction, table: str, other: Any) -> Iterator[tuple[records.AnyRecord, str]]:
    """The records of one kind that are signed by a key of this newsroom, each with its text; the roster is folded."""
    texts: dict[RevisionId, Revision] = {}
    for name, text, signature in other.execute(f"SELECT id, record, signature FROM {table} ORDER BY seq"):  # noqa: S608 - names from above
        try:
            _check_texts(name, text)
            found = _READ[table](text, id=name, signature=str(signature))
        except DeskError:
            continue
        if isinstance(found, Revision):
            texts[found.id] = found
        if table == "roster" or _is_signed(found, tx, texts):
            yield found, text


def _is_signed(found: records.AnyRecord, tx: WriteTransaction, texts: Mapping[RevisionId, Revision]) -> bool:
    if isinstance(found, Revision) and found.is_combined and not found.key:
        return tx.verified.is_combined(found, texts)
    key = tx.roster().keys.get(found.key)
    return key is not None and tx.verified.holds(found.id, key.public, found.signature)


def _values(tx: WriteTransaction, found: records.AnyRecord, text: str) -> dict[str, Any]:
    values: dict[str, Any] = {"id": found.id, "device": found.device, "previous": found.previous, "record": text}
    values |= {"signature": found.signature, "seq": chain.next_place(tx.connection)}
    return values | ({"article": found.article} if isinstance(found, Revision | Event) else {})


def _add(connection: Connection, table: str, values: dict[str, Any]) -> int:
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    return connection.exec_driver_sql(statement, tuple(values.values())).rowcount


def founding_of(connection: Any) -> str:
    """The record that founded a store's newsroom; empty where there is none."""
    row = connection.execute("SELECT value FROM settings WHERE name = 'newsroom'").fetchone()
    return str(row[0]) if row else ""


def _check_texts(name: object, record: object) -> None:
    """A file from elsewhere may have anything in a column."""
    if not isinstance(name, str) or not isinstance(record, str):
        raise records.DamagedRecordError(str(name), Message("record-no-text"))


def _check_bytes(name: object, data: object) -> None:
    if not isinstance(name, str) or not isinstance(data, bytes):
        raise records.DamagedRecordError(str(name), Message("record-no-file"))
