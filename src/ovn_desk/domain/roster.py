"""The roster as a chain of signed records: who works here, in which role, with which keys, and since when."""

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from ovn_desk.domain.article import DeviceId, StaffId
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.ordering import topological_order
from ovn_desk.messages import Message

RosterId = NewType("RosterId", str)


class Act(StrEnum):
    """What a record of the roster does.

    The first one founds the newsroom: it names its first chief with their key. An invitation names the public half of
    a key that may be used once, to add the key that the invited person makes on their own computer. The recovery key
    adds a key for a chief, and does nothing else. Who asks to be let in signs that with the key that they ask for: it
    grants nothing, until a chief adds that key, or declines by retiring it.
    """

    FOUND = "found"
    RECOVERY = "recovery key"
    ADD = "add"
    ROLE = "role"
    RETIRE = "retire"
    INVITE = "invite"
    ADD_KEY = "add key"
    RETIRE_KEY = "retire key"
    ASK = "ask"


LOSSES = frozenset({Act.ROLE, Act.RETIRE, Act.RETIRE_KEY})


@dataclass(frozen=True, slots=True)
class Record:
    """One change of the roster, signed by `by` with their `key`; immutable, named by its hash like an event.

    `previous` is the record of any kind before it on the device, `after` the newest records of the roster before it,
    `seen` the newest record of each device at that time: what somebody signed is older or newer than a change of the
    roster by these, not by a clock. `about` and `public` are the key that is added, retired or invited with, `expires`
    the day until which an invitation is good.
    """

    id: RosterId
    act: Act
    person: StaffId
    by: StaffId
    key: str
    device: DeviceId
    at: datetime
    previous: str = ""
    after: tuple[RosterId, ...] = ()
    seen: tuple[str, ...] = ()
    name: str = ""
    role: str = ""
    about: str = ""
    public: str = ""
    expires: str = ""
    reason: str = ""
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
class Invitation:
    """An invitation as its record stands: open until it is used, withdrawn, or past its day."""

    key: str
    public: str
    person: StaffId
    name: str
    role: Role
    expires: str
    used_by: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Somebody's wish to be let in with a key of their own, not answered yet, or declined; it gives no right.

    `name` is what a newcomer calls themselves; of a `person` on the roster it says nothing.
    """

    id: RosterId
    key: str
    public: str
    person: StaffId
    name: str
    at: datetime
    is_declined: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """What the records add up to. `records` are those that count, in order; `problems` says why others do not.

    `founding` is the record that everything else stands on, `recovery` the public half of the recovery key. `requests`
    are, by key, what was asked and not granted: they change nothing, and no other record rests on them.
    """

    people: Mapping[StaffId, Staff] = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)
    invitations: Mapping[str, Invitation] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    problems: tuple[tuple[RosterId, Message], ...] = ()
    founding: RosterId = RosterId("")
    recovery: str = ""
    requests: Mapping[str, JoinRequest] = field(default_factory=dict)

    @property
    def chiefs_keys(self) -> list[Key]:
        """The keys that may sign changes of the roster now."""
        return [key for key in self.keys.values() if self.is_chiefs(key.id)]

    @property
    def newest(self) -> tuple[RosterId, ...]:
        followed = {before for record in self.records for before in record.after}
        return tuple(record.id for record in self.records if record.id not in followed)

    def owner(self, key: str) -> Staff | None:
        """The person a key signs for now; none for a key that is not known, or retired."""
        found = self.keys.get(key)
        person = self.people.get(found.person) if found and not found.retired_at else None
        return person if person and not person.is_retired else None

    def asker(self, key: str) -> Staff | None:
        """The person who asked to be let in with a key; a reporter here, whatever they are on the roster."""
        request = self.requests.get(key)
        if request is None:
            return None
        known = self.people.get(request.person)
        return Staff(request.person, known.name if known else request.name, Role.REPORTER)

    def bearer(self, key: str) -> Key | JoinRequest | None:
        """What a signature is verified with: a key of the roster, or one that is asked for; none for another."""
        return self.keys.get(key) or self.requests.get(key)

    def is_chiefs(self, key: str) -> bool:
        """Whether a key may sign changes of the roster now."""
        owner = self.owner(key)
        return owner is not None and owner.role is Role.CHIEF


IsSigned = Callable[[Record, str], bool]


def key_id(public: str) -> str:
    """A short name for a public key, the same everywhere; raises ValueError for what is not base64."""
    return "ovn-" + hashlib.sha256(base64.b64decode(public)).hexdigest()[:16]


def fold(records: Iterable[Record], is_signed: IsSigned, *, founding: str = "") -> Roster:
    """Fold signed records, in any order, into the roster; `is_signed(record, public)` verifies a signature.

    `founding` is the record that this newsroom is known to stand on; anybody can sign another one of their own.

    A chief signs every change; a person's own key may add or retire their keys, an invitation adds one key, the
    recovery key one for a chief. What takes a key or a right away holds against everything that key signed apart from
    it: who took it away did not know of that, and a clock proves nothing. What is asked is for `join_requests`.
    """
    every = topological_order(records)
    past = predecessors(every)
    asking = {one.about: one.person for one in every if one.act is Act.ASK}
    ordered = [one for one in every if one.act is not Act.ASK]
    barred: set[RosterId] = set()
    while True:
        roster = _fold_records(ordered, is_signed, barred, founding, asking)
        losses = [one for one in roster.records if one.act in LOSSES]
        apart = {
            record.id
            for loss in losses
            for record in roster.records
            if record.id not in past[loss.id]
            and record.id != loss.id
            and (_is_hit(roster, loss, record) or _is_declined(loss, record, past[record.id]))
        }
        if apart <= barred:
            return roster
        barred |= apart


def predecessors(ordered: Sequence[Record]) -> dict[RosterId, frozenset[RosterId]]:
    """Everything that each record was made on top of."""
    found: dict[RosterId, frozenset[RosterId]] = {}
    for record in ordered:
        known = [before for before in record.after if before in found]
        found[record.id] = frozenset(known).union(*(found[before] for before in known))
    return found


def _is_hit(roster: Roster, loss: Record, record: Record) -> bool:
    """Whether a record was signed with what another one takes away."""
    if loss.act is Act.RETIRE_KEY:
        return record.key == loss.about
    is_theirs = record.by == loss.person and record.key in roster.keys
    is_own_key = record.act in {Act.ADD_KEY, Act.RETIRE_KEY} and record.person == record.by
    return is_theirs and (loss.act is Act.RETIRE or (loss.role != Role.CHIEF and not is_own_key))


def _is_declined(loss: Record, record: Record, known: Collection[RosterId]) -> bool:
    """Whether one chief let somebody in while another one declined: then nobody is in until a chief knows of both."""
    is_same_key = loss.act is Act.RETIRE_KEY and record.act is Act.ADD_KEY and record.about == loss.about
    return is_same_key and loss.id not in known


def _fold_records(
    ordered: Sequence[Record],
    is_signed: IsSigned,
    barred: set[RosterId],
    founding: str,
    asking: Mapping[str, StaffId],
) -> Roster:
    known = {record.id for record in ordered}
    roster = Roster()
    for record in ordered:
        why = (
            _placement_refusal(roster, record, known, founding)
            or _change_refusal(roster, record, asking)
            or _signature_refusal(roster, record, is_signed)
        )
        if not why and record.id in barred:
            why = Message("roster-cut-off")
        roster = (
            replace(roster, problems=(*roster.problems, (record.id, why))) if why else _apply_record(roster, record)
        )
    return roster


def _placement_refusal(roster: Roster, record: Record, known: set[RosterId], founding: str) -> Message | None:
    if missing := [before for before in record.after if before not in known]:
        return Message("roster-record-missing", record=missing[0][:12])
    is_beside = roster.founding or record.after if record.act is Act.FOUND else not record.after
    if is_beside or (record.act is Act.FOUND and founding not in {"", record.id}):
        return Message("roster-beside-founding")
    return None


def _change_refusal(roster: Roster, record: Record, asking: Mapping[str, StaffId]) -> Message | None:
    """Why a record does not count, in half a sentence; empty when it does."""
    owner = roster.people.get(record.person)
    is_new = record.act in {Act.FOUND, Act.ADD}
    if is_new and owner is not None:
        return Message("roster-person-there")
    if not is_new and record.act not in {Act.INVITE, Act.RECOVERY, Act.ADD_KEY, Act.RETIRE_KEY} and owner is None:
        return Message("roster-person-unknown")
    if record.role not in {"", *Role} or ((is_new or record.act is Act.ROLE) and not record.role):
        return Message("roster-role-unknown", role=record.role)
    if record.public and (not is_called_so(record) or record.about in {*roster.keys, *roster.invitations}):
        return Message("roster-key-there")
    if record.act in {Act.FOUND, Act.ADD_KEY, Act.INVITE, Act.RECOVERY} and not record.public:
        return Message("roster-key-unnamed")
    is_known = record.about in {*roster.keys, *roster.invitations} or asking.get(record.about) == record.person
    if record.act is Act.RETIRE_KEY and not is_known:
        return Message("roster-key-unknown")
    return Message("roster-chief-lost") if _is_last_chief(roster, record) else None


def is_called_so(record: Record) -> bool:
    """Whether a record calls the key that it brings by that key's own name."""
    try:
        return record.about == key_id(record.public)
    except ValueError:
        return False


