"""What was made from the records, kept to be made once: a file beside the store that may be thrown away at any time."""

import hmac
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlcipher3.dbapi2 as driver

from ovn_desk import files
from ovn_desk.store import sealing

Answer = TypeVar("Answer")
_WAITING = 200  # pieces written at a time: few commits, and little held in memory
_TABLE = (
    "CREATE TABLE IF NOT EXISTS pieces (place TEXT NOT NULL PRIMARY KEY, made_from TEXT NOT NULL, seal BLOB NOT NULL, "
    "data BLOB NOT NULL) STRICT"
)


class BuildCache:
    """One piece for each place, given out only for what it was made from, and only as this desk had put it there.

    Records prove themselves by their hash and approvals by their signature; what is made from them can not. So each
    piece has a seal: HMAC-SHA-256 over its place, what it was made from and its bytes, under a key that lies with the
    staff's keys and is in no copy of the store. Who can write this file and not read that key can make the desk forget
    a piece, and never show another one: it would take a collision of SHA-256, or the key. Who can read the key acts
    with the rights of the person at the desk, and could as well change the program.

    A file that is damaged, locked or can not be made keeps nothing, and nothing else comes of it.
    """

    def __init__(self, store: Path) -> None:
        self._path = path_for(store)
        self._key = sealing.key_for(store)
        self._waiting: dict[str, tuple[str, str, bytes, bytes]] = {}
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        del kind, error, at
        self.write()
        if self._connection is not None:
            self._connection.close()

    def find(self, place: str, made_from: str) -> bytes | None:
        """The bytes kept at a place, if they were made from `made_from`, a fingerprint; None when they must be made."""
        query = "SELECT place, made_from, seal, data FROM pieces WHERE place = ? AND made_from = ?"
        row = self._ask(lambda connection: connection.execute(query, (place, made_from)).fetchone(), None)
        return zlib.decompress(row[3]) if row and self._is_sealed(row) else None

    def find_all(self, folder: str) -> dict[str, tuple[str, bytes]]:
        """The pieces whose place begins with `folder`: place → (fingerprint it was made from, bytes)."""
        query = "SELECT place, made_from, seal, data FROM pieces WHERE place >= ? AND place < ?"
        ends = (f"{folder}/", f"{folder}0")  # 0 follows / in order
        rows: list[Any] = self._ask(lambda connection: connection.execute(query, ends).fetchall(), [])
        return {row[0]: (row[1], zlib.decompress(row[3])) for row in rows if self._is_sealed(row)}

    def find_some(self, places: Sequence[str]) -> dict[str, tuple[str, bytes]]:
        """The pieces at some hundred places: place → (fingerprint it was made from, bytes)."""
        marks = ", ".join("?" * len(places))
        query = f"SELECT place, made_from, seal, data FROM pieces WHERE place IN ({marks})"  # noqa: S608 - marks alone
        rows: list[Any] = self._ask(lambda connection: connection.execute(query, tuple(places)).fetchall(), [])
        return {row[0]: (row[1], zlib.decompress(row[3])) for row in rows if self._is_sealed(row)}

    def put(self, place: str, made_from: str, data: bytes) -> None:
        """Keep bytes at a place, over what was there; they are written in batches, at the latest by `write`."""
        packed = zlib.compress(data, 1)
        self._waiting[place] = (place, made_from, self._seal(place, made_from, packed), packed)
        if len(self._waiting) >= _WAITING:
            self.write()

    def write(self) -> None:
        """Write the pieces that wait to the file."""
        rows, self._waiting = list(self._waiting.values()), {}
        if not rows:
            return

        def write_rows(connection: Any) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

        self._ask(write_rows, None)

    def _is_sealed(self, row: tuple[str, str, bytes, bytes]) -> bool:
        place, made_from, seal, data = row
        return hmac.compare_digest(seal, self._seal(place, made_from, data))

    def _seal(self, place: str, made_from: str, data: bytes) -> bytes:
        return hmac.digest(self._key, f"{place}\0{made_from}\0".encode() + data, "sha256")

    def _ask(self, question: Callable[[Any], Answer], otherwise: Answer) -> Answer:
        try:
            if self._connection is None:
                self._connection = _connect(self._path)
            return question(self._connection)
        except driver.OperationalError:  # locked, read-only, full: another time
            return otherwise
        except driver.DatabaseError:
            self._connection = None
            forget(self._path)
            return otherwise


def path_for(store: Path) -> Path:
    """The file of a store's cache; it was called "-kept.db" by version 0.1, and is renamed when it is opened."""
    return store.with_name(store.stem + "-cache.db")


def _take_old_name(path: Path) -> None:
    old = path.with_name(path.name.removesuffix("-cache.db") + "-kept.db")
    for end in ("-wal", "-shm", ""):  # the file itself last: without it, its log is nothing
        if old.with_name(old.name + end).exists() and not path.exists():
            files.move(old.with_name(old.name + end), path.with_name(path.name + end))


def forget(path: Path) -> None:
    """Delete a cache file."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _connect(path: Path) -> Any:
    with suppress(OSError):  # SQLite says why
        _take_old_name(path)
        files.make_private(path)
    connection = driver.connect(str(path), isolation_level=None, timeout=1.0)
    # Nothing here is missed when it is lost, so nothing waits for the disk.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA trusted_schema=OFF")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():  # as version 0.1 called it
        connection.execute("ALTER TABLE kept RENAME TO pieces")
    connection.execute(_TABLE)
    return connection
