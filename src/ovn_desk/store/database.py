"""Opening the store: driver, pragmas, two doors for reading and writing, and who is told what changed."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import QueuePool

from ovn_desk import files, lock
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup, migrate
from ovn_desk.store.changes import ANYTHING, Changes, asker
from ovn_desk.store.session import Reading
from ovn_desk.store.writing import Writing

APPLICATION_ID = 0x4F564E44  # 'OVND'
OLDEST_SQLITE = (3, 51, 3)  # before it, WAL-reset could lose committed writes: docs/decisions/0001
WAIT_MS = 10_000
BALLAST_BYTES = 4 * 1024 * 1024

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": WAIT_MS,
    "trusted_schema": 0,
    "secure_delete": 1,
    "temp_store": 2,
}


class Store:
    """One newsroom's file. `read()` never blocks; `begin()` takes the single writer's place at once."""

    def __init__(self, path: Path, engine: Engine, *, why_read_only: str = "") -> None:
        self.path = path
        self.why_read_only = why_read_only
        self._engine = engine
        self._listeners: list[Callable[[Changes], None]] = []
        self._writing = threading.Lock()
        # All writing goes through one connection: SQLite counts the commits of every other one for it (`data_version`).
        self._writer: Connection | None = None
        self._version = self._data_version()

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A consistent view of the store as it is now."""
        with _words_for_errors(self), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield Reading(connection)
            connection.rollback()

    @contextmanager
    def begin(self) -> Iterator[Writing]:
        """One transaction: all of it is on disk when the block ends, or none of it."""
        self._check_writable()
        with self._writing, _words_for_errors(self):
            connection = self._connection()
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                writing = Writing(connection)
                yield writing
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
        self._tell(Changes(frozenset(writing.touched), writing.kinds, asker()))

    def notice_others(self) -> bool:
        """Tells the listeners when another process wrote since the last call; cheap, for a timer. True when one did."""
        if not self._writing.acquire(blocking=False):
            return False  # somebody here is writing: the next call will see it
        try:
            version = self._data_version()
        finally:
            self._writing.release()
        if version == self._version:
            return False
        self._version = version
        self._tell(ANYTHING)
        return True

    def on_changes(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Calls the listener after each COMMIT, on the thread that wrote, until what is returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self._engine.dispose()

    def back_up(self, *, to: Path | None = None, reason: str = "backup") -> Path:
        """A checked copy of the whole store; raises DeskError when it can not be made."""
        with _words_for_errors(self):
            return backup.make(self._engine, self.path, to=to, reason=reason)

    def damage(self) -> list[tuple[str, str]]:
        """Record and reason of everything that is not what its hash says."""
        return backup.damage(self.path)

    def release_ballast(self) -> bool:
        """Gives the reserved space beside the store back to a full disk; true when there was any."""
        ballast = self._ballast
        if not ballast.exists():
            return False
        ballast.unlink()
        return True

    def _check_writable(self) -> None:
        if self.why_read_only:
            raise DeskError(self.why_read_only)

    def _tell(self, changes: Changes) -> None:
        for listener in list(self._listeners):
            listener(changes)

    def _connection(self) -> Connection:
        if self._writer is None:
            self._writer = self._engine.connect()
        return self._writer

    def _data_version(self) -> int:
        """SQLite's count of the commits that were not made through this store's writing connection."""
        with _words_for_errors(self):
            connection = self._connection()
            version = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            connection.rollback()
        return version

    @property
    def _ballast(self) -> Path:
        return self.path.with_name(self.path.name + ".ballast")

    def keep_ballast(self) -> None:
        """Reserves space beside the store for a save on a full disk, where there is plenty now."""
        try:
            if not self._ballast.exists() and shutil.disk_usage(self.path.parent).free > 16 * BALLAST_BYTES:
                files.write(self._ballast, b"\0" * BALLAST_BYTES, is_private=True)
        except OSError:
            return  # a read-only folder: opening already said so where it matters


@contextmanager
def creating(path: Path, *, source: Path | None = None) -> Iterator[Store]:
    """A new store, empty or a copy of `source`, that is at its path when the block ends: whole, or not at all.

    Refuses a path where something is already.
    """
    taken = DeskError(f"{path} exists already. Open it, or choose another name for the new store.")
    if path.exists():
        raise taken
    try:
        files.make_folder(path.parent, is_private=True)
        with files.only_one(path) as is_alone:
            if not is_alone:
                raise DeskError(f"Another desk is making {path} just now. Wait until it is done, then open it.")
            with files.making(path, source=source, is_new=True) as unfinished:
                store = _opened(unfinished, is_copy=True)
                try:
                    yield store
                finally:
                    store.close()
                if unfinished.with_name(f"{unfinished.name}-wal").exists():
                    raise DeskError(f"{path} could not be written to the disk. Free some space and try again.")
    except FileExistsError as error:
        raise taken from error
    except OSError as error:
        raise DeskError(f"The store {path} can not be made: {error.strerror or error}.") from error


def open_store(path: Path, *, is_alone: bool = False) -> Store:
    """The store at a path, brought up to date; raises DeskError saying what is there instead.

    `is_alone` says that the caller has the store's lock: without it an old store is brought up to date under one.
    """
    if not path.exists():
        raise DeskError(f"There is no store at {path}. Make one with: ovn-desk --store {path} init")
    if path.is_dir():
        raise DeskError(f"{path} is a folder, not a store. Name the .ovn file in it.")
    try:
        with path.open("rb") as file:
            start = file.read(16)
        with path.open("r+b"):
            pass
    except OSError as error:
        raise DeskError(
            f"The store {path} can not be opened for writing: {error.strerror}. Check its permissions."
        ) from error
    if start and start != b"SQLite format 3\0":
        raise DeskError(f"{path} is not an OVN Desk store. Name another file; this one was left as it is.")
    if start:
        _check_untouched(path)
    files.close_to_others(path)
    files.clear(path.parent, path.name)  # of whoever was killed while making it
    store = _opened(path, is_alone=is_alone)
    store.keep_ballast()
    return store


def open_to_read(path: Path, *, why: str) -> Store:
    """The store as it is, for reading alone; whoever tries to write is told why not."""
    engine = _engine(path, is_read_only=True)
    try:
        with _words_for_errors(path):
            is_readable = migrate.current(engine) == migrate.newest()
    except BaseException:
        engine.dispose()
        raise
    if not is_readable:
        engine.dispose()
        raise DeskError(f"{why} It can not be read meanwhile, for another version of OVN Desk wrote it.")
    return Store(path, engine, why_read_only=why)


def _check_untouched(path: Path) -> None:
    """Refuses another program's database before a pragma could change it."""
    with _words_for_errors(path):
        connection = driver.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        finally:
            connection.close()
    if tables and found != APPLICATION_ID:
        raise DeskError(f"{path} is a database of another program, not an OVN Desk store. It was left as it is.")


def _opened(path: Path, *, is_copy: bool = False, is_alone: bool = False) -> Store:
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise DeskError(
            f"The SQLite library is {driver.sqlite_version}; the desk needs 3.51.3 or newer: pip install -U sqlcipher3"
        )
    engine = _engine(path)
    try:
        with _words_for_errors(path), engine.connect() as connection:
            _name_application(connection)
        with _words_for_errors(path):
            is_old = migrate.current(engine) != migrate.newest()
            is_shared = is_old and not is_copy and not is_alone
            with lock.held(path, program="ovn-desk update") if is_shared else nullcontext():
                migrate.upgrade(engine, path, lambda connection: Writing(connection).rebuild(), is_copy=is_copy)
    except BaseException:
        engine.dispose()
        raise
    return Store(path, engine)


def _engine(path: Path, *, is_read_only: bool = False) -> Engine:
    name = f"{path.resolve().as_uri()}?mode=ro" if is_read_only else str(path)

    def connect() -> Any:
        return driver.connect(name, uri=is_read_only, check_same_thread=False)

    engine = create_engine(
        "sqlite://", creator=connect, module=driver, poolclass=QueuePool, pool_size=8, max_overflow=8
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where read() and begin() say
    cursor = connection.cursor()
    for name, value in _PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise DeskError(
                f"The store can not be opened safely: {name} is {found}, not {value}. Move it to a local disk."
            )
    cursor.close()


def _name_application(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.commit()


@contextmanager
def _words_for_errors(where: "Store | Path") -> Iterator[None]:
    """What SQLite says, as a sentence with what to do."""
    path = where.path if isinstance(where, Store) else where
    try:
        yield
    except exc.DBAPIError as error:
        raise DeskError(_sentence(str(error.orig), path)) from error
    except driver.Error as error:
        raise DeskError(_sentence(str(error), path)) from error


def _sentence(message: str, path: Path) -> str:
    if "locked" in message or "busy" in message:
        return f"Another desk is writing to {path} and took over {WAIT_MS // 1000} seconds. Close it and try again."
    if "full" in message:
        return f"The disk with {path} is full. Free some space; the text in the window is still there."
    if "readonly" in message or "unable to open" in message:
        return f"The store {path} can not be written: {message}. Check its folder's permissions."
    if "not a database" in message or "malformed" in message:
        return f"The store {path} is damaged ({message}). Restore the newest backup: ovn-desk restore FILE"
    return f"The store {path} refused: {message}."
