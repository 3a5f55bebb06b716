"""What a bundle would bring, and bringing it in, if somebody of this house wrote it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.article import ArticleId, Content, Revision, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import LOSSES, Act, Record, Roster
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction, Store, law, replication
from ovn_desk.sync import exchange, newsroom
from ovn_desk.sync.bundle.container import Container, Manifest, open_bundle
from ovn_desk.sync.bundle.effects import Effects, retirements, story_effects
from ovn_desk.sync.bundle.incoming import IncomingArticle, IncomingRows
from ovn_desk.sync.checking import RowRefused, check
from ovn_desk.sync.exchange import IngestReport, Trouble
from ovn_desk.sync.newsroom import Newsroom

WRITER_LEFT, ASKER_LEFT = "bundle-writer-left", "bundle-asker-left"
"""The codes of the refusals of a file by somebody who has left, and by them with a key that asks to be let in: its
texts can be kept all the same."""

_OF_ARTICLES = ("revision/", "event/")
_MEDIA = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bundle would bring, before it does. `problem` says why it would be refused; empty when it would not.

    `people` are records of the roster that are new here, `files` those that are not here yet. Whoever `is_asking`
    wrote it and is not let in yet: what they say who they are is proved by nothing. `is_with_new_key` says that the
    writer is in by a key that this desk learns of with it, as after an invitation. `names` are those of the people as
    they will be. `effects` are what it would do beyond adding. `has_texts`: there is something in it to be read.
    """

    by: str
    writer: StaffId
    key: str
    made_at: str
    is_sealed: bool
    articles: tuple[IncomingArticle, ...]
    people: int
    files: int
    refusal: Message | None
    refused: tuple[Trouble, ...]
    is_asking: bool = False
    is_with_new_key: bool = False
    names: Mapping[StaffId, str] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)
    has_texts: bool = False

    @property
    def problem(self) -> str:
        return str(self.refusal or "")


def preview_bundle(store: Store, file: Path, *, key: signing.Key | None = None) -> Preview:
    """Say what importing a bundle would add; nothing is changed. Raises DeskError when it can not be read at all."""
    with open_bundle(file, key) as container:
        with store.read() as reading:
            found = IncomingRows(reading)
            for page in exchange.pages(container.rows()):
                found.add(page)
            preview = _preview(reading, container, found)
        if preview.refusal or store.why_read_only:
            return preview
        is_loss = any(one.act in LOSSES and one.id in found.new_ids for one in _roster(container))
        # whether a record stands before a loss is told by the links between, which may be of any story
        wanted = found.new_ids if is_loss else found.met_ids
        rows = (row for row in container.rows() if row.id in wanted)
        losses, taken_over = story_effects(store, rows, keeps_strangers=not preview.is_asking) if wanted else ((), ())
        return replace(preview, effects=replace(preview.effects, losses=losses, taken_over=taken_over))


def _preview(reading: ReadTransaction, container: Container, found: IncomingRows) -> Preview:
    """What is known without trying it out."""
    manifest, roster = container.manifest, _roster_with(reading, container)
    return Preview(
        by=manifest.name,
        writer=StaffId(manifest.by),
        key=manifest.key,
        made_at=manifest.made_at,
        is_sealed=container.is_sealed,
        articles=found.articles,
        people=found.people,
        files=sum(not reading.has_blob(one.sha256) for one in manifest.files),
        refusal=_writer_refusal(reading, container),
        refused=tuple(found.refused),
        is_asking=manifest.key in roster.requests,
        names=_names(roster),
        is_with_new_key=manifest.key in roster.keys and manifest.key not in reading.roster().keys,
        effects=Effects(retirements(reading.roster(), roster)),
        has_texts=found.has_texts,
    )


def _names(roster: Roster) -> dict[StaffId, str]:
    """The names of everybody on the roster, and of who asks to be."""
    asking = {one.person: one.name for one in roster.requests.values() if one.name}
    return {**asking, **{one.id: one.name for one in roster.people.values()}}


def import_bundle(store: Store, file: Path, *, key: signing.Key | None = None) -> IngestReport:
    """Import a bundle by somebody of this newsroom; raises DeskError, and changes nothing, for any other.

    It is idempotent: a second import changes nothing, and one that was cut off may be repeated.
    """
    with open_bundle(file, key) as container:
        with store.read() as reading:
            if why := _writer_refusal(reading, container):
                raise DeskError(why)
            is_asking = container.manifest.key in _roster_with(reading, container).requests
        return _absorb_bundle(store, container, is_asking=is_asking)


def read_texts(file: Path, *, key: signing.Key | None = None) -> tuple[list[Content], dict[str, tuple[str, bytes]]]:
    """The newest text of each story in a bundle, whoever wrote it, and its files: SHA-256 → media type and bytes."""
    with open_bundle(file, key) as container:
        found: dict[ArticleId, Revision] = {}
        for row in container.rows():
            try:
                value = check(row).value
            except RowRefused:
                continue
            if isinstance(value, Revision) and (value.article not in found or value.at >= found[value.article].at):
                found[value.article] = value
        files = {one.sha256: (_media(one.media), container.file(one)) for one in container.manifest.files}
    return [one.content for one in found.values() if not one.content.is_empty], files


