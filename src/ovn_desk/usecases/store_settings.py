"""What a store remembers for this desk, and no other desk hears of: the hub, where exports go, who uploads."""

from datetime import datetime

from ovn_desk.store import Readable, Store
from ovn_desk.store.session import HUB

_EXPORT_FOLDER = "export folder"
SYNCED_AT = "synced at"
_HAND_OVER_FOLDER, _HANDED_TO = "hand over folder", "handed over to"
_HUB_NAME = "hub name for others"
_SITE, _USER = "wordpress site", "wordpress user"


def hub_address(store: Readable) -> str:
    """Of the hub of the last round, without a password; empty where there was none."""
    return _setting(store, HUB)


def set_hub_address(store: Store, address: str) -> None:
    _set(store, HUB, address)


def hub_name_for_others(store: Readable) -> str:
    """What colleagues' computers call the server of a hub that is on this one; empty until somebody said."""
    return _setting(store, _HUB_NAME)


def set_hub_name_for_others(store: Store, name: str) -> None:
    _set(store, _HUB_NAME, name)


def synced_at(store: Readable) -> datetime | None:
    """When everything here was at the hub, too; None where it never was."""
    at = _setting(store, SYNCED_AT)
    return datetime.fromisoformat(at) if at else None


def export_folder(store: Readable) -> str:
    """Where the last export went; empty before the first."""
    return _setting(store, _EXPORT_FOLDER)


def set_export_folder(store: Store, folder: str) -> None:
    _set(store, _EXPORT_FOLDER, folder)


def hand_over_folder(store: Readable) -> str:
    """Where the last file for a colleague was written; empty before the first."""
    return _setting(store, _HAND_OVER_FOLDER)


def last_handed_to(store: Readable) -> str:
    """The id of the colleague for whom the last file was written; empty for nobody in particular."""
    return _setting(store, _HANDED_TO)


def set_handed_over(store: Store, folder: str, to: str) -> None:
    """Remembers where a file for a colleague was written, and whose it is."""
    with store.begin() as tx:
        tx.set_setting(_HAND_OVER_FOLDER, folder)
        tx.set_setting(_HANDED_TO, to)


def upload_login(store: Readable) -> tuple[str, str]:
    """The site that was uploaded to last, and the user there; both empty before the first time."""
    return _setting(store, _SITE), _setting(store, _USER)


def set_upload_login(store: Store, site: str, user: str) -> None:
    with store.begin() as tx:
        tx.set_setting(_SITE, site)
        tx.set_setting(_USER, user)


def _setting(store: Readable, name: str) -> str:
    with store.read() as reading:
        return reading.setting(name)


def _set(store: Store, name: str, value: str) -> None:
    with store.begin() as tx:
        tx.set_setting(name, value)
