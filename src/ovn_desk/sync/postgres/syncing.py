"""A round with the hub: what is new there comes in, what is missing there goes out, and both sides compare."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, exc, text

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import Reading, Store, carrying, records
from ovn_desk.store.carrying import Row, Total
from ovn_desk.sync import exchange
from ovn_desk.sync.checking import LARGEST_RECORD
from ovn_desk.sync.exchange import BYTES_A_PAGE, ROWS_A_PAGE, Came, Trouble
from ovn_desk.sync.postgres.connecting import checked, connected, refusal

Settle = Callable[[Store, Iterable[ArticleId]], object]
_IDS_A_PAGE = 2_000
_LEVEL = 6
_SYNCED_AT = "synced at"
_PLAIN = ("event/", "roster/", "house/")  # what the hub reads itself: schema.sql


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `refused` the hub did not take; `differs` are articles of which both do not have the same.

    `mended` is how many differed although everything had been read and sent: after a hub was set back, or a fault.
    """

    came: Came = field(default_factory=Came)
    sent: int = 0
    files_came: int = 0
    files_sent: int = 0
    refused: tuple[Trouble, ...] = ()
    differs: tuple[ArticleId, ...] = ()
    mended: int = 0


class _Place(NamedTuple):
    """A row of the hub, without its text."""

    seq: int
    id: str
    size: int


def sync(store: Store, url: URL, *, password: str = "", settle: Settle) -> Round:
    """One round with the hub; may be cut anywhere and done again. `settle` combines versions of articles that came."""
    with connected(url, password) as hub:
        return _Round(store, hub, settle).go()


def join(path: Path, url: URL, *, password: str = "", settle: Settle) -> tuple[Store, Round]:
    """Sets up a store on a new computer from the hub."""
    with connected(url, password) as hub:
        checked(hub)
        people = text(f"{_FETCH} (starts_with(kind, 'roster/') OR starts_with(kind, 'house/')) ORDER BY seq")
        store, _ = exchange.join(path, [_unpacked(*row) for row in hub.execute(people)])
        try:
            return store, _Round(store, hub, settle).go()
        except BaseException:
            store.close()
            raise


def synced_at(reading: Reading) -> datetime | None:
    """When the last round with a hub came to its end: since then everything of that time is on another disk, too."""
    text = reading.setting(_SYNCED_AT)
    return datetime.fromisoformat(text) if text else None


_FETCH = "SELECT kind, id, article, said, packed, signature FROM ovn.rows WHERE "
_AFTER = """SELECT seq, id, octet_length(coalesce(packed, convert_to(said, 'UTF8'))) FROM ovn.rows
            WHERE seq > :place ORDER BY seq LIMIT :limit"""
_LACKING = """SELECT id FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS offered (id, number)
              WHERE NOT EXISTS (SELECT FROM ovn.rows WHERE rows.id = offered.id) ORDER BY number"""
_ADD = """INSERT INTO ovn.rows (kind, id, article, said, packed, signature)
          SELECT kind, id, article, said, packed, signature FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[]),
          CAST(:articles AS text[]), CAST(:said AS text[]), CAST(:packed AS bytea[]), CAST(:signatures AS text[]))
          WITH ORDINALITY AS sent (kind, id, article, said, packed, signature, number)
          ORDER BY number ON CONFLICT (id) DO NOTHING"""


