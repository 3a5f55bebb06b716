"""Signed notes: a text and, below it, who signed it. After C2SP signed-note 1.0, with Ed25519 alone.

Keys are given as functions over bytes, so that this module knows no keys and no files.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.transparency import coding

_ED25519 = b"\x01"
_DASH = "— "
_MOST_BYTES = 1_000_000
_MOST_SIGNATURES = 64
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A known key: its name, its raw public half (32 bytes), and a check of (message, signature)."""

    name: str
    public: bytes
    is_valid: Callable[[bytes, bytes], bool]

    @property
    def id(self) -> bytes:
        """The four bytes that a signature line begins with."""
        return note_key_id(self.name, self.public)


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the names of those known keys whose signatures under it hold."""

    text: str
    signed_by: tuple[Verifier, ...]


def note_key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of the SHA-256 of name, newline, kind of signature and public key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def key_line(name: str, public: bytes) -> str:
    """A public key as other programs for signed notes take it: name, id and key, joined by plus signs."""
    _check_name(name)
    return f"{name}+{note_key_id(name, public).hex()}+{coding.encode(_ED25519 + public)}"


def sign_note(text: str, name: str, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The note: text, an empty line and one signature. Raises ValueError for a text or name that can not be one."""
    _check_name(name)
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("a note ends in a newline and holds no other control characters")
    signature = note_key_id(name, public) + sign(text.encode())
    return f"{text}\n{_DASH}{name} {coding.encode(signature)}\n"


def open_note(note: str, known: Sequence[Verifier]) -> Note:
    """The text of a note, once a known key's signature was checked.

    Raises DeskError where it is no note, where no known key signed it, or where the signature of a known one is wrong.
    """
    text, lines = _parts(note)
    signed_by: list[Verifier] = []
    for name, id_and_signature in map(_signature, lines):
        key = next((key for key in known if (key.name, key.id) == (name, id_and_signature[:4])), None)
        if key is None or key in signed_by:
            continue
        if not key.is_valid(text.encode(), id_and_signature[4:]):
            raise DeskError("note-signature-wrong", name=name)
        signed_by.append(key)
    if not signed_by:
        raise DeskError("note-of-unknown-keys")
    return Note(text, tuple(signed_by))


def _parts(note: str) -> tuple[str, list[str]]:
    text, gap, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if len(note) > _MOST_BYTES or _CONTROL.search(note) or not gap or lines.pop() or not lines:
        raise DeskError("note-unsigned")
    if len(lines) > _MOST_SIGNATURES:
        raise DeskError("note-signatures-too-many", most=_MOST_SIGNATURES)
    return f"{text}\n", lines


def _signature(line: str) -> tuple[str, bytes]:
    name, _, coded = line.removeprefix(_DASH).partition(" ")
    try:
        signature = coding.decode(coded)
        _check_name(name)
    except ValueError as error:
        raise DeskError("note-signature-unreadable") from error
    if not line.startswith(_DASH) or len(signature) < len(_ED25519) + 4:
        raise DeskError("note-signature-unreadable")
    return name, signature


def _check_name(name: str) -> None:
    if not name or "+" in name or name.split() != [name] or _CONTROL.search(name):
        raise ValueError(f"“{name}” cannot name a key")
