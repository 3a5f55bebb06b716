"""The tables, indexes and triggers of a store, against those that this program makes.

The triggers keep records from being changed, the indexes keep a store quick: without either everything seems to work.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, StaticPool, create_engine, event

from ovn_desk.messages import Message
from ovn_desk.store import migrate

_DERIVED = frozenset({"staff", "keys", "articles", "article_search", "concerns", "verified"})
_PARTS = "SELECT type, name, tbl_name, sql FROM {schema} WHERE name NOT LIKE 'sqlite%' ORDER BY rowid"


class Part(NamedTuple):
    """One of a store's tables, indexes or triggers, and the statement that makes it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def is_mendable(self) -> bool:
        """Whether it can be made anew without losing a record."""
        return self.kind != "table" or self.name in _DERIVED


class Fault(NamedTuple):
    """A part that is missing, is not as this program makes it, or that it did not make, and why."""

    kind: str
    name: str
    why: Message
    is_mendable: bool


def faults(connection: Connection) -> list[Fault]:
    """Tables, indexes and triggers that differ from this program's schema; their rows are not looked at."""
    return list(_faults(expected_parts(), _parts(connection)))


def mend(connection: Connection) -> None:
    """Makes anew what is missing or altered, and takes away what others added, as far as no record is lost by it."""
    ours, theirs = expected_parts(), _parts(connection)
    for fault in [fault for fault in _faults(ours, theirs) if fault.is_mendable]:
        if there := theirs.get(fault.name):
            quoted = fault.name.replace('"', '""')
            connection.exec_driver_sql(f'DROP {there.kind} IF EXISTS "{quoted}"')
        if fault.name in ours:
            connection.exec_driver_sql(ours[fault.name].sql)


def expected_parts() -> dict[str, Part]:
    """Name → table, index or trigger, as this program's migrations make them in an empty database."""
    engine = create_engine("sqlite://", module=driver, poolclass=StaticPool)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    try:
        migrate.make(engine)
        with engine.connect() as connection:
            return _parts(connection)
    finally:
        engine.dispose()


def _parts(connection: Connection) -> dict[str, Part]:
    """What is there; the tables that a search index keeps for itself belong to it, and are left out."""
    found: dict[str, Part] = {}
    for schema in ("sqlite_schema", "sqlite_temp_schema"):
        rows = [Part(*row) for row in connection.exec_driver_sql(_PARTS.format(schema=schema))]
        searches = tuple(f"{row.name}_" for row in rows if row.sql.upper().startswith("CREATE VIRTUAL TABLE"))
        found |= {row.name: row for row in rows if not (searches and row.table.startswith(searches))}
    return found


def _faults(ours: Mapping[str, Part], theirs: Mapping[str, Part]) -> Iterator[Fault]:
    """Tables come before what stands on them."""
    for name, part in ours.items():
        there = theirs.get(name)
        remedy = Message("rebuild-mends" if part.is_mendable else "backup-mends")
        if there is None:
            yield Fault(part.kind, name, Message("part-missing", kind=part.kind, remedy=remedy), part.is_mendable)
        elif _normal_form(there) != _normal_form(part):
            why = Message("part-altered", kind=part.kind, remedy=remedy)
            yield Fault(part.kind, name, why, part.is_mendable)
    for name, part in theirs.items():
        if name not in ours:
            is_mendable = part.kind != "table"
            why = Message("part-foreign-mendable" if is_mendable else "part-foreign", kind=part.kind)
            yield Fault(part.kind, name, why, is_mendable)


def _normal_form(part: Part) -> tuple[str, str, str]:
    return part.kind, part.table, " ".join(part.sql.split())
