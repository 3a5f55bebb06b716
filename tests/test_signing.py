"""Where private keys are kept; here the keyring is one in memory (rings.py)."""

import json

import pytest
from keyring.errors import KeyringLocked

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from rings import Memory


def kept(path, **options):
    key = signing.generate()
    signing.keep(key, path, **options)
    return key


def test_without_a_passphrase_a_key_goes_into_the_keyring_and_not_into_the_file(ring, tmp_path):
    path = tmp_path / "key.json"
    key = kept(path)
    (secret,) = ring.kept.values()
    assert secret not in path.read_text()
    assert set(json.loads(path.read_text())) == {"keyring", "public"}
    assert signing.open_key(path).id == key.id == signing.key_name(path)
    assert not signing.is_sealed(path)


def test_with_a_passphrase_it_does_not(ring, tmp_path):
    kept(tmp_path / "key.json", passphrase="correct horse")
    assert ring.kept == {}


def test_a_keyring_that_lost_the_key_or_is_locked_or_gone_says_what_to_do(ring, tmp_path):
    path = tmp_path / "key.json"
    kept(path)
    ring.is_locked = True
    with pytest.raises(DeskError, match="Unlock it"):
        signing.open_key(path)
    ring.is_locked = False
    ring.kept.clear()
    with pytest.raises(DeskError, match="staff key replace"):
        signing.open_key(path)
    before, Memory.priority = Memory.priority, 0
    with pytest.raises(DeskError, match="cannot be reached"):
        signing.open_key(path)
    Memory.priority = before


def test_where_there_is_no_keyring_the_key_lies_in_the_file(tmp_path):
    key = kept(tmp_path / "key.json")
    assert "open" in json.loads((tmp_path / "key.json").read_text())
    assert signing.open_key(tmp_path / "key.json").id == key.id


def test_a_key_that_never_came_into_use_is_gone_from_the_file_and_the_keyring(ring, tmp_path):
    kept(tmp_path / "key.new")
    assert len(ring.kept) == 1
    signing.forget(tmp_path / "key.new")
    assert ring.kept == {}
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_refuses_leaves_no_file(ring, tmp_path):
    ring.set_password = lambda *_given: (_ for _ in ()).throw(KeyringLocked("it is locked"))
    with pytest.raises(DeskError, match="Unlock it"):
        kept(tmp_path / "key.json")
    assert list(tmp_path.iterdir()) == []
