"""The people of the house and their keys: every change is a record of the roster, signed by who may make it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ovn_desk import signing
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import Act, Invitation, Key, Record, Roster, RosterId
from ovn_desk.messages import Alternatives, Message
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction, Store, WriteTransaction, records
from ovn_desk.store.records import new_id
from ovn_desk.store.session import ASKED
from ovn_desk.usecases import keys
from ovn_desk.usecases.recording import sign


def roster(reading: ReadTransaction) -> Roster:
    """Who is on the roster with which keys, by the records that are signed as they must be."""
    return reading.roster()


def signer(store: Readable, person: Staff, *, passphrase: str = "") -> Signer:
    """A person with their key on this computer opened; raises DeskError where there is none, or it does not open."""
    path = keys.path_of(store, person)
    if path is None:
        raise DeskError("person-without-key", name=person.name)
    return Signer(person, signing.open_key(path, passphrase=passphrase))


READER = Staff(StaffId(""), "", Role.REPORTER)
"""Nobody yet: whoever sits at the desk only reads, and is asked who they are."""


def person_at_desk(store: Readable, wanted: str) -> Staff:
    """Who sits down at a desk: whom a name or an id names, else who has a key here, or asked to be let in; else READER.

    Nobody is seated in the name of another: whoever has no key here says who they are first. Whoever has left and had
    a key here reads here under their name, where nobody else has one.
    """
    with store.read() as reading:
        everybody = reading.staff()
        staff = [person for person in everybody if not person.is_retired]
        asker = reading.roster().asker(reading.setting(ASKED))
    mine = [one for one in staff if has_key(store, one)]
    asking = [asker] if asker and asker.id not in {one.id for one in mine} else []
    named = [one for one in (*asking, *staff) if wanted and wanted in {one.name, one.id}]
    left = [one for one in everybody if one.is_retired and has_key(store, one)]
    return next(iter((*named, *mine, *asking, *left)), READER)


def open_chief(store: Readable) -> Signer:
    """A chief whose key lies open on this computer; raises DeskError naming those who have to open theirs."""
    keys.rename_new_keys(store)
    with store.read() as reading:
        return _signing_chief(store, reading, None)


def has_key(store: Readable, person: Staff) -> bool:
    """Whether this computer has a key of a person."""
    return keys.path_of(store, person) is not None


def is_sealed(store: Readable, person: Staff) -> bool:
    """Whether this computer has a key of a person that asks for a passphrase."""
    path = keys.path_of(store, person)
    return path is not None and signing.is_sealed(path)


def sealed_key_file(store: Readable, key: str) -> Path:
    """The file of the key on this computer that opens what is sealed to it, also before its owner was let in here.

    Raises DeskError where it is not here, which says whom the sealed file is for where the roster knows.
    """
    path = keys.path_of_key(keys.folder_for(store.path), key)
    if path is not None:
        return path
    with store.read() as reading:
        found = reading.public_keys(with_retired=True).get(key)
        owner = reading.person(found[0]) if found else None
    if owner is not None:
        code = "sealed-for-other-key" if has_key(store, owner) else "sealed-for-person"
        raise DeskError(code, name=owner.name)
    raise DeskError("sealed-for-somebody")


def open_invitations(reading: ReadTransaction) -> list[Invitation]:
    """The invitations that can still be used."""
    today = datetime.now(UTC).date().isoformat()
    every = reading.roster().invitations.values()
    return [one for one in every if not one.used_by and not one.is_withdrawn and one.expires >= today]


def withdraw_invitations(tx: WriteTransaction, person: StaffId, by: Signer) -> None:
    """Takes back what somebody was invited with and did not use."""
    for one in [one for one in open_invitations(tx) if one.person == person]:
        write(tx, Act.RETIRE_KEY, person, by, about=one.key, reason="withdrawn")


def add_staff(store: Store, *, name: str, role: Role, by: Signer | None = None) -> Staff:
    """Puts a person on the roster; they can do something as soon as they have a key.

    `by` is a chief's opened key; without it the one that lies open on this computer signs.
    """
    with store.begin() as tx:
        return _add_staff(tx, name=name, role=role, by=_signing_chief(store, tx, by))


def add_staff_with_key(store: Store, *, name: str, role: Role, passphrase: str = "", by: Signer | None = None) -> Staff:
    """Puts a person on the roster and makes their key on this computer: both, or neither."""
    keys.rename_new_keys(store)
    with store.begin() as tx:
        chief = _signing_chief(store, tx, by)
        person = _add_staff(tx, name=name, role=role, by=chief)
        _make_key(store, tx, person, passphrase=passphrase, by=chief)
    keys.rename_new_keys(store)
    return person


def _add_staff(tx: WriteTransaction, *, name: str, role: Role, by: Signer) -> Staff:
    name = tidy_name(name)
    if any(one.name.casefold() == name.casefold() for one in tx.staff() if not one.is_retired):
        raise DeskError("person-on-roster-already", name=name)
    invited = next((one for one in open_invitations(tx) if one.name.casefold() == name.casefold()), None)
    if invited is not None:
        raise DeskError("person-invited-already", name=invited.name)
    person = Staff(StaffId(new_id()), name, role)
    write(tx, Act.ADD, person.id, by, name=name, role=str(role))
    return person


def change_role(store: Store, name: str, role: Role, *, by: Signer | None = None) -> Staff:
    """Gives a person another role from now on."""
    with store.begin() as tx:
        person = _active(tx, name)
        if person.role is role:
            raise DeskError("person-has-role-already", name=person.name, role=role)
        _check_another_chief(tx, person)
        write(tx, Act.ROLE, person.id, _signing_chief(store, tx, by), role=str(role))
    return replace(person, role=role)


def retire_staff(store: Store, name: str, *, by: Signer | None = None) -> Staff:
    """Takes a person off the roster: what they did stays named, their keys and invitations are good no more."""
    with store.begin() as tx:
        person = _active(tx, name)
        _check_another_chief(tx, person)
        chief = _signing_chief(store, tx, by)
        withdraw_invitations(tx, person.id, chief)
        write(tx, Act.RETIRE, person.id, chief)
    return person


def make_key(store: Store, person: Staff, *, passphrase: str = "", by: Signer | None = None) -> signing.Key:
    """Makes a person's key on this computer and puts its public half on the roster; a chief signs that."""
    keys.rename_new_keys(store)
    with store.begin() as tx:
        key = _make_key(store, tx, person, passphrase=passphrase, by=_signing_chief(store, tx, by))
    keys.rename_new_keys(store)
    return key