def read_newsroom(file: Path, *, key: signing.Key | None = None) -> Newsroom:
    """The newsroom of a bundle, for somebody who is not set up yet: nothing of it is written.

    Raises DeskError for a bundle that nobody of that newsroom wrote.
    """
    with open_bundle(file, key) as container:
        manifest = container.manifest
        people = [row for row in container.rows() if not row.kind.startswith(_OF_ARTICLES)]
        found = newsroom.read_newsroom(people, founding=manifest.newsroom)
        return replace(found, addressee=manifest.to)


def join(path: Path, file: Path, *, key: signing.Key | None = None) -> tuple[Store, IngestReport]:
    """Sets up a store on a new computer from a bundle by somebody of that newsroom."""
    with open_bundle(file, key) as container:
        people = (row for row in container.rows() if not row.kind.startswith(_OF_ARTICLES))
        store, _ = exchange.join(path, people)
        try:
            _check_writer(store, container.manifest)
            return store, _absorb_bundle(store, container)
        except BaseException:
            store.close()
            path.unlink()
            raise


def _absorb_bundle(store: Store, container: Container, *, is_asking: bool = False) -> IngestReport:
    """Files first, so that no text waits for its pictures. Of whoever `is_asking` only what they have is believed."""
    manifest, came = container.manifest, IngestReport()
    for file in manifest.files:
        data = container.file(file)
        with store.begin() as tx:
            tx.add_blob(data, _media(file.media))
    for page in exchange.pages(container.rows()):
        came += exchange.absorb(store, page, keeps_strangers=not is_asking)
    with store.begin() as tx:
        if is_asking and manifest.by in tx.roster().people:
            return came  # whoever it is may ask in another's name, and must hide nothing from them
        replication.set_peer_totals(tx, manifest.by, _told_totals(tx, manifest))
    return came


def _told_totals(reading: ReadTransaction, manifest: Manifest) -> dict[str, str]:
    """Article → what its writer is known to have by this bundle: all that is here, where they have all but their own.

    So a story that they took in and went on with on their own is known to have come to them.
    """
    named = [ArticleId(share.article) for share in manifest.shares]
    here, others = replication.totals(reading, named), replication.totals_of_others(reading, manifest.device, named)
    told = dict[str, str]()
    for share, article in zip(manifest.shares, named, strict=True):
        has_all = article in here and (share.received or share.total) == others[article].text
        told[share.article] = here[article].text if has_all else share.total
    return told


def _media(said: str) -> str:
    return said if _MEDIA.fullmatch(said) else "application/octet-stream"


def _writer_refusal(reading: ReadTransaction, container: Container) -> Message | None:
    """Why a bundle is not believed; none when somebody of this house wrote it."""
    manifest = container.manifest
    if manifest.newsroom != reading.roster().founding:
        return Message("bundle-of-other-newsroom")
    roster = _roster_with(reading, container)
    request = roster.requests.get(manifest.key)
    if request and not request.is_declined and (request.person, request.public) == (manifest.by, manifest.public):
        return None
    return _not_among(roster, manifest)


def _roster_with(reading: ReadTransaction, container: Container) -> Roster:
    """The roster as it will be: a chief may have signed somebody in, or a key out, elsewhere."""
    ours = reading.roster_records()
    known = {record.id for record in ours}
    came = [one for one in _roster(container) if one.id not in known]
    return law.fold_roster([*ours, *came], reading.verified, reading.roster().founding)


def _check_writer(store: Store, manifest: Manifest) -> None:
    with store.read() as reading:
        if why := _not_among(reading.roster(), manifest):
            raise DeskError(why)


def _not_among(roster: Roster, manifest: Manifest) -> Message | None:
    key, who = roster.keys.get(manifest.key), manifest.name or Message("bundle-by-somebody")
    is_theirs = key is not None and key.public == manifest.public and key.person == manifest.by
    left = next((one for one in roster.records if one.act is Act.RETIRE and one.person == manifest.by), None)
    if left is not None and (is_theirs or key is None):
        by, day = roster.people.get(left.by), left.at.date().isoformat()
        code = WRITER_LEFT if is_theirs else ASKER_LEFT
        who = who if is_theirs else roster.people[left.person].name  # nothing proves who it is
        return Message(code, who=who, by=by.name if by else Message("bundle-by-somebody"), day=day)
    if key is None or not is_theirs:
        return Message("bundle-signer-unknown", who=who)
    if key.retired_at:
        return Message("bundle-key-retired", who=who)
    return None


def _roster(container: Container) -> list[Record]:
    """The records of the roster in a bundle, which stand before all others."""
    found = []
    for row in container.rows():
        if not row.kind.startswith("roster/"):
            break
        try:
            value = check(row).value
        except RowRefused:
            continue
        if isinstance(value, Record):
            found.append(value)
    return found
