"""A round with the hub: what is new there comes in, what is missing there goes out, and both sides compare."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, exc, text

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction, Store, copy_marks, records, replication
from ovn_desk.store.copy_marks import HUB_PLACE, CopyMark
from ovn_desk.store.replication import RecordRow, Total
from ovn_desk.sync import exchange, newsroom
from ovn_desk.sync.exchange import IngestReport, Trouble
from ovn_desk.sync.newsroom import Newsroom
from ovn_desk.sync.postgres import packing
from ovn_desk.sync.postgres.addresses import without_password
from ovn_desk.sync.postgres.administering import close_retired
from ovn_desk.sync.postgres.connecting import compatible_house, connect, is_let_in
from ovn_desk.sync.postgres.faults import message, quota_refusal, refusal
from ovn_desk.sync.postgres.packing import PackedRow
from ovn_desk.sync.postgres.pulling import Puller

Settle = Callable[[Store, Iterable[ArticleId]], object]
_SYNCED_AT = "synced at"
_PEOPLE_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `refused` the hub did not take; `differs` are articles of which both do not have the same.

    `stories` are those of which more was sent than that somebody read them; an empty name is for people and settings.
    `mended` is how many differed although everything had been read and sent: after a hub was set back, or a fault.
    `lost` is how many records the hub had once and had no more, which were sent again.
    `full` says that the hub takes no more of this login today; none where it does. `closed` are the names of those
    who left the newsroom and whose login at the hub this round closed.
    """

    came: IngestReport = field(default_factory=IngestReport)
    sent: int = 0
    files_came: int = 0
    files_sent: int = 0
    refused: tuple[Trouble, ...] = ()
    differs: tuple[ArticleId, ...] = ()
    mended: int = 0
    lost: int = 0
    full: Message | None = None
    closed: tuple[str, ...] = ()
    stories: tuple[ArticleId, ...] = ()


def sync(store: Store, url: URL, *, password: str = "", settle: Settle) -> Round:
    """One round with the hub; may be cut anywhere and done again. `settle` combines versions of articles that came."""
    with connect(url, password) as hub:
        return _Round(store, hub, settle).go()


def read_newsroom(url: URL, *, password: str = "") -> Newsroom:
    """The newsroom of a hub, for somebody who is not set up yet: nothing is written, here or there.

    Raises DeskError, or LoginRefused for a wrong password.
    """
    with connect(url, password) as hub:
        house = compatible_house(hub)
        _check_let_in(hub)
        return newsroom.read_newsroom(_people(hub), founding=house.newsroom)


def join(path: Path, url: URL, *, password: str = "", settle: Settle) -> tuple[Store, Round]:
    """Sets up a store on a new computer from the hub."""
    with connect(url, password) as hub:
        house = compatible_house(hub)
        _check_let_in(hub)
        store, _ = exchange.join(path, _people(hub), founding=house.newsroom)
        try:
            return store, _Round(store, hub, settle).go()
        except BaseException:
            store.close()
            raise


def synced_at(reading: ReadTransaction) -> datetime | None:
    """When the last complete round with a hub ended; None before the first."""
    text = reading.setting(_SYNCED_AT)
    return datetime.fromisoformat(text) if text else None


def _check_let_in(hub: Connection) -> None:
    """Raises DeskError for a login that the hub shows nothing: not of its staff, or kept out since."""
    if not is_let_in(hub):
        raise DeskError(message("hub-not-let-in", hub.engine.url))


def _people(hub: Connection) -> Iterator[RecordRow]:
    """The records of the roster and the house, as they came to the hub."""
    place = 0
    while found := hub.execute(text(_PEOPLE), {"place": place, "limit": _PEOPLE_AT_ONCE}).all():
        for place, *kept in found:  # noqa: B007 - the last one is where the next page begins
            yield packing.unpack(PackedRow(*kept))


_PEOPLE = """SELECT seq, kind, id, article, said, packed, signature FROM ovn.rows
             WHERE seq > :place AND (starts_with(kind, 'roster/') OR starts_with(kind, 'house/'))
             ORDER BY seq LIMIT :limit"""
