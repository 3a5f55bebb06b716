"""Where a hub's password is kept: in a keyring in memory (rings.py), or sealed with a key of the newsroom."""

import pytest

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.usecases import hub_password
from ovn_desk.usecases.hub_password import Keeping, KeptPassword

ACCOUNT, WORD = "rana@hub.example:5432/news", "wPz-4711 ünd"


def test_a_keyring_has_it_and_no_file(desk, ring):
    assert hub_password.keep(desk.store, ACCOUNT, WORD, key=desk.reporter.key) is Keeping.KEYRING
    assert hub_password.find(desk.store, ACCOUNT, key=None) == KeptPassword(Keeping.KEYRING, WORD)
    assert WORD in ring.kept.values()
    hub_password.forget(desk.store, ACCOUNT)
    assert (hub_password.find(desk.store, ACCOUNT, key=None), ring.kept) == (KeptPassword(), {})


def test_without_a_keyring_it_is_sealed_with_the_key_that_lies_open(desk):
    assert hub_password.keep(desk.store, ACCOUNT, WORD, key=desk.reporter.key) is Keeping.SEALED
    assert hub_password.find(desk.store, ACCOUNT, key=desk.reporter.key).word == WORD
    assert hub_password.find(desk.store, ACCOUNT, key=None) == KeptPassword(Keeping.SEALED)
    assert hub_password.find(desk.store, ACCOUNT, key=signing.generate()) == KeptPassword(Keeping.SEALED)
    written = b"".join(path.read_bytes() for path in desk.store.path.parent.glob(f"{desk.store.path.name}*"))
    assert WORD.encode() not in written


def test_it_is_told_to_no_other_server_and_there_is_one_at_a_time(desk):
    hub_password.keep(desk.store, ACCOUNT, WORD, key=desk.reporter.key)
    for other in ("rana@other.example:5432/news", "ayesha@hub.example:5432/news", "rana@hub.example:5433/news"):
        assert hub_password.find(desk.store, other, key=desk.reporter.key) == KeptPassword()
    hub_password.keep(desk.store, "rana@other.example:5432/news", "another", key=desk.reporter.key)
    assert hub_password.find(desk.store, ACCOUNT, key=desk.reporter.key) == KeptPassword()


def test_without_keyring_and_key_it_is_kept_nowhere_and_the_last_one_is_gone(desk):
    hub_password.keep(desk.store, ACCOUNT, "old", key=desk.reporter.key)
    assert hub_password.keep(desk.store, ACCOUNT, WORD, key=None) is Keeping.NOWHERE
    assert hub_password.find(desk.store, ACCOUNT, key=desk.reporter.key) == KeptPassword()


def test_a_locked_keyring_says_what_to_do(desk, ring):
    hub_password.keep(desk.store, ACCOUNT, WORD, key=None)
    ring.is_locked = True
    with pytest.raises(DeskError, match="Unlock it"):
        hub_password.find(desk.store, ACCOUNT, key=None)