def _is_last_chief(roster: Roster, record: Record) -> bool:
    """Whether nobody could change the roster any more after this."""
    if record.act not in LOSSES or (record.act is Act.ROLE and record.role == Role.CHIEF):
        return False
    left = [key for key in roster.chiefs_keys if key.person != record.person]
    if record.act is Act.RETIRE_KEY:
        left = [key for key in roster.chiefs_keys if key.id != record.about]
    return not left


def _signature_refusal(roster: Roster, record: Record, is_signed: IsSigned) -> Message | None:
    """Why whoever signed a record may not make this change."""
    if record.act is Act.FOUND:
        is_own = record.key == record.about and record.by == record.person and record.role == Role.CHIEF
        return None if is_own and is_signed(record, record.public) else Message("roster-not-by-named-chief")
    if record.key in roster.invitations:
        return _invitation_refusal(roster.invitations[record.key], record, is_signed)
    if roster.recovery and record.key == key_id(roster.recovery):
        return _recovery_refusal(roster, record, is_signed)
    signer = roster.keys.get(record.key)
    if signer is None or signer.person != record.by or not is_signed(record, signer.public):
        return Message("roster-unsigned")
    if record.act is Act.ADD_KEY and record.person not in roster.people:
        return Message("roster-person-unknown")
    if roster.is_chiefs(record.key):
        return None
    is_own = record.act in {Act.ADD_KEY, Act.RETIRE_KEY} and record.person == record.by and not signer.retired_at
    is_own = is_own and (record.act is Act.ADD_KEY or roster.keys.get(record.about, signer).person == record.by)
    return None if is_own else Message("roster-not-by-chief")


