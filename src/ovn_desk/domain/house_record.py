"""The house file as a chain of signed records: which of them holds now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from ovn_desk.domain.article import DeviceId, StaffId
from ovn_desk.domain.house import Role
from ovn_desk.domain.ordering import in_order
from ovn_desk.domain.roster import Standing

HouseId = NewType("HouseId", str)


@dataclass(frozen=True, slots=True)
class HouseRecord:
    """The house file as a chief kept it, signed; `after` are the newest such records before it."""

    id: HouseId
    text: str
    by: StaffId
    key: str
    device: DeviceId
    at: datetime
    previous: str = ""
    after: tuple[HouseId, ...] = ()
    signature: str = ""


@dataclass(frozen=True, slots=True)
class HouseRecords:
    """What the records add up to: the text that holds, the newest ones, and why others do not count."""

    text: str = ""
    newest: tuple[HouseId, ...] = ()
    problems: tuple[tuple[HouseId, str], ...] = ()


def fold(records: Iterable[HouseRecord], judge: Callable[[HouseRecord], Standing]) -> HouseRecords:
    """The house by the last record that a chief signed; of two made apart the later in order holds everywhere."""
    counted: list[HouseRecord] = []
    problems: list[tuple[HouseId, str]] = []
    for record in in_order(records):
        standing = judge(record)
        why = standing.problem
        if not why and standing.staff.role is not Role.CHIEF:
            why = f"Only a chief changes the house; {standing.staff.name} was a {standing.staff.role}."
        if why:
            problems.append((record.id, why))
        else:
            counted.append(record)
    followed = {before for record in counted for before in record.after}
    newest = tuple(record.id for record in counted if record.id not in followed)
    return HouseRecords(counted[-1].text if counted else "", newest, tuple(problems))
