"""Staff keys: Ed25519, the private half sealed by a passphrase (Argon2id), in the keyring, or open in a file.

What is meant for one person only is sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) to the X25519
form of the same key, as RFC 7748 maps one curve to the other, so that nobody has to look after a second key.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ovn_desk import files, keyring_access
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import key_id
from ovn_desk.messages import Message
from ovn_desk.text import foreign

_SERVICE = "OVN Desk"
_SEALED = b"ovn-desk/sealed/1"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_FIELD = 2**255 - 19
WORDS = 12
"""Of an invitation, and of the recovery key."""
_FROM_WORDS = b"ovn-desk/key-from-words/1"


@dataclass(frozen=True, slots=True)
class Key:
    """An opened private key and the id its public half has in the roster."""

    id: str
    public: str
    private: Ed25519PrivateKey


def generate() -> Key:
    """A new key, which nothing keeps yet."""
    return _key(Ed25519PrivateKey.generate())


@dataclass(frozen=True, slots=True)
class Signer:
    """A person at this desk with their opened key: who acts, and what signs each record they make."""

    person: Staff
    key: Key

    @property
    def id(self) -> StaffId:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def role(self) -> Role:
        return self.person.role

    @property
    def is_retired(self) -> bool:
        return self.person.is_retired


def keep(key: Key, path: Path, *, passphrase: str = "") -> None:
    """Write a new key to a file that only its owner can read, sealed by the passphrase where there is one.

    Without a passphrase the private half goes into the login's keyring where there is one, and not into the file. The
    file names it before the keyring has it, so that nothing in the keyring is ever known to no file. Raises DeskError.
    """
    secret = key.private.private_bytes_raw()
    kept = None if passphrase else keyring_access.find()
    if passphrase:
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = AESGCM(_derive_key(passphrase, salt)).encrypt(nonce, secret, None)
        data = {"sealed": _text(sealed), "salt": _text(salt), "nonce": _text(nonce)}
    else:
        data = {"keyring": key.id} if kept else {"open": _text(secret)}
    try:
        files.write(
            path, json.dumps(data | {"public": key.public}).encode(), family="ovn-", is_private=True, is_new=True
        )
    except OSError as error:
        raise DeskError("key-not-kept", folder=path.parent, reason=files.reason(error)) from error
    if kept:
        try:
            with keyring_access.keyring_errors():
                kept.set_password(_SERVICE, key.id, _text(secret))
        except BaseException:
            files.remove(path)
            raise


def forget(path: Path) -> None:
    """Deletes a key that never came into use: its file, and its private half where the keyring has it."""
    name, kept = key_name(path), keyring_access.find()
    if name and kept:
        with keyring_access.keyring_errors():
            if kept.get_password(_SERVICE, name):
                kept.delete_password(_SERVICE, name)
    files.remove(path)


def is_sealed(path: Path) -> bool:
    """Whether opening the key asks for a passphrase."""
    return "sealed" in _read_key_file(path)


def key_name(path: Path) -> str:
    """The id of the key in a file, without opening it; empty for one that is damaged, or of before it stood there."""
    try:
        public = _read_key_file(path).get("public", "")
        with _opening(path):
            return key_id(public) if public else ""
    except DeskError:
        return ""


def open_key(path: Path, *, passphrase: str = "") -> Key:
    """The private key in a file; raises DeskError when the passphrase is missing or wrong."""
    data = _read_key_file(path)
    text = _from_keyring(data["keyring"]) if "keyring" in data else data.get("open", "")
    if not text and not passphrase:
        raise DeskError("key-needs-passphrase")
    with _opening(path):
        secret = base64.b64decode(text) if text else _decrypt_private(data, passphrase)
        if secret:
            return _key(Ed25519PrivateKey.from_private_bytes(secret))
    raise DeskError("passphrase-wrong")


def _decrypt_private(data: Mapping[str, str], passphrase: str) -> bytes:
    """The private half in a sealed file; empty when this is not its passphrase."""
    stretched = _derive_key(passphrase, base64.b64decode(data["salt"]))
    try:
        return AESGCM(stretched).decrypt(base64.b64decode(data["nonce"]), base64.b64decode(data["sealed"]), None)
    except InvalidTag:
        return b""


def sign(key: Key, message: bytes) -> str:
    """The signature as base64."""
    return _text(key.private.sign(message))


def seal(public: str, data: bytes) -> bytes:
    """Encrypt data to a public key (base64), by HPKE: only its private half opens it."""
    y = int.from_bytes(base64.b64decode(public), "little") & (2**255 - 1)
    u = (1 + y) * pow(1 - y, -1, _FIELD) % _FIELD  # RFC 7748, section 4.1
    return _SUITE.encrypt(data, X25519PublicKey.from_public_bytes(u.to_bytes(32, "little")), _SEALED)


def unseal(key: Key, data: bytes) -> bytes:
    """Decrypt what `seal` made for this key; raises DeskError when it was not for it, or was changed since."""
    secret = hashlib.sha512(key.private.private_bytes_raw()).digest()[:32]  # RFC 8032, section 5.1.5
    try:
        return _SUITE.decrypt(data, X25519PrivateKey.from_private_bytes(secret), _SEALED)
    except (InvalidTag, ValueError) as error:
        raise DeskError("sealed-to-other-key") from error


def new_words() -> str:
    """Twelve words that stand for a new key: 128 bits, by BIP-39, whose last word tells a slip of the pen."""
    from mnemonic import Mnemonic  # its list would make every start slower

    return str(Mnemonic("english").generate(strength=128))


def key_from_words(words: str) -> Key:
    """The key that twelve words stand for; raises DeskError when a word is wrong or missing."""
    from mnemonic import Mnemonic

    listed, given = Mnemonic("english"), " ".join(words.casefold().split())
    if len(given.split()) != WORDS or not listed.check(given):
        raise DeskError("recovery-words-wrong")
    stretched = HKDF(SHA256(), 32, salt=None, info=_FROM_WORDS).derive(bytes(listed.to_entropy(given)))
    return _key(Ed25519PrivateKey.from_private_bytes(stretched))


def _from_keyring(name: str) -> str:
    kept = keyring_access.find()
    if kept is None:
        raise DeskError("keyring-missing")
    with keyring_access.keyring_errors():
        secret = kept.get_password(_SERVICE, name)
    if not secret:
        raise DeskError("keyring-lacks-key", name=name)
    return secret


def _key(private: Ed25519PrivateKey) -> Key:
    public = _text(private.public_key().public_bytes_raw())
    return Key(key_id(public), public, private)


def _read_key_file(path: Path) -> dict[str, str]:
    if not path.exists():
        raise DeskError("key-missing-here")
    with _opening(path):
        data = foreign.read_json(foreign.read_text(path))
        if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
            raise ValueError("not a table of texts")
        return data


def _opening(path: Path) -> AbstractContextManager[None]:
    name = Message("key-file", path=path)
    return foreign.reading(name, "key-file-damaged", "advice-key-file", also=(KeyError, ValueError))


def _derive_key(passphrase: str, salt: bytes) -> bytes:
    # RFC 9106, the second recommended option.
    stretching = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024)
    return stretching.derive(passphrase.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
