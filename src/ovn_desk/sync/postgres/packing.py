"""A record as the hub keeps it, and back."""

import hashlib
import json
import zlib
from typing import Any, NamedTuple

import rfc8785

from ovn_desk.domain.errors import DeskError
from ovn_desk.store import records
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync.checking import LARGEST_RECORD

_LEVEL = 6
_PLAIN = ("event/", "roster/", "house/")  # what the hub reads itself: schema.sql


class PackedRow(NamedTuple):
    """A row of the hub: what can be read there, and the whole compressed if it is long."""

    kind: str
    id: str
    article: str
    said: str
    packed: bytes | None
    signature: str

    @property
    def form(self) -> bytes:
        """The SHA-256 of all of it, as the hub makes it: schema.sql."""
        said = self.said.encode()
        head = [self.kind.encode(), self.article.encode(), self.signature.encode(), str(len(said)).encode(), said]
        return hashlib.sha256(b"\n".join(head) + (self.packed or b"")).digest()


def pack(row: RecordRow) -> PackedRow:
    """Turn a record row into a row of the hub's table; a revision is compressed, its content in `packed` only."""
    data = json.loads(row.record)
    article = data.get("article")
    article = article if isinstance(article, str) else ""
    if row.kind.startswith(_PLAIN):
        return PackedRow(row.kind, row.id, article, row.record, None, row.signature)
    return PackedRow(
        row.kind, row.id, article, _outside(data), zlib.compress(row.record.encode(), _LEVEL), row.signature
    )


def unpack(kept: PackedRow) -> RecordRow:
    """The inverse of `pack`; raises DeskError when the packed record does not agree with the columns beside it."""
    if kept.packed is None:
        return RecordRow(kept.kind, kept.id, kept.said, kept.signature)
    unpacking = zlib.decompressobj()
    try:
        record = unpacking.decompress(bytes(kept.packed), LARGEST_RECORD + 1).decode()
        data = json.loads(record)
        outside = _outside(data) if isinstance(data, dict) else None
    except (zlib.error, ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise DeskError("row-not-unpacked") from error
    if outside != kept.said or data.get("article", "") != kept.article:
        raise DeskError("row-packed-otherwise")
    return RecordRow(kept.kind, kept.id, record, kept.signature)


def _outside(data: dict[str, Any]) -> str:
    """A record without its content."""
    return records.canonical({name: value for name, value in data.items() if name != "content"}).decode()
