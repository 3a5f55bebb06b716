"""Comments on an article: threads folded from its events, who is called to them, and what must be settled."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ovn_desk.domain.article import EventId, RevisionId, StaffId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, Article, CommentAnswer, CommentText, Event, Quote, Step, topological_order
from ovn_desk.messages import Message

_CALLED = re.compile(r"(?<!\w)@(\w[\w’'-]*(?: \w[\w’'-]*){0,3})")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in a thread, or the last word at settling or reopening it."""

    id: EventId
    by: StaffId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A thread: its first words, what they were about in the revision they were made on, and what became of it."""

    id: EventId
    by: StaffId
    at: datetime
    text: str
    revision: RevisionId
    on: Quote
    must_fix: bool = False
    mentions: tuple[StaffId, ...] = ()
    answers: tuple[Answer, ...] = ()
    resolved_by: StaffId | None = None
    resolved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.resolved_by is None

    @property
    def stops_approval(self) -> bool:
        return self.must_fix and self.is_open


def threads(events: Iterable[Event]) -> tuple[Comment, ...]:
    """Fold the events of one article, in any order, into its comment threads, oldest first."""
    found: dict[EventId, Comment] = {}
    for event in topological_order(events):
        if isinstance(event.details, CommentText):
            said = event.details
            found[event.id] = Comment(
                event.id, event.by, event.at, said.text, event.revision, said.on, said.must_fix, said.mentions
            )
        elif isinstance(event.details, CommentAnswer) and event.details.to in found:
            found[event.details.to] = _add_answer(found[event.details.to], event, event.details)
    return tuple(found.values())


def _add_answer(comment: Comment, event: Event, said: CommentAnswer) -> Comment:
    if said.text:
        answer = Answer(event.id, event.by, event.at, said.text)
        mentions = tuple(dict.fromkeys((*comment.mentions, *said.mentions)))
        comment = replace(comment, answers=(*comment.answers, answer), mentions=mentions)
    if event.step is Step.RESOLVE:
        return replace(comment, resolved_by=event.by, resolved_at=event.at)
    return replace(comment, resolved_by=None, resolved_at=None) if event.step is Step.REOPEN else comment


def resolve_refusal(comment: Comment, article: Article, staff: Staff) -> Message | None:
    """Why this person may not settle this comment, in a sentence; empty when they may.

    What must be fixed is settled by who asked for it or another editor: a reporter answers, and does not wave through.
    """
    if not comment.is_open:
        return Message("comment-settled-already")
    if not comment.must_fix or staff.id == comment.by:
        return None
    if staff.role not in EDITORS or staff.id == article.reporter:
        return Message("must-fix-answered-first")
    return None


def people_mentioned(text: str, people: Sequence[Staff]) -> tuple[StaffId, ...]:
    """The staff called in a text, as `@Ayesha` or `@Ayesha Khan`; a first name that two people have calls neither.

    Whoever has left is not called.
    """
    found: dict[StaffId, None] = {}
    here = [one for one in people if not one.is_retired]
    for match in _CALLED.finditer(text):
        words = match[1].casefold().split(" ")
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            called = [p for p in here if p.name.casefold() == name or p.name.casefold().split(" ")[0] == name]
            if len(called) == 1:
                found[called[0].id] = None
                break
    return tuple(found)
