"""A connection to the hub: encrypted off this computer, without a password in its address, its faults in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.pool import NullPool

from ovn_desk.domain.errors import DeskError
from ovn_desk.sync.postgres import certificates
from ovn_desk.sync.postgres.addresses import SYSTEM
from ovn_desk.sync.postgres.faults import in_words, message

FORMAT = 3
CONNECT_S = 10
STATEMENT_S = 60


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
        engine = create_engine(
            _with_authorities(url), poolclass=NullPool, connect_args=options, isolation_level="AUTOCOMMIT"
        )
    except ModuleNotFoundError as error:
        raise DeskError("hub-package-missing") from error
    with in_words(url), engine.connect() as connection:
        yield connection


def compatible_house(connection: Connection) -> Any:
    """The hub's row about itself; raises DeskError when its schema is not the one this desk writes."""
    house = house_of(connection)
    if house.format != FORMAT:
        raise DeskError(message("hub-too-new" if house.format > FORMAT else "hub-too-old", connection.engine.url))
    return house


def house_of(connection: Connection) -> Any:
    """The hub's row about itself, whatever its format."""
    return connection.execute(text("SELECT format, id, newsroom FROM ovn.house")).one()


def is_let_in(connection: Connection) -> bool:
    """Whether the hub shows this login anything: it is of the staff, or runs the hub."""
    query = """SELECT ovn.is_staff() OR pg_has_role(session_user, relowner, 'MEMBER')
               FROM pg_class WHERE oid = 'ovn.rows'::regclass"""
    return bool(connection.execute(text(query)).scalar())


def _with_authorities(url: URL) -> URL:
    """The address with the file of the authorities that this computer trusts: the driver brings a library without."""
    if url.query.get("sslrootcert") != SYSTEM:
        return url
    return url.update_query_dict({"sslrootcert": certificates.authorities()})
