"""Records from elsewhere verified and put in, whatever carried them; and what this desk has for others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ovn_desk.domain.article import ArticleId
from ovn_desk.messages import Message
from ovn_desk.store import Store, WriteTransaction, creating, open_store, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.store.session import NEWSROOM
from ovn_desk.sync.ingest import Intake

ROWS_A_PAGE = 200
BYTES_A_PAGE = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that is not in its place, and why, as half a sentence; `carrier` is the login that brought it to a hub."""

    kind: str
    id: str
    reason: Message
    carrier: str = ""

    @property
    def why(self) -> str:
        return str(self.reason)

    @property
    def sentence(self) -> str:
        """Why the row is not in its place and whose login brought it: half a sentence to follow its kind and id."""
        if not self.carrier:
            return self.why
        return str(Message("row-carried", why=self.reason, carrier=self.carrier))


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a carrier brought. `articles` were touched; `waiting` rests on what has not come, `newer` on a newer desk.

    Of the `recounted` among them nothing came: what was here counts now, or no more, by a change of the people.
    Of the `quiet` nothing came that is told: somebody read them, or began them and wrote nothing.
    Of the `uncounted` something counts no more that was in the list here, or nothing that came counts.

    `strangers` nobody of this house is known to have signed; they were not kept, and each names what it waits for.
    `combined` is how many texts were made of two versions that are in no conflict, in the same transaction. `notes` are
    whole sentences for whoever sits here.
    """

    articles: frozenset[ArticleId] = frozenset()
    added: int = 0
    known: int = 0
    combined: int = 0
    waiting: tuple[Trouble, ...] = ()
    newer: tuple[Trouble, ...] = ()
    refused: tuple[Trouble, ...] = ()
    strangers: tuple[tuple[Trouble, str], ...] = ()
    notes: tuple[Message, ...] = ()
    recounted: frozenset[ArticleId] = frozenset()
    uncounted: frozenset[ArticleId] = frozenset()
    quiet: frozenset[ArticleId] = frozenset()

    @property
    def arrived(self) -> frozenset[ArticleId]:
        """The articles of which something came that is told."""
        return self.articles - self.recounted - self.quiet

    def __add__(self, later: "IngestReport") -> "IngestReport":
        """Both pages; what waits is what still waits after the later one."""
        return IngestReport(
            self.articles | later.articles,
            self.added + later.added,
            self.known + later.known,
            self.combined + later.combined,
            later.waiting,
            later.newer,
            self.refused + later.refused,
            self.strangers + later.strangers,
            self.notes + later.notes,
            (self.recounted | later.recounted) - self.arrived - later.arrived,
            self.uncounted | later.uncounted,
            (self.quiet | later.quiet) - self.arrived - later.arrived,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A page of what this desk has, and the places behind it, from which the next page begins."""

    rows: tuple[RecordRow, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)


def absorb(
    store: Store, rows: Iterable[RecordRow], *, cursor: tuple[str, str] | None = None, keeps_strangers: bool = True
) -> IngestReport:
    """Verifies a page of rows and puts them in, with the cursor that says so, in one transaction.

    Doing it again changes nothing. Texts that are being written here stay as they are.
    """
    with store.begin() as tx:
        came = absorb_into(tx, rows, keeps_strangers=keeps_strangers)
        if cursor:
            tx.set_setting(*cursor)
    return came


def absorb_into(tx: WriteTransaction, rows: Iterable[RecordRow], *, keeps_strangers: bool = True) -> IngestReport:
    """Do what `absorb` does inside an open transaction.

    What waits is kept here, unless the carrier has it for ever and `keeps_strangers` says so: then only what somebody
    of this house signed, lest anybody fill this disk.
    """
    intake = Intake(tx, rows, keeps_strangers=keeps_strangers)
    intake.place()
    return IngestReport(
        articles=frozenset(intake.articles),
        added=intake.added,
        known=intake.known,
        combined=intake.combined,
        waiting=_troubles(intake.waiting),
        newer=_troubles(intake.newer),
        refused=_troubles(intake.refused),
        strangers=tuple((Trouble(*one[:3]), one.waits_for) for one in intake.strangers),
        notes=tuple(intake.notes),
        recounted=frozenset(intake.recounted),
        uncounted=frozenset(intake.uncounted),
        quiet=frozenset(intake.quiet),
    )


def retry_quarantined(store: Store) -> IngestReport:
    """Try the rows in quarantine once more: a program that was updated since may be able to read them."""
    with store.read() as reading:
        if not replication.has_quarantined(reading):
            return IngestReport()
    return absorb(store, [])


def join(path: Path, rows: Iterable[RecordRow], *, founding: str = "") -> tuple[Store, IngestReport]:
    """A new store for a newsroom that is elsewhere already: its roster, its house and what came with them.

    `founding` is the record that it stands on, where that is known: anybody may have written another.
    """
    came = IngestReport()
    with creating(path) as store:
        with store.begin() as tx:
            tx.begin_chain()
            if founding:
                tx.set_setting(NEWSROOM, founding)
        for page in pages(rows):
            came += absorb(store, page)
        with store.read() as reading:
            reading.house()  # without a roster that founds the newsroom there is none
    return open_store(path), came


def next_offer(store: Store, since: Mapping[str, int]) -> Offer:
    """The next page from behind these places, one of each kind: at most 200 rows or 2 MB, in an order to put in.

    A page without rows says that there is no more.
    """
    places, found, left = dict(since), list[RecordRow](), BYTES_A_PAGE
    with store.read() as reading:
        for kind in replication.KINDS:
            room = ROWS_A_PAGE - len(found)
            for placed in replication.page(reading, kind, after=places.get(kind, 0), limit=room) if room else ():
                left -= placed.row.size
                if left < 0 and found:
                    return Offer(tuple(found), places)
                found.append(placed.row)
                places[kind] = placed.seq
    return Offer(tuple(found), places)


def missing_ids(store: Store, ids: Iterable[str]) -> list[str]:
    """Those of these ids that are neither stored nor quarantined here, in the order given."""
    wanted = list(ids)
    with store.read() as reading:
        here = replication.ids_in_place(reading, wanted) | {row.id for row, _ in replication.quarantined_rows(reading)}
    return [name for name in wanted if name not in here]


def pages(rows: Iterable[RecordRow]) -> Iterable[list[RecordRow]]:
    """Rows in pages of at most 200 or 2 MB; a larger row is a page of its own."""
    page, size = list[RecordRow](), 0
    for row in rows:
        if page and (len(page) == ROWS_A_PAGE or size + row.size > BYTES_A_PAGE):
            yield page
            page, size = [], 0
        page.append(row)
        size += row.size
    if page:
        yield page


def _troubles(found: Mapping[str, tuple[str, Message]]) -> tuple[Trouble, ...]:
    return tuple(Trouble(kind, name, why) for name, (kind, why) in sorted(found.items()))
