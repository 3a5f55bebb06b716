"""Who is to write what by when, and when a story may go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.values import multiline
from ovn_desk.messages import Message

_SOON = timedelta(hours=24)


class Due(StrEnum):
    """How a deadline stands."""

    NONE = "none"
    LATER = "later"
    SOON = "due"
    OVER = "overdue"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who, what, by when (an ISO time with offset, empty for no deadline) and how many words (0: as it comes).

    Nobody (an empty `who`) has a story that is planned before it is given to somebody.
    """

    who: StaffId
    what: str = multiline()
    due: str = ""
    words: int = 0

    @property
    def due_at(self) -> datetime | None:
        return parse_moment(self.due)

    @property
    def is_empty(self) -> bool:
        """Whether it asks nothing of anybody."""
        return not (self.who or self.what or self.due or self.words)


@dataclass(frozen=True, slots=True)
class Plan:
    """Not before a time agreed with a source (`embargo_until`), and not before the time meant for it (`planned_at`).

    ISO times with offset; empty for none.
    """

    embargo_until: str = ""
    planned_at: str = ""


def parse_moment(text: str) -> datetime | None:
    """Parse an ISO time with offset; None for an empty text."""
    return datetime.fromisoformat(text) if text else None


def due(at: datetime | None, now: datetime) -> Due:
    """Compare a deadline with the time now: over, within a day, later; NONE where there is no deadline."""
    if at is None:
        return Due.NONE
    if at < now:
        return Due.OVER
    return Due.SOON if at - now <= _SOON else Due.LATER


def too_early_refusal(plan: Plan, now: datetime, zone: tzinfo) -> Message | None:
    """Why a story may not go out yet, in a sentence with the time in this zone; empty when it may."""
    embargo, planned = parse_moment(plan.embargo_until), parse_moment(plan.planned_at)
    if embargo and now < embargo:
        return Message("embargo-stands", until=embargo.astimezone(zone))
    if planned and now < planned:
        return Message("planned-for-later", at=planned.astimezone(zone))
    return None
