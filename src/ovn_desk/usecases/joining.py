"""Joining a newsroom by invitation, and the recovery key: a key made of twelve words opens one door once."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import Act, Invitation
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction, Store, WriteTransaction, replication
from ovn_desk.store.records import new_id
from ovn_desk.store.replication import RecordRow
from ovn_desk.store.session import ASKED
from ovn_desk.text import foreign
from ovn_desk.usecases import join_requests, keys, people

SUFFIX = ".ovn-invitation"
_KIND = "ovn-invitation/1"
_DAYS = 14
_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation as the chief hands it over: the person, the day until which it is good, and its words."""

    person: Staff
    expires: str
    words: str


def invite(store: Store, name: str, *, by: Signer, role: Role = Role.REPORTER, days: int = _DAYS) -> NewInvitation:
    """Invites a new person, or a person of the roster to another computer; the words are kept nowhere.

    Whoever has left comes back as a new person, who may have the same name.

    Whoever has the words first is that person here, so they are handed over like a key. The words of an earlier
    invitation of theirs are good no more.
    """
    if by.role is not Role.CHIEF:
        raise StepRefused("invite-chiefs-only", name=by.name, role=by.role)
    name = people.tidy_name(name)
    words = signing.new_words()
    key = signing.key_from_words(words)
    expires = (datetime.now(UTC).date() + timedelta(days=days)).isoformat()
    with store.begin() as tx:
        known = next((one for one in _people(tx, role) if one.name.casefold() == name.casefold()), None)
        person = known or Staff(StaffId(new_id()), name, role)
        people.withdraw_invitations(tx, person.id, by)
        said = {"name": person.name, "role": str(person.role), "expires": expires}
        people.write(tx, Act.INVITE, person.id, by, about=key.id, public=key.public, **said)
    return NewInvitation(person, expires, words)


def _people(reading: ReadTransaction, role: Role) -> Iterator[Staff]:
    """Who works here, and who was invited and has not come yet: asked twice, they are still one person.

    Whoever came by an invitation and has left is neither.
    """
    yield from (one for one in reading.staff() if not one.is_retired)
    for one in reading.roster().invitations.values():
        if not one.is_withdrawn and not one.used_by:
            yield Staff(one.person, one.name, role)


def withdraw(store: Store, key: str, *, by: Signer) -> Invitation:
    """Takes an open invitation back, by the id of its key or a unique start of it."""
    with store.begin() as tx:
        found = [one for one in people.open_invitations(tx) if key and one.key.startswith(key)]
        if len(found) != 1:
            known = [Message("invitation-for", key=one.key, name=one.name) for one in people.open_invitations(tx)]
            raise DeskError("invitation-unknown", key=key, known=known or Message("invitation-none"))
        people.write(tx, Act.RETIRE_KEY, found[0].person, by, about=found[0].key, reason="withdrawn")
    return found[0]


def invited_people(reading: ReadTransaction) -> list[Staff]:
    """Who was invited, is not on the roster and may still come, by name."""
    known = reading.roster().people
    found = {one.person: Staff(one.person, one.name, one.role) for one in people.open_invitations(reading)}
    return sorted((one for one in found.values() if one.id not in known), key=lambda one: one.name)


def invitation_of(store: Readable, words: str) -> Invitation:
    """The invitation that is used with these words; raises DeskError where this newsroom has none that is good.

    One that was used on this very computer is said to be.
    """
    with store.read() as reading:
        found = reading.roster().invitations.get(signing.key_from_words(words).id)
    if found is None:
        raise DeskError("invitation-of-other-newsroom")
    if found.used_by and keys.path_of_key(keys.folder_for(store.path), found.used_by):
        raise DeskError("invitation-used-here", name=found.name)
    if why := _refusal(found):
        raise DeskError("invitation-void", why=why)
    return found


def write_file(store: Store, invited: NewInvitation) -> str:
    """An invitation as a file: its words, and the roster and the house that a new desk begins with."""
    with store.read() as reading:
        rows = [row._asdict() for row in replication.rows(reading, [])]
        house = reading.house().name
    said = {"kind": _KIND, "house": house, "name": invited.person.name, **asdict(invited), "rows": rows}
    del said["person"]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def read_file(path: Path) -> tuple[str, list[RecordRow]]:
    """The words in an invitation's file, and the records it begins with; raises DeskError for another file."""
    data = foreign.read_bytes(path, most=_LARGEST)
    with foreign.reading(path.name, "invitation-is-none", also=(KeyError, TypeError, ValueError)):
        said = foreign.read_json(data)
        if said["kind"] != _KIND:
            raise DeskError("invitation-unreadable", name=path.name)
        return str(said["words"]), [
            RecordRow(**{name: str(row[name]) for name in RecordRow._fields}) for row in said["rows"]
        ]


def join(store: Store, words: str, *, passphrase: str = "") -> Signer:
    """Makes the key of the invited person on this computer, signed with the invitation, which is used up by that."""
    once = signing.key_from_words(words)
    folder = keys.folder_for(store.path)
    keys.rename_new_keys(store)
    with store.begin() as tx:
        found = tx.roster().invitations.get(once.id)
        if found is None:
            raise DeskError("invitation-of-other-newsroom")
        if why := _refusal(found):
            raise DeskError("invitation-void", why=why)
        person = tx.roster().people.get(found.person, Staff(found.person, found.name, found.role))
        keys.check_none(folder, tx.roster(), person)
        key = _bring_in(tx, folder, Signer(person, once), passphrase)
        person = tx.person(person.id)
    keys.rename_new_keys(store)
    return Signer(person, key)


def recover(store: Store, name: str, words: str, *, passphrase: str = "") -> Signer:
    """A key for a chief who lost theirs, signed with the recovery key that was printed at founding.

    Whoever asked to be let in at this desk already keeps the key that they asked with, and asks nobody any more.
    """
    recovery = signing.key_from_words(words)
    folder = keys.folder_for(store.path)
    keys.rename_new_keys(store)
    with store.begin() as tx:
        person = tx.person(name)
        keys.check_none(folder, tx.roster(), person)
        key = _bring_in(tx, folder, Signer(person, recovery), passphrase)
    keys.rename_new_keys(store)
    return Signer(person, key)


def _bring_in(tx: WriteTransaction, folder: Path, by: Signer, passphrase: str) -> signing.Key:
    """A key on this computer for whoever signs it in: the one that they asked with here, or a new one.

    They ask nobody any more; what somebody else asked here stays asked.
    """
    asked = join_requests.own_request(tx)
    is_theirs = asked is None or asked.person == by.id
    path = keys.path_of_key(folder, asked.key) if asked and is_theirs else None
    if path and signing.is_sealed(path) == bool(passphrase):
        key = signing.open_key(path, passphrase=passphrase)
        _add_key(tx, by, key)
    else:
        with keys.making(tx, folder, passphrase) as key:
            _add_key(tx, by, key)
        if is_theirs:
            tx.set_setting(ASKED, "")
    return key


def _add_key(tx: WriteTransaction, by: Signer, key: signing.Key) -> None:
    people.write(tx, Act.ADD_KEY, by.id, by, about=key.id, public=key.public)
    join_requests.refresh_stories(tx, by.id)


def _refusal(found: Invitation) -> Message | None:
    if found.used_by:
        return Message("invitation-used")
    if found.is_withdrawn:
        return Message("invitation-withdrawn")
    today = datetime.now(UTC).date()
    return Message("invitation-over", expires=found.expires) if today > date.fromisoformat(found.expires) else None