class _Round:
    """One round, while it goes on."""

    def __init__(self, store: Store, hub: Connection, settle: Settle) -> None:
        self._store, self._hub, self._settle = store, hub, settle
        self._came = Came()
        self._sent = self._files_came = self._files_sent = 0
        self._refused: dict[str, Trouble] = {}
        house = checked(hub)
        self._name = f"hub {house.id}"
        with store.read() as reading:
            if reading.roster().founding != house.newsroom:
                raise DeskError("This is the hub of another newsroom. Nothing was sent or brought in.")

    def go(self) -> Round:
        self._start_again_if_set_back()
        self._files()
        self._pull()
        self._settle(self._store, self._came.articles)
        self._push()
        self._pull()
        before = differs = self._differing()
        if before:
            self._mend(before)
            differs = self._differing()
        with self._store.begin() as tx:
            tx.set(_SYNCED_AT, records.time_text(records.now()))
        return Round(
            self._came,
            self._sent,
            self._files_came,
            self._files_sent,
            tuple(self._refused.values()),
            tuple(sorted(differs)),
            len(before - differs),
        )

    # What this desk remembers of this hub

    def _place(self, name: str) -> int:
        with self._store.read() as reading:
            return int(reading.setting(f"{self._name} {name}") or 0)

    def _set(self, **places: int) -> None:
        with self._store.begin() as tx:
            for name, place in places.items():
                tx.set(f"{self._name} {name}", str(place))

    def _start_again_if_set_back(self) -> None:
        """A hub restored from a backup has fewer rows than were read: all is offered and read once more."""
        newest = self._ask("SELECT greatest((SELECT max(seq) FROM ovn.rows), (SELECT max(seq) FROM ovn.blobs))")
        if (newest.scalar() or 0) < max(self._place("rows"), self._place("files")):
            self._set(rows=0, files=0, **{f"sent {kind}": 0 for kind in carrying.KINDS})

    def _ask(self, statement: str, **given: Any) -> Any:
        return self._hub.execute(text(statement), given)

    # Rows

    def _pull(self) -> None:
        while places := [_Place(*row) for row in self._ask(_AFTER, place=self._place("rows"), limit=_IDS_A_PAGE)]:
            lacking = set(exchange.missing(self._store, [place.id for place in places]))
            for page in _pages(places, lacking):
                self._absorb([place.id for place in page if place.id in lacking], page[-1].seq)

    def _absorb(self, ids: list[str], place: int) -> None:
        rows: list[Row] = []
        if ids:
            for found in self._ask(_FETCH + "id = ANY(:ids) ORDER BY seq", ids=ids):
                try:
                    rows.append(_unpacked(*found))
                except DeskError as error:
                    self._came += Came(refused=(Trouble(found.kind, found.id, str(error)),))
        came = exchange.absorb(self._store, rows, cursor=(f"{self._name} rows", str(place)))
        self._came += came

    def _push(self) -> None:
        kinds = list(carrying.KINDS)
        places = {kind: self._place(f"sent {kind}") for kind in kinds}
        while (offer := exchange.offered(self._store, places)).rows:
            self._send(offer.rows)
            places = dict(offer.places)
            self._set(**{f"sent {kind}": place for kind, place in places.items()})
        with self._store.read() as reading:
            held = [row for row, _ in carrying.held(reading)]
        for page in exchange.pages(held):
            self._send(page)

    def _send(self, rows: Sequence[Row]) -> None:
        lacking = set(self._ask(_LACKING, ids=[row.id for row in rows]).scalars())
        wanted = [row for row in rows if row.id in lacking]
        if not wanted:
            return
        try:
            self._add(wanted)
        except exc.DBAPIError as error:
            if not refusal(error):
                raise
            for row in wanted:
                self._add_one(row)

    def _add_one(self, row: Row) -> None:
        try:
            self._add([row])
        except exc.DBAPIError as error:
            if not (why := refusal(error)):
                raise
            self._refused[row.id] = Trouble(row.kind, row.id, why)

    def _add(self, rows: Sequence[Row]) -> None:
        packed = [_packed(row) for row in rows]
        kinds, ids, articles, said, data, signatures = (list(column) for column in zip(*packed, strict=True))
        given = {"kinds": kinds, "ids": ids, "articles": articles, "said": said, "signatures": signatures}
        done = self._ask(_ADD, packed=data, **given)
        self._sent += done.rowcount

    # Files

    def _files(self) -> None:
        with self._store.read() as reading:
            here = carrying.blobs(reading)
        there = self._ask("SELECT count(*), bit_xor(('x' || sha256)::bit(256))::text FROM ovn.blobs").one()
        if _total(*there) != _added_up(here):
            self._pull_files(here)
            self._push_files(sorted(here))

    def _pull_files(self, here: set[str]) -> None:
        query = "SELECT seq, sha256 FROM ovn.blobs WHERE seq > :place ORDER BY seq LIMIT 200"
        while found := self._ask(query, place=self._place("files")).all():
            for seq, name in found:
                if name not in here:
                    self._take_file(name)
                self._set(files=seq)

    def _take_file(self, name: str) -> None:
        media, data = self._ask("SELECT media, data FROM ovn.blobs WHERE sha256 = :name", name=name).one()
        records.read_blob(bytes(data), sha256=name)
        with self._store.begin() as tx:
            tx.add_blob(bytes(data), media)
        self._files_came += 1

    def _push_files(self, here: list[str]) -> None:
        lacking = """SELECT name FROM unnest(CAST(:names AS text[])) AS name
                     WHERE NOT EXISTS (SELECT FROM ovn.blobs WHERE sha256 = name)"""
        add = (
            "INSERT INTO ovn.blobs (sha256, media, data) VALUES (:name, :media, :data) ON CONFLICT (sha256) DO NOTHING"
        )
        for some in carrying.batches(here):
            for name in self._ask(lacking, names=some).scalars().all():
                with self._store.read() as reading:
                    media, data = reading.blob(name)
                self._files_sent += self._ask(add, name=name, media=media, data=data).rowcount

    # Comparing

    def _differing(self) -> set[ArticleId]:
        """The articles of which number or XOR are not the same on both sides; empty for the roster's."""
        there = _total(*self._ask("SELECT sum(number)::bigint, bit_xor(mixed)::text FROM ovn.totals").one())
        with self._store.read() as reading:
            if carrying.total(reading) == there:
                return set()
            ours = carrying.totals(reading)
        rows = self._ask("SELECT article, number, mixed::text FROM ovn.totals")
        theirs = {ArticleId(article): _total(number, mixed) for article, number, mixed in rows}
        return {article for article in {*ours, *theirs} if ours.get(article) != theirs.get(article)}

    def _mend(self, articles: set[ArticleId]) -> None:
        """Offers and asks for every record of these articles, whatever was remembered."""
        for some in carrying.batches(sorted(articles), 100):
            query = "SELECT id FROM ovn.rows WHERE article = ANY(:articles) ORDER BY seq"
            ids = exchange.missing(self._store, self._ask(query, articles=some).scalars().all())
            for page in carrying.batches(ids, ROWS_A_PAGE):
                self._absorb(page, self._place("rows"))
            with self._store.read() as reading:
                rows = list(carrying.rows(reading, some))
            for page in exchange.pages(rows):
                self._send(page)


