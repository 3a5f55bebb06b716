"""What concerns a person, and the news budget of a day or a week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ovn_desk.domain.assignments import Due, due
from ovn_desk.domain.house import House, Staff
from ovn_desk.store import ReadTransaction, records
from ovn_desk.store.budget_view import BudgetRow, InboxRow
from ovn_desk.usecases.undecided import count_undecided


class Period(StrEnum):
    """How far a news budget reaches."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an inbox, and how its deadline stands."""

    row: InboxRow
    due: Due


def inbox(reading: ReadTransaction, person: Staff, *, now: datetime) -> list[Item]:
    """What concerns a person: what is over first, then what is due within a day, then the newest."""
    items = [Item(row, due(row.due_at, now)) for row in reading.inbox(person)]
    urgency = {Due.OVER: 0, Due.SOON: 1}
    return sorted(items, key=lambda item: urgency.get(item.due, 2))


def is_overdue(row: BudgetRow) -> bool:
    """Whether a story should be there by now."""
    return due(row.due_at, records.now()) is Due.OVER


def budget(reading: ReadTransaction, *, day: date, period: Period = Period.DAY) -> list[BudgetRow]:
    """The stories of a day, or of the seven days that begin with it, in the house's time zone; the next due first."""
    house = reading.house()
    length = timedelta(days=7 if period is Period.WEEK else 1)
    rows = reading.budget(_midnight(day, house), _midnight(day + length, house))
    undecided = count_undecided(reading, {row.article: row.state for row in rows})
    return [row._replace(open=row.open + undecided.get(row.article, 0)) for row in rows]


def _midnight(day: date, house: House) -> datetime:
    return datetime.combine(day, time(), house.zone)
