"""What is new at the hub comes in, page by page; what is no record is passed over, and named once with its carrier."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, text

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction, Store, WriteTransaction, copy_marks, passed_over, replication
from ovn_desk.store.passed_over import PassedOver
from ovn_desk.store.replication import RecordRow, Total
from ovn_desk.sync import exchange
from ovn_desk.sync.checking import RowRefused, check
from ovn_desk.sync.exchange import BYTES_A_PAGE, ROWS_A_PAGE, IngestReport, Trouble
from ovn_desk.sync.postgres import packing
from ovn_desk.sync.postgres.packing import PackedRow

_IDS_A_PAGE = 2_000
_COMPARED_AT_ONCE = 50
_PLACES = """SELECT seq, id, form, octet_length(said) + coalesce(octet_length(packed), 0) FROM ovn.rows
             WHERE {where} ORDER BY seq"""
_FETCH = """SELECT seq, carrier, kind, id, article, said, packed, signature FROM ovn.rows
            WHERE seq = ANY(:places) ORDER BY seq"""


class Place(NamedTuple):
    """A row of the hub, without its text."""

    seq: int
    id: str
    form: bytes
    size: int


class _Fetched(NamedTuple):
    """A row at its place, filed under an article by whoever carried it."""

    seq: int
    carrier: str
    article: ArticleId
    row: RecordRow


class Puller:
    """Brings in what is at one hub. `sent` are the forms of rows that this round sent: they need no second look."""

    def __init__(self, store: Store, hub: Connection, name: str) -> None:
        self.came = IngestReport()
        self.sent: set[bytes] = set()
        self._store, self._hub, self._name = store, hub, name
        self._cursor = f"{name} rows"
        with store.read() as reading:
            self._passed = {row.seq: row for row in passed_over.rows(reading, name)}

    def forget(self) -> None:
        """Forget how far this hub was read: it was restored from a backup, and its sequence numbers start anew."""
        with self._store.begin() as tx:
            passed_over.forget(tx, self._name)
        self._passed.clear()

    def retry_quarantined(self) -> None:
        """Try the rows in quarantine once more: the program may have been updated since."""
        self.came += exchange.retry_quarantined(self._store)

    def pull(self) -> None:
        """Fetch every row behind the last place, then the passed-over rows that no longer have to wait."""
        after = _PLACES.format(where="seq > :place") + f" LIMIT {_IDS_A_PAGE}"
        while places := [Place(*row) for row in self._hub.execute(text(after), {"place": self._place()})]:
            wanted = self._wanted_places(places)
            for page in _pages(places, wanted):
                self._take([place for place in page if place.seq in wanted], page[-1].seq)
        self._take_released()

    def pull_articles(self, articles: Sequence[ArticleId]) -> None:
        """Fetch every row that the hub files under these articles, whatever was read before."""
        where = text(_PLACES.format(where="article = ANY(:articles)"))
        places = [Place(*row) for row in self._hub.execute(where, {"articles": list(articles)})]
        wanted = self._wanted_places(places)
        for page in _pages(places, wanted):
            self._take([place for place in page if place.seq in wanted], self._place())

    def places_of(self, ids: Iterable[str]) -> list[int]:
        """The places of these ids that were passed over, at which the record thus is not."""
        names = set(ids)
        return [row.seq for row in self._passed.values() if row.id in names]

    def hidden_rows(self) -> list[RecordRow]:
        """The rows of this desk whose ids stand at the hub before other, wrong rows."""
        with self._store.read() as reading:
            return replication.rows_by_id(reading, sorted({row.id for row in self._passed.values()}))

    def uncounted_totals(self, reading: ReadTransaction) -> dict[ArticleId, Total]:
        """Article → total of the hub's rows that this desk passed over and has not got from elsewhere."""
        kept = replication.counted_under(reading, {row.id for row in self._passed.values()})
        found: dict[ArticleId, Total] = {}
        for article, name in {
            (row.article, row.id) for row in self._passed.values() if kept.get(row.id) != row.article
        }:
            found[article] = found.get(article, Total()).with_id(name)
        return found

    def _place(self) -> int:
        with self._store.read() as reading:
            return int(reading.setting(self._cursor) or 0)

    def _wanted_places(self, places: Sequence[Place]) -> set[int]:
        """The places of what is not here, and of what may be something else than what is here under its id."""
        new = [place for place in places if not self._is_passed(place)]
        lacking = set(exchange.missing_ids(self._store, [place.id for place in new]))
        wanted = {place.seq for place in new if place.id in lacking}
        others = [place for place in new if place.id not in lacking and place.form not in self.sent]
        for some in replication.batches(others, _COMPARED_AT_ONCE):
            with self._store.read() as reading:
                ours = {packing.pack(row).form for row in replication.rows_by_id(reading, [place.id for place in some])}
            wanted |= {place.seq for place in some if place.form not in ours}
        return wanted

    def _is_passed(self, place: Place) -> bool:
        passed = self._passed.get(place.seq)
        return passed is not None and passed.id == place.id

    def _take(self, places: Sequence[Place], cursor: int, *, is_again: bool = False) -> None:
        """Fetches these rows and puts them in; at most 2 MB of them are unpacked at once, or one that is larger."""
        found, size = list[_Fetched](), 0
        rows = self._hub.execute(text(_FETCH), {"places": [place.seq for place in places]}) if places else ()
        for seq, carrier, *kept in rows:
            packed = PackedRow(*kept)
            try:
                row = packing.unpack(packed)
            except DeskError as error:
                self._pass_over(PassedOver(seq, packed.id, ArticleId(packed.article)))
                self.came += IngestReport(refused=(Trouble(packed.kind, packed.id, error.message, carrier),))
                continue
            if found and (size + row.size > BYTES_A_PAGE or row.id in {one.row.id for one in found}):
                self._put_in(found, max(self._place(), min(cursor, found[-1].seq)), is_again=is_again)
                found, size = [], 0
            found.append(_Fetched(seq, carrier, ArticleId(packed.article), row))
            size += row.size
        self._put_in(found, cursor, is_again=is_again)

    def _put_in(self, found: Sequence[_Fetched], cursor: int, *, is_again: bool) -> None:
        """Puts rows in, with the cursor behind them and what of them is passed over, in one transaction."""
        by_id = {one.row.id: one for one in found}
        passed, named = list[PassedOver](), list[Trouble]()
        with self._store.begin() as tx:
            here = replication.ids_in_place(tx, by_id)
            came = exchange.absorb_into(tx, [one.row for one in found if one.row.id not in here], keeps_strangers=False)
            twins = [Trouble(by_id[name].row.kind, name, why) for name, why in _rows_unlike_ours(tx, by_id, here)]
            for trouble, waits_for in [*((one, "") for one in (*came.refused, *twins)), *came.strangers]:
                one = by_id.get(trouble.id)
                if one is None:  # it had come otherwise, and waited here
                    named.append(trouble)
                    continue
                passed.append(PassedOver(one.seq, trouble.id, one.article, waits_for))
                if not (is_again and waits_for):
                    named.append(replace(trouble, carrier=one.carrier))
            passed_over.keep(tx, self._name, passed)
            copy_marks.note_arrivals(tx, self._name, by_id.keys() - {one.id for one in twins})
            tx.set_setting(self._cursor, str(cursor))
        self._passed |= {row.seq: row for row in passed}
        self.came += replace(came, refused=tuple(named), strangers=())

    def _pass_over(self, row: PassedOver) -> None:
        with self._store.begin() as tx:
            passed_over.keep(tx, self._name, [row])
        self._passed[row.seq] = row

    def _take_released(self) -> None:
        """Asks again for what waited for a key or a record that is here now."""
        while ready := self._released_places():
            query = text(_PLACES.format(where="seq = ANY(:places)"))
            places = [Place(*row) for row in self._hub.execute(query, {"places": ready})]
            with self._store.begin() as tx:
                passed_over.forget(tx, self._name, ready)
            for place in ready:
                del self._passed[place]
            for page in _pages(places, set(ready)):
                self._take(page, self._place(), is_again=True)

    def _released_places(self) -> list[int]:
        waiting = [row for row in self._passed.values() if row.waits_for]
        if not waiting:
            return []
        with self._store.read() as reading:
            roster = reading.roster()
            here = {
                *roster.keys,
                *roster.invitations,
                *replication.ids_in_place(reading, {row.waits_for for row in waiting}),
            }
        return [row.seq for row in waiting if row.waits_for in here]


def _rows_unlike_ours(
    tx: WriteTransaction, found: dict[str, _Fetched], here: set[str]
) -> Iterator[tuple[str, Message]]:
    """Which of these rows are not the record that is here under their id, and why not."""
    ours = {row.id: row for row in replication.rows_by_id(tx, sorted(here))}
    roster = tx.roster()
    for name in here:
        row = found[name].row
        if row == ours[name]:
            continue
        try:
            key = roster.bearer(check(row).key)
        except RowRefused as error:
            yield name, error.message
            continue
        if key is None or not tx.verified.holds(name, key.public, row.signature):
            yield name, Message("row-signature-wrong")


def _pages(places: Iterable[Place], wanted: set[int]) -> Iterator[list[Place]]:
    """Places in pages that bring at most 200 rows or 2 MB of what is wanted."""
    page, number, size = list[Place](), 0, 0
    for place in places:
        if place.seq in wanted:
            if page and (number == ROWS_A_PAGE or size + place.size > BYTES_A_PAGE):
                yield page
                page, number, size = [], 0, 0
            number, size = number + 1, size + place.size
        page.append(place)
    if page:
        yield page
