"""What the rows of a bundle are to this store: how much of each story is new, and how it meets what is here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from ovn_desk.domain.article import ArticleId, Revision, RevisionId, StaffId
from ovn_desk.domain.workflow import Event, State, Step, lineage
from ovn_desk.domain.workflow.folding import predecessors
from ovn_desk.store import ReadTransaction, replication
from ovn_desk.store.automerge import merge_heads
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync.checking import RowRefused, check
from ovn_desk.sync.exchange import Trouble

_UNWRITTEN = RevisionId("0" * 64)
"""What is being written here and is no version yet stands under this id, which no version has."""
WRITING_HERE = StaffId("")
"""Whoever is writing here what is no version yet."""
_COMMENTS = {Step.COMMENT, Step.REPLY}
_BESIDES = {*_COMMENTS, Step.RESOLVE, Step.REOPEN, Step.DECIDE, Step.READ, Step.MOVE, Step.PLAN, Step.NEWER}
"""Steps that move a story nowhere."""


class Meeting(StrEnum):
    """What becomes of a story that comes, beside what is here of it."""

    NEW = "new"
    SAME = "same"
    """All of it is here already."""
    ADDED = "added"
    """What comes goes on from what is here, or is about it."""
    COMBINED = "combined"
    """Both sides were changed, and not in the same place."""
    DECISION = "decision"
    """Both sides were changed in the same place: two versions, between which somebody has to decide."""


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One story of a bundle, and how much of it is not here yet.

    `writers` made the versions that come; `steps` are what was done about it, the newest last, `notes` what was done
    that moves it nowhere, besides comments, and `unread` how many records a newer desk wrote. `changed_by` changed it
    here meanwhile, so that it is combined or wants a decision; `WRITING_HERE` is who writes here just now. `holder`
    took it here for review where somebody else took it there and neither knew of the other; none where that is not so.
    """

    id: ArticleId
    headline: str
    meeting: Meeting
    revisions: int = 0
    events: int = 0
    comments: int = 0
    writers: tuple[StaffId, ...] = ()
    steps: tuple[Event, ...] = ()
    notes: tuple[Event, ...] = ()
    unread: int = 0
    changed_by: tuple[StaffId, ...] = ()
    holder: StaffId | None = None

    @property
    def is_new(self) -> bool:
        return self.meeting is Meeting.NEW

    @property
    def is_here(self) -> bool:
        return self.meeting is Meeting.SAME


@dataclass(slots=True)
class _Found:
    headline: str = ""
    revisions: list[Revision] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    others: int = 0
    """New records that this desk can not read."""


