"""Whom an article concerns now, and why: what their inbox is made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ovn_desk.domain.article import EventId, StaffId
from ovn_desk.domain.comments import Comment
from ovn_desk.domain.workflow import (
    UNPUBLISHED,
    WITH_DESK,
    Article,
    Event,
    State,
    Step,
    Takeover,
    predecessors,
    topological_order,
)
from ovn_desk.messages import Message, enumeration_code

EVERY_EDITOR = StaffId("")
_LEFT_BY = {State.SENT_BACK: Step.SEND_BACK, State.FILED: Step.FILE, State.IN_REVIEW: Step.TAKE}


class Reason(StrEnum):
    """What brings an article into somebody's inbox."""

    SENT_BACK = "sent back"
    MUST_FIX = "must fix"
    MENTIONED = "mentioned"
    ASSIGNED = "assigned"
    TAKEN_OVER = "taken over"
    TAKEN_TWICE = "taken twice"
    RECALLED = "recalled"
    RECALLED_LATE = "recalled late"
    HELD = "in review by you"
    WANTED_BACK = "wanted back"
    WAITING = "waiting for review"

    @property
    def words(self) -> Message:
        """The words for this reason; its value is what the store has."""
        return Message(enumeration_code(self))


NEWS = frozenset({Reason.TAKEN_OVER, Reason.RECALLED, Reason.RECALLED_LATE})
"""What somebody only has to know: it is gone once they have opened the story."""


@dataclass(frozen=True, slots=True)
class Notification:
    """One reason why an article concerns a person, or every editor; `event` is what it rests on."""

    person: StaffId
    why: Reason
    event: EventId
    by: StaffId
    at: datetime
    words: str = ""


def notifications(
    article: Article, events: Iterable[Event], threads: Iterable[Comment], late: Iterable[Event] = ()
) -> list[Notification]:
    """Who has to know or do something about this article, and why; none for one that is spiked or withdrawn.

    `late` are the steps that came too late: what was done apart from them left no room for them.
    """
    if article.state in {State.SPIKED, State.WITHDRAWN}:
        return []
    ordered, late = topological_order(events), list(late)
    return [
        *_step_notifications(article, ordered, late),
        *_takeover_notifications(article, ordered),
        *_recall_notifications(article, ordered, late),
        *_assignment_notifications(article, ordered),
        *_comment_notifications(article, threads),
    ]


def _step_notifications(article: Article, ordered: Sequence[Event], late: Sequence[Event]) -> Iterator[Notification]:
    """Whoever the newest step left it with, and whether its writer recalled it when they had it already."""
    step = _LEFT_BY.get(article.state)
    event = next((event for event in reversed(ordered) if event.step is step), None)
    if event is None:
        return
    match article.state:
        case State.SENT_BACK:
            for person in sorted({article.reporter, *article.authors} - {event.by}):
                yield Notification(person, Reason.SENT_BACK, event.id, event.by, event.at, event.reason)
        case State.FILED:
            yield Notification(EVERY_EDITOR, Reason.WAITING, event.id, event.by, event.at, event.note)
        case _ if article.rivals and article.holder is not None:
            for person in (article.holder, *article.rivals):
                other = article.holder if person != article.holder else article.rivals[0]
                yield Notification(person, Reason.TAKEN_TWICE, event.id, other, event.at)
        case _ if recall := next((one for one in late if one.step is Step.RECALL and one.by != event.by), None):
            yield Notification(event.by, Reason.WANTED_BACK, recall.id, recall.by, recall.at, recall.note)
        case _:
            yield Notification(event.by, Reason.HELD, event.id, event.by, event.at)


def _takeover_notifications(article: Article, ordered: Sequence[Event]) -> Iterator[Notification]:
    """Who had it when another editor took it over, until they know."""
    taken = next((event for event in reversed(ordered) if event.step is Step.TAKE), None)
    if taken is None or not isinstance(taken.details, Takeover):
        return
    before = taken.details.holder
    if before != article.holder and not _knows(before, taken, ordered):
        yield Notification(before, Reason.TAKEN_OVER, taken.id, taken.by, taken.at, taken.note)


def _recall_notifications(article: Article, ordered: Sequence[Event], late: Sequence[Event]) -> Iterator[Notification]:
    """Who was at work on a story that its writer recalled, and the writer whose recall came after it was taken."""
    moved = article.moved
    if moved is not None and moved.step is Step.RECALL:
        takers = {event.by for event in late if event.step is Step.TAKE}
        for person in sorted((takers | article.writers) - {moved.by, article.reporter}):
            if not _knows(person, moved, [*ordered, *late]):
                yield Notification(person, Reason.RECALLED, moved.id, moved.by, moved.at, moved.note)
    taken = next((event for event in reversed(ordered) if event.step is Step.TAKE), None)
    if article.state is State.IN_REVIEW and article.holder is not None and taken is not None:
        for event in late:
            if event.step is Step.RECALL and not _knows(event.by, taken, ordered):
                yield Notification(event.by, Reason.RECALLED_LATE, event.id, article.holder, event.at)


def _knows(person: StaffId, event: Event, every: Sequence[Event]) -> bool:
    """Whether somebody did anything with the story, be it that they read it, knowing of a step."""
    own = [one for one in every if one.by == person and one.id != event.id]
    return event.id in predecessors(every, own)


def _assignment_notifications(article: Article, ordered: Sequence[Event]) -> Iterator[Notification]:
    """Who is to write it, until it is with the desk."""
    given = article.assignment
    if given is None or not given.who or article.state not in UNPUBLISHED - WITH_DESK:
        return
    event = next(event for event in reversed(ordered) if event.details == given)
    yield Notification(given.who, Reason.ASSIGNED, event.id, event.by, event.at, given.what)


def _comment_notifications(article: Article, threads: Iterable[Comment]) -> Iterator[Notification]:
    """Open comments: what the reporter must fix, and who was called and has not answered yet."""
    for thread in threads:
        if not thread.is_open:
            continue
        if thread.must_fix and thread.by != article.reporter:
            yield Notification(article.reporter, Reason.MUST_FIX, thread.id, thread.by, thread.at, thread.text)
        spoken = {answer.by for answer in thread.answers}
        for person in thread.mentions:
            if person not in spoken and not (thread.must_fix and person == article.reporter):
                yield Notification(person, Reason.MENTIONED, thread.id, thread.by, thread.at, thread.text)
