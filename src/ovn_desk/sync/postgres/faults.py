"""What goes wrong with a hub, in words: the database driver's errors turned into sentences that say what to do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, exc

from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.sync.postgres.addresses import PORT, host_of

_OWN = ("OV001", "OV002")  # what the hub's triggers refuse with: schema.sql
_USED_UP = "OV003"
REFUSED, WANTED = "hub-login-refused", "hub-password-wanted"
_CLOSED = "hub-login-closed"
_NO_DATABASE, _TOO_MANY, _STOPPING, _SLOW = "hub-database-missing", "hub-too-many-desks", "hub-stopping", "hub-slow"
_CERTIFICATE = "hub-certificate-refused"
_BY_STATE = (
    (("28P01", "28000"), REFUSED),
    (("3D000",), _NO_DATABASE),
    (("3F000", "42P01"), "hub-not-made"),
    (("42501",), "hub-forbids"),
    (("25006",), "hub-read-only"),
    (("53100",), "hub-disk-full"),
    (("53300",), _TOO_MANY),
    (("57P01", "57P02", "57P03", "55000"), _STOPPING),
    (("57014", "55P03"), _SLOW),
)
_BEFORE_LOGIN = (  # until a connection stands there are only words, the server's own in its language
    (re.compile("failed to resolve|translate host name"), "hub-name-unknown"),
    (re.compile("pg_hba\\.conf"), "hub-not-admitted"),
    (re.compile("no password supplied"), WANTED),
    (re.compile("not permitted to log in"), _CLOSED),
    (re.compile("password|authentication|SCRAM|role"), REFUSED),
    (re.compile("root certificate file"), "hub-certificate-file-missing"),
    (re.compile("does not support SSL"), "hub-offers-no-encryption"),
    (re.compile("certificate"), _CERTIFICATE),
    (re.compile("SSL negotiation|invalid response"), "hub-not-postgresql"),
    (re.compile("SSL"), _CERTIFICATE),
    (re.compile("too many|reserved"), _TOO_MANY),
    (re.compile("starting up|shutting down|recovery|not currently accepting"), _STOPPING),
    (re.compile("database"), _NO_DATABASE),
    (re.compile("refused|No such file"), "hub-connection-refused"),
    (re.compile("timeout|timed out"), "hub-unreachable"),
    (re.compile("Network is unreachable|No route to host"), "hub-no-network"),
)


class LoginRefused(DeskError):
    """The hub wants another password, or one at all."""


@contextmanager
def in_words(url: URL) -> Iterator[None]:
    """Turn the database driver's errors inside this context into a DeskError about the hub or the network."""
    try:
        yield
    except exc.DBAPIError as error:
        if not isinstance(error, exc.OperationalError) and not getattr(error.orig, "sqlstate", None):
            raise
        said = _message(error, url)
        raise (LoginRefused if said.code in {REFUSED, WANTED} else DeskError)(said) from error


def message(code: str, url: URL, **values: object) -> Message:
    """A sentence about the hub at an address; each may name its server, port, database and login."""
    at = host_of(url)
    where = {"at": at, "port": url.port or PORT, "database": url.database or "", "login": url.username or ""}
    return Message(code, **(where | values))


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


def _message(error: exc.DBAPIError, url: URL) -> Message:
    state, said = getattr(error.orig, "sqlstate", None), str(error.orig).strip()
    if state:
        code = next((code for states, code in _BY_STATE if state in states), "hub-refused")
        return message(code, url, said=refusal(error) or said.splitlines()[0])
    connection = getattr(error.orig, "pgconn", None)
    if connection is not None and connection.needs_password:
        return message(WANTED, url)
    return message(_code_of(said, url), url, line=_line_to_admit(said, url))


def _code_of(said: str, url: URL) -> str:
    """By the words of the driver, or of a server that speaks English; another's by the name that it quotes.

    Where encryption is preferred, PostgreSQL's library tries once more without it after any refusal: that the server
    then asks for encryption is not what was the matter.
    """
    reasons = said.split("FATAL:")
    reason = reasons[1] if len(reasons) > 2 and "pg_hba.conf" in reasons[-1] else reasons[-1]
    if code := next((code for words, code in _BEFORE_LOGIN if words.search(reason)), ""):
        return code
    quoted = {
        name for pair in re.findall(r'"([^"]+)"|[»„«‹]\s?([^"»«“”›]+?)\s?[«“”»›]', reason) for name in pair if name
    }
    if url.username in quoted:
        return REFUSED
    return _NO_DATABASE if url.database in quoted else "hub-unreachable"


def _line_to_admit(said: str, url: URL) -> str:
    """The line of pg_hba.conf that lets this login in from here, as far as the server said where here is."""
    found = re.search(r'pg_hba\.conf[^"]*"([0-9a-fA-F.:]+)"', said)
    network = f"{found[1]}/{128 if ':' in found[1] else 32}" if found else "all"
    return " ".join(("hostssl", str(url.database), str(url.username), network, "scram-sha-256"))