def _pages(places: Iterable[_Place], lacking: set[str]) -> Iterator[list[_Place]]:
    """Places in pages that bring at most 200 rows or 2 MB of what is lacking."""
    page, number, size = list[_Place](), 0, 0
    for place in places:
        if place.id in lacking:
            if page and (number == ROWS_A_PAGE or size + place.size > BYTES_A_PAGE):
                yield page
                page, number, size = [], 0, 0
            number, size = number + 1, size + place.size
        page.append(place)
    if page:
        yield page


def _packed(row: Row) -> tuple[str, str, str, str, bytes | None, str]:
    """A row as the hub keeps it: kind, id, article, what can be read there, and the whole compressed."""
    data = json.loads(row.record)
    article = data.get("article")
    article = article if isinstance(article, str) else ""
    if row.kind.startswith(_PLAIN):
        return row.kind, row.id, article, row.record, None, row.signature
    return row.kind, row.id, article, _outside(data), zlib.compress(row.record.encode(), _LEVEL), row.signature


def _unpacked(kind: str, name: str, article: str, said: str, packed: bytes | None, signature: str) -> Row:
    """The row that the hub keeps so; raises DeskError, with half a sentence, when inside and outside do not agree."""
    if packed is None:
        return Row(kind, name, said, signature)
    unpacking = zlib.decompressobj()
    try:
        record = unpacking.decompress(bytes(packed), LARGEST_RECORD + 1).decode()
        data = json.loads(record)
    except (zlib.error, ValueError, RecursionError) as error:
        raise DeskError("it can not be unpacked") from error
    if not isinstance(data, dict) or _outside(data) != said or data.get("article", "") != article:
        raise DeskError("the hub was told something else about it than it says")
    return Row(kind, name, record, signature)


def _outside(data: dict[str, Any]) -> str:
    """A record without its content."""
    return records.canonical({name: value for name, value in data.items() if name != "content"}).decode()


def _total(number: int | None, mixed: str | None) -> Total:
    return Total(int(number or 0), int(mixed or "0", 2))


def _added_up(names: Iterable[str]) -> Total:
    whole = Total()
    for name in names:
        whole = whole.with_id(name)
    return whole
