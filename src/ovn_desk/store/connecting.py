"""Connections to a store's file: those that write, and those that can read it where nothing can be written."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.pool import QueuePool

from ovn_desk.domain.errors import DeskError
from ovn_desk.store import trouble

WAIT_MS = 10_000

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": WAIT_MS,
    "trusted_schema": 0,
    "secure_delete": 1,
    "temp_store": 2,
}
_PRAGMAS_TO_READ = {"busy_timeout": WAIT_MS, "trusted_schema": 0, "temp_store": 2}


def writing_engine(path: Path) -> Engine:
    """Connections that read and write."""
    return _engine(partial(driver.connect, str(path), check_same_thread=False), _PRAGMAS)


def reading_engine(path: Path) -> Engine:
    """Connections that read, also where the disk is full or may not be written."""
    connection, name = _open_to_read(path)
    connection.close()
    return _engine(partial(_connect, name), _PRAGMAS_TO_READ)


def reading_connection(path: Path) -> Any:
    """Open a connection of the driver that only reads; the caller closes it."""
    connection, _ = _open_to_read(path)
    return connection


def _open_to_read(path: Path) -> tuple[Any, str]:
    """A connection that reads what is in a store and its log, and the name that it was opened by.

    SQLite makes two small files to read a store: a full disk has no room for them. Where its log is empty they are not
    needed; where it is not, the index of the log is held in memory, and the store from other processes meanwhile.
    """
    uri = path.resolve().as_uri()
    names = [f"{uri}?mode=ro"]
    if not _has_log(path):
        names.append(f"{uri}?mode=ro&immutable=1")
    if sys.platform != "win32":
        names.append(f"{uri}?vfs=unix-excl")
    *others, last = names
    for name in others:
        with suppress(driver.OperationalError):
            return _connect(name), name
    return _connect(last), last


def _connect(name: str) -> Any:
    connection = driver.connect(name, uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except driver.Error:
        connection.close()
        raise
    return connection


@contextmanager
def naming_trouble(path: Path) -> Iterator[None]:
    """Raises what the driver says against the store at `path` as StoreTrouble."""
    try:
        yield
    except exc.DBAPIError as error:
        raise trouble.of_driver(error.orig, path) from error
    except driver.Error as error:
        raise trouble.of_driver(error, path) from error


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _engine(connect: Callable[[], Any], pragmas: Mapping[str, object]) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, module=driver, poolclass=QueuePool, pool_size=8, max_overflow=8
    )
    event.listen(engine, "connect", lambda connection, _: _set_pragmas(connection, pragmas))
    return engine


def _set_pragmas(connection: Any, pragmas: Mapping[str, object]) -> None:
    connection.isolation_level = None  # transactions begin where read() and begin() say
    cursor = connection.cursor()
    for name, value in pragmas.items():
        cursor.execute(f"PRAGMA {name}={value}")
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise DeskError("store-unsafe", name=name, found=found, value=value)
    cursor.close()
