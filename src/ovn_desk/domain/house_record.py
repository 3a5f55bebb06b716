"""What a house says as a whole, as signed records: its house file, and what it added to its public log."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NewType

from ovn_desk.domain.article import DeviceId, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.standing import Standing
from ovn_desk.messages import Message

HouseId = NewType("HouseId", str)


@dataclass(frozen=True, slots=True)
class LogAddition:
    """What one export added to the public log.

    `size` and `root` (hex) are the log's before it, `lines` what it added, to the letter, without line ends. `heads`
    are the signed checkpoints that were published over them, the last over all of them.
    """

    size: int
    root: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HouseRecord:
    """The house file as a chief kept it, or what an editor's export added to the public log: `text` is empty then.

    `after` are the newest records of the house file, or else of the log, before it.
    """

    id: HouseId
    text: str
    by: StaffId
    key: str
    device: DeviceId
    at: datetime
    previous: str = ""
    after: tuple[HouseId, ...] = ()
    signature: str = ""
    log: LogAddition | None = None


@dataclass(frozen=True, slots=True)
class HouseRecords:
    """What the records add up to: those that count, in order, the newest ones, and why others do not count."""

    counted: tuple[HouseRecord, ...] = ()
    newest: tuple[HouseId, ...] = ()
    problems: tuple[tuple[HouseId, Message], ...] = ()

    @property
    def text(self) -> str:
        """The house file that holds: of two kept apart the later in order, everywhere."""
        return self.counted[-1].text if self.counted else ""


def fold(records: Iterable[HouseRecord], judge: Callable[[HouseRecord], Standing]) -> HouseRecords:
    """The records of the house file that a chief signed, or those of the log that an editor or a chief did."""
    counted: list[HouseRecord] = []
    problems: list[tuple[HouseId, Message]] = []
    for record in topological_order(records):
        standing = judge(record)
        why = standing.problem or _refusal(record, standing.staff)
        if why:
            problems.append((record.id, why))
        else:
            counted.append(record)
    followed = {before for record in counted for before in record.after}
    newest = tuple(record.id for record in counted if record.id not in followed)
    return HouseRecords(tuple(counted), newest, tuple(problems))


@lru_cache(maxsize=64)  # a record never changes
def _house_text_problem(text: str) -> Message | None:
    """Why a text is none of a house file: what it would name is written into addresses."""
    try:
        read_house(text, name=Message("house-file-name"))
    except DeskError as error:
        return Message("house-unreadable", error=error)
    return None


def _refusal(record: HouseRecord, staff: Staff) -> Message | None:
    if record.log is None and staff.role is Role.CHIEF:
        return _house_text_problem(record.text)
    if record.log is None:
        return Message("house-not-by-chief", name=staff.name, role=staff.role)
    if staff.role in {Role.EDITOR, Role.CHIEF}:
        return None
    return Message("log-not-by-editor", name=staff.name, role=staff.role)
