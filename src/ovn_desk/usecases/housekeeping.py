"""Making a newsroom: its store and its house; backups and what they bring back."""

from datetime import UTC, datetime
from pathlib import Path

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Role, Staff, read_house
from ovn_desk.domain.roster import Act
from ovn_desk.store import Kind, Readable, Store, backup, creating, open_store
from ovn_desk.store.records import new_id
from ovn_desk.text import foreign, style
from ovn_desk.usecases import people

_OLDER = "Try an older backup."
_COPIED_AWAY = "copied away at"


def found(
    path: Path,
    *,
    house_text: str,
    house_name: str = "house.toml",
    first: str = "",
    role: Role = Role.CHIEF,
    passphrase: str = "",
) -> Store:
    """Makes a store for a house; the people its file names are put on the roster, without keys.

    The `first` person, who sits here, is put there in that role if the file does not name them, and gets a key.
    """
    house = read_whole_house(house_text, name=house_name)
    with creating(path) as made, made.begin() as tx:
        tx.set("house", house_text)
        tx.set("device", new_id())
        for name, one in house.roster:
            people.write(tx, Act.ADD, StaffId(new_id()), None, name=name, role=one)
        if first:
            known = next((one for one in tx.staff() if one.name.casefold() == first.casefold()), None)
            person = known or people.add_staff_in(tx, name=first, role=role, signer=None)
            people.make_key_in(tx, people.keys_folder(path), person, passphrase=passphrase)
    store = open_store(path)
    people.settle_keys(store)
    return store


def read_whole_house(text: str, *, name: str = "the house file") -> House:
    """The house with its style rules, as it would be kept; a mistake raises DeskError with its line or rule."""
    house = read_house(text, name=name)
    style.rules(text, name=name)
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


def copied_away_at(store: Readable) -> datetime | None:
    """When the last copy off this disk was made."""
    with store.read() as reading:
        text = reading.setting(_COPIED_AWAY)
    return datetime.fromisoformat(text) if text else None


def restore(store: Store, file: Path) -> int:
    """Merges a backup into the store: adds what is missing, overwrites nothing; returns the number of records added."""
    if not file.is_file():
        raise DeskError(f"There is no backup file at {file}.")
    with foreign.reading(file.name, "can not be read as a store", _OLDER), store.begin() as tx:
        backup.check_readable(file)
        added, articles = backup.merge(tx.connection, file)
        tx.kinds |= Kind.TEXTS | Kind.EVENTS
        tx.keep_roster(people.roster(tx))
        for article in articles.intersection(tx.article_ids()):
            tx.project(ArticleId(article))
    return added


def recover(path: Path, file: Path) -> None:
    """Puts a backup where there is no store any more."""
    with foreign.reading(file.name, "can not be read as a store", _OLDER):
        is_good = file.is_file() and not backup.damage(file)
    if not is_good:
        raise DeskError(f"{file} is not a good backup. Try an older one.")
    with creating(path, source=file) as store, store.begin() as tx:
        tx.set("device", new_id())  # what was done after the backup was made goes on in another chain


def rebuild(store: Store) -> None:
    """Makes the list, the search index and the roster's table anew from the records."""
    with store.begin() as tx:
        tx.keep_roster(people.roster(tx))
        tx.rebuild()
