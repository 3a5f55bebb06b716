"""Where private keys are kept; here the keyring is one in memory, made with the library's own class."""

import json

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError


class Memory(KeyringBackend):
    priority = 5

    def __init__(self):
        super().__init__()
        self.kept = {}
        self.is_locked = False

    def get_password(self, service, username):
        if self.is_locked:
            raise KeyringLocked("it is locked")
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def ring():
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_without_a_passphrase_a_key_goes_into_the_keyring_and_not_into_the_file(ring, tmp_path):
    path = tmp_path / "key.json"
    key = signing.make(path)
    (secret,) = ring.kept.values()
    assert secret not in path.read_text()
    assert set(json.loads(path.read_text())) == {"keyring", "public"}
    assert signing.open_key(path).id == key.id == signing.key_name(path)
    assert not signing.is_sealed(path)


def test_with_a_passphrase_it_does_not(ring, tmp_path):
    signing.make(tmp_path / "key.json", passphrase="correct horse")
    assert ring.kept == {}


def test_a_keyring_that_lost_the_key_or_is_locked_or_gone_says_what_to_do(ring, tmp_path):
    path = tmp_path / "key.json"
    signing.make(path)
    ring.is_locked = True
    with pytest.raises(DeskError, match="Unlock it"):
        signing.open_key(path)
    ring.is_locked = False
    ring.kept.clear()
    with pytest.raises(DeskError, match="staff key replace"):
        signing.open_key(path)
    before, Memory.priority = Memory.priority, 0
    with pytest.raises(DeskError, match="can not be reached"):
        signing.open_key(path)
    Memory.priority = before


def test_where_there_is_no_keyring_the_key_lies_in_the_file(tmp_path):
    key = signing.make(tmp_path / "key.json")
    assert "open" in json.loads((tmp_path / "key.json").read_text())
    assert signing.open_key(tmp_path / "key.json").id == key.id
