"""The people of the house and their keys: every change is a record of the roster, signed by a chief."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ovn_desk import files, signing
from ovn_desk.domain import roster as rosters
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import Act, Key, Record, Roster, RosterId, Standing
from ovn_desk.domain.workflow import Event
from ovn_desk.store import Readable, Reading, Store, Writing, records
from ovn_desk.store.records import new_id

_NEW = ".new"  # ends the name of a key's file until the roster has the key


def roster(reading: Reading) -> Roster:
    """Who is on the roster with which keys, by the records that are signed as they must be."""
    return rosters.fold(reading.roster(), _is_signed)


def standing(reading: Reading, found: Roster, event: Event) -> Standing:
    """How the person who signed an event stood then: what the roster says later does not count."""

    def is_later(record: Record) -> bool:
        return reading.is_before(event.id, event.device, record.seen)

    return rosters.standing(found.records, event.by, event.key, is_later)


def add_staff(store: Store, *, name: str, role: Role, signer: signing.Key | None = None) -> Staff:
    """Puts a person on the roster. `signer` is a chief's opened key; without it the one on this computer is tried."""
    with store.begin() as tx:
        return add_staff_in(tx, name=name, role=role, signer=_signer(store, tx, signer))


def add_staff_in(tx: Writing, *, name: str, role: Role, signer: signing.Key | None) -> Staff:
    """The same inside a transaction that does more."""
    name = " ".join(name.split())
    if not name:
        raise DeskError("A person on the roster needs a name.")
    if any(person.name.casefold() == name.casefold() for person in tx.staff()):
        raise DeskError(f"{name} is on the roster already.")
    person = Staff(StaffId(new_id()), name, role)
    write(tx, Act.ADD, person.id, signer, name=name, role=role)
    return person


def add_staff_with_key(
    store: Store, *, name: str, role: Role, passphrase: str = "", signer: signing.Key | None = None
) -> Staff:
    """Puts a person on the roster and makes their key on this computer: both, or neither."""
    settle_keys(store)
    with store.begin() as tx:
        signer = _signer(store, tx, signer)
        person = add_staff_in(tx, name=name, role=role, signer=signer)
        make_key_in(tx, keys_folder(store.path), person, passphrase=passphrase, signer=signer)
    settle_keys(store)
    return person


def change_role(store: Store, name: str, role: Role, *, signer: signing.Key | None = None) -> Staff:
    """Gives a person another role from now on."""
    with store.begin() as tx:
        person = _active(tx, name)
        if person.role is role:
            raise DeskError(f"{person.name} is a {role} already.")
        write(tx, Act.ROLE, person.id, _signer(store, tx, signer), role=role)
    return replace(person, role=role)


def retire_staff(store: Store, name: str, *, signer: signing.Key | None = None) -> Staff:
    """Takes a person off the roster: what they did stays named, their keys sign nothing more."""
    with store.begin() as tx:
        person = _active(tx, name)
        others = {key.person for key in roster(tx).chiefs_keys} - {person.id}
        if person.role is Role.CHIEF and not others and roster(tx).is_sealed:
            raise DeskError(f"{person.name} is the only chief with a key. Make another chief first.")
        write(tx, Act.RETIRE, person.id, _signer(store, tx, signer))
    return person


def key_path(store: Readable, person: Staff) -> Path | None:
    """Where this computer keeps the private key a person signs with: beside the store, never in it."""
    settle_keys(store)
    with store.read() as reading:
        return _key_file(keys_folder(store.path), roster(reading), person)


def keys_folder(store: Path) -> Path:
    """The folder of the private keys that belong to a store. Each file is named by its key's id, and never changes."""
    return store.with_name(store.stem + "-keys")


def make_key(store: Store, person: Staff, *, passphrase: str = "", signer: signing.Key | None = None) -> signing.Key:
    """Makes a person's key on this computer and puts its public half on the roster.

    A chief signs it, as every change; the first key of the first chief signs itself.
    """
    settle_keys(store)
    with store.begin() as tx:
        key = make_key_in(tx, keys_folder(store.path), person, passphrase=passphrase, signer=_signer(store, tx, signer))
    settle_keys(store)
    return key


def make_key_in(
    tx: Writing, folder: Path, person: Staff, *, passphrase: str = "", signer: signing.Key | None = None
) -> signing.Key:
    """The same inside a transaction that does more; `settle_keys` has to follow its COMMIT."""
    found = roster(tx)
    path = _key_file(folder, found, person)
    before = found.keys.get(signing.key_name(path)) if path else None
    if path and not (before and before.retired_at):
        raise DeskError(f"{person.name} has a key on this computer already.")
    with _new_key(folder, found, passphrase) as key:
        write(tx, Act.ADD_KEY, person.id, signer or key, key=key.id, public=key.public)
    return key


def open_key(store: Store, person: Staff, *, passphrase: str = "") -> signing.Key:
    """A person's key on this computer; made without a passphrase when they have none yet."""
    path = key_path(store, person)
    return signing.open_key(path, passphrase=passphrase) if path else make_key(store, person, passphrase=passphrase)


def retire_key(store: Store, name: str, *, key: str = "", reason: str = "", signer: signing.Key | None = None) -> Key:
    """Takes a key off the roster: what it signed before holds, what it signs from now on does not."""
    with store.begin() as tx:
        person = tx.person(name)
        found = _key(roster(tx), person, key)
        write(tx, Act.RETIRE_KEY, person.id, _signer(store, tx, signer), key=found.id, reason=reason)
    return found


