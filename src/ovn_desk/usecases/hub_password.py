"""The password of the newsroom's hub: in the login's keyring, or sealed with the key of whoever sits here, never open.

An `account` is a login at a server and a database, as `rana@hub.example:5432/news`: a password goes nowhere else.
"""

import base64
import json
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from ovn_desk import keyring_access, signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.signing import Key
from ovn_desk.store import Readable, Store

_SERVICE = "OVN Desk, hub"
SETTING = "hub password"


class Keeping(StrEnum):
    """Where a password is kept."""

    NOWHERE = ""
    KEYRING = "keyring"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class KeptPassword:
    """What is kept for an account; `word` is empty where it is sealed with a key that is not open, or nothing is."""

    keeping: Keeping = Keeping.NOWHERE
    word: str = field(default="", repr=False)


def keep(store: Store, account: str, word: str, *, key: Key | None) -> Keeping:
    """Keeps a password for the next start, in the place of any other; NOWHERE without a keyring and an open key.

    Raises DeskError for a keyring that is locked.
    """
    forget(store, account)
    ring = keyring_access.find()
    if ring is not None:
        with keyring_access.keyring_errors():
            ring.set_password(_SERVICE, account, word)
        return Keeping.KEYRING
    if key is None:
        return Keeping.NOWHERE
    sealed = base64.b64encode(signing.seal(key.public, word.encode())).decode()
    _write(store, {"account": account, "key": key.id, "sealed": sealed})
    return Keeping.SEALED


def find(store: Readable, account: str, *, key: Key | None) -> KeptPassword:
    """What is kept for an account; raises DeskError for a keyring that is locked."""
    ring = keyring_access.find()
    if ring is not None:
        with keyring_access.keyring_errors():
            word = ring.get_password(_SERVICE, account)
        if word:
            return KeptPassword(Keeping.KEYRING, word)
    said = _read(store)
    if said.get("account") != account:
        return KeptPassword()
    if key is None or said["key"] != key.id:
        return KeptPassword(Keeping.SEALED)
    return KeptPassword(Keeping.SEALED, signing.unseal(key, base64.b64decode(said["sealed"])).decode())


def forget(store: Store, account: str) -> None:
    """Deletes what is kept for an account; nothing there is no fault."""
    ring = keyring_access.find()
    if ring is not None:
        with suppress(DeskError), keyring_access.keyring_errors():
            if ring.get_password(_SERVICE, account):
                ring.delete_password(_SERVICE, account)
    if _read(store):
        _write(store, {})


def _read(store: Readable) -> dict[str, str]:
    with store.read() as reading:
        text = reading.setting(SETTING)
    return dict(json.loads(text)) if text else {}


def _write(store: Store, said: dict[str, str]) -> None:
    with store.begin() as tx:
        tx.set_setting(SETTING, json.dumps(said) if said else "")
