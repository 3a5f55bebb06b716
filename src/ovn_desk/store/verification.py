"""Which records are signed as they say: each signature is checked once a store, and that is remembered under a seal."""

import hmac
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import Revision, RevisionId
from ovn_desk.store import records, sealing
from ovn_desk.store.automerge import merge_heads
from ovn_desk.store.schema import verified
from ovn_desk.text.signatures import is_valid

_COMBINED = "combined"


class VerifiedSignatures:
    """What was found to hold, of one store.

    A seal is HMAC-SHA-256 over the id and the public key, under the key that lies with the staff's keys (`sealing`):
    who writes a row into the table beside the records, and can not read that key, makes nothing count.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._found: dict[tuple[str, str, str], bool] = {}

    def holds(self, name: str, public: str, signature: str, seal: bytes | None = None) -> bool:
        """Whether the record of this name was signed with the private half of `public` (base64)."""
        if seal is not None and hmac.compare_digest(seal, self._seal(name, public, signature)):
            return True
        place = (name, public, signature)
        if place not in self._found:
            self._found[place] = is_valid(public, records.signed_bytes(name), signature)
        return self._found[place]

    def is_combined(self, revision: Revision, known: Mapping[RevisionId, Revision], seal: bytes | None = None) -> bool:
        """Whether a revision without a signature is just what its parents add up to."""
        if seal is not None and hmac.compare_digest(seal, self._seal(revision.id, _COMBINED, "")):
            return True
        place = (revision.id, _COMBINED, "")
        if place not in self._found:
            if len(revision.parents) != 2 or not set(revision.parents) <= known.keys():
                return False
            self._found[place] = merge_heads(known, *revision.parents) == revision
        return self._found[place]

    def remember(self, connection: Connection, name: str, public: str, signature: str) -> None:
        """Store, under a seal, that this record's signature holds under this public key (base64)."""
        seal = self._seal(name, public or _COMBINED, signature)
        connection.execute(upsert(verified).values(id=name, seal=seal).on_conflict_do_nothing())

    @cached_property
    def _key(self) -> bytes:
        return sealing.key_for(self._store)

    def _seal(self, name: str, public: str, signature: str) -> bytes:
        return hmac.digest(self._key, f"{name}\0{public}\0{signature}".encode(), "sha256")
