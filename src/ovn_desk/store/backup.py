"""Copies of the store: made whole, checked before they count, kept by age, and merged back."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import records, trouble
from ovn_desk.store.connecting import naming_trouble, reading_connection
from ovn_desk.store.trouble import StoreTrouble

_KEEP_ALL = timedelta(days=2)
_KEPT = (("%Y-%m-%d", 12), ("%G-%V", 10), ("%Y-%m", 9))  # days, weeks, months: STORE_AND_SYNC.md


_READ: Mapping[str, Callable[..., object]] = {
    "revisions": records.read_revision,
    "events": records.read_event,
    "roster": records.read_roster,
}

_COLUMNS = {
    "revisions": ("id", "article", "record"),
    "events": ("id", "article", "device", "record"),
    "roster": ("id", "record"),
}


def folder_for(path: Path) -> Path:
    return path.with_name(path.stem + "-backups")


def make(engine: Engine, path: Path, *, to: Path | None = None, reason: str = "backup") -> Path:
    """A checked copy of the store at `path`, named by time, in `to` or the folder beside it."""
    folder = to or folder_for(path)
    name = f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{reason}.ovn"
    try:
        with files.making(folder / name, family=f"{path.stem}-") as unfinished:
            with _naming_trouble(folder, path), engine.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
            if damaged := damage(unfinished):
                raise DeskError(f"The backup was not kept: {damaged[0][1]}. Run: ovn-desk doctor")
    except OSError as error:
        raise DeskError(f"The backup can not be written to {folder}: {files.reason(error)}.") from error
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
        raise DeskError(f"The disk with {folder} is full. A copy of the store needs {size} MB there.") from error


def damage(path: Path) -> list[tuple[str, str]]:
    """Record and reason of everything in a store file that is not what its hash says."""
    try:
        with closing(reading_connection(path)) as connection:
            return list(_damage(connection))
    except driver.DatabaseError as error:
        return [("file", str(error))]


def _damage(connection: Any) -> Iterator[tuple[str, str]]:
    yield from (("file", row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
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
                yield name, str(error)
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


def thin(folder: Path, *, now: datetime) -> list[Path]:
    """Removes and returns old copies: all of two days stay, then 12 daily, 10 weekly and 9 monthly."""
    copies = sorted(folder.glob("*.ovn"), reverse=True)
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


def check_readable(source: Path) -> None:
    """Raises DeskError for a file that can not be read as a store at all."""
    if damaged := [record for record, _ in damage(source) if record == "file"]:
        raise DeskError(f"{source} can not be read as a store ({len(damaged)} faults). Try an older backup.")


def merge(connection: Connection, source: Path) -> tuple[int, set[str]]:
    """Adds every good record of another store file that this one lacks, inside a transaction, overwriting nothing.

    Returns how many came, and the articles they are of; what is derived is not made anew.
    """
    other = reading_connection(source)
    added, articles = 0, set[str]()
    try:
        for name, media, data in _blobs(other):
            if type(data) is bytes and records.blob_name(data) == name:
                added += _add(connection, "blobs", {"sha256": name, "media": media, "data": data})
        for table, columns in _COLUMNS.items():
            if table == "roster" and _beginning(connection.connection.dbapi_connection) != _beginning(other):
                continue  # of another newsroom, or from before there were such records
            for row in other.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY seq"):  # noqa: S608
                values = dict(zip(columns, row, strict=True))
                if _is_good(_READ[table], values) and _add(connection, table, values):
                    added += 1
                    articles.add(values.get("article", ""))
    finally:
        other.close()
    return added, articles - {""}


def _add(connection: Connection, table: str, values: dict[str, Any]) -> int:
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    return connection.exec_driver_sql(statement, tuple(values.values())).rowcount


def _beginning(connection: Any) -> str:
    """The first record of a store's roster; empty where there is none."""
    if not _has(connection, "roster"):
        return ""
    row = connection.execute("SELECT id FROM roster ORDER BY seq LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _is_good(read: Callable[..., Any], values: Mapping[str, Any]) -> bool:
    """Whether a row is a record, and its other columns say of it what the record says."""
    try:
        _check_texts(values["id"], values["record"])
        found = read(values["record"], id=values["id"])
    except records.DamagedRecordError:
        return False
    return all(getattr(found, name) == value for name, value in values.items() if name not in {"id", "record"})


def _check_texts(name: object, record: object) -> None:
    """A file from elsewhere may have anything in a column."""
    if not isinstance(name, str) or not isinstance(record, str):
        raise records.DamagedRecordError(str(name), "it is not a text")


def _check_bytes(name: object, data: object) -> None:
    if not isinstance(name, str) or not isinstance(data, bytes):
        raise records.DamagedRecordError(str(name), "it is not a file")
