"""Which WordPress site a newsroom uploads to, and who it is there; the password stands in no file."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ovn_desk import keyring_access
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import ReadTransaction, WriteTransaction

_SERVICE = "OVN Desk, WordPress"
_SITE, _USER = "wordpress site", "wordpress user"
_BELOW = ("/wp-admin", "/wp-json", "/wp-login.php")


@dataclass(frozen=True, slots=True)
class Access:
    """A site's address, a user there and the application password, which is printed nowhere."""

    site: str
    user: str
    password: str = field(repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.site).netloc


def address(text: str) -> str:
    """The address of a site as it is kept; raises DeskError for one that a password may not be sent to."""
    given = text.strip()
    given = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise DeskError("site-address-wrong", address=text) from error
    if parts.scheme not in {"https", "http"} or not host or parts.query or parts.fragment:
        raise DeskError("site-address-wrong", address=text)
    if parts.username is not None or parts.password is not None:
        raise DeskError("site-address-with-password")
    if parts.scheme == "http" and not is_loopback(host):
        raise DeskError("site-address-unencrypted", host=parts.netloc, path=parts.path)
    path = parts.path
    for ending in _BELOW:
        path = path.partition(ending)[0]
    return urlunsplit((parts.scheme, parts.netloc.lower(), path.rstrip("/"), "", ""))


def is_loopback(host: str) -> bool:
    """Whether a host is this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def last_used(reading: ReadTransaction) -> tuple[str, str]:
    """Site and user of the last upload; empty before the first."""
    return reading.setting(_SITE), reading.setting(_USER)


def keep(tx: WriteTransaction, site: str, user: str) -> None:
    tx.set_setting(_SITE, site)
    tx.set_setting(_USER, user)


def check_keyring() -> None:
    """Raises DeskError when this login has no keyring to keep a password in."""
    if keyring_access.find() is None:
        raise DeskError("site-keyring-missing")


def kept_password(site: str, user: str) -> str:
    """The password in the login's keyring; empty where there is none."""
    kept = keyring_access.find()
    if kept is None:
        return ""
    with keyring_access.keyring_errors():
        return kept.get_password(_SERVICE, f"{user} at {site}") or ""


def keep_password(access: Access) -> None:
    """Keeps the password in the login's keyring; raises DeskError when there is none."""
    kept = keyring_access.find()
    if kept is None:
        raise DeskError("site-keyring-missing")
    with keyring_access.keyring_errors():
        kept.set_password(_SERVICE, f"{access.user} at {access.site}", access.password)
