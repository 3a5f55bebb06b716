"""A connection to the hub: encrypted off this computer, without a password in its address, its faults in words."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, create_engine, exc, make_url, text
from sqlalchemy.pool import NullPool

from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message

FORMAT = 3
CONNECT_S = 10
Address = URL  # for those who have no business with SQL
STATEMENT_S = 60

_ENCRYPTED = ("require", "verify-ca", "verify-full")
_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "host"})
_OWN = ("OV001", "OV002")  # what the hub's triggers refuse with: schema.sql
_USED_UP = "OV003"
_NOT_IN, _NO_DATABASE, _TOO_MANY = "hub-login-refused", "hub-database-missing", "hub-too-many-desks"
_STOPPING, _SLOW = "hub-stopping", "hub-slow"
_BY_STATE = (
    (("28P01", "28000"), _NOT_IN),
    (("3D000",), _NO_DATABASE),
    (("3F000", "42P01"), "hub-not-made"),
    (("42501",), "hub-forbids"),
    (("53100",), "hub-disk-full"),
    (("53300",), _TOO_MANY),
    (("57P01", "57P02", "57P03"), _STOPPING),
    (("57014", "55P03"), _SLOW),
)
_BEFORE_LOGIN = (  # until a connection stands there are only words
    (("password", "authentication"), _NOT_IN),
    (("database",), _NO_DATABASE),
    (("too many", "reserved"), _TOO_MANY),
    (("starting up", "shutting down"), _STOPPING),
    (("timeout", "timed out"), _SLOW),
    (("SSL", "certificate"), "hub-not-encrypted"),
)


def address(text: str) -> URL:
    """The address of a hub; raises DeskError for one with a password in it, or without encryption off this computer."""
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError) as error:
        raise DeskError("hub-address-wrong") from error
    if url.drivername not in {"postgresql", "postgres"}:
        raise DeskError("hub-address-wrong")
    if url.password is not None:
        raise DeskError("hub-address-with-password")
    if unknown := sorted(url.query.keys() - _OPTIONS):
        raise DeskError("hub-address-option-unknown", option=unknown[0], options=sorted(_OPTIONS))
    host = _host(url)
    mode = url.query.get("sslmode", "prefer" if _is_here(host) else "require")
    if not _is_here(host) and mode not in _ENCRYPTED:
        raise DeskError("hub-address-unencrypted", host=host, encrypted=tuple(_ENCRYPTED))
    return url.set(drivername="postgresql+psycopg").update_query_dict({"sslmode": mode})


def without_password(url: URL) -> str:
    """The hub's address as text without its password, to be stored or shown; `address` reads it."""
    return url.set(drivername="postgresql", password=None).render_as_string()


class LoginRefused(DeskError):
    """The hub wants another password, or one at all."""


@contextmanager
def connect(url: URL, password: str = "") -> Iterator[Connection]:
    """Connect to a hub in autocommit, with time limits; raises DeskError, or LoginRefused for a wrong password."""
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_S,
        "tcp_user_timeout": STATEMENT_S * 1000,
        "options": f"-c statement_timeout={STATEMENT_S * 1000} -c lock_timeout={STATEMENT_S * 1000}",
        "application_name": "ovn-desk",
    }
    if password:
        options["password"] = password
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=options, isolation_level="AUTOCOMMIT")
    except ModuleNotFoundError as error:
        raise DeskError("hub-package-missing") from error
    with in_words(url), engine.connect() as connection:
        yield connection


def compatible_house(connection: Connection) -> Any:
    """The hub's row about itself; raises DeskError when its schema is not the one this desk writes."""
    at = connection.engine.url.host or "this computer"
    house = house_of(connection)
    if house.format > FORMAT:
        raise DeskError("hub-too-new", at=at)
    if house.format < FORMAT:
        raise DeskError("hub-too-old", at=at)
    return house


def house_of(connection: Connection) -> Any:
    """The hub's row about itself, whatever its format."""
    return connection.execute(text("SELECT format, id, newsroom FROM ovn.house")).one()


def is_let_in(connection: Connection) -> bool:
    """Whether the hub shows this login anything: it is of the staff, or runs the hub."""
    query = """SELECT ovn.is_staff() OR pg_has_role(session_user, relowner, 'MEMBER')
               FROM pg_class WHERE oid = 'ovn.rows'::regclass"""
    return bool(connection.execute(text(query)).scalar())


@contextmanager
def in_words(url: URL) -> Iterator[None]:
    """Turn the database driver's errors inside this context into a DeskError about the hub or the network."""
    try:
        yield
    except exc.DBAPIError as error:
        if not isinstance(error, exc.OperationalError) and not getattr(error.orig, "sqlstate", None):
            raise
        said = _message(error, _host(url))
        raise (LoginRefused if said.code == _NOT_IN else DeskError)(said) from error


def refusal(error: exc.DBAPIError) -> Message | None:
    """Why the hub refuses a record, in half a sentence; none when it is another kind of fault."""
    state, diagnosis = getattr(error.orig, "sqlstate", None), getattr(error.orig, "diag", None)
    if state in _OWN and diagnosis is not None:
        return Message(str(diagnosis.message_primary))
    return Message("row-not-for-hub") if state and state.startswith(("22", "23", "54")) else None


def quota_refusal(error: exc.DBAPIError) -> str:
    """The hub's sentence about a used-up daily quota; "" when the error is another."""
    diagnosis = getattr(error.orig, "diag", None)
    is_so = getattr(error.orig, "sqlstate", None) == _USED_UP and diagnosis is not None
    return str(diagnosis.message_primary) if is_so and diagnosis is not None else ""


def _message(error: exc.DBAPIError, at: str) -> Message:
    state, said = getattr(error.orig, "sqlstate", None), str(error.orig).strip().splitlines()[0]
    if state:
        code = next((code for states, code in _BY_STATE if state in states), "hub-refused")
        return Message(code, at=at, said=refusal(error) or said)
    reason = said.rpartition("FATAL:")[2].strip()
    code = next((code for words, code in _BEFORE_LOGIN if any(word in reason for word in words)), "hub-unreachable")
    return Message(code, at=at, said=reason)


def _host(url: URL) -> str:
    given = url.query.get("host") or url.host
    if not isinstance(given, str) or "," in given:
        raise DeskError("hub-address-many-hosts")
    return given


def _is_here(host: str) -> bool:
    """Whether a host is this computer: a socket, or a loopback address."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
