"""Running a hub: making it, letting people in, and seeing how it stands."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import key_for
from ovn_desk.store import Store, records
from ovn_desk.sync.postgres.connecting import FORMAT, checked, connected

OLDEST = 14  # bit_xor came with it
_SCHEMA = Path(__file__).with_name("schema.sql")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class Login:
    """What a person needs to reach the hub. The password is shown once and kept nowhere."""

    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Status:
    """How a hub stands; `staff` are names and logins."""

    version: str
    is_encrypted: bool
    rows: int
    files: int
    size: int
    newest: datetime | None
    staff: tuple[tuple[str, str], ...]


def make(url: URL, store: Store, *, password: str = "") -> None:
    """Makes the hub of this newsroom in a database; what is in it afterwards came by syncing.

    Needs a login that may make schemas and roles. Raises DeskError where there is a hub already.
    """
    with store.read() as reading:
        founding = reading.roster().founding
    with connected(url, password) as hub:
        version = hub.execute(text("SHOW server_version_num")).scalar_one()
        if int(version) < OLDEST * 10_000:
            raise DeskError(f"A hub needs PostgreSQL {OLDEST} or newer; this one is {int(version) // 10_000}.")
        if hub.execute(text("SELECT to_regnamespace('ovn')")).scalar() is not None:
            checked(hub)
            raise DeskError("There is a hub in this database already. Let people in with: ovn-desk hub add-staff NAME")
        group = _group(hub)
        schema = _SCHEMA.read_text(encoding="utf-8").replace("${staff}", group)
        hub.exec_driver_sql("BEGIN")
        if not _has_role(hub, group):
            hub.exec_driver_sql(f"CREATE ROLE {group} NOLOGIN")
        hub.exec_driver_sql(schema)
        hub.execute(
            text("INSERT INTO ovn.house (format, id, newsroom) VALUES (:format, :id, :newsroom)"),
            {"format": FORMAT, "id": records.new_id(), "newsroom": founding},
        )
        hub.exec_driver_sql("COMMIT")


def add_staff(url: URL, person: Staff, *, password: str = "") -> Login:
    """Lets a person in with a login and a new password of their own; again, it gives them another password."""
    made = secrets.token_urlsafe(18)
    with connected(url, password) as hub:
        checked(hub)
        known = hub.execute(text("SELECT login FROM ovn.staff WHERE person = :person"), {"person": person.id}).scalar()
        login, group = known or key_for(person.name, otherwise="staff").replace("-", "_"), _group(hub)
        if not known and _has_role(hub, login):
            raise DeskError(f"This PostgreSQL has a role {login} already, which is not {person.name}'s here.")
        hub.exec_driver_sql("BEGIN")
        verifier = _verifier(hub, login, made)
        verb = "ALTER" if known else "CREATE"
        hub.exec_driver_sql(f"{verb} ROLE {login} LOGIN PASSWORD '{verifier}'")
        if not known:
            hub.exec_driver_sql(f"GRANT {group} TO {login}")
            hub.execute(
                text("INSERT INTO ovn.staff (login, person, name) VALUES (:login, :person, :name)"),
                {"login": login, "person": person.id, "name": person.name},
            )
        hub.exec_driver_sql("COMMIT")
    return Login(person.name, login, made)


def status(url: URL, *, password: str = "") -> Status:
    """How a hub stands. Who is let in is shown to whoever runs it."""
    with connected(url, password) as hub:
        checked(hub)
        ask = hub.execute
        may_see = ask(text("SELECT has_table_privilege('ovn.staff', 'SELECT')")).scalar_one()
        staff = ask(text("SELECT name, login FROM ovn.staff ORDER BY name")).all() if may_see else []
        rows, newest = ask(text("SELECT count(*), max(came_at) FROM ovn.rows")).one()
        return Status(
            version=ask(text("SHOW server_version")).scalar_one(),
            is_encrypted=bool(ask(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).scalar()),
            rows=rows,
            files=ask(text("SELECT count(*) FROM ovn.blobs")).scalar_one(),
            size=ask(text("SELECT pg_database_size(current_database())")).scalar_one(),
            newest=newest,
            staff=tuple((row.name, row.login) for row in staff),
        )


def _group(hub: Connection) -> str:
    """The role that all staff of this hub are in; roles are shared by the databases of one server."""
    name = f"ovn_{hub.execute(text('SELECT current_database()')).scalar_one()}"
    if not _NAME.fullmatch(name):
        raise DeskError("Name the hub's database with small letters, digits and _ only.")
    return name


def _has_role(hub: Connection, name: str) -> bool:
    return bool(hub.execute(text("SELECT count(*) FROM pg_roles WHERE rolname = :name"), {"name": name}).scalar())


def _verifier(hub: Connection, login: str, password: str) -> str:
    """What the server keeps of a password: made here, so that the password itself is in no log of it."""
    raw = hub.connection.driver_connection
    assert raw is not None
    made: bytes = raw.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()
