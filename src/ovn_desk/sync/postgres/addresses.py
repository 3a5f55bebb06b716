"""The address of a hub: as one text, as the fields somebody fills in, and what it may not say."""

import ipaddress
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import URL, exc, make_url

from ovn_desk.domain.errors import DeskError

PORT = 5432
SYSTEM = "system"  # for sslrootcert: the authorities that this computer trusts

_ENCRYPTED = ("require", "verify-ca", "verify-full")
_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "host"})
_SCHEMES = frozenset({"postgresql", "postgres"})


class Encryption(StrEnum):
    """How a line to a hub is kept from others, and what proves that it is the hub who answers."""

    CHECKED = "checked"
    """Encrypted; the certificate has to be signed by an authority that this computer trusts, for this server."""
    PINNED = "pinned"
    """Encrypted; the certificate has to be the one, or signed by the one, that was trusted by hand."""
    UNCHECKED = "unchecked"
    """Encrypted, and nothing proves who answers."""
    LOCAL = "local"
    """Never leaves this computer, and is encrypted only where the hub offers it."""


@dataclass(frozen=True, slots=True)
class HubFields:
    """The parts of a hub's address. `certificate` is the path of the file that was trusted, for PINNED alone.

    `server` is a name, an IP address or, on this computer, the folder of a socket.
    """

    server: str = ""
    port: int = PORT
    database: str = ""
    login: str = ""
    encryption: Encryption = Encryption.CHECKED
    certificate: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the server is this computer."""
        return is_here(self.server)

    def url(self) -> URL:
        """The address; raises DeskError that names what is missing."""
        for part, code in (
            (self.server, "hub-server-name-missing"),
            (self.database, "hub-database-name-missing"),
            (self.login, "hub-login-name-missing"),
        ):
            if not part:
                raise DeskError(code)
        query = {
            Encryption.CHECKED: {"sslmode": "verify-full", "sslrootcert": SYSTEM},
            Encryption.PINNED: {"sslmode": "verify-ca", "sslrootcert": self.certificate},
            Encryption.UNCHECKED: {"sslmode": "require"},
            Encryption.LOCAL: {},
        }[self.encryption]
        is_folder = self.server.startswith("/")
        if is_folder:
            query["host"] = self.server
        made = URL.create(
            "postgresql",
            self.login,
            host=None if is_folder else self.server,
            port=None if self.port == PORT else self.port,
            database=self.database,
            query=query,
        )
        return address(made.render_as_string())


def address(text: str) -> URL:
    """The address of a hub; raises DeskError for one with a password in it, or without encryption off this computer."""
    url = _parse(text)
    if url.password is not None:
        raise DeskError("hub-address-with-password")
    if unknown := sorted(url.query.keys() - _OPTIONS):
        raise DeskError("hub-address-option-unknown", option=unknown[0], options=sorted(_OPTIONS))
    host = host_of(url)
    mode = url.query.get("sslmode", "prefer" if is_here(host) else "require")
    if not is_here(host) and mode not in _ENCRYPTED:
        raise DeskError("hub-address-unencrypted", host=host, encrypted=tuple(_ENCRYPTED))
    return url.set(drivername="postgresql+psycopg").update_query_dict({"sslmode": mode})


def without_password(url: URL) -> str:
    """The hub's address as text without its password, to be stored or shown; `address` reads it."""
    return url.set(drivername="postgresql", password=None).render_as_string()


def account(url: URL) -> str:
    """Whose password a hub at this address asks for: the login, and the server and database it is good for."""
    return f"{url.username}@{host_of(url)}:{url.port or PORT}/{url.database}"


def split(text: str) -> tuple[HubFields, str]:
    """The fields of an address that was typed or pasted, and the password where it has one.

    What of it this desk does not use is left out. Without encryption named, the certificate is checked. Raises
    DeskError for what is no address.
    """
    url = _parse(text.strip())
    server = host_of(url)
    mode, authority = _option(url, "sslmode"), _option(url, "sslrootcert")
    if is_here(server) and mode not in _ENCRYPTED:
        encryption = Encryption.LOCAL
    elif authority and authority != SYSTEM:
        encryption = Encryption.PINNED
    else:
        encryption = Encryption.UNCHECKED if mode == "require" and not authority else Encryption.CHECKED
    found = HubFields(
        server,
        url.port or PORT,
        url.database or "",
        url.username or "",
        encryption,
        authority if encryption is Encryption.PINNED else "",
    )
    return found, str(url.password or "")


def host_of(url: URL) -> str:
    """The one server that an address names; raises DeskError for none, and for several."""
    given = url.query.get("host") or url.host
    if not isinstance(given, str) or "," in given:
        raise DeskError("hub-address-many-hosts")
    return given


def is_here(host: str) -> bool:
    """Whether a host is this computer: a socket, or a loopback address."""
    if host.startswith("/") or host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError) as error:
        raise DeskError("hub-address-wrong") from error
    if url.drivername not in _SCHEMES:
        raise DeskError("hub-address-wrong")
    return url


def _option(url: URL, name: str) -> str:
    found = url.query.get(name, "")
    return found if isinstance(found, str) else ""
