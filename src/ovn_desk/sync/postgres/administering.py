"""Running a hub: making it, letting people in and out, how much they may send, and seeing how it stands."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, exc, text

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import key_for
from ovn_desk.messages import Message
from ovn_desk.store import Store, records
from ovn_desk.sync.postgres import guarding
from ovn_desk.sync.postgres.connecting import FORMAT, compatible_house, connect, house_of

OLDEST = 14  # bit_xor came with it
_SCHEMA = Path(__file__).with_name("schema.sql")
_UPGRADE = Path(__file__).with_name("upgrade.sql")
_UPGRADES = (2,)  # the formats whose rows are signed records, as today's
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when it is read
_OF_A_LOGIN = (  # what a login begins with; it may set the times itself, the number of connections it may not
    "CONNECTION LIMIT 8",
    "SET statement_timeout = '60s'",
    "SET lock_timeout = '60s'",
    "SET idle_in_transaction_session_timeout = '60s'",
)


@dataclass(frozen=True, slots=True)
class Login:
    """What a person needs to reach the hub. The password is shown once and kept nowhere."""

    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest record, in bytes, and what a login of the staff may send a day, UTC: how many, and bytes."""

    record_bytes: int
    records_a_day: int
    record_bytes_a_day: int
    files_a_day: int
    file_bytes_a_day: int


@dataclass(frozen=True, slots=True)
class LoginUsage:
    """What a login sent today, UTC."""

    login: str
    records: int
    record_bytes: int
    files: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Status:
    """How a hub stands; `staff` are names and logins. `runs_hub` says whether this login may change them.

    `doors` are sentences: what should be closed, and how; `waits`, too: who keeps others waiting.
    """

    version: str
    is_encrypted: bool
    rows: int
    files: int
    size: int
    newest: datetime | None
    limits: Limits
    runs_hub: bool = False
    staff: tuple[tuple[str, str], ...] = ()
    used: tuple[LoginUsage, ...] = ()
    doors: tuple[Message, ...] = ()
    waits: tuple[Message, ...] = ()


