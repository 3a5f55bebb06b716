"""The hashes of files that exports made, so that one that stands where it belongs need not be made to be compared."""

import hashlib

from ovn_desk.formats.outgoing import Outgoing, named
from ovn_desk.store.kept import Kept
from ovn_desk.usecases import bodies


class Hashes:
    """Those of one form, from this export and the ones before."""

    def __init__(self, kept: Kept, form: str) -> None:
        self._kept = kept
        self._form = form
        self._known = kept.find_all(form)

    def of(self, name: str, file: Outgoing) -> str:
        """The SHA-256 of a file as it would be made now; empty when only making it can tell."""
        made_from, sha256 = self._known.get(self._place(name), ("", b""))
        return sha256.decode() if made_from and made_from == _made_from(file) else ""

    def learn(self, name: str, file: Outgoing, data: bytes) -> str:
        """The hash of a file that was made."""
        sha256 = hashlib.sha256(data).hexdigest()
        if made_from := _made_from(file):
            self._kept.put(self._place(name), made_from, sha256.encode())
        return sha256

    def _place(self, name: str) -> str:
        return f"{self._form}/{name}"


def _made_from(file: Outgoing) -> str:
    return named(bodies.maker(), file.made_from)
