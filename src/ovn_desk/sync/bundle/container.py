"""The bundle as a file: a zip whose limits are checked before anything in it is unpacked, signed and perhaps sealed."""

import hashlib
import io
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import key_id
from ovn_desk.domain.values import first_misshapen, from_dict
from ovn_desk.store import records
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync.checking import LARGEST_RECORD
from ovn_desk.text import foreign, signatures

FORMAT = 2
MANIFEST, SIGNATURE, ROWS, BLOBS = "manifest.json", "signature.txt", "rows.ndjson", "blobs/"
LARGEST_FILE = 2 * 1024**3
LARGEST_SEALED = 256 * 1024**2  # it is unsealed in memory
MOST_ENTRIES = 20_000

_LIMITS = {MANIFEST: 16 * 1024**2, SIGNATURE: 1024, ROWS: 1024**3}
_DIRECTORY = 4 * 1024**2  # bytes of the list of entries
_TAIL = 22 + 65_535  # where the end of that list has to be
_SIGNED = b"ovn-desk/bundle/2\n"
_SEAL = re.compile(rb"OVN Desk bundle, sealed to (ovn-[0-9a-f]{16})\n")
_SEAL_LENGTH = len(b"OVN Desk bundle, sealed to ovn-0123456789abcdef\n")
_BLOB = re.compile(BLOBS + "[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class File:
    """A file that travels with the rows."""

    sha256: str
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class Share:
    """What whoever wrote the bundle has of one article: number and XOR of its records, as text.

    `received` is the same without the records that the device made on which it was written; empty where it made none.
    """

    article: str
    total: str
    received: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says about itself. `newsroom` is the record that founded it, `to` a person, or nobody."""

    format: int
    newsroom: str
    by: str
    name: str
    device: str
    key: str
    public: str
    made_at: str
    to: str
    rows: int
    rows_size: int
    rows_sha256: str
    files: tuple[File, ...]
    shares: tuple[Share, ...]


class Container:
    """An opened bundle whose signature fits its manifest and whose rows are those that were signed."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, *, is_sealed: bool) -> None:
        self._path = path
        self._archive = archive
        self.is_sealed = is_sealed
        self.manifest = _manifest(archive)

    def rows(self) -> Iterator[RecordRow]:
        """The rows of the bundle in their order; raises DeskError for a line that is none."""
        with in_words(self._path), self._archive.open(ROWS) as lines:
            for _ in range(self.manifest.rows):
                line = lines.readline(2 * LARGEST_RECORD)
                found = foreign.read_json(line)
                yield RecordRow(*(str(found[name]) for name in RecordRow._fields))

    def file(self, file: File) -> bytes:
        """The bytes of a file that travels along; raises DeskError when they are others."""
        with in_words(self._path):
            data = self._archive.read(BLOBS + file.sha256)
        return records.read_blob(data, sha256=file.sha256)


def signed_bytes(manifest: bytes) -> bytes:
    """The bytes that a bundle's signature signs."""
    return _SIGNED + manifest


def seal(public: str, data: bytes) -> bytes:
    """Encrypt a bundle to a person's public key (base64); the first line names the id of the key that opens it."""
    if len(data) > LARGEST_SEALED:
        raise DeskError("bundle-too-much-to-seal")
    return b"OVN Desk bundle, sealed to " + key_id(public).encode() + b"\n" + signing.seal(public, data)


def sealed_to(file: Path) -> str:
    """The id of the key that a bundle is sealed to; empty for an open one."""
    with in_words(file), file.open("rb") as start:
        found = _SEAL.match(start.read(_SEAL_LENGTH))
    return found[1].decode() if found else ""


@contextmanager
def open_bundle(file: Path, key: signing.Key | None = None) -> Iterator[Container]:
    """Open a bundle, unsealed with `key`; its limits, names, signature and row hashes are verified, or DeskError."""
    with ExitStack() as stack:
        with in_words(file):  # what is done with the bundle later has faults of its own
            raw = stack.enter_context(file.open("rb"))
            size = file.stat().st_size
            if size > LARGEST_FILE:
                raise DeskError("bundle-too-large", name=file.name)
            name = sealed_to(file)
            stream: BinaryIO = io.BytesIO(_unseal_bytes(raw, size, name, key)) if name else raw
            _check_directory(stream)
            archive = stack.enter_context(zipfile.ZipFile(stream))
            _check_entries(archive)
            container = Container(file, archive, is_sealed=bool(name))
        yield container


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Turn errors of reading a zip from elsewhere into a DeskError that names the file."""
    if not file.is_file():
        raise DeskError("bundle-missing", file=file)
    errors = (KeyError, TypeError, ValueError)
    with foreign.reading(file.name, "bundle-not-whole", "advice-bundle", also=errors):
        yield


def _unseal_bytes(raw: BinaryIO, size: int, name: str, key: signing.Key | None) -> bytes:
    if size > LARGEST_SEALED + 1024:
        raise DeskError("sealed-bundle-too-large")
    if key is None or key.id != name:
        raise DeskError("bundle-sealed-to-other-key", name=name)
    raw.seek(_SEAL_LENGTH)
    return signing.unseal(key, raw.read())


def _check_directory(stream: BinaryIO) -> None:
    """Refuses a long list of entries before it is read: a million of them would fill the memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise zipfile.BadZipFile
    entries, length = struct.unpack("<10xHI", tail[place : place + 16])
    if entries > MOST_ENTRIES or length > _DIRECTORY:
        raise DeskError("bundle-entries-too-many")
    stream.seek(0)


def _check_entries(archive: zipfile.ZipFile) -> None:
    """Refuses names, links and sizes that no bundle has; nothing is unpacked before."""
    met: set[str] = set()
    whole = 0
    for entry in archive.infolist():
        limit = _LIMITS.get(entry.filename) or (records.LARGEST_BLOB if _BLOB.fullmatch(entry.filename) else 0)
        if not limit or entry.filename in met or stat.S_ISLNK(entry.external_attr >> 16):
            raise DeskError("bundle-entry-unknown", entry=entry.filename[:60])
        whole += entry.file_size
        if entry.file_size > limit or whole > LARGEST_FILE:
            raise DeskError("bundle-entry-too-large", entry=entry.filename[:60])
        if entry.flag_bits & 1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise DeskError("bundle-packed-otherwise")
        met.add(entry.filename)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    raw, signature = archive.read(MANIFEST), archive.read(SIGNATURE).decode("ascii")
    data = foreign.read_json(raw)
    if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise DeskError("bundle-too-new")
    if isinstance(data, dict) and data.get("format") == 1:
        raise DeskError("bundle-too-old")
    if wrong := first_misshapen(Manifest, data):
        raise ValueError(wrong)
    try:
        manifest = from_dict(Manifest, data)
    except TypeError as error:
        raise ValueError from error
    if not signatures.is_valid(manifest.public, signed_bytes(raw), signature):
        raise DeskError("bundle-signature-wrong")
    _check_rows(archive, manifest)
    _check_files(archive, manifest)
    return manifest


def _check_rows(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if archive.getinfo(ROWS).file_size != manifest.rows_size:
        raise ValueError(ROWS)
    digest = hashlib.sha256()
    with archive.open(ROWS) as stream:
        while some := stream.read(1024 * 1024):
            digest.update(some)
    if digest.hexdigest() != manifest.rows_sha256:
        raise ValueError(ROWS)


def _check_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The files are those that were signed, neither more nor fewer."""
    sizes = {entry.filename: entry.file_size for entry in archive.infolist() if entry.filename.startswith(BLOBS)}
    if sizes != {BLOBS + file.sha256: file.size for file in manifest.files}:
        raise ValueError(BLOBS)
