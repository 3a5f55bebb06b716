"""Writing a bundle: the rows of some articles and their files, signed, whole or not at all."""

import hashlib
import io
import json
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ovn_desk import files, signing
from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.values import to_record
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, records, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync.bundle.container import (
    BLOBS,
    FORMAT,
    MANIFEST,
    ROWS,
    SIGNATURE,
    File,
    Manifest,
    Share,
    seal,
    signed_bytes,
)
from ovn_desk.sync.checking import check

MOST_TOLD = 1_000  # stories beside those in a bundle, of which it says what is here: some 150 KB


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What went into a bundle; `missing` are files that belong to it and are not here."""

    path: Path
    articles: int
    rows: int
    files: int
    missing: int


def write(
    store: Store,
    to: Path,
    articles: Collection[ArticleId] | None = None,
    *,
    by: Signer,
    unseen_by: Staff | None = None,
    sealed_to: Staff | None = None,
    addressee: Staff | None = None,
    is_new: bool = False,
) -> BundleSummary:
    """Writes a bundle of these articles, or of all, or of all that a colleague is not known to have.

    What a colleague has is what their own newest bundle said, and their records prove; other things go again. The
    `addressee` is named in it, and is whoever it is sealed to or made for anyway: they are told what is here of other
    stories, too, of the newest of them. With `is_new` a file that is there already is left as it is, and DeskError says
    so.
    """
    with store.read() as reading:
        roster = reading.roster()
        owner = roster.owner(by.key.id) or roster.asker(by.key.id)
        if owner is None or owner.id != by.id:
            raise DeskError("bundle-key-wrong", key=by.key.id, name=by.name)
        shares = {article: total.text for article, total in replication.totals(reading).items() if article}
        if unseen_by is not None:
            articles = unseen_articles(reading, unseen_by)
            if not articles:
                raise DeskError("bundle-has-nothing-new", name=unseen_by.name)
        told = sealed_to or unseen_by or addressee
        if articles and unseen_by is None:
            # without any, it says what is here: whoever asks to be let in may have the newsroom already
            named = {*articles, *(replication.newest_articles(reading, MOST_TOLD) if told else ())}
            shares = {article: shares[article] for article in named}
        recipient = _public_key(reading, sealed_to) if sealed_to else ""
        packing = _BundleWriter(reading, by, shares, told.id if told else "")
        _write_whole(to, packing, articles, recipient, is_new=is_new)
    number = len(shares if articles is None else articles)
    return BundleSummary(to, number, packing.count, len(packing.files), packing.missing)


def unseen_articles(reading: ReadTransaction, person: Staff) -> list[ArticleId]:
    """The stories that a colleague is not known to have as they are here, by their own bundles and records.

    One that was begun and left without a word is none.
    """
    known = replication.peer_totals(reading, person.id)
    here = {article: total.text for article, total in replication.totals(reading).items() if article}
    unseen = [article for article, total in here.items() if known.get(article) != total]
    proven = replication.fully_known_to(reading, person.id, unseen) | replication.wordless_articles(reading, unseen)
    return [article for article in unseen if article not in proven]


class _BundleWriter:
    """A bundle while it is being packed."""

    def __init__(self, reading: ReadTransaction, by: Signer, shares: dict[ArticleId, str], to: str) -> None:
        self._reading = reading
        self._by, self._shares, self._to = by, shares, to
        self._digest = hashlib.sha256()
        self._names: set[str] = set()
        self.count = self._size = self.missing = 0
        self.files: list[File] = []

    def pack(self, stream: BinaryIO, articles: Collection[ArticleId] | None) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(ROWS, "w") as lines:
                for row in replication.rows(self._reading, articles):
                    lines.write(self._line(row))
            for name in sorted(self._names):
                self._add_file(archive, name)
            manifest = records.canonical(to_record(self._manifest()))
            archive.writestr(MANIFEST, manifest)
            archive.writestr(SIGNATURE, signing.sign(self._by.key, signed_bytes(manifest)))

    def _line(self, row: RecordRow) -> bytes:
        line = json.dumps(row._asdict(), ensure_ascii=False).encode() + b"\n"
        self._digest.update(line)
        self._size += len(line)
        self.count += 1
        found = check(row).value
        if isinstance(found, Revision):
            self._names |= {image.sha256 for image in found.content.images}
            self._names |= {file.sha256 for source in found.content.sources for file in source.files}
        return line

    def _add_file(self, archive: zipfile.ZipFile, name: str) -> None:
        if not self._reading.has_blob(name):
            self.missing += 1
            return
        media, data = self._reading.blob(name)
        archive.writestr(BLOBS + name, data, zipfile.ZIP_STORED)
        self.files.append(File(name, media, len(data)))

    def _manifest(self) -> Manifest:
        return Manifest(
            format=FORMAT,
            newsroom=self._reading.roster().founding,
            by=self._by.id,
            name=self._by.name,
            device=self._reading.device(),
            key=self._by.key.id,
            public=self._by.key.public,
            made_at=records.time_text(records.now()),
            to=self._to,
            rows=self.count,
            rows_size=self._size,
            rows_sha256=self._digest.hexdigest(),
            files=tuple(self.files),
            shares=self._told_shares(),
        )

    def _told_shares(self) -> tuple[Share, ...]:
        """What is here of each article, and of that what other devices made: whoever made it learns that it came."""
        received = replication.totals_of_others(self._reading, self._reading.device(), self._shares)
        return tuple(
            Share(article, total, "" if received[article].text == total else received[article].text)
            for article, total in sorted(self._shares.items())
        )


def _write_whole(
    to: Path, packing: _BundleWriter, articles: Collection[ArticleId] | None, recipient: str, *, is_new: bool
) -> None:
    """Under its name only when it is all there; what is sealed is never on the disk without its seal."""
    if not to.parent.is_dir():  # a stick that is not there, whose place in the tree must not be taken
        raise DeskError("bundle-folder-missing", folder=to.parent)
    try:
        with files.writing(to, is_private=True, is_new=is_new) as file:
            stream: BinaryIO = io.BytesIO() if recipient else file
            packing.pack(stream, articles)
            if isinstance(stream, io.BytesIO):
                file.write(seal(recipient, stream.getvalue()))
    except FileExistsError as error:
        raise DeskError("bundle-file-there", path=to) from error
    except OSError as error:
        raise DeskError("bundle-not-writable", path=to, reason=files.reason(error)) from error


def _public_key(reading: ReadTransaction, person: Staff) -> str:
    """A key of a person in use, to which something can be sealed for them."""
    keys = [public for owner, public in reading.public_keys().values() if owner == person.id]
    if not keys:
        raise DeskError("seal-needs-key", name=person.name)
    return keys[-1]
