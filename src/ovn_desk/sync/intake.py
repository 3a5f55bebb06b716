"""One page of rows on its way in: what takes its place, what waits, and what is refused."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ovn_desk import signing
from ovn_desk.domain import roster as rosters
from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.roster import Record, Roster, RosterId
from ovn_desk.domain.workflow import Event, Step
from ovn_desk.store import Writing, carrying, records
from ovn_desk.store.carrying import Row
from ovn_desk.store.combined import COMBINED, combined
from ovn_desk.sync.checking import Checked, RowRefused, check

_ITSELF_AGAIN = (
    "This computer had been set back to an older state; what it had done since then came back. "
    "It goes on under a number of its own."
)


class RowWaits(RowRefused):
    """A row that can not take its place yet; its text is for what it waits."""


class Intake:
    """The rows of one page and those held from before, while they are put in."""

    def __init__(self, tx: Writing, rows: Iterable[Row]) -> None:
        self.tx = tx
        self.articles: set[ArticleId] = set()
        self.added = self.known = 0
        self.notes: list[str] = []
        self.refused: dict[str, tuple[str, str]] = {}
        self.waiting: dict[str, tuple[str, str]] = {}
        self.newer: dict[str, tuple[str, str]] = {}
        self._roster: Roster | None = None
        self._roots: dict[str, tuple[str, str] | None] = {}
        self._came: dict[str, Checked] = {}
        self._check(rows)
        needs = {need for row in self._came.values() for need in row.needs}
        self._here = carrying.known(tx, needs | self._came.keys())
        self._articles = carrying.filed(tx, needs)
        self._is_itself = False

    def place(self) -> None:
        """Puts in what can be, each row after those it rests on, and makes anew what is derived."""
        for name in self._came.keys() & self._here:
            self.known += 1
            del self._came[name]
        self._place_roster()
        for row in self._ready():
            if row.value is not None and not isinstance(row.value, Record):
                self._take(row)
        for name, row in self._came.items():
            self._hold(name, row)
        for article in sorted(self.articles):
            self.tx.project(article)
        if self._is_itself:
            self.tx.set("device", records.new_id())
            self.notes.append(_ITSELF_AGAIN)

    def _check(self, rows: Iterable[Row]) -> None:
        for row in (*(row for row, _ in carrying.held(self.tx)), *rows):
            try:
                self._came[row.id] = check(row)
            except RowRefused as error:
                self._refuse(row, str(error))

    def _ready(self) -> Iterator[Checked]:
        """Rows whose needs are met, again and again until there are none; those that were not taken stay behind."""
        following: dict[str, list[Checked]] = {}
        for row in self._came.values():
            for need in row.needs - self._here:
                following.setdefault(need, []).append(row)
        queue = [row for row in self._came.values() if row.needs <= self._here]
        while queue:
            row = queue.pop(0)
            yield row
            if row.row.id in self._here:
                queue += [after for after in following.get(row.row.id, ()) if after.needs <= self._here]

    def _take(self, row: Checked) -> None:
        name = row.row.id
        try:
            self._judge(row)
        except RowWaits as error:
            self.waiting[name] = (row.row.kind, str(error))
            return
        except RowRefused as error:
            self._refuse(row.row, str(error))
            return
        self._put_in(row)
        self._articles[name] = row.article
        self.articles.add(ArticleId(row.article))

    def _put_in(self, row: Checked) -> None:
        carrying.put_in(self.tx, row.row, row.data)
        del self._came[row.row.id]
        self._here.add(row.row.id)
        self.added += 1

    def _hold(self, name: str, row: Checked) -> None:
        kind, missing = row.row.kind, sorted(row.needs - self._here)
        if row.newer:
            self.newer[name] = (kind, row.newer)
        elif name not in self.waiting:
            self.waiting[name] = (kind, f"it rests on {missing[0][:12]}, which has not come yet")
        why = row.newer or self.waiting[name][1]
        carrying.hold(self.tx, row.row, row.article, why, is_newer=bool(row.newer))

    def _refuse(self, row: Row, why: str) -> None:
        self.refused[row.id] = (row.kind, why)
        self._came.pop(row.id, None)
        carrying.let_go(self.tx, row.id)

    # The roster

    def _place_roster(self) -> None:
        """Puts in the records of the roster that belong to this one, also such as do not count, if a colleague's."""
        ours = self.tx.roster()
        came = {row.row.id: row for row in self._reachable()}
        values = [row.value for row in came.values() if isinstance(row.value, Record)]
        folded = rosters.fold([*ours, *values], is_signed)
        why = dict(folded.problems)
        refused = {record.id for record in values if record.id in why and not _is_colleagues(folded, record)}
        for name, row in came.items():
            if name in refused:
                self._refuse(row.row, why[RosterId(name)])
            else:
                self._put_in(row)
        if len(came) > len(refused):
            kept = [record for record in values if record.id not in refused]
            self._roster = rosters.fold([*ours, *kept], is_signed)
            self.tx.keep_roster(self._roster)

    def _reachable(self) -> list[Checked]:
        """The records of the roster whose whole past is here or came with them."""
        rows = {name: row for name, row in self._came.items() if isinstance(row.value, Record)}
        found: dict[str, Checked] = {}
        waiting = True
        while waiting:
            waiting = False
            for name, row in rows.items():
                if name not in found and row.needs <= self._here | found.keys():
                    found[name] = row
                    waiting = True
        return list(found.values())

    # Revisions and events

    def _judge(self, row: Checked) -> None:
        if any(self._articles.get(need) != row.article for need in row.needs):
            raise RowRefused("it rests on a record of another article")
        match row.value:
            case Revision():
                self._judge_revision(row.value)
            case Event():
                self._judge_event(row.value)
            case _:
                pass

    def _judge_revision(self, revision: Revision) -> None:
        if not revision.parents:
            if self._root(revision.article):
                raise RowRefused("its article has another beginning")
            self._roots[revision.article] = (revision.id, revision.author)
        if revision.device == COMBINED and revision != self._combined(revision):
            raise RowRefused("it says that it was combined by itself, and it was not")

    def _combined(self, revision: Revision) -> Revision | None:
        if len(revision.parents) != 2:
            return None
        known = {one.id: one for one in self.tx.revisions(revision.article)}
        return combined(known, *revision.parents)

    def _judge_event(self, event: Event) -> None:
        if event.device == self.tx.device():
            self._is_itself = True
        if event.step is not Step.APPROVE:
            return
        key = self._folded().keys.get(event.key)
        if key is None:
            raise RowWaits(f"the key {event.key[:20]} that signed it is not on the roster here")
        if key.person != event.by or not signing.is_valid(key.public, records.approval_bytes(event), event.signature):
            raise RowRefused("its signature is not that of the person named as approver")
        root = self._root(event.article)
        if root and root[1] == event.by:
            raise RowRefused("its approver reported the article")

    def _root(self, article: str) -> tuple[str, str] | None:
        """The id and the author of an article's first revision."""
        if article not in self._roots:
            self._roots[article] = carrying.root(self.tx, ArticleId(article))
        return self._roots[article]

    def _folded(self) -> Roster:
        if self._roster is None:
            self._roster = rosters.fold(self.tx.roster(), is_signed)
        return self._roster


@lru_cache(maxsize=4096)  # neither a record nor a key ever changes
def is_signed(record: Record, public: str) -> bool:
    """Whether the key signed this record of the roster."""
    return signing.is_valid(public, records.roster_bytes(record), record.signature)


def _is_colleagues(roster: Roster, record: Record) -> bool:
    """Whether a record that does not count was signed by somebody of this house, and so is kept everywhere."""
    signer = roster.keys.get(record.signer)
    return bool(record.after) and signer is not None and is_signed(record, signer.public)
