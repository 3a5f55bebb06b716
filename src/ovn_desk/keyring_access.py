"""The login's keyring, where secrets are kept that stand in no file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ovn_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def find() -> KeyringBackend | None:
    """The keyring, where the optional library is installed and has one to use."""
    try:
        import keyring
    except ImportError:
        return None
    ring = keyring.get_keyring()
    return ring if ring.priority >= 1 else None  # those that keep nothing say less


@contextmanager
def keyring_errors() -> Iterator[None]:
    """Turn a KeyringError into a DeskError that says how to unlock the keyring."""
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise DeskError("keyring-refused", error=error) from error