def make(url: URL, store: Store, *, password: str = "") -> tuple[Message, ...]:
    """Makes the hub of this newsroom in a database; what is in it afterwards came by syncing.

    Needs a login that owns the database and may make roles. Returns the doors that it could not close. Raises
    DeskError where there is a hub already.
    """
    with store.read() as reading:
        founding = reading.roster().founding
    with connect(url, password) as hub:
        version = hub.execute(text("SHOW server_version_num")).scalar_one()
        if int(version) < OLDEST * 10_000:
            raise DeskError("hub-postgresql-too-old", oldest=OLDEST, version=int(version) // 10000)
        if hub.execute(text("SELECT to_regnamespace('ovn')")).scalar() is not None:
            compatible_house(hub)
            raise DeskError("hub-exists")
        group = _group(hub)
        hub.exec_driver_sql("BEGIN")
        if not _has_role(hub, group):
            hub.exec_driver_sql(f"CREATE ROLE {group} NOLOGIN")
        _make_schema(hub, group)
        hub.execute(
            text("INSERT INTO ovn.house (format, id, newsroom) VALUES (:format, :id, :newsroom)"),
            {"format": FORMAT, "id": records.new_id(), "newsroom": founding},
        )
        hub.exec_driver_sql("COMMIT")
        return guarding.open_doors(hub, group)


def upgrade(url: URL, *, password: str = "") -> tuple[Message, ...]:
    """Makes today's hub of an older one, in place and in one transaction: every record stays, under its place.

    Returns the doors that it could not close. Raises DeskError for a hub that is newer, or too old for it.
    """
    with connect(url, password) as hub:
        house = house_of(hub)
        if house.format >= FORMAT:
            compatible_house(hub)
            raise DeskError("hub-of-today")
        if house.format not in _UPGRADES:
            raise DeskError("hub-too-old-to-upgrade")
        group = _group(hub)
        hub.exec_driver_sql("SET statement_timeout = 0")
        hub.exec_driver_sql("BEGIN")
        hub.exec_driver_sql("ALTER SCHEMA ovn RENAME TO ovn_before")
        _make_schema(hub, group)
        _run(hub, _UPGRADE.read_text(encoding="utf-8").replace("${format}", str(FORMAT)))
        for login in hub.execute(text("SELECT login FROM ovn.staff")).scalars().all():
            _set_up(hub, login)
        hub.exec_driver_sql("COMMIT")
        return guarding.open_doors(hub, group)


def login_of(name: str) -> str:
    """The login that somebody of this name is given."""
    return key_for(name, otherwise="staff").replace("-", "_")


def add_staff(url: URL, person: Staff, *, password: str = "") -> Login:
    """Create a person's login with a new password; for an existing login, only the password is new."""
    made = _new_password()
    with connect(url, password) as hub:
        compatible_house(hub)
        known = hub.execute(text("SELECT login FROM ovn.staff WHERE person = :person"), {"person": person.id}).scalar()
        login, group = known or login_of(person.name), _group(hub)
        if not known and _has_role(hub, login) and not _was_staff(hub, login, group):
            raise DeskError("hub-login-taken", login=login, name=person.name)
        hub.exec_driver_sql("BEGIN")
        verifier = _verifier(hub, login, made)
        verb = "ALTER" if _has_role(hub, login) else "CREATE"
        hub.exec_driver_sql(f"{verb} ROLE {login} LOGIN PASSWORD '{verifier}'")
        _set_up(hub, login)
        if not known:
            hub.exec_driver_sql(f"GRANT {group} TO {login}")
            hub.execute(
                text("INSERT INTO ovn.staff (login, person, name) VALUES (:login, :person, :name)"),
                {"login": login, "person": person.id, "name": person.name},
            )
        hub.exec_driver_sql("COMMIT")
    return Login(person.name, login, made)


def _new_password() -> str:
    """Five groups of four letters and digits, 99 bits: it is read out by telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def remove_staff(url: URL, person: Staff, *, password: str = "") -> str:
    """Close a person's login and end its sessions; returns the login's name."""
    with connect(url, password) as hub:
        compatible_house(hub)
        login = hub.execute(text("SELECT login FROM ovn.staff WHERE person = :person"), {"person": person.id}).scalar()
        if login is None:
            raise DeskError("hub-login-missing", name=person.name)
        _close(hub, login)
    return str(login)


def close_retired(hub: Connection, people: Iterable[Staff]) -> tuple[str, ...]:
    """Closes the logins of those who have left the newsroom, where this login runs the hub; returns their names.

    A login that the server does not let this one change stays, and so does its row among the staff.
    """
    if not hub.execute(text("SELECT has_table_privilege('ovn.staff', 'DELETE')")).scalar():
        return ()
    found = hub.execute(
        text("SELECT name, login FROM ovn.staff WHERE person = ANY(:left) AND login <> session_user ORDER BY name"),
        {"left": [one.id for one in people if one.is_retired]},
    ).all()
    closed = []
    for name, login in found:
        try:
            _close(hub, login)
        except exc.ProgrammingError:  # it was made by another login, which alone may close it
            hub.exec_driver_sql("ROLLBACK")
        else:
            closed.append(str(name))
    return tuple(closed)


def _close(hub: Connection, login: str) -> None:
    """Closes a login and ends its sessions."""
    hub.exec_driver_sql("BEGIN")
    hub.exec_driver_sql(f"ALTER ROLE {login} NOLOGIN")
    hub.execute(text("DELETE FROM ovn.staff WHERE login = :login"), {"login": login})
    hub.exec_driver_sql("COMMIT")
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :login"
    hub.execute(text(ending), {"login": login})


def limit(url: URL, changes: dict[str, int], *, password: str = "") -> Limits:
    """Sets what a record and a day of a login may hold, by the names of Limits; returns what holds now."""
    if wrong := [name for name, value in changes.items() if value < 1]:
        raise DeskError("hub-limit-wrong", limit=wrong[0].replace("_", " "))
    with connect(url, password) as hub:
        compatible_house(hub)
        for name in (part.name for part in fields(Limits) if part.name in changes):
            hub.execute(text(f"UPDATE ovn.limits SET {name} = :value"), {"value": changes[name]})  # noqa: S608
        return _limits(hub)


def status(url: URL, *, password: str = "") -> Status:
    """How a hub stands. Who is let in, what they sent today and which doors are open is shown to whoever runs it."""
    with connect(url, password) as hub:
        compatible_house(hub)
        ask = hub.execute
        is_owner = ask(text("SELECT has_table_privilege('ovn.staff', 'SELECT')")).scalar_one()
        rows, newest = ask(text("SELECT count(*), max(came_at) FROM ovn.rows")).one()
        staff = ask(text("SELECT name, login FROM ovn.staff ORDER BY name")).all() if is_owner else []
        return Status(
            version=ask(text("SHOW server_version")).scalar_one(),
            is_encrypted=bool(ask(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).scalar()),
            rows=rows,
            files=ask(text("SELECT count(*) FROM ovn.blobs")).scalar_one(),
            size=ask(text("SELECT pg_database_size(current_database())")).scalar_one(),
            newest=newest,
            limits=_limits(hub),
            runs_hub=bool(is_owner),
            staff=tuple((row.name, row.login) for row in staff),
            used=tuple(LoginUsage(*row) for row in ask(text(_USED))) if is_owner else (),
            doors=guarding.open_doors(hub, _group(hub)) if is_owner else (),
            waits=guarding.open_transactions(hub) if is_owner else (),
        )


_USED = """SELECT login,
           coalesce(sum(number) FILTER (WHERE what = 'records'), 0)::bigint,
           coalesce(sum(bytes) FILTER (WHERE what = 'records'), 0)::bigint,
           coalesce(sum(number) FILTER (WHERE what = 'files'), 0)::bigint,
           coalesce(sum(bytes) FILTER (WHERE what = 'files'), 0)::bigint
           FROM ovn.used WHERE day = (now() AT TIME ZONE 'UTC')::date GROUP BY login ORDER BY login"""


def _make_schema(hub: Connection, group: str) -> None:
    schema = _SCHEMA.read_text(encoding="utf-8").replace("${staff}", group)
    _run(hub, schema.replace("${database}", _database(hub)))
    guarding.close_doors(hub)


def _run(hub: Connection, script: str) -> None:
    """Runs several statements as they are written, whose % stand for themselves."""
    raw = hub.connection.driver_connection
    assert raw is not None
    raw.execute(script)


def _limits(hub: Connection) -> Limits:
    row = hub.execute(text("SELECT * FROM ovn.limits")).one()
    return Limits(**{part.name: getattr(row, part.name) for part in fields(Limits)})


def _database(hub: Connection) -> str:
    name = str(hub.execute(text("SELECT current_database()")).scalar_one())
    if not _NAME.fullmatch(name):
        raise DeskError("hub-database-name-wrong")
    return name


def _group(hub: Connection) -> str:
    """The role that all staff of this hub are in; roles are shared by the databases of one server."""
    return f"ovn_{_database(hub)}"


def _has_role(hub: Connection, name: str) -> bool:
    return bool(hub.execute(text("SELECT count(*) FROM pg_roles WHERE rolname = :name"), {"name": name}).scalar())


def _was_staff(hub: Connection, login: str, group: str) -> bool:
    """Whether a login was let in here before, and kept out again."""
    query = "SELECT NOT rolcanlogin AND pg_has_role(oid, :group, 'MEMBER') FROM pg_roles WHERE rolname = :login"
    return bool(hub.execute(text(query), {"login": login, "group": group}).scalar())


def _set_up(hub: Connection, login: str) -> None:
    """What every login has; whoever runs the hub sees what it is doing there, and may end it."""
    for setting in _OF_A_LOGIN:
        hub.exec_driver_sql(f"ALTER ROLE {login} {setting}")
    if not guarding.is_superuser(hub):
        hub.exec_driver_sql(f"GRANT {login} TO CURRENT_USER")


def _verifier(hub: Connection, login: str, password: str) -> str:
    """What the server keeps of a password: made here, so that the password itself is in no log of it."""
    raw = hub.connection.driver_connection
    assert raw is not None
    made: bytes = raw.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()
