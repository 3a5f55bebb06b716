"""Who writes what by when, and when it may go out."""

from datetime import datetime

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import normalised_text
from ovn_desk.domain.workflow import EDITORS, Event, Step
from ovn_desk.signing import Signer
from ovn_desk.store import Store, records
from ovn_desk.usecases import recording


def assign(
    store: Store,
    article: ArticleId,
    *,
    by: Signer,
    to: Staff | None,
    what: str = "",
    due: datetime | None = None,
    words: int = 0,
) -> Event:
    """Says of a story who writes what by when; nobody yet, where `to` is None. A reporter may take one on."""
    if by.role not in EDITORS and to is None:
        raise StepRefused("assign-to-oneself", name=by.name)
    if by.role not in EDITORS and to is not None and to.id != by.id:
        raise StepRefused("assign-editors-only", name=by.name, role=by.role)
    if to is not None and to.is_retired:
        raise StepRefused("assign-retired", name=to.name)
    if words < 0:
        raise DeskError("length-wrong")
    given = Assignment(to.id if to else StaffId(""), normalised_text(what).strip(), _text(due), words)
    with store.begin() as tx:
        return recording.note(tx, article, Step.ASSIGN, by, given)


def plan(
    store: Store,
    article: ArticleId,
    *,
    by: Signer,
    embargo_until: datetime | None = None,
    planned_at: datetime | None = None,
    reason: str = "",
) -> Event:
    """Says when a story may go out and when it is meant to; both None: at any time.

    To lift an embargo that was agreed, or to move it forward, asks for a reason.
    """
    with store.begin() as tx:
        before = tx.article(article).plan
        new = Plan(_text(embargo_until), _text(planned_at))
        if before.embargo_until and new.embargo_until < before.embargo_until and not reason.strip():
            raise StepRefused("embargo-end-needs-reason")
        return recording.note(tx, article, Step.PLAN, by, new, reason=reason)


def _text(at: datetime | None) -> str:
    return records.time_text(at) if at else ""
