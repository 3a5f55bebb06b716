"""The hashes of files that exports made, so that one that stands where it belongs need not be made to be compared.

They are kept under a seal of this desk: who can write to an export's folder can not change them.
"""

from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases.program import program_fingerprint


class Hashes:
    """Those of one format by its name, from this export and the ones before."""

    def __init__(self, kept: BuildCache, name: str) -> None:
        self._kept = kept
        self._format = name
        self._known = kept.find_all(name)

    def of(self, file: Artifact) -> str:
        """The SHA-256 of a file as it would be made now; empty when only making it can tell."""
        made_from, sha256 = self._known.get(self._place(file.path), ("", b""))
        return sha256.decode() if made_from and made_from == _made_from(file) else ""

    def learn(self, file: Artifact, sha256: str) -> None:
        """Keeps the hash of a file that was made; one that only making can tell is kept for its name."""
        piece = (_made_from(file), sha256.encode())
        if self._known.get(self._place(file.path)) != piece:
            self._kept.put(self._place(file.path), *piece)

    def has(self, name: str) -> bool:
        """Whether an export of this desk made a file of this name before."""
        return self._place(name) in self._known

    def write(self) -> None:
        """Keeps what was learned even if this export is killed."""
        self._kept.write()

    def _place(self, name: str) -> str:
        return f"{self._format}/{name}"


def _made_from(file: Artifact) -> str:
    return name_for(program_fingerprint(), file.made_from)