def replace_key(
    store: Store,
    person: Staff,
    *,
    passphrase: str = "",
    old: signing.Key | None = None,
    signer: signing.Key | None = None,
) -> signing.Key:
    """A new key for a person on this computer in place of the one they have, signed by a chief or by the `old` one."""
    settle_keys(store)
    folder = keys_folder(store.path)
    with store.begin() as tx:
        found = roster(tx)
        path = _key_file(folder, found, person)
        before = _key(found, person, signing.key_name(path) if path else "")
        signed_by = old or _signer(store, tx, signer)
        with _new_key(folder, found, passphrase) as key:
            write(tx, Act.ADD_KEY, person.id, signed_by or key, key=key.id, public=key.public)
            write(tx, Act.RETIRE_KEY, person.id, signed_by or key, key=before.id, reason="replaced")
    settle_keys(store)
    return key


def settle_keys(store: Readable) -> None:
    """Gives new keys that came into use the names they keep, also those of a run that was killed."""
    folder = keys_folder(store.path)
    if any(folder.glob(f"*{_NEW}")):
        with store.read() as reading:
            _settle(folder, roster(reading))


@contextmanager
def _new_key(folder: Path, found: Roster, passphrase: str) -> Iterator[signing.Key]:
    """A key on the disk before the roster knows of it, under a name that says so; gone when the block fails.

    The caller's transaction keeps others from making one meanwhile: what is there under such a name was left by a run
    that was killed, before its transaction or after.
    """
    for left in _settle(folder, found):
        signing.forget(left)
    key = signing.generate()
    path = folder / f"{key.id}{_NEW}"
    signing.keep(key, path, passphrase=passphrase)
    try:
        yield key
    except BaseException:
        signing.forget(path)
        raise


def _settle(folder: Path, found: Roster) -> list[Path]:
    """Names the new keys that the roster knows by their ids; returns those that it does not know."""
    left = []
    for path in sorted(folder.glob(f"*{_NEW}")):
        name = signing.key_name(path)
        if name not in found.keys:
            left.append(path)
            continue
        with suppress(FileNotFoundError):  # another process did it
            files.move(path, folder / f"{name}.json")
    return left


def _key_file(folder: Path, found: Roster, person: Staff) -> Path | None:
    """The file of the newest key of a person that is here and in use, or of the newest that was retired.

    Older desks named the only key of a person by the person. What the roster does not know was never used.
    """
    keys = [key for key in reversed(list(found.keys.values())) if key.person == person.id]
    old = folder / f"{person.id}.json"
    for key in sorted(keys, key=lambda key: key.retired_at is not None):
        for path in (folder / f"{key.id}.json", folder / f"{key.id}{_NEW}"):
            if path.exists():
                return path
        if old.exists() and signing.key_name(old) in {key.id, ""}:
            return old
    return None


def write(tx: Writing, act: Act, person: StaffId, signer: signing.Key | None, **said: str) -> Record:
    """Stores the next record of the roster, signed where somebody signs; raises DeskError when it would not count."""
    before = roster(tx)
    owner = before.keys.get(signer.id) if signer else None
    by = owner.person if owner else person if signer else ""
    record = Record(
        RosterId(""),
        act,
        person,
        tx.device(),
        records.now(),
        after=before.newest,
        seen=tuple(sorted(tx.newest_events())),
        by=by,
        signer=signer.id if signer else "",
        **said,
    )
    if signer:
        record = replace(record, signature=signing.sign(signer, records.roster_bytes(record)))
    record = records.name_roster(record)
    tx.add_roster(record)
    after = roster(tx)
    if why := dict(after.problems).get(record.id):
        raise DeskError(f"The roster was not changed: {why}.")
    tx.keep_roster(after)
    return record


def _signer(store: Store, reading: Reading, given: signing.Key | None) -> signing.Key | None:
    """The key that signs a change: the one given, or a chief's that lies open on this computer; none while founding."""
    found = roster(reading)
    if given is not None or not found.chiefs_keys:
        return given
    for chief in sorted({key.person for key in found.chiefs_keys}):
        path = _key_file(keys_folder(store.path), found, found.people[chief])
        if path and not signing.is_sealed(path):
            key = signing.open_key(path)
            if found.is_chiefs(key.id):
                return key
    names = " or ".join(sorted({found.people[key.person].name for key in found.chiefs_keys}))
    raise DeskError(f"A chief signs changes of the roster: {names} has to open their key for this.")


def _active(reading: Reading, name: str) -> Staff:
    person = reading.person(name)
    if person.is_retired:
        raise DeskError(f"{person.name} is retired already.")
    return person


def _key(found: Roster, person: Staff, key: str) -> Key:
    """The one key of a person that is meant: the id given, or the only one that is not retired."""
    keys = [one for one in found.keys.values() if one.person == person.id and not one.retired_at]
    keys = [one for one in keys if one.id.startswith(key)] if key else keys
    if len(keys) != 1:
        known = ", ".join(one.id for one in keys) or "none that is in use"
        raise DeskError(f"Say which key of {person.name} is meant: {known}.")
    return keys[0]


@lru_cache(maxsize=4096)  # neither a record nor a key ever changes
def _is_signed(record: Record, public: str) -> bool:
    return signing.is_valid(public, records.roster_bytes(record), record.signature)
