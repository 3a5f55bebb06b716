"""Who asks to be let in, told by records signed with the very key that is asked for; nothing rests on these."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ovn_desk.domain.house import Role
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.roster import Act, IsSigned, JoinRequest, Record, Roster, RosterId, is_called_so, predecessors
from ovn_desk.messages import Message


def with_requests(roster: Roster, records: Iterable[Record], is_signed: IsSigned) -> Roster:
    """The roster that these records were folded into, with what was asked and not granted.

    Who was declined may ask again, knowing of that.
    """
    ordered = topological_order(records)
    asked = [one for one in ordered if one.act is Act.ASK]
    if not asked:
        return roster
    past = predecessors(ordered)
    requests, problems = dict[str, JoinRequest](), list(roster.problems)
    for record in asked:
        if record.about in roster.keys:
            continue
        if why := _request_refusal(roster, record, past, is_signed):
            problems.append((record.id, why))
            continue
        answers = [one.id for one in roster.records if one.act is Act.RETIRE_KEY and one.about == record.about]
        is_declined = any(answer not in past[record.id] for answer in answers)
        said = (record.id, record.about, record.public, record.person, record.name, record.at, is_declined)
        requests[record.about] = JoinRequest(*said)
    return replace(roster, requests=requests, problems=tuple(problems))


def _request_refusal(
    roster: Roster, record: Record, past: Mapping[RosterId, Collection[RosterId]], is_signed: IsSigned
) -> Message | None:
    """Why somebody's wish to be let in is none: it has to be signed by the very key that it asks for."""
    if not record.after or any(before not in past for before in record.after):
        return Message("roster-record-missing", record="".join(record.after[:1])[:12])
    is_own = record.key == record.about and is_called_so(record) and record.by == record.person
    if not is_own or not is_signed(record, record.public):
        return Message("roster-unsigned")
    if record.about in roster.invitations or record.public == roster.recovery:
        return Message("roster-key-there")
    person = roster.people.get(record.person)
    if person is not None and person.is_retired:
        return Message("roster-asked-by-retired", name=person.name)
    if record.role not in {"", Role.REPORTER}:
        return Message("roster-asked-for-role", role=record.role)
    return None if person or record.name.strip() else Message("roster-person-unknown")
