"""Whose a record is, by the roster: who made it, and the role they had at that time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from ovn_desk.domain.article import DeviceId, StaffId
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import LOSSES, Act, Record, Roster
from ovn_desk.messages import Message


class SignedRecord(Protocol):
    """A record of any kind, as far as it says who made it."""

    @property
    def id(self) -> str: ...
    @property
    def by(self) -> StaffId: ...
    @property
    def key(self) -> str: ...
    @property
    def device(self) -> DeviceId: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Who made a record, with the role they had then; or why it is nobody's.

    `is_asking`: by somebody who asked to be let in and has no answer yet, whoever they say they are. `has_left`: the
    problem is that a right which they had was taken away before, which they need not have known.
    """

    staff: Staff
    problem: Message | None = None
    is_asking: bool = False
    has_left: bool = False


NOBODY = Staff(StaffId(""), "Nobody", Role.REPORTER)


def maker_standing(
    roster: Roster, record: SignedRecord, is_later: Callable[[Record], bool], *, own_key: str = ""
) -> Standing:
    """The maker of a record with the role they had then, or why the record is nobody's.

    `is_later(change)` says of a change of the roster whether it is unknown to the maker of the record.

    What gives a right counts for what was signed apart from it, what takes one away counts against it. `own_key` is
    the key with which whoever sits here asked to be let in: what they wrote stays in sight for them, though declined.
    """
    if (request := roster.requests.get(record.key)) and (not request.is_declined or request.key == own_key):
        asker = roster.asker(record.key)
        if asker is not None and asker.id == record.by:
            return Standing(asker, is_asking=True)
    key, person = roster.keys.get(record.key), roster.people.get(record.by)
    if person is None or key is None or key.person != record.by:
        return Standing(NOBODY, Message("key-of-other-person", key=record.key or Message("key-none")))
    role: Role | None = None
    for change in roster.records:
        if change.person != record.by or (change.act in LOSSES and is_later(change)):
            continue
        match change.act:
            case Act.FOUND | Act.ADD | Act.ROLE:
                role = Role(change.role)
            case Act.ADD_KEY if role is None and change.key in roster.invitations:
                role = roster.invitations[change.key].role
            case Act.RETIRE:
                return Standing(NOBODY, Message("person-had-left", name=person.name), has_left=True)
            case Act.RETIRE_KEY if change.about == record.key:
                return Standing(NOBODY, Message("key-retired-before", key=key.id), has_left=True)
            case _:
                pass
    return Standing(replace(person, role=role or Role.REPORTER, is_retired=False))
