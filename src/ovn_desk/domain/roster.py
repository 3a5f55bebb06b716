"""The roster as a chain of signed records: who works here, in which role, with which keys, and since when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from ovn_desk.domain.article import DeviceId, EventId, StaffId
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.ordering import in_order

RosterId = NewType("RosterId", str)


class Act(StrEnum):
    """What a record of the roster does."""

    ADD = "add"
    ROLE = "role"
    RETIRE = "retire"
    ADD_KEY = "add key"
    RETIRE_KEY = "retire key"


@dataclass(frozen=True, slots=True)
class Record:
    """One change of the roster; immutable, named by its hash like an event.

    `after` are the newest records before it, `seen` the newest event of each device at that time: what an approval is
    older or newer than is told by these, not by a clock. `signer` is the key it is signed with, `by` whose that is.
    """

    id: RosterId
    act: Act
    person: StaffId
    device: DeviceId
    at: datetime
    after: tuple[RosterId, ...] = ()
    seen: tuple[EventId, ...] = ()
    name: str = ""
    role: str = ""
    key: str = ""
    public: str = ""
    reason: str = ""
    by: str = ""
    signer: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """The public half of a person's key on one device."""

    id: str
    person: StaffId
    public: str
    device: DeviceId
    added_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What the records add up to. `records` are those that count, in order; `problems` says why others do not.

    `seal` is the first record that a chief signed: what stands before is under that signature.
    """

    people: Mapping[StaffId, Staff] = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    problems: tuple[tuple[RosterId, str], ...] = ()
    seal: RosterId | None = None

    @property
    def is_sealed(self) -> bool:
        return self.seal is not None

    @property
    def chiefs_keys(self) -> list[Key]:
        """The keys that may sign changes of the roster now."""
        return [key for key in self.keys.values() if self.is_chiefs(key.id)]

    @property
    def newest(self) -> tuple[RosterId, ...]:
        followed = {before for record in self.records for before in record.after}
        return tuple(record.id for record in self.records if record.id not in followed)

    def is_chiefs(self, key: str) -> bool:
        """Whether a key may sign changes of the roster now."""
        found = self.keys.get(key)
        owner = self.people.get(found.person) if found and not found.retired_at else None
        return owner is not None and owner.role is Role.CHIEF and not owner.is_retired


IsSigned = Callable[[Record, str], bool]


def fold(records: Iterable[Record], is_signed: IsSigned) -> Roster:
    """The roster that the records add up to; `is_signed(record, public)` says whether that key signed it.

    Until a chief has signed, the roster is being founded. From then on a chief signs every change; only a new key may
    be signed by the person's old one, and a key may retire itself.
    """
    ordered = in_order(records)
    by_id = {record.id: record for record in ordered}
    roster = _folded(ordered, is_signed, founding=set(by_id))
    if roster.seal is None:
        return roster
    founding = {roster.seal}
    for record in reversed(ordered):
        if record.id in founding:
            founding.update(record.after)
    return _folded(ordered, is_signed, founding=founding)


def _folded(ordered: Sequence[Record], is_signed: IsSigned, *, founding: set[RosterId]) -> Roster:
    known = {record.id for record in ordered}
    roster = Roster()
    for number, record in enumerate(ordered):
        why = _broken(record, known, is_first=number == 0)
        if not roster.is_sealed and record.id not in founding:
            why = why or "it is not under the signature of the first chief: somebody put it in"
        why = why or _refused(roster, record, is_signed)
        noted = replace(roster, problems=(*roster.problems, (record.id, why)))
        roster = noted if why else _taken(roster, record)
    return roster


def _broken(record: Record, known: set[RosterId], *, is_first: bool) -> str:
    if missing := [before for before in record.after if before not in known]:
        return f"the record of the roster before it, {missing[0][:12]}, is missing"
    if not record.after and not is_first:
        return "it stands beside the beginning of the roster: somebody put it in"
    return ""


def _refused(roster: Roster, record: Record, is_signed: IsSigned) -> str:
    """Why a record does not count, in half a sentence; empty when it does."""
    owner = roster.people.get(record.person)
    if record.act is not Act.ADD and owner is None:
        return "it is about a person who is not on the roster"
    if record.act is Act.ADD and owner is not None:
        return "the person is on the roster already"
    if record.act is Act.ADD_KEY and record.key in roster.keys:
        return "the key is on the roster already"
    if record.act is Act.RETIRE_KEY and record.key not in roster.keys:
        return "it is about a key that is not on the roster"
    if record.act in {Act.ADD, Act.ROLE} and record.role not in set(Role):
        return f"there is no role “{record.role}”"
    return _unsigned(roster, record, is_signed)


def _unsigned(roster: Roster, record: Record, is_signed: IsSigned) -> str:
    if not roster.is_sealed and not record.signature:
        return ""
    is_own = not roster.is_sealed and record.act is Act.ADD_KEY and record.signer == record.key
    signer = roster.keys.get(record.signer)
    public = record.public if is_own else signer.public if signer else ""
    if not public or not is_signed(record, public):
        return "its signature is missing or does not match"
    if not roster.is_sealed or signer is None or roster.is_chiefs(record.signer):
        return ""
    is_own = signer.person == record.person and not signer.retired_at and record.act in {Act.ADD_KEY, Act.RETIRE_KEY}
    return "" if is_own else "it is not signed by a chief of this house"


def _taken(roster: Roster, record: Record) -> Roster:
    people, keys = dict(roster.people), dict(roster.keys)
    match record.act:
        case Act.ADD:
            people[record.person] = Staff(record.person, record.name, Role(record.role))
        case Act.ROLE:
            people[record.person] = replace(people[record.person], role=Role(record.role))
        case Act.RETIRE:
            people[record.person] = replace(people[record.person], is_retired=True)
            for key in [key for key in keys.values() if key.person == record.person and not key.retired_at]:
                keys[key.id] = replace(key, retired_at=record.at)
        case Act.ADD_KEY:
            keys[record.key] = Key(record.key, record.person, record.public, record.device, record.at)
        case Act.RETIRE_KEY:
            keys[record.key] = replace(keys[record.key], retired_at=record.at)
    taken = replace(roster, people=people, keys=keys, records=(*roster.records, record))
    is_chiefs = roster.is_chiefs(record.signer) or taken.is_chiefs(record.signer)
    return replace(taken, seal=roster.seal or (record.id if is_chiefs else None))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person and a key were when something was signed."""

    role: Role
    is_retired: bool
    is_key_retired: bool


def standing(records: Sequence[Record], person: StaffId, key: str, is_later: Callable[[Record], bool]) -> Standing:
    """How a person on the roster stood, leaving out the changes that are later than what they signed."""
    found = Standing(Role.REPORTER, is_retired=False, is_key_retired=False)
    for record in records:
        if record.person != person or (record.act in {Act.ROLE, Act.RETIRE, Act.RETIRE_KEY} and is_later(record)):
            continue
        match record.act:
            case Act.ADD | Act.ROLE:
                found = replace(found, role=Role(record.role))
            case Act.RETIRE:
                found = replace(found, is_retired=True, is_key_retired=True)
            case Act.RETIRE_KEY if record.key == key:
                found = replace(found, is_key_retired=True)
            case _:
                pass
    return found
