"""Sealing the pages of an export: each ends with a signature over all of it, and keeps it while it stays the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ovn_desk import signing
from ovn_desk.rendering.format import Format
from ovn_desk.text import seals, signatures


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals the pages of one export with the key of who makes it.

    `keys` are the published keys; a seal by one of them that stands on a page stays as long as the page does, so that
    an export does not write every page anew. Without a key it seals nothing that is not sealed already, as in a plan.
    """

    format: Format
    keys: Mapping[str, str]
    at: datetime
    key: signing.Key | None = None

    def seal(self, name: str, data: bytes, standing: Callable[[], bytes]) -> bytes:
        """The file as it is to be written; `standing` reads what stands in its place."""
        if not self.format.themed or not name.endswith(".html"):
            return data
        page = data if data.endswith(b"\n") else data + b"\n"
        before = standing()
        if before.startswith(page) and self._is_sealed(seals.read_sealed_page(before), page):
            return before
        if self.key is None:
            return page
        return seals.add(page, key=self.key.id, at=self.at, sign=partial(signing.sign, self.key))

    def has_sealed(self, data: bytes) -> bool:
        """Whether a file is a page with a seal by a published key: an export of this newsroom wrote it."""
        found = seals.read_sealed_page(data)
        return self._is_sealed(found, found.page)

    def _is_sealed(self, found: seals.SealedPage, page: bytes) -> bool:
        """Whether a page is exactly this one with a seal by a published key."""
        seal = found.seal
        if seal is None or not found.is_whole or found.page != page or seal.key not in self.keys:
            return False
        return signatures.is_valid(self.keys[seal.key], seal.message, seal.signature)
