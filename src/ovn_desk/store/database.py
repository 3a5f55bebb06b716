"""Opening the store: driver, pragmas, two doors for reading and writing, and who is told what changed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, exc

from ovn_desk import files, lock
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.store import backup, ballast, migrate, trouble
from ovn_desk.store.changes import ANYTHING, Changes, asker
from ovn_desk.store.connecting import WAIT_MS, naming_trouble, reading_connection, reading_engine, writing_engine
from ovn_desk.store.session import ReadTransaction
from ovn_desk.store.trouble import StoreTrouble, Trouble
from ovn_desk.store.verification import VerifiedSignatures
from ovn_desk.store.writing import WriteTransaction

APPLICATION_ID = 0x4F564E44  # 'OVND'
_SMALLEST_ROOM = 256 * 1024  # with less, not even one text is sure to be kept
OLDEST_SQLITE = (3, 51, 3)  # before it, WAL-reset could lose committed writes: docs/decisions/0001


Answer = TypeVar("Answer")


class Store:
    """One newsroom's file. `read()` never blocks; `begin()` takes the single writer's place at once."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        verified: VerifiedSignatures,
        *,
        why_read_only: Message | None = None,
        is_waiting: bool = False,
    ) -> None:
        """`is_waiting` says that a store that can only be read may be written later: when the disk has room."""
        self.path = path
        self.verified = verified
        self.why_read_only = why_read_only
        self._is_waiting = is_waiting
        self._is_reading = bool(why_read_only)
        self._has_used_reserve = False
        self._engine = engine
        self._listeners: list[Callable[[Changes], None]] = []
        self._writing = threading.Lock()
        # All writing goes through one connection: SQLite counts the commits of every other one for it (`data_version`).
        self._writer: Connection | None = None
        self._version = self._data_version()

    @contextmanager
    def read(self) -> Iterator[ReadTransaction]:
        """Open a read transaction: one consistent snapshot of the store."""
        with naming_trouble(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield ReadTransaction(connection, self.verified)
            connection.rollback()

    @contextmanager
    def begin(self) -> Iterator[WriteTransaction]:
        """Open a write transaction: all of it is on disk when the block ends, or none. It waits for another writer."""
        self.check_writable()
        with self._writing, naming_trouble(self.path):
            connection = self._connection()
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                writing = WriteTransaction(connection, self.verified)
                yield writing
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            if self.is_in_reserve:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")  # the log begins anew instead of growing
                connection.rollback()
        self._notify_listeners(Changes(frozenset(writing.touched), writing.kinds, asker()))

    @contextmanager
    def rehearse(self) -> Iterator[WriteTransaction]:
        """Open a write transaction that is taken back when the block ends: what would become of the store."""
        self.check_writable()
        with self._writing, naming_trouble(self.path):
            connection = self._connection()
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield WriteTransaction(connection, self.verified)
            finally:
                connection.rollback()

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
        self._notify_listeners(ANYTHING)
        return True

    def on_changes(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Calls the listener after each COMMIT, on the thread that wrote, until what is returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Close every connection."""
        with self._writing:
            self._close_connections()

    def checkpoint(self) -> bool:
        """Move what the log holds into the store's file, so that whoever copies this one file has everything.

        Waits for nobody: False where somebody writes or reads just now, and some of it may still be in the log alone.
        """
        if self._is_reading or not self._writing.acquire(blocking=False):
            return False
        try:
            with naming_trouble(self.path):
                connection = self._connection()
                connection.exec_driver_sql("PRAGMA busy_timeout=0")
                try:
                    is_busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
                finally:
                    connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_MS}")
                    connection.rollback()
        finally:
            self._writing.release()
        return not is_busy

    def back_up(self, *, to: Path | None = None, reason: str = "backup") -> Path:
        """A checked copy of the whole store; raises DeskError when it can not be made."""
        with naming_trouble(self.path):
            return backup.make(self._engine, self.path, to=to, reason=reason)

    def find_damage(self) -> list[tuple[str, Message]]:
        """Verify every hash; (id, reason) of each record or file that is not what its hash says."""
        return backup.find_damage(self.path)

    # A disk that is full

    def write_with_reserve(self, write: Callable[[], Answer]) -> Answer:
        """Call a function that writes; on a full disk release the reserved space (`ballast`) and call it once more.

        After an error of the disk the store is opened anew first: what a connection says then can not be believed.
        """
        try:
            return write()
        except StoreTrouble as error:
            has_room = error.kind in trouble.NO_ROOM and ballast.release(self.path)
            self._has_used_reserve = self._has_used_reserve or has_room
            if not has_room and error.kind is not Trouble.FAULTY:
                raise
            if not has_room or error.kind is not Trouble.FULL:
                self._reconnect()
            return write()

    @property
    def is_in_reserve(self) -> bool:
        """Whether the space that is kept for a full disk was given back, or could never be kept."""
        return not ballast.is_whole(self.path)

    @property
    def warning(self) -> Message | None:
        """What to do before the disk has no room at all; none where it has enough."""
        if self.why_read_only or not self.is_in_reserve or (trouble.free_bytes(self.path) >= trouble.ROOM):
            return None
        mb = trouble.wanted_mb(self.path)
        if self._has_used_reserve:
            return Message("disk-full-reserve-used", path=self.path, megabytes=mb)
        return Message("disk-nearly-full", path=self.path, megabytes=mb)

    def mend(self) -> bool:
        """Reserve space again, and make a store writable again that a full disk closed, where there is room now.

        Returns whether the store is writable with its reserve; cheap when nothing changed.
        """
        if self.why_read_only and not (self._is_waiting and self._reopen()):
            return False
        is_kept = ballast.keep(self.path)
        self._has_used_reserve = self._has_used_reserve and not is_kept
        return is_kept

    def _reopen(self) -> bool:
        """Whether a store that could only be read can be written now."""
        if trouble.free_bytes(self.path) < trouble.ROOM or trouble.of_disk(self.path):
            return False
        try:
            self._reconnect()
        except DeskError:
            return False
        self.why_read_only = None
        return True

    def _reconnect(self) -> None:
        """Opens the store anew, to be read alone where it can not be written, which is raised."""
        with self._writing:
            self._close_connections()
            self._version = -1  # what others wrote meanwhile is told at the next look
            try:
                self._engine = _opened_engine(self.path, self.verified)
            except StoreTrouble:
                with naming_trouble(self.path):
                    self._engine = reading_engine(self.path)
                self._is_reading = True
                raise
            self._is_reading = False

    def _close_connections(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(exc.DBAPIError):  # it has a fault, which was said
                writer.close()
        self._engine.dispose()

    def check_writable(self) -> None:
        """Raises DeskError with the reason where nothing can be written."""
        if self.why_read_only:
            raise DeskError(self.why_read_only)
        if self._is_reading:
            self._reconnect()

    def _notify_listeners(self, changes: Changes) -> None:
        for listener in list(self._listeners):
            listener(changes)

    def _connection(self) -> Connection:
        if self._writer is None:
            self._writer = self._engine.connect()
        return self._writer

    def _data_version(self) -> int:
        """SQLite's count of the commits that were not made through this store's writing connection."""
        with naming_trouble(self.path):
            connection = self._connection()
            version = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            connection.rollback()
        return version


@contextmanager
def creating(path: Path, *, source: Path | None = None) -> Iterator[Store]:
    """A new store, empty or a copy of `source`, that is at its path when the block ends: whole, or not at all.

    Refuses a path where something is already.
    """
    taken = DeskError("store-exists", path=path)
    if path.exists():
        raise taken
    try:
        files.make_folder(path.parent, is_private=True)
        with files.only_one(path) as is_alone:
            if not is_alone:
                raise DeskError("store-being-made", path=path)
            with files.making(path, source=source, is_new=True) as unfinished:
                verified = VerifiedSignatures(path)
                store = Store(unfinished, _opened_engine(unfinished, verified, is_copy=True), verified)
                try:
                    yield store
                finally:
                    store.close()
                if unfinished.with_name(f"{unfinished.name}-wal").exists():
                    raise DeskError("store-not-on-disk", path=path)
    except FileExistsError as error:
        raise taken from error
    except StoreTrouble as error:
        raise StoreTrouble(error.kind, path) from error
    except OSError as error:
        raise DeskError("store-not-made", path=path, reason=files.reason(error)) from error


def open_store(path: Path, *, is_alone: bool = False) -> Store:
    """The store at a path, brought up to date; raises DeskError saying what is there instead.

    Where the disk is full or can not be written, the store can be read, and says why it can not be written.
    `is_alone` says that the caller has the store's lock: without it an old store is brought up to date under one.
    """
    if not path.exists():
        raise DeskError("store-missing", path=path)
    if path.is_dir():
        raise DeskError("store-is-folder", path=path)
    try:
        start = _header(path)
        if start and not start.startswith(b"SQLite format 3\0"):
            raise DeskError("store-is-other-file", path=path)
        _check_disk(path)
        if start:
            check_store(path)
        files.close_to_others(path)
        files.clear(path.parent, path.name)  # of whoever was killed while making it
        verified = VerifiedSignatures(path)
        store = Store(path, _opened_engine(path, verified, is_alone=is_alone), verified)
    except StoreTrouble as error:
        if error.kind not in trouble.OF_THE_DISK:
            raise
        return open_to_read(path, why=error.message, is_waiting=True)
    ballast.keep(path)
    return store


def open_to_read(path: Path, *, why: Message, is_waiting: bool = False) -> Store:
    """The store as it is, for reading alone; whoever tries to write is told why not.

    `is_waiting` says that it may be written when the disk has room again: `Store.mend` tries that.
    """
    try:
        with naming_trouble(path):
            engine = reading_engine(path)
            is_readable = migrate.current(engine) == migrate.newest()
    except StoreTrouble as error:
        raise DeskError("store-not-readable-either", why=why, error=error) from error
    if not is_readable:
        engine.dispose()
        raise DeskError("store-of-other-version", why=why)
    return Store(path, engine, VerifiedSignatures(path), why_read_only=why, is_waiting=is_waiting)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise DeskError("store-unreadable", path=path, reason=files.reason(error)) from error


def _check_disk(path: Path) -> None:
    """Raises StoreTrouble where it is plain that nothing can be written."""
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise trouble.of_system(error, path) from error
    if trouble.free_bytes(path) < _SMALLEST_ROOM:
        raise StoreTrouble(Trouble.FULL, path)


def check_store(path: Path) -> None:
    """Refuses another program's database, or a store of before records were signed, before a pragma could change it."""
    with naming_trouble(path):
        connection = reading_connection(path)
        try:
            found = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
            version = "SELECT version_num FROM alembic_version"
            schema = connection.execute(version).fetchone() if "alembic_version" in tables else None
        finally:
            connection.close()
    if tables and found != APPLICATION_ID:
        raise DeskError("store-of-other-program", path=path)
    if schema and schema[0] < migrate.SIGNED:
        raise migrate.UnsignedStoreError(path)


def _opened_engine(
    path: Path, verified: VerifiedSignatures, *, is_copy: bool = False, is_alone: bool = False
) -> Engine:
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise DeskError("sqlite-too-old", version=driver.sqlite_version)
    engine = writing_engine(path)
    try:
        with naming_trouble(path), engine.connect() as connection:
            _name_application(connection)
        with naming_trouble(path):
            is_old = migrate.current(engine) != migrate.newest()
            is_shared = is_old and not is_copy and not is_alone
            with lock.hold(path, program="ovn-desk update") if is_shared else nullcontext():
                migrate.upgrade(
                    engine, path, lambda connection: WriteTransaction(connection, verified).rebuild(), is_copy=is_copy
                )
    except BaseException:
        engine.dispose()
        raise
    return engine


def _name_application(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.commit()