def _make_key(store: Store, tx: WriteTransaction, person: Staff, *, passphrase: str, by: Signer) -> signing.Key:
    folder = keys.folder_for(store.path)
    keys.check_none(folder, tx.roster(), person)
    with keys.making(tx, folder, passphrase) as key:
        write(tx, Act.ADD_KEY, person.id, by, about=key.id, public=key.public)
    return key


def retire_key(store: Store, name: str, *, key: str = "", reason: str = "", by: Signer | None = None) -> Key:
    """Takes a key off the roster: what it signed before holds, what it signs from now on does not."""
    with store.begin() as tx:
        person = tx.person(name)
        found = _key_meant(tx.roster(), person, key)
        write(tx, Act.RETIRE_KEY, person.id, _signing_chief(store, tx, by), about=found.id, reason=reason)
    return found


def replace_key(
    store: Store, person: Staff, *, passphrase: str = "", old: signing.Key | None = None, by: Signer | None = None
) -> signing.Key:
    """A new key for a person on this computer in place of the one they have, signed by a chief or by the `old` one."""
    keys.rename_new_keys(store)
    folder = keys.folder_for(store.path)
    with store.begin() as tx:
        path = keys.find(folder, tx.roster(), person)
        before = _key_meant(tx.roster(), person, signing.key_name(path) if path else "")
        signed_by = Signer(person, old) if old else _signing_chief(store, tx, by)
        with keys.making(tx, folder, passphrase) as key:
            write(tx, Act.ADD_KEY, person.id, signed_by, about=key.id, public=key.public)
            write(tx, Act.RETIRE_KEY, person.id, signed_by, about=before.id, reason="replaced")
    keys.rename_new_keys(store)
    return key


def tidy_name(name: str) -> str:
    """A name on one line; raises DeskError for none."""
    name = " ".join(name.split())
    if not name:
        raise DeskError("person-without-name")
    return name


def write(tx: WriteTransaction, act: Act, person: StaffId, by: Signer, **said: Any) -> Record:
    """Stores the next record of the roster, signed; raises DeskError when it would not count."""
    record = Record(
        RosterId(""),
        act,
        person,
        by.id,
        by.key.id,
        tx.device(),
        records.now(),
        previous=tx.newest_record(),
        after=tx.roster().newest,
        seen=tuple(sorted(tx.newest_records())),
        **said,
    )
    record = sign(record, by.key)
    tx.add_roster(record)
    if why := dict(tx.roster().problems).get(record.id):
        raise DeskError("roster-not-changed", why=why)
    return record


def _signing_chief(store: Readable, reading: ReadTransaction, given: Signer | None) -> Signer:
    """Who signs a change: the one given, or a chief whose key lies open on this computer."""
    if given is not None:
        return given
    found = reading.roster()
    for chief in sorted({key.person for key in found.chiefs_keys}):
        path = keys.find(keys.folder_for(store.path), found, found.people[chief])
        if path and not signing.is_sealed(path):
            key = signing.open_key(path)
            if found.is_chiefs(key.id):
                return Signer(found.people[chief], key)
    names = Alternatives({found.people[key.person].name for key in found.chiefs_keys})
    raise DeskError("roster-needs-chiefs-key", names=names)


def check_may_leave(reading: ReadTransaction, name: str) -> None:
    """Raises DeskError where somebody cannot be retired: the only chief, or who has left already."""
    _check_another_chief(reading, _active(reading, name))


def _check_another_chief(reading: ReadTransaction, person: Staff) -> None:
    others = {key.person for key in reading.roster().chiefs_keys} - {person.id}
    if person.role is Role.CHIEF and not others:
        raise DeskError("person-last-chief", name=person.name)


def _active(reading: ReadTransaction, name: str) -> Staff:
    person = reading.person(name)
    if person.is_retired:
        raise DeskError("person-retired-already", name=person.name)
    return person


def _key_meant(found: Roster, person: Staff, key: str) -> Key:
    """The one key of a person that is meant: the id given, or the only one that is not retired."""
    theirs = [one for one in found.keys.values() if one.person == person.id and not one.retired_at]
    theirs = [one for one in theirs if one.id.startswith(key)] if key else theirs
    if len(theirs) != 1:
        known = [one.id for one in theirs] or Message("key-none-in-use")
        raise DeskError("person-key-ambiguous", name=person.name, known=known)
    return theirs[0]
