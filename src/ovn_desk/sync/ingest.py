"""One page of rows on its way in: what takes its place, what waits, and what is refused."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ovn_desk.domain.article import ArticleId, Revision, RevisionId, StaffId
from ovn_desk.domain.roster import Invitation, JoinRequest, Key, Record, Roster
from ovn_desk.domain.workflow import State
from ovn_desk.messages import Message
from ovn_desk.store import WriteTransaction, law, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.store.session import ASKED
from ovn_desk.sync.checking import CheckedRow, RowRefused, check

MOST_ASKING = 500
"""Records that a desk keeps of somebody whom nobody has let in yet: nobody fills its disk. More wait for the answer."""

_NOT_SIGNED = Message("row-signature-wrong")


class RowWaits(RowRefused):
    """A row that can not take its place yet; its message is for what it waits."""


class Stranger(NamedTuple):
    """A row that nobody of this house is known to have signed, and the key or record that it waits for."""

    kind: str
    id: str
    why: Message
    waits_for: str


class Intake:
    """The rows of one page and those held from before, while they are put in."""

    def __init__(self, tx: WriteTransaction, rows: Iterable[RecordRow], *, keeps_strangers: bool = True) -> None:
        self.tx = tx
        self.strangers: list[Stranger] = []
        self._keeps_strangers = keeps_strangers
        self._held: set[str] = set()
        self.articles: set[ArticleId] = set()
        self.recounted: set[ArticleId] = set()
        self.uncounted: set[ArticleId] = set()
        self.quiet: set[ArticleId] = set()
        self._told: set[ArticleId] = set()
        self.added = self.known = self.combined = 0
        self.notes: list[Message] = []
        self.refused: dict[str, tuple[str, Message]] = {}
        self.waiting: dict[str, tuple[str, Message]] = {}
        self.newer: dict[str, tuple[str, Message]] = {}
        self._roots: dict[str, str] = {}
        self._came: dict[str, CheckedRow] = {}
        self._check(rows)
        needs = {need for row in self._came.values() for need in row.needs}
        self._here = replication.ids_in_place(tx, needs | self._came.keys())
        self._articles = replication.filed_articles(tx, needs)
        self._is_itself = False
        self._asking: dict[str, int] = {}
        self._added: set[str] = set()

    def place(self) -> None:
        """Store the rows that can be, each after those it rests on, and refresh what is derived."""
        for name in self._came.keys() & self._here:
            self.known += 1
            del self._came[name]
        touched = self._place_roster()
        for row in self._ready_rows():
            if not isinstance(row.value, Record):
                self._take(row)
        for name, row in list(self._came.items()):
            self._hold(name, row)
        self.recounted = changed_articles(self.tx, touched) - self.articles
        self.articles |= self.recounted
        for article in sorted(self.articles):
            before = self.tx.listed_state(article)
            was_lapsed = before is not None and self.tx.row(article).is_lapsed
            self.tx.project(article)
            if not was_lapsed and self._counts_less(article, before):
                self.uncounted.add(article)
            self.combined += len(self.tx.combine_heads(article))
        self.quiet = {one for one in self.articles - self.recounted if self._is_quiet(one)}
        self._note_uncounted()
        if self._is_itself:
            self.tx.begin_chain()
            self.notes.append(Message("computer-set-back"))

    def _is_quiet(self, article: ArticleId) -> bool:
        """Whether all that came of an article is that somebody read it, or began it and wrote nothing."""
        return article not in self._told or self.tx.history(article).is_untouched

    def _counts_less(self, article: ArticleId, before: tuple[State, RevisionId, object, object] | None) -> bool:
        """Whether what somebody saw of an article counts no more, or all that came of it counts for nothing."""
        folded = self.tx.history(article).article
        if folded is None:
            return before is not None
        if before is None:
            return bool(folded.lapse)
        is_moved = article in self.recounted and before[0] is not folded.state
        return is_moved or before[1] in {one.id for one in folded.uncounted}

    def _note_uncounted(self) -> None:
        """Says what came and moves nothing: somebody signed what they had no right to."""
        found: list[tuple[str, Message]] = []
        for article in sorted(self.articles):
            history = self.tx.history(ArticleId(article))
            if article in self.uncounted and history.article is not None:
                continue  # each is told by its headline
            if history.article is None:
                found += [(one.id, Message("story-by-nobody")) for one in history.others]
            else:
                found += [(one.id, one.why) for one in history.article.uncounted if one.is_forged]
        new = [why for name, why in found if name in self._added]
        if new:
            self.notes.append(Message("steps-uncounted", count=len(new), why=new[0]))

    def _check(self, rows: Iterable[RecordRow]) -> None:
        held = [row for row, _ in replication.quarantined_rows(self.tx)]
        self._held = {row.id for row in held}
        for row in (*held, *rows):
            try:
                checked = check(row)
            except RowRefused as error:
                if row.id in self._came:
                    self.refused[row.id] = (row.kind, error.message)
                else:
                    self._refuse(row, error.message)
                continue
            before = self._came.get(row.id)
            if before is None or self._is_signed(checked):
                self._came[row.id] = checked
            elif row != before.row:
                self._leave_twin(checked)

    def _leave_twin(self, row: CheckedRow) -> None:
        """Leaves a row whose id another has, which is signed or was here before; it may be the record all the same."""
        if self._signer(row):
            self.refused[row.id] = (row.row.kind, _NOT_SIGNED)
        else:
            why = _unknown_key(row)
            self.strangers.append(Stranger(row.row.kind, row.id, why, row.key))

    def _ready_rows(self) -> Iterator[CheckedRow]:
        """Rows whose needs are met, again and again until there are none; those that were not taken stay behind."""
        following: dict[str, list[CheckedRow]] = {}
        for row in self._came.values():
            for need in row.needs - self._here:
                following.setdefault(need, []).append(row)
        queue = deque(row for row in self._came.values() if row.needs <= self._here)
        while queue:
            row = queue.popleft()
            yield row
            if row.row.id in self._here:
                queue += [after for after in following.get(row.row.id, ()) if after.needs <= self._here]

    def _take(self, row: CheckedRow) -> None:
        try:
            self._judge(row)
        except RowWaits as error:
            self.waiting[row.id] = (row.row.kind, error.message)
            return
        except RowRefused as error:
            self._refuse(row.row, error.message)
            return
        if row.newer:
            self.newer[row.id] = (row.row.kind, row.newer)
            return
        self._put_in(row)
        if row.article:
            self._articles[row.id] = row.article
            self.articles.add(ArticleId(row.article))
            if not row.row.is_reading:
                self._told.add(ArticleId(row.article))
        else:
            self.tx.forget()

    def _put_in(self, row: CheckedRow) -> None:
        replication.insert_row(self.tx, row.row, row.data)
        del self._came[row.id]
        self._here.add(row.id)
        self._added.add(row.id)
        self.added += 1

    def _is_signed(self, row: CheckedRow) -> bool:
        """Whether somebody of this house signed a row, whether or not they had a right to what it says."""
        signer = self._signer(row)
        return signer is not None and self.tx.verified.holds(row.id, signer.public, row.row.signature)

    def _signer(self, row: CheckedRow) -> Key | Invitation | JoinRequest | None:
        roster = self.tx.roster()
        return roster.bearer(row.key) or roster.invitations.get(row.key)

    def _hold(self, name: str, row: CheckedRow) -> None:
        kind, missing = row.row.kind, sorted(row.needs - self._here)
        if row.key and self._signer(row) and not self._is_signed(row):
            self._refuse(row.row, _NOT_SIGNED)
            return
        if name not in self.newer and name not in self.waiting:
            why = Message("row-unplaced")
            if missing:
                why = Message("row-rests-on-missing", record=missing[0][:12])
            self.waiting[name] = (kind, why)
        _, why = self.newer.get(name) or self.waiting[name]
        is_colleagues = not isinstance(self._signer(row), JoinRequest | None) and self._is_signed(row)
        if not (self._keeps_strangers or name in self._held or is_colleagues):
            self.strangers.append(Stranger(kind, name, why, row.key or "".join(missing[:1])))
            self.waiting.pop(name, None)
            self.newer.pop(name, None)
            return
        replication.quarantine_row(self.tx, row.row, row.article, str(why), is_newer=name in self.newer)

    def _refuse(self, row: RecordRow, why: Message) -> None:
        self.refused[row.id] = (row.kind, why)
        self._came.pop(row.id, None)
        replication.drop_quarantined(self.tx, row.id)

    # The roster

    def _place_roster(self) -> set[StaffId]:
        """Puts in the records of the roster that belong to this one, also such as do not count, if a colleague's.

        Returns the people whom they are about.
        """
        came = {row.id: row for row in self._reachable()}
        values = [row.value for row in came.values() if isinstance(row.value, Record)]
        if not values:
            return set()
        folded = law.fold_roster([*self.tx.roster_records(), *values], self.tx.verified, self.tx.roster().founding)
        why = dict(folded.problems)
        for record in values:
            if record.id in why and not self._is_colleagues(folded, record):
                self._refuse(came[record.id].row, why[record.id])
            else:
                self._put_in(came[record.id])
        self.tx.keep_roster()
        return {record.person for record in values}

    def _reachable(self) -> list[CheckedRow]:
        """The records of the roster whose whole past is here or came with them."""
        rows = {name: row for name, row in self._came.items() if isinstance(row.value, Record)}
        found: dict[str, CheckedRow] = {}
        waiting = True
        while waiting:
            waiting = False
            for name, row in rows.items():
                if name not in found and row.needs <= self._here | found.keys():
                    found[name] = row
                    waiting = True
        return list(found.values())

    def _is_colleagues(self, folded: Roster, record: Record) -> bool:
        """Whether a record that does not count was signed by somebody of this house, and so is kept everywhere."""
        signer = folded.keys.get(record.key) or folded.invitations.get(record.key)
        return signer is not None and self.tx.verified.holds(record.id, signer.public, record.signature)

    # Everything else

    def _judge(self, row: CheckedRow) -> None:
        """Refuses what nobody of this house signed; what somebody signed without a right to it is for the fold."""
        if row.device == self.tx.device():
            self._is_itself = True
        if row.article and any(self._articles.get(need) != row.article for need in row.needs):
            raise RowRefused("row-rests-on-other-article")
        revision = row.value if isinstance(row.value, Revision) else None
        if revision and revision.is_combined and not revision.key:
            if not self.tx.verified.is_combined(revision, self._texts(revision.article)):
                raise RowRefused("row-not-combined-by-itself")
            self.tx.verified.remember(self.tx.connection, row.id, "", "")
            return
        key = self.tx.roster().bearer(row.key)
        if key is None or (isinstance(key, JoinRequest) and not self._may_keep(key)):
            raise RowWaits(_unknown_key(row))
        if not self.tx.verified.holds(row.id, key.public, row.row.signature):
            raise RowRefused(_NOT_SIGNED)
        self.tx.verified.remember(self.tx.connection, row.id, key.public, row.row.signature)
        if revision and not revision.parents:
            self._begin(revision)

    def _may_keep(self, request: JoinRequest) -> bool:
        """Whether there is room for what somebody wrote who is not let in: some, and none once they were declined."""
        if request.is_declined and request.key != self.tx.setting(ASKED):
            return False
        if request.key not in self._asking:
            self._asking[request.key] = replication.count_signed(self.tx, request.key)
        self._asking[request.key] += 1
        return self._asking[request.key] <= MOST_ASKING

    def _begin(self, revision: Revision) -> None:
        article = revision.article
        if article not in self._roots:
            self._roots[article] = replication.first_revision(self.tx, article)
        if self._roots[article]:
            raise RowRefused("row-article-begun-otherwise")
        self._roots[article] = revision.id

    def _texts(self, article: ArticleId) -> dict[RevisionId, Revision]:
        history = self.tx.history(article)
        return {one.id: one for one in (*history.revisions, *history.others) if isinstance(one, Revision)}


def changed_articles(tx: WriteTransaction, people: Collection[StaffId]) -> set[ArticleId]:
    """The articles that a change of the roster makes something else of: what these people did counts now, or not."""
    return {article for article in replication.by_people(tx, people) if tx.is_listed_otherwise(article)}


def _unknown_key(row: CheckedRow) -> Message:
    """That nobody here is known by the key that a row names."""
    return Message("row-key-unknown", key=row.key[:20] or Message("row-key-none"))
