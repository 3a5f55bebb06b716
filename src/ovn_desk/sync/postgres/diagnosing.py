"""A hub's address tried out: what is the matter with it, and what to do; nothing is sent to it or kept of it."""

from dataclasses import dataclass

from sqlalchemy import URL, Connection, text

from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.sync.postgres import certificates
from ovn_desk.sync.postgres.addresses import host_of
from ovn_desk.sync.postgres.certificates import Certificate
from ovn_desk.sync.postgres.connecting import compatible_house, connect, is_let_in
from ovn_desk.sync.postgres.faults import in_words, message
from ovn_desk.sync.postgres.lines import GoOn

_MADE = "SELECT to_regclass('ovn.house') IS NOT NULL"
_READ_ONLY = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean"
_CHECKED = frozenset({"verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What an address led to. `problem` is none where a round can begin; its code says which of them it is.

    `certificate` is what the server showed, where it showed one.
    """

    problem: Message | None = None
    certificate: Certificate | None = None


def diagnose(url: URL, password: str = "", *, newsroom: str = "", go_on: GoOn = lambda: True) -> Diagnosis:
    """Tries a hub out, step by step, until the first that fails.

    `newsroom` is the record that the newsroom here stands on; empty takes any. Raises BrokenOff.
    """
    certificate = None
    try:
        if not host_of(url).startswith("/") and url.query.get("sslmode") in {*_CHECKED, "require"}:
            certificate = certificates.read(url, go_on=go_on)
            if certificate.problem and url.query.get("sslmode") in _CHECKED:
                return Diagnosis(certificate.problem, certificate)
        with connect(url, password) as hub, in_words(url):
            _check(hub, url, newsroom)
    except DeskError as error:
        if not go_on():
            raise
        return Diagnosis(error.message, certificate)
    return Diagnosis(certificate=certificate)


def _check(hub: Connection, url: URL, newsroom: str) -> None:
    """Raises DeskError for a database that is no hub for this newsroom, this desk or this login."""
    if not hub.execute(text(_MADE)).scalar():
        raise DeskError(message("hub-not-made", url))
    house = compatible_house(hub)
    if newsroom and house.newsroom != newsroom:
        raise DeskError("hub-of-other-newsroom")
    if not is_let_in(hub):
        raise DeskError(message("hub-not-let-in", url))
    if hub.execute(text(_READ_ONLY)).scalar():
        raise DeskError(message("hub-read-only", url))
