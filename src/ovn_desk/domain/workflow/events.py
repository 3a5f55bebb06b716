"""What staff did about an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ovn_desk.domain.article import ArticleId, DeviceId, EventId, RevisionId, StaffId
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.workflow.details import Details, Override
from ovn_desk.domain.workflow.rules import Step


@dataclass(frozen=True, slots=True)
class Event:
    """Something staff did about an article; immutable, named by the SHA-256 of its canonical JSON, and signed.

    `previous` is the record of any kind before it on the same device; `after` are the newest events of this article
    before it. `note` speaks to staff, `reason` is kept with the step, `details` are the step's own. An approval carries
    the digest of the public text, the name it was given under, and as `proof` the signature over what readers are told
    of it, and who had which part in the text (`credits`; none in approvals of before 28 November 2026). `newer` names
    what a newer desk wrote in it that this one can not read; its step is then NEWER.
    """

    id: EventId
    article: ArticleId
    step: Step
    revision: RevisionId
    by: StaffId
    device: DeviceId
    at: datetime
    previous: str = ""
    after: tuple[EventId, ...] = ()
    note: str = ""
    reason: str = ""
    digest: str = ""
    name: str = ""
    key: str = ""
    proof: str = ""
    signature: str = ""
    details: Details | None = None
    newer: str = ""
    credits: tuple[Credit, ...] = ()

    @property
    def override(self) -> str:
        """Why a chief passed over the checks here; empty when nobody did."""
        return self.reason or "no reason was given" if isinstance(self.details, Override) else ""


def last_seen(events: Iterable[Event], person: StaffId) -> RevisionId | None:
    """The revision that this person opened last (`Step.READ`); None when they never opened the article."""
    seen = [event.revision for event in topological_order(events) if event.step is Step.READ and event.by == person]
    return seen[-1] if seen else None