class IncomingRows:
    """The rows of a bundle, counted page by page."""

    def __init__(self, reading: ReadTransaction) -> None:
        self._reading = reading
        self._here = set(reading.article_ids())
        self._found: dict[str, _Found] = {}
        self.people = 0
        self.refused: list[Trouble] = []
        self.new_ids: set[str] = set()
        """The records that are not here yet."""
        self.met_ids: set[str] = set()
        """Those of them that are of no story, or of one that is here."""
        self.has_texts = False
        """Whether any version in it has words."""

    def add(self, page: list[RecordRow]) -> None:
        """Counts a page of rows; one that is not what it says is among `refused`."""
        known = replication.ids_in_place(self._reading, [row.id for row in page])
        for row in page:
            try:
                checked = check(row)
            except RowRefused as error:
                self.refused.append(Trouble(row.kind, row.id, error.message))
                continue
            if row.id not in known:
                self.new_ids.add(row.id)
                if not checked.article or checked.article in self._here:
                    self.met_ids.add(row.id)
            if not checked.article:
                self.people += row.id not in known
                continue
            found = self._found.setdefault(checked.article, _Found())
            value = checked.value
            if isinstance(value, Revision):
                found.headline = value.content.headline
                self.has_texts = self.has_texts or not value.content.is_empty
            if row.id in known:
                continue
            if isinstance(value, Revision):
                found.revisions.append(value)
            elif isinstance(value, Event):
                found.events.append(value)
            else:
                found.others += 1

    @property
    def articles(self) -> tuple[IncomingArticle, ...]:
        """The stories in the bundle, in its order."""
        return tuple(self._incoming_article(ArticleId(article), found) for article, found in self._found.items())

    def _incoming_article(self, article: ArticleId, found: _Found) -> IncomingArticle:
        meeting, changed_by = self._meeting(article, found)
        done = sorted(found.events, key=lambda one: one.at)
        return IncomingArticle(
            article,
            found.headline,
            meeting,
            revisions=len(found.revisions),
            events=len(found.events) + found.others,
            comments=sum(event.step in _COMMENTS for event in found.events),
            writers=tuple(Counter(revision.by for revision in found.revisions if not revision.is_combined)),
            steps=tuple(one for one in done if one.step not in _BESIDES),
            notes=tuple(one for one in done if one.step in _BESIDES - _COMMENTS),
            unread=found.others,
            changed_by=changed_by,
            holder=self._other_holder(article, found),
        )

    def _other_holder(self, article: ArticleId, found: _Found) -> StaffId | None:
        """Who took a story here, where what comes has another's taking that was made without knowing of it."""
        folded = self._reading.history(article).article if article in self._here else None
        if folded is None or folded.state is not State.IN_REVIEW or folded.holder is None or folded.moved is None:
            return None
        takes = [one for one in found.events if one.step is Step.TAKE and one.by != folded.holder]
        ordered = [*self._reading.history(article).events, *found.events]
        is_apart = any(folded.moved.id not in predecessors(ordered, [take]) for take in takes)
        ends = any(folded.moved.id in predecessors(ordered, [one]) for one in found.events if one.step not in _BESIDES)
        return folded.holder if is_apart and not ends else None

    def _meeting(self, article: ArticleId, found: _Found) -> tuple[Meeting, tuple[StaffId, ...]]:
        """What becomes of a story, and who changed it here where both sides did."""
        if article not in self._here:
            return Meeting.NEW, ()
        if not (found.revisions or found.events or found.others):
            return Meeting.SAME, ()
        if not found.revisions:
            return Meeting.ADDED, ()
        ours = {revision.id: revision for revision in (*self._reading.revisions(article), *self._unwritten(article))}
        whole = ours | {revision.id: revision for revision in found.revisions}
        heads = _heads(whole.values())
        theirs = {head for head in heads if head not in ours}
        mine = [head for head in heads if head in ours]
        if not mine or not theirs:
            return Meeting.ADDED, ()
        known = set[RevisionId]().union(*(lineage(whole, head) for head in theirs))
        changed = Counter(ours[name].by for head in mine for name in lineage(whole, head) - known)
        is_whole = _are_combined(whole, heads)
        return (Meeting.COMBINED if is_whole else Meeting.DECISION), tuple(changed)

    def _unwritten(self, article: ArticleId) -> Iterable[Revision]:
        """What is being written here as the version that is made of it before anything comes in."""
        copy, folded = self._reading.working_copy(article), self._reading.history(article).article
        base = copy.base or (folded.head if folded else None) if copy else None
        if copy is None or base is None or copy.content == self._reading.revision(base).content:
            return
        last = self._reading.revision(base)
        yield Revision(_UNWRITTEN, article, copy.content, (base,), WRITING_HERE, last.device, last.at)


def _heads(revisions: Iterable[Revision]) -> list[RevisionId]:
    """The versions that none of these was made from, by id."""
    every = list(revisions)
    parents = {parent for one in every for parent in one.parents}
    return sorted(one.id for one in every if one.id not in parents)


def _are_combined(revisions: dict[RevisionId, Revision], heads: list[RevisionId]) -> bool:
    """Whether these versions become one without anybody's decision."""
    whole, left = dict(revisions), list(heads)
    while len(left) > 1:
        made = next((found for one, other in combinations(left, 2) if (found := merge_heads(whole, one, other))), None)
        if made is None:
            return False
        whole[made.id] = made
        left = sorted({made.id, *left} - set(made.parents))
    return True
