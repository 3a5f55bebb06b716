"""What can be read from the store, and what can be written: one object a transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, exists, select

from ovn_desk.domain.article import ArticleId, DeviceId, Revision, RevisionId, StaffId, WorkingCopy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Role, Staff
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.house_record import HouseRecords
from ovn_desk.domain.roster import Record, Roster
from ovn_desk.domain.source import Source
from ovn_desk.domain.standing import SignedRecord, Standing
from ovn_desk.domain.workflow import Article, Event, State
from ovn_desk.messages import Message
from ovn_desk.store import (
    article_index,
    article_list,
    budget_view,
    chain,
    choices,
    histories,
    law,
    marks,
    records,
    schema,
)
from ovn_desk.store.article_index import ArticleRow, ListPlace
from ovn_desk.store.article_list import Group, ListFilter, ListLine, ListSection, ListSpot, Viewer
from ovn_desk.store.budget_view import BudgetRow, InboxRow
from ovn_desk.store.chain import Link, NewestRecord
from ovn_desk.store.histories import History, Law, Stamp
from ovn_desk.store.verification import VerifiedSignatures

NEWEST = "newest record"  # the setting in which this device's last one is kept
DEVICE = "device"
NEWSROOM = "newsroom"  # the setting in which the record that founded it is kept
ASKED = "asked with"  # the setting in which the key is kept with which somebody here asked to be let in
HUB = "hub"  # the setting in which the address of the hub of the last round is kept, without a password


class ReadTransaction:
    """The store as it was when the transaction began."""

    def __init__(self, connection: Connection, verified: VerifiedSignatures) -> None:
        self.connection = connection
        self.verified = verified
        self._chains = law.Chains(connection)
        self._roster: Roster | None = None
        self._houses: HouseRecords | None = None
        self._histories: dict[ArticleId, History] = {}

    # The house and its people

    def setting(self, name: str) -> str:
        """A setting's text; empty when it was never set."""
        found = self.connection.scalar(select(schema.settings.c.value).where(schema.settings.c.name == name))
        return str(found or "")

    def house(self) -> House:
        """The house by its records; raises DeskError where there is none, or it can not be read."""
        text = self.houses().text
        if not text:
            raise DeskError("house-missing")
        return _house(text)

    def houses(self) -> HouseRecords:
        """The house by its records: the text that holds, and why others do not."""
        if self._houses is None:
            found = law.house_records(self.connection, of_log=False)
            self._houses = law.fold_house(found, self.roster(), self.standing, self.verified)
        return self._houses

    def public_log(self) -> HouseRecords:
        """What exports added to the public log, by its records, and why others do not count."""
        found = law.house_records(self.connection, of_log=True)
        return law.fold_house(found, self.roster(), self.standing, self.verified)

    def device(self) -> DeviceId:
        """The id of this computer, in whose chain it writes."""
        return DeviceId(self.setting(DEVICE))

    def staff(self) -> list[Staff]:
        """Everybody on the roster, retired people last, by name."""
        table = schema.staff
        rows = self.connection.execute(select(table).order_by(table.c.retired, table.c.name))
        return [Staff(StaffId(row.id), row.name, Role(row.role), bool(row.retired)) for row in rows]

    def person(self, name_or_id: str) -> Staff:
        """The one person with this id or name, upper or lower case; whoever works here before those who have left."""
        people = self.staff()
        if exact := [p for p in people if p.id == name_or_id]:
            return exact[0]
        found = [p for p in people if p.name.casefold() == name_or_id.strip().casefold()]
        found = found or [p for p in people if name_or_id and p.name.casefold().startswith(name_or_id.casefold())]
        found = [p for p in found if not p.is_retired] or found
        if len(found) > 1 and len({person.name.casefold() for person in found}) == 1:
            ids = [
                Message("person-id-retired" if one.is_retired else "person-id", id=one.id, role=one.role)
                for one in found
            ]
            raise DeskError("person-ambiguous", count=len(found), name=found[0].name, ids=ids)
        if len(found) != 1:
            names = [person.name for person in people] or Message("nobody-yet")
            raise DeskError("person-unknown", name=name_or_id, names=names)
        return found[0]

    def public_keys(self, *, with_retired: bool = False) -> dict[str, tuple[StaffId, str]]:
        """Key id to its owner and public half (base64)."""
        table = schema.keys
        query = select(table) if with_retired else select(table).where(table.c.retired_at.is_(None))
        return {row.id: (StaffId(row.staff), row.public) for row in self.connection.execute(query)}

    def roster_records(self) -> list[Record]:
        """Every record of the roster, in the order they were stored."""
        return law.roster_records(self.connection)

    def roster(self) -> Roster:
        """The roster folded from its signed records."""
        if self._roster is None:
            self._roster = law.fold_roster(self.roster_records(), self.verified, self.setting(NEWSROOM))
        return self._roster

    def standing(self, record: SignedRecord) -> Standing:
        """The role that a record's maker had when making it; the signature is not verified here."""
        return law.standing_in(self.roster(), self._chains, self.setting(ASKED))(record)

    # Records

    def revision(self, id: RevisionId) -> Revision:  # noqa: A002
        """A revision by its id, whether it counts or not."""
        table = schema.revisions
        query = select(table.c.record, table.c.signature).where(table.c.id == id)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            raise DeskError("revision-missing", revision=id[:12])
        return records.read_revision(row.record, id=id, signature=row.signature)

    def revisions(self, article: ArticleId) -> Sequence[Revision]:
        """The texts of an article that count, in the order they were stored."""
        return self.history(article).revisions

    def events(self, article: ArticleId) -> Sequence[Event]:
        """What was done about an article and counts, in the order it was stored."""
        return self.history(article).events

    def newest_record(self) -> str:
        """The last record this device wrote, which its next one names."""
        return self.setting(NEWEST) or chain.newest(self.connection, self.device())

    def newest_records(self) -> list[str]:
        """The last record of each device; of one whose records came in part, the last of each part."""
        return chain.ends(self.connection)

    def newest_by_device(self) -> Iterator[NewestRecord]:
        """The last record of each kind that came of each device."""
        return chain.newest_by_device(self.connection)

    def newest_of(self, record: str) -> NewestRecord | None:
        """A record of any kind by its id, with what it says of its maker and its time; none where it is not here."""
        return chain.newest_of(self.connection, record)

    def place_of(self, record: str) -> int:
        """Where a record stands in the order of this store; 0 where it is not here."""
        found = self.newest_of(record)
        return found.seq if found else 0

    def last_place(self) -> int:
        """Where the last record of this store stands."""
        return chain.next_place(self.connection) - 1

    def links(self, article: ArticleId | None = None) -> list[Link]:
        """The records of one article, or all, as links of their devices' chains, in the order they were stored."""
        return chain.links(self.connection, article)

    def article(self, id: ArticleId) -> Article:  # noqa: A002
        """The article folded from its records that count; raises DeskError when none of its texts does."""
        found = self.history(id).article
        if found is None:
            raise DeskError("article-missing")
        return found

    def history(self, article: ArticleId) -> History:
        """All records of an article, and which of them count; empty where it has no text here."""
        return self.histories([article]).get(article, History())

    def histories(self, articles: Sequence[ArticleId]) -> dict[ArticleId, History]:
        """`history` of some hundred articles, in three queries."""
        missing = [one for one in articles if one not in self._histories]
        if missing:
            self._histories = self._histories if len(articles) == 1 else {}  # an archive is not held in memory
            self._histories |= histories.read_histories(self.connection, missing, self.law())
        return {one: self._histories[one] for one in articles if one in self._histories}

    def law(self) -> Law:
        """The roster, the standings and the house settings by which records are judged."""
        standing = law.standing_in(self.roster(), self._chains, self.setting(ASKED))
        is_strict = bool(self.houses().text) and self.house().is_strict
        return Law(self.roster(), standing, self.verified, is_strict)

    def stamps(self) -> dict[ArticleId, Stamp]:
        """Article → its Stamp, which changes when a record is added to it."""
        return histories.stamps(self.connection)

    def fingerprints(self, articles: Sequence[ArticleId]) -> dict[ArticleId, str]:
        """Article → a hash of its records as they are stored, of some hundred articles."""
        return histories.fingerprints(self.connection, articles)

    def law_fingerprint(self) -> str:
        """A hash of all that decides whether an article's records count, but these themselves."""
        return law.fingerprint(self.connection, self.houses().text, self.setting(NEWSROOM))

    def working_copy(self, article: ArticleId) -> WorkingCopy | None:
        """The text that is being written; None where it is the newest revision."""
        table = schema.working_copies
        row = self.connection.execute(select(table).where(table.c.article == article)).one_or_none()
        if row is None:
            return None
        base = RevisionId(row.base) if row.base else None
        content = records.read_content(row.content)
        kept_at, begun_at = (datetime.fromisoformat(text) for text in (row.kept_at, row.begun_at or row.kept_at))
        return WorkingCopy(article, base, content, kept_at, row.token, begun_at)

    def working_copies(self) -> list[WorkingCopy]:
        """Every text that was being written when the desk last stopped, newest first."""
        table = schema.working_copies
        ids = self.connection.scalars(select(table.c.article).order_by(table.c.kept_at.desc())).all()
        return [copy for id in ids if (copy := self.working_copy(ArticleId(id)))]  # noqa: A001

    def blob(self, sha256: str) -> tuple[str, bytes]:
        """Media type and bytes of a stored file; raises DeskError when it is not here, or not what it was."""
        table = schema.blobs
        row = self.connection.execute(select(table.c.media, table.c.data).where(table.c.sha256 == sha256)).one_or_none()
        if row is None:
            raise DeskError("file-missing", file=sha256[:12])
        return row.media, records.read_blob(row.data, sha256=sha256)

    def has_blob(self, sha256: str) -> bool:
        """Whether a file of this SHA-256 is stored."""
        table = schema.blobs
        return bool(self.connection.scalar(select(exists().where(table.c.sha256 == sha256))))

    def undo_steps(self, article: ArticleId) -> str:
        """The undo steps that `keep_undo` stored, as JSON; "" for none."""
        table = schema.undo_steps
        return str(self.connection.scalar(select(table.c.steps).where(table.c.article == article)) or "")

    def addresses(self) -> dict[str, set[ArticleId]]:
        """Every path of the site that a record names as a page's address, with the articles whose records do."""
        found: dict[str, set[ArticleId]] = {}
        for path, article in histories.addresses(self.connection):
            found.setdefault(path, set()).add(article)
        return found

    # The list

    def find(self, wanted: str) -> ArticleId:
        """The article a full id, a unique start of one, or a slug names."""
        return article_index.find(self.connection, wanted)

    def row(self, article: ArticleId) -> ArticleRow:
        """The article's row of the list; raises DeskError for an article that has none."""
        return article_index.row(self.connection, article)

    def slugs(self) -> dict[ArticleId, str]:
        """Article → its slug."""
        return article_index.slugs(self.connection)

    def rows(
        self,
        *,
        states: Sequence[State] = (),
        category: str = "",
        search: str = "",
        not_in: str = "",
        below: ListPlace | None = None,
        limit: int = 200,
    ) -> list[ArticleRow]:
        """A page of the list, newest first, from below a place (keyset); the last word of `search` is a prefix.

        `category` is one of the house, under whatever key a story has it; `not_in` is a language.
        """
        section = self.house().section(category) if category else None
        return article_index.rows(
            self.connection,
            states=states,
            categories=(section.key, *section.was) if section else (category,) if category else (),
            search=search,
            not_in=not_in,
            below=below,
            limit=limit,
        )

    def ids(self, state: State) -> Iterator[ArticleId]:
        """Every article in a state, newest first."""
        below = None
        while rows := self.rows(states=[state], below=below):
            yield from (row.id for row in rows)
            below = rows[-1].place

    def counts(self, *, search: str = "") -> dict[State, int]:
        """State → number of articles that have the words of `search`."""
        return article_index.counts(self.connection, search=search)

    def sections(self, asked: ListFilter, viewer: Viewer) -> list[ListSection]:
        """The sections of a window's list, with the numbers of their rows."""
        return article_list.sections(self.connection, asked, viewer)

    def lines(self, numbers: Iterable[int], person: Staff) -> dict[int, ListLine]:
        """What rows of a window's list show, by their numbers."""
        return article_list.lines(self.connection, numbers, person)

    def edited_by_others(self, articles: Collection[ArticleId]) -> set[ArticleId]:
        """Those of these articles of which somebody else than the reporter made a version."""
        return article_list.edited_by_others(self.connection, articles)

    def spot(
        self, article: ArticleId, asked: ListFilter, viewer: Viewer, *, here: State | Group | None = None
    ) -> ListSpot | None:
        """Where an article stands in a window's list; see `article_list.spot`."""
        return article_list.spot(self.connection, article, asked, viewer, here=here)

    def row_number(self, article: ArticleId) -> int | None:
        """The number of an article's row; None for one that is in no list."""
        return article_list.number_of(self.connection, article)

    def rows_beginning_with(self, start: str) -> set[int]:
        """The numbers of the rows whose headline begins with these letters."""
        return article_list.beginning_with(self.connection, start)

    def number_waiting(self, viewer: Viewer) -> int:
        """How many articles wait for a person."""
        return article_list.waiting(self.connection, viewer)

    def discarded_at(self, article: ArticleId) -> datetime | None:
        """When an article was discarded on this desk; None for one that was not."""
        return marks.discarded_at(self.connection, article)

    def has_unread_combination(self, article: ArticleId) -> bool:
        """Whether an article's newest text was combined by itself, and nobody here read it or wrote on."""
        return marks.has_unread_combination(self.connection, article)

    def choices(self, article: ArticleId) -> dict[str, str]:
        """Conflict → what is chosen about it so far, in a decision that is not made yet."""
        return choices.read(self.connection, article)

    def live_by_category(self) -> dict[str, int]:
        """Category, as the stories have it → number of stories that readers have."""
        published = {article for articles in self.addresses().values() for article in articles}
        return article_index.live_by_category(self.connection, published)

    def named_sources(self, *, limit: int = 2_000) -> list[Source]:
        """Sources that earlier stories named, the last used first; only the fields that a new source begins with."""
        return article_index.query_named_sources(self.connection, limit=limit)

    def listed_state(self, article: ArticleId) -> tuple[State, RevisionId, StaffId, StaffId | None] | None:
        """State, newest revision, reporter and holder as the list has them; none where it lacks the article."""
        table = schema.articles
        query = select(table.c.state, table.c.head, table.c.reporter, table.c.holder).where(table.c.id == article)
        row = self.connection.execute(query).one_or_none()
        return (State(row.state), row.head, row.reporter, row.holder) if row else None

    def is_listed_otherwise(self, article: ArticleId) -> bool:
        """Whether the list says something else about an article than its records add up to."""
        folded = self.history(article).article
        if self.listed_state(article) != (folded and (folded.state, folded.head, folded.reporter, folded.holder)):
            return True
        if folded is None:
            return False
        row = self.row(article)
        return (row.is_unconfirmed, row.is_lapsed) != (folded.is_unconfirmed, bool(folded.lapse))

    def inbox(self, person: Staff) -> list[InboxRow]:
        """The notifications of a person, newest first."""
        return budget_view.inbox(self.connection, person)

    def budget(self, since: datetime, until: datetime) -> list[BudgetRow]:
        """The stories of a time, the next one due first."""
        return budget_view.budget(self.connection, since, until)

    def listed_ids(self) -> list[ArticleId]:
        """The articles that the list has; they are those of the records that count."""
        return [ArticleId(id) for id in self.connection.scalars(select(schema.articles.c.id))]  # noqa: A001

    @property
    def has_stories(self) -> bool:
        """Whether the list has any article."""
        return self.connection.scalars(select(schema.articles.c.id).limit(1)).first() is not None

    def article_ids(self) -> list[ArticleId]:
        """Every article that has a revision here, whether it counts or not."""
        return [ArticleId(id) for id in self.connection.scalars(select(schema.revisions.c.article).distinct())]  # noqa: A001


@lru_cache(maxsize=4)
def _house(text: str) -> House:
    return read_house(text, name=Message("house-in-store"))
