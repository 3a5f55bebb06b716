"""The article as its records add up: a value that the fold makes and the rules look at."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ovn_desk.domain.addresses import AddressClaim
from ovn_desk.domain.article import ArticleId, EventId, RevisionId, StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.workflow.events import Event
from ovn_desk.domain.workflow.rules import State
from ovn_desk.messages import Message


class UncountedRecord(NamedTuple):
    """A record that moves nothing, and why. `is_forged`: not by who it says, or not by their right."""

    id: str
    why: Message
    is_forged: bool


@dataclass(frozen=True, slots=True)
class Article:
    """What an article's revisions and events add up to.

    `holder` is the editor who has taken it, `rivals` others who took it at a desk that did not know of that; `writers`
    wrote any of it since the last approval; `is_strict`: none of them may approve it. `filed` is the revision last
    handed to the desk, `newer` what a newer desk wrote, `uncounted` the records that move nothing. `claims` are the
    addresses it was published at: which of them it has, other articles have a say in (`addresses.current`). `moved` is
    the newest step that brought it where it stands, none for a draft that was begun at `begun_at`: see `custody`. It
    `is_unconfirmed` while whoever began it has asked to be let in, and no chief has answered: nobody else may do
    anything with it. Its `lapse` says why none of its texts counts, where whoever wrote them had left before and need
    not have known: it is a draft that everybody may read, and that counts once somebody writes on it.
    """

    id: ArticleId
    reporter: StaffId
    state: State
    heads: tuple[RevisionId, ...]
    holder: StaffId | None = None
    rivals: tuple[StaffId, ...] = ()
    held_since: datetime | None = None
    approval: Event | None = None
    published: Event | None = None
    first_published_at: datetime | None = None
    newest: tuple[EventId, ...] = ()
    resume: State = State.DRAFT
    live_approval: Event | None = None
    authors: frozenset[StaffId] = field(default_factory=frozenset)
    writers: frozenset[StaffId] = field(default_factory=frozenset)
    is_strict: bool = False
    filed: RevisionId | None = None
    assignment: Assignment | None = None
    plan: Plan = field(default_factory=Plan)
    newer: tuple[EventId, ...] = ()
    uncounted: tuple[UncountedRecord, ...] = ()
    claims: tuple[AddressClaim, ...] = ()
    begun_at: datetime | None = None
    moved: Event | None = None
    is_unconfirmed: bool = False
    lapse: Message | None = None

    @property
    def head(self) -> RevisionId:
        return self.heads[0]

    @property
    def is_live(self) -> bool:
        """Whether readers have a text of it, be it an older one."""
        return self.published is not None and self.state is not State.WITHDRAWN

    @property
    def override(self) -> str:
        """Why the text that is approved, or else the one readers have, was approved before full check."""
        approval = self.approval or self.live_approval
        return approval.override if approval else ""
