"""The next event of this device about an article: what every use case that does something about one writes."""

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Details, Event, Step
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
) -> Event:
    """The event, not yet stored; it follows the newest event of this device and the newest ones of the article."""
    folded, device = tx.article(article), tx.device()
    event = Event(
        id=EventId(""),
        article=article,
        step=step,
        revision=folded.head,
        by=by.id,
        device=device,
        at=records.now(),
        previous=tx.newest_event(device),
        after=folded.newest,
        note=note.strip(),
        reason=reason.strip(),
        digest=digest,
        details=details,
    )
    return records.name_event(event)


def note(tx: Writing, article: ArticleId, step: Step, by: Staff, details: Details | None, *, reason: str = "") -> Event:
    """Stores an event that moves no article; raises StepRefused when this person may not take the step."""
    workflow.check(tx.article(article), step, by)
    event = new_event(tx, article, step, by, reason=reason, details=details)
    tx.add_event(event)
    return event
