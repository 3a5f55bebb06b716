"""Making a newsroom: its store, house, people and keys; backups and the doctor."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Role, Staff, read_house
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import Step
from ovn_desk.store import Reading, Store, backup, create
from ovn_desk.store.records import new_id
from ovn_desk.text import style
from ovn_desk.usecases import approvals

_COPIED_AWAY = "copied away at"


def found(path: Path, *, house_text: str, house_name: str = "house.toml") -> Store:
    """Makes a store for a house; the people its file names are put on the roster, without keys."""
    house = read_house(house_text, name=house_name)
    store = create(path)
    with store.begin() as tx:
        tx.set("house", house_text)
        tx.set("device", new_id())
        for name, role in house.roster:
            tx.add_staff(Staff(StaffId(new_id()), name, role))
    return store


def read_whole_house(text: str) -> House:
    """The house with its style rules, as it would be kept; a mistake raises DeskError with its line or rule."""
    house = read_house(text, name="the house file")
    style.rules(text, name="the house file")
    return house


def change_house(store: Store, text: str, *, by: Staff) -> House:
    """Keeps another house file; only a chief may, and only one that can be read."""
    if by.role is not Role.CHIEF:
        raise StepRefused(f"Only a chief may change the house; {by.name} is a {by.role}.")
    house = read_whole_house(text)
    with store.begin() as tx:
        tx.set("house", text)
    return house


def switched_off(text: str, rule: str) -> str:
    """A house file in which a style rule is off."""
    return f'{text.rstrip()}\n\n[[rules]]\nid = "{rule}"\noff = true\n'


def add_staff(store: Store, *, name: str, role: Role) -> Staff:
    """Puts a person on the roster."""
    name = " ".join(name.split())
    if not name:
        raise DeskError("A person on the roster needs a name.")
    with store.begin() as tx:
        if any(person.name.casefold() == name.casefold() for person in tx.staff()):
            raise DeskError(f"{name} is on the roster already.")
        person = Staff(StaffId(new_id()), name, role)
        tx.add_staff(person)
    return person


def retire_staff(store: Store, name: str) -> Staff:
    """Takes a person off the roster: what they did stays named, their keys sign nothing more."""
    with store.begin() as tx:
        person = tx.person(name)
        if person.is_retired:
            raise DeskError(f"{person.name} is retired already.")
        tx.retire_staff(person.id)
    return person


def key_path(store: Store, person: Staff) -> Path:
    """Where this computer keeps a person's private key: beside the store, never in it."""
    return store.path.with_name(store.path.stem + "-keys") / f"{person.id}.json"


def make_key(store: Store, person: Staff, *, passphrase: str = "") -> signing.Key:
    """Makes a person's key on this computer and puts its public half on the roster."""
    path = key_path(store, person)
    if path.exists():
        raise DeskError(f"{person.name} has a key on this computer already.")
    key = signing.make(path, passphrase=passphrase)
    with store.begin() as tx:
        tx.add_key(key.id, staff=person.id, public=key.public)
    return key


def open_key(store: Store, person: Staff, *, passphrase: str = "") -> signing.Key:
    """A person's key on this computer; made without a passphrase when they have none yet."""
    path = key_path(store, person)
    if path.exists():
        return signing.open_key(path, passphrase=passphrase)
    return make_key(store, person, passphrase=passphrase)


def back_up(store: Store, *, to: Path | None = None) -> Path:
    """A checked copy of the store; old copies in the usual folder are thinned out."""
    copy = store.back_up(to=to)
    if to is None:
        backup.thin(copy.parent, now=datetime.now(UTC))
    return copy


def copy_away(store: Store, folder: Path) -> Path:
    """A checked copy in a folder on another disk, thinned out like those beside the store; its time is remembered."""
    if not folder.is_dir():
        raise DeskError(f"{folder} is not there. Plug the disk in, or name another folder for copies.")
    copy = store.back_up(to=folder)
    backup.thin(folder, now=datetime.now(UTC))
    with store.begin() as tx:
        tx.set(_COPIED_AWAY, datetime.now(UTC).isoformat())
    return copy


def copied_away_at(store: Store) -> datetime | None:
    """When the last copy off this disk was made."""
    with store.read() as reading:
        text = reading.setting(_COPIED_AWAY)
    return datetime.fromisoformat(text) if text else None


def restore(store: Store, file: Path) -> int:
    """Merges a backup into the store: adds what is missing, overwrites nothing; returns the number of records added."""
    if not file.is_file():
        raise DeskError(f"There is no backup file at {file}.")
    added = store.merge(file)
    with store.begin() as tx:
        tx.rebuild()
    return added


def recover(path: Path, file: Path) -> None:
    """Puts a backup where there is no store any more."""
    if not file.is_file() or backup.damage(file):
        raise DeskError(f"{file} is not a good backup. Try an older one.")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, path)


def examine(store: Store) -> list[tuple[str, str]]:
    """Record and reason of everything in the store that is not as it should be."""
    if found := store.damage():
        return found
    with store.read() as reading:
        found += [(image.sha256, why) for image, why in _lost_pictures(reading)]
        events = [event for article in reading.article_ids() for event in reading.events(article)]
        found += [
            (event.id, why)
            for event in events
            if event.step is Step.APPROVE and (why := approvals.signature_problem(reading, event))
        ]
        known = {event.id for event in events}
        found += [
            (event.id, f"the event before it, {event.previous[:12]}, is missing")
            for event in events
            if event.previous and event.previous not in known
        ]
    return found


def _lost_pictures(reading: Reading) -> list[tuple[Image, str]]:
    """Pictures that an article has, but whose files are not here."""
    return [
        (image, f"the file of the picture “{image.key}” in “{content.headline}” is missing")
        for article in reading.article_ids()
        for content in [reading.revision(reading.article(article).head).content]
        for image in content.images
        if not reading.has_blob(image.sha256)
    ]


def rebuild(store: Store) -> None:
    """Makes the list and the search index anew from the records."""
    with store.begin() as tx:
        tx.rebuild()