def _invitation_refusal(invitation: Invitation, record: Record, is_signed: IsSigned) -> Message | None:
    if record.act is not Act.ADD_KEY or record.person != invitation.person or record.by != invitation.person:
        return Message("roster-invitation-misused")
    if not is_signed(record, invitation.public):
        return Message("roster-unsigned")
    if invitation.is_withdrawn:
        return Message("roster-invitation-withdrawn")
    if invitation.used_by:
        return Message("roster-invitation-used")
    return Message("roster-invitation-expired") if record.at.date().isoformat() > invitation.expires else None


def _recovery_refusal(roster: Roster, record: Record, is_signed: IsSigned) -> Message | None:
    if not is_signed(record, roster.recovery):
        return Message("roster-unsigned")
    person = roster.people.get(record.person)
    is_chief = person is not None and person.role is Role.CHIEF and not person.is_retired
    is_right = record.act is Act.ADD_KEY and is_chief and record.by == record.person
    return None if is_right else Message("roster-recovery-misused")


def _apply_record(roster: Roster, record: Record) -> Roster:
    people, keys, invitations = dict(roster.people), dict(roster.keys), dict(roster.invitations)
    match record.act:
        case Act.FOUND | Act.ADD:
            people[record.person] = Staff(record.person, record.name, Role(record.role))
        case Act.ROLE:
            people[record.person] = replace(people[record.person], role=Role(record.role))
        case Act.RETIRE:
            people[record.person] = replace(people[record.person], is_retired=True)
            for key in [key for key in keys.values() if key.person == record.person and not key.retired_at]:
                keys[key.id] = replace(key, retired_at=record.at)
        case Act.INVITE:
            role = people[record.person].role if record.person in people else Role(record.role or Role.REPORTER)
            invitations[record.about] = Invitation(
                record.about, record.public, record.person, record.name, role, record.expires
            )
        case Act.ADD_KEY if record.key in invitations:
            used = invitations[record.key]
            invitations[record.key] = replace(used, used_by=record.about)
            people.setdefault(record.person, Staff(record.person, used.name, used.role))
        case Act.RETIRE_KEY if record.about in invitations:
            invitations[record.about] = replace(invitations[record.about], is_withdrawn=True)
        case Act.RETIRE_KEY if record.about in keys:
            keys[record.about] = replace(keys[record.about], retired_at=record.at)
        case _:
            pass
    if record.act in {Act.FOUND, Act.ADD_KEY}:
        keys[record.about] = Key(record.about, record.person, record.public, record.device, record.at)
    return replace(
        roster,
        people=people,
        keys=keys,
        invitations=invitations,
        records=(*roster.records, record),
        founding=roster.founding or record.id,
        recovery=record.public if record.act is Act.RECOVERY else roster.recovery,
    )
