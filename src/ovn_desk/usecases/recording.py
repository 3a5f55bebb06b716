"""The next event of this device about an article: what every use case that does something about one writes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, DeviceId, EventId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Article, Details, Event, Step
from ovn_desk.store import Writing, records


def new_event(
    tx: Writing,
    article: ArticleId,
    step: Step,
    by: Staff,
    *,
    note: str = "",
    reason: str = "",
    digest: str = "",
    details: Details | None = None,
    at: datetime | None = None,
) -> Event:
    """The event, not yet stored; it follows the newest event of this device and the newest ones of the article.

    `at` is now, unless something else was told its time already.
    """
    device = tx.device()
    made = _event(tx.article(article), step, by, device, previous=tx.newest_event(device), at=at or records.now())
    said = replace(made, note=note.strip(), reason=reason.strip(), digest=digest, details=details)
    return records.name_event(said)


def new_events(tx: Writing, articles: Iterable[Article], step: Step, by: Staff, *, at: datetime) -> list[Event]:
    """The same step taken with many articles at once; each event follows the one before it."""
    device, events = tx.device(), list[Event]()
    before = tx.newest_event(device)
    for article in articles:
        events.append(records.name_event(_event(article, step, by, device, previous=before, at=at)))
        before = events[-1].id
    return events


def _event(
    article: Article, step: Step, by: Staff, device: DeviceId, *, previous: EventId | None, at: datetime
) -> Event:
    """What every event about an article says; it has no name yet."""
    return Event(
        id=EventId(""),
        article=article.id,
        step=step,
        revision=article.head,
        by=by.id,
        device=device,
        at=at,
        previous=previous,
        after=article.newest,
    )


def note(tx: Writing, article: ArticleId, step: Step, by: Staff, details: Details | None, *, reason: str = "") -> Event:
    """Stores an event that moves no article; raises StepRefused when this person may not take the step."""
    workflow.check(tx.article(article), step, by)
    event = new_event(tx, article, step, by, reason=reason, details=details)
    tx.add_event(event)
    return event