_LACKING = """SELECT id FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS offered (id, number)
              WHERE NOT EXISTS (SELECT FROM ovn.rows WHERE rows.id = offered.id AND rows.seq <> ALL(:passed))
              ORDER BY number"""
_ADD = """INSERT INTO ovn.rows (kind, id, article, said, packed, signature)
          SELECT kind, id, article, said, packed, signature FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[]),
          CAST(:articles AS text[]), CAST(:said AS text[]), CAST(:packed AS bytea[]), CAST(:signatures AS text[]))
          WITH ORDINALITY AS sent (kind, id, article, said, packed, signature, number)
          ORDER BY number ON CONFLICT (id, form) DO NOTHING"""


class _Round:
    """One round, while it goes on."""

    def __init__(self, store: Store, hub: Connection, settle: Settle) -> None:
        self._store, self._hub, self._settle = store, hub, settle
        self._sent = self._files_came = self._files_sent = 0
        self._stories: set[ArticleId] = set()
        self._refused: dict[str, Trouble] = {}
        self._full = self._full_of_files = ""
        self._files_there: set[str] = set()
        self._lost = 0
        self._claimed: CopyMark | None = None  # what this hub held when it was last seen, where that is so no more
        self._compared = CopyMark("", records.now())
        house = compatible_house(hub)
        _check_let_in(hub)
        self._name = f"{HUB_PLACE}{house.id}"
        self._puller = Puller(store, hub, self._name)
        with store.read() as reading:
            if reading.roster().founding != house.newsroom:
                raise DeskError("hub-of-other-newsroom")

    def go(self) -> Round:
        self._begin_mark()
        self._start_again_if_set_back()
        self._files()
        self._puller.retry_quarantined()
        self._pull()
        with self._store.read() as reading:
            closed = close_retired(self._hub, reading.staff())
        self._settle(self._store, self._puller.came.articles)
        self._push()
        self._pull()
        self._send_hidden()
        self._files()
        before = differs = self._differing()
        if before:
            self._doubt_mark(before)
            self._mend(before)
            differs = self._differing()
        self._keep_mark(differs)
        why = self._full or self._full_of_files
        if not why:
            with self._store.begin() as tx:
                tx.set_setting(_SYNCED_AT, records.time_text(records.now()))
        return Round(
            self._puller.came,
            self._sent,
            self._files_came,
            self._files_sent,
            tuple(self._refused.values()),
            tuple(sorted(differs)),
            len(before - differs),
            self._lost,
            Message("hub-used-up", why=why) if why else None,
            closed,
            tuple(sorted(self._stories)),
        )

    # What this desk remembers of this hub

    def _place(self, name: str) -> int:
        with self._store.read() as reading:
            return int(reading.setting(f"{self._name} {name}") or 0)

    def _remember_places(self, **places: int) -> None:
        with self._store.begin() as tx:
            for name, place in places.items():
                tx.set_setting(f"{self._name} {name}", str(place))

    def _start_again_if_set_back(self) -> None:
        """A hub restored from a backup has fewer rows than were read: all is offered and read once more."""
        newest = self._ask("SELECT greatest((SELECT max(seq) FROM ovn.rows), (SELECT max(seq) FROM ovn.blobs))")
        if (newest.scalar() or 0) < max(self._place("rows"), self._place("files")):
            self._remember_places(rows=0, files=0, **{f"sent {kind}": 0 for kind in replication.KINDS})
            self._puller.forget()
            self._claimed = self._mark()
            self._write_mark(replace(self._claimed, seq=0, ranges=()))

    # What this hub is known to hold: store/copy_marks.py

    def _mark(self) -> CopyMark:
        with self._store.read() as reading:
            return copy_marks.mark_of(reading, self._name) or CopyMark(self._name, copy_marks.NEVER)

    def _write_mark(self, mark: CopyMark) -> None:
        with self._store.begin() as tx:
            copy_marks.keep(tx, mark)

    def _begin_mark(self) -> None:
        """From now on what comes from this hub is known to be there."""
        mark, address = self._mark(), without_password(self._hub.engine.url)
        if mark.file != address:
            self._write_mark(replace(mark, file=address))

    def _doubt_mark(self, articles: set[ArticleId]) -> None:
        """What the hub was believed to hold and has not is sent again: until then it is not there."""
        self._claimed = mark = self._mark()
        lacking = [seq for seq in self._places_lacking(articles) if copy_marks.is_held(mark, seq)]
        if lacking:
            self._write_mark(copy_marks.with_gaps(mark, lacking))

    def _keep_mark(self, differs: set[ArticleId]) -> None:
        """Everything up to where both sides were compared is there, but what of these articles is not."""
        mark = copy_marks.with_gaps(self._compared, self._places_lacking(differs) if differs else [])
        self._write_mark(replace(mark, place=self._name, at=records.now(), file=self._mark().file))

    def _places_lacking(self, articles: set[ArticleId]) -> list[int]:
        """Where in this store the records of these articles stand that the hub has not."""
        with self._store.read() as reading:
            ids = [row.id for row in replication.rows(reading, sorted(articles))]
            places = copy_marks.places_in_order(reading, ids)
        lacking: list[str] = []
        for some in replication.batches(ids):
            lacking += self._ask(_LACKING, ids=some, passed=self._puller.places_of(some)).scalars()
        return [places[name] for name in lacking if name in places]

    def _count_lost(self, rows: Sequence[RecordRow]) -> None:
        """Counts those of these rows, which the hub lacks, that it was known to have."""
        if self._claimed is not None:
            with self._store.read() as reading:
                places = copy_marks.places_in_order(reading, [row.id for row in rows])
            self._lost += sum(copy_marks.is_held(self._claimed, place) for place in places.values())

    def _ask(self, statement: str, **given: Any) -> Any:
        return self._hub.execute(text(statement), given)

    # Rows

    def _pull(self) -> None:
        self._puller.pull()

    def _push(self) -> None:
        kinds = list(replication.KINDS)
        places = {kind: self._place(f"sent {kind}") for kind in kinds}
        while (offer := exchange.next_offer(self._store, places)).rows:
            if not self._send(offer.rows):
                return
            places = dict(offer.places)
            self._remember_places(**{f"sent {kind}": place for kind, place in places.items()})
        with self._store.read() as reading:
            held = [row for row, _ in replication.quarantined_rows(reading)]
        self._send_pages(held)

    def _send_hidden(self) -> None:
        """Sends the records that somebody else's rows with the same ids stood before, as long as they are not there."""
        self._send_pages(self._puller.hidden_rows())

    def _send_pages(self, rows: Iterable[RecordRow]) -> None:
        for page in exchange.pages(rows):
            if not self._send(page):
                return

    def _send(self, rows: Sequence[RecordRow]) -> bool:
        """Sends what is not there; False when the hub takes no more today."""
        ids = [row.id for row in rows]
        lacking = set(self._ask(_LACKING, ids=ids, passed=self._puller.places_of(ids)).scalars())
        wanted = [row for row in rows if row.id in lacking]
        if not wanted:
            return True
        if self._full:
            return False
        self._count_lost(wanted)
        try:
            self._add(wanted)
        except exc.DBAPIError as error:
            if not (refusal(error) or quota_refusal(error)):
                raise
            return all(self._add_one(row) for row in wanted)
        return True

    def _add_one(self, row: RecordRow) -> bool:
        try:
            self._add([row])
        except exc.DBAPIError as error:
            if full := quota_refusal(error):
                self._full = full
                return False
            if not (why := refusal(error)):
                raise
            self._refused[row.id] = Trouble(row.kind, row.id, why)
        return True

    def _add(self, rows: Sequence[RecordRow]) -> None:
        packed = [packing.pack(row) for row in rows]
        kinds, ids, articles, said, data, signatures = (list(column) for column in zip(*packed, strict=True))
        given = {"kinds": kinds, "ids": ids, "articles": articles, "said": said, "signatures": signatures}
        done = self._ask(_ADD, packed=data, **given)
        self._sent += done.rowcount
        told = zip(articles, rows, strict=True)
        self._stories |= {ArticleId(article) for article, row in told if not row.is_reading}
        self._puller.sent |= {row.form for row in packed}

    # Files

    def _files(self) -> None:
        with self._store.read() as reading:
            here = replication.blobs(reading)
        there = self._ask("SELECT count(*), bit_xor(('x' || sha256)::bit(256))::text FROM ovn.blobs").one()
        if _total(*there) != _sum_totals(here):
            self._pull_files(here)
            self._push_files(sorted(here))
        self._files_there |= here

    def _pull_files(self, here: set[str]) -> None:
        query = "SELECT seq, sha256 FROM ovn.blobs WHERE seq > :place ORDER BY seq LIMIT 200"
        while found := self._ask(query, place=self._place("files")).all():
            for seq, name in found:
                if name not in here:
                    self._take_file(name)
                self._remember_places(files=seq)

    def _take_file(self, name: str) -> None:
        media, data = self._ask("SELECT media, data FROM ovn.blobs WHERE sha256 = :name", name=name).one()
        records.read_blob(bytes(data), sha256=name)
        with self._store.begin() as tx:
            tx.add_blob(bytes(data), media)
        self._files_there.add(name)
        self._files_came += 1

    def _push_files(self, here: list[str]) -> None:
        lacking = """SELECT name FROM unnest(CAST(:names AS text[])) AS name
                     WHERE NOT EXISTS (SELECT FROM ovn.blobs WHERE sha256 = name)"""
        add = (
            "INSERT INTO ovn.blobs (sha256, media, data) VALUES (:name, :media, :data) ON CONFLICT (sha256) DO NOTHING"
        )
        for some in replication.batches(here):
            for name in self._ask(lacking, names=some).scalars().all():
                with self._store.read() as reading:
                    media, data = reading.blob(name)
                try:
                    self._files_sent += self._ask(add, name=name, media=media, data=data).rowcount
                except exc.DBAPIError as error:
                    if not (full := quota_refusal(error)):
                        raise
                    self._full_of_files = full
                    return

    # Comparing

    def _differing(self) -> set[ArticleId]:
        """The articles of which number or XOR are not the same on both sides; empty for the roster's."""
        there = _total(*self._ask("SELECT sum(number)::bigint, bit_xor(mixed)::text FROM ovn.totals").one())
        with self._store.read() as reading:
            lacks_files = bool(self._full_of_files) or not replication.blobs(reading) <= self._files_there
            self._compared = CopyMark("", records.now(), reading.last_place(), lacks_files=lacks_files)
            uncounted = self._puller.uncounted_totals(reading)
            if _sum([replication.total(reading), *uncounted.values()]) == there:
                return set()
            ours = replication.totals(reading)
        ours |= {article: _sum([total, ours.get(article, Total())]) for article, total in uncounted.items()}
        rows = self._ask("SELECT article, number, mixed::text FROM ovn.totals")
        theirs = {ArticleId(article): _total(number, mixed) for article, number, mixed in rows}
        return {article for article in {*ours, *theirs} if ours.get(article) != theirs.get(article)}

    def _mend(self, articles: set[ArticleId]) -> None:
        """Offers and asks for every record of these articles, whatever was remembered."""
        for some in replication.batches(sorted(articles), 100):
            self._puller.pull_articles(some)
            with self._store.read() as reading:
                rows = list(replication.rows(reading, some))
            self._send_pages(rows)


def _total(number: int | None, mixed: str | None) -> Total:
    return Total(int(number or 0), int(mixed or "0", 2))


def _sum_totals(names: Iterable[str]) -> Total:
    whole = Total()
    for name in names:
        whole = whole.with_id(name)
    return whole


def _sum(totals: Iterable[Total]) -> Total:
    number, mixed = 0, 0
    for total in totals:
        number, mixed = number + total.number, mixed ^ total.mixed
    return Total(number, mixed)
