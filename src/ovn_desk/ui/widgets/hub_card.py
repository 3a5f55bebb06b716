"""What whoever runs a hub hands to somebody who is let in: a few lines to be read out, and to be pasted whole."""

import re
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from ovn_desk.sync.postgres import Login
from ovn_desk.sync.postgres.addresses import PORT, HubFields

_LOOSE = {
    "server": "server|host",
    "port": "port",
    "database": "database",
    "login": "login|user",
    "password": "password",
}
"""The words of whoever runs a server, as `ovn-desk hub serve` prints them, too."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}[\s:]+){31}[0-9A-Fa-f]{2}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Card:
    """What such lines say; `number` is that of the hub's certificate as `Certificate.fingerprint`, or empty."""

    fields: HubFields
    password: str = field(default="", repr=False)
    number: str = ""


def write_card(login: Login, hub: HubFields, number: str = "", *, is_invited: bool = False) -> str:
    """The lines, of which `read_card` makes the fields; `number` is that of the hub's certificate.

    Whoever `is_invited` has twelve words, too.
    """
    names = _names()
    lines = [
        _tr(
            "For {name}: when OVN Desk starts for the first time, choose “From the hub…” and paste all of this into "
            "the first field. On a desk that is in use already: File, Share, Hub."
        ).format(name=login.name),
        f"{names['server']}: {hub.server}   {names['port']}: {hub.port}   {names['database']}: {hub.database}",
        f"{names['login']}: {login.login}",
        f"{names['password']}: {login.password}",
    ]
    if is_invited:
        lines.insert(1, _tr("The twelve words of your invitation go into the last field there."))
    if number:
        lines.append(_tr("Number of its certificate: {number}").format(number=number))
    return "\n".join(lines)


def read_card(text: str) -> Card | None:
    """What a card says that was pasted, with or without its line ends; None for anything else.

    Lines that somebody wrote themselves are read, too: “server hub.example.org, port 5577, database newsroom, login
    rana”, in any order and with what else stands there.
    """
    found = {name: _find(text, label) or _find_loosely(text, name) for name, label in _names().items()}
    if not (found["server"] and found["login"]):
        return None
    port = int(found["port"]) if re.fullmatch(r"\d{1,5}", found["port"]) else PORT
    fields = HubFields(found["server"], port, found["database"], found["login"])
    return Card(fields, found["password"], _read_number(text))


def _read_number(text: str) -> str:
    """The number of the certificate in pairs of hex digits; empty where the card has none that is whole."""
    found = _NUMBER.search(text)
    return ":".join(re.split(r"[\s:]+", found[0].upper())) if found else ""


def _find(text: str, label: str) -> str:
    said = re.search(rf"{re.escape(label)}:\s*(\S+)", text)
    return said[1] if said else ""


def _find_loosely(text: str, name: str) -> str:
    """What stands behind a label, in any case, with or without a colon; what ends a phrase is none of it."""
    said = re.search(rf"(?i)(?<![\w.-])(?:{_LOOSE[name]})(?:\s*[:=]\s*|\s+)(?!as it was\b)(\S+)", text)
    return said[1].rstrip(",;") if said else ""


def _names() -> dict[str, str]:
    return {
        "server": _tr("Server"),
        "port": _tr("Port"),
        "database": _tr("Database"),
        "login": _tr("Your login"),
        "password": _tr("Password"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("HubCard", text)
