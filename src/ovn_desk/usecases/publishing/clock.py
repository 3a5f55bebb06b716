"""Whether this computer's clock may date what readers get: docs/decisions/0015-when-a-clock-is-believed.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ovn_desk.domain.article import EventId, RevisionId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, records

TOLERANCE = timedelta(minutes=10)
_BELIEVED = "clock believed"  # the setting that holds the place up to which records say nothing about the time


@dataclass(frozen=True, slots=True)
class Sign:
    """A record that says it was made at a time, and by whom."""

    at: datetime
    by: Message


def check(reading: ReadTransaction, now: datetime) -> None:
    """Raises DeskError when the clock stands before the newest record that tells the time."""
    newest = max(_signs(reading), key=lambda sign: sign.at, default=None)
    if newest and now < newest.at - TOLERANCE:
        zone = reading.house().zone
        raise DeskError(
            "clock-behind-store",
            now=now.astimezone(zone),
            by=newest.by,
            newest=newest.at.astimezone(zone),
        )


def check_approval(
    reading: ReadTransaction, records_of_it: dict[EventId | RevisionId, datetime], now: datetime
) -> None:
    """Raises StepRefused when a text to be published, or its approval, was made after the time of this clock."""
    believed = _believed_place(reading)
    ahead = {name: at for name, at in records_of_it.items() if now < at - TOLERANCE}
    ahead = {name: at for name, at in ahead.items() if reading.place_of(name) > believed} if ahead else {}
    if ahead:
        zone = reading.house().zone
        raise StepRefused(
            "clock-behind-article",
            written=max(ahead.values()).astimezone(zone),
            now=now.astimezone(zone),
        )


def believe(store: Store, *, by: Signer, why: str) -> None:
    """A chief says that this computer's clock is right: the records it holds say nothing about the time from now on.

    What comes later does. Raises StepRefused for anybody else, or without a reason.
    """
    if by.role is not Role.CHIEF:
        raise StepRefused("clock-chiefs-only", name=by.name)
    if not why.strip():
        raise StepRefused("clock-needs-reason")
    with store.begin() as tx:
        said = {"place": tx.last_place(), "at": records.time_text(records.now()), "by": by.id, "why": why.strip()}
        tx.set_setting(_BELIEVED, json.dumps(said))


def _signs(reading: ReadTransaction) -> Iterator[Sign]:
    """What tells the time: the last record of this computer, and what two people's on two computers agree on.

    One person's clock that runs ahead, or one who means ill, so stops nobody but on their own computer.
    """
    believed = _believed_place(reading)
    own = reading.newest_of(reading.newest_record())
    if own and own.seq > believed:
        yield Sign(own.at, Message("record-of-this-computer"))
    roster, is_signed = reading.roster(), reading.law().is_signed
    found = [one for one in reading.newest_by_device() if one.seq > believed and is_signed(one, one.signature, None)]
    found.sort(key=lambda one: one.at, reverse=True)
    second = next((one for one in found if (one.by != found[0].by and one.device != found[0].device)), None)
    if second:
        person = roster.people.get(second.by)
        who = Message("record-of-person", name=person.name) if person else Message("record-of-colleague")
        yield Sign(second.at, who)


def _believed_place(reading: ReadTransaction) -> int:
    text = reading.setting(_BELIEVED)
    return int(json.loads(text)["place"]) if text else 0
