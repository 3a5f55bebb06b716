"""Making a newsroom: its store and its house; copies of it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Role, Staff
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.house_record import HouseId, HouseRecord
from ovn_desk.domain.roster import Act
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import (
    ReadTransaction,
    Store,
    WriteTransaction,
    backup,
    copy_marks,
    creating,
    older,
    open_store,
    records,
    shape,
)
from ovn_desk.store.records import new_id
from ovn_desk.text import foreign, style
from ovn_desk.usecases import keys, people, recording


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A newsroom that was made: its store, its first chief, and the words of the recovery key, kept nowhere."""

    store: Store
    chief: Signer
    recovery: str


def create_newsroom(
    path: Path,
    *,
    house_text: str,
    house_name: str = "house.toml",
    chief: str = "",
    passphrase: str = "",
    has_people: bool = True,
) -> Newsroom:
    """Makes a store for a house, its first chief and their key, and a recovery key.

    `chief` is whoever makes it; without a name the first chief in the house file. The others whom that file names are
    put on the roster, unless `has_people` is false; they need keys before they can do anything.
    """
    house = read_whole_house(house_text, name=house_name)
    chief = chief.strip() or next((name for name, role in house.roster if role is Role.CHIEF), "")
    founder = Staff(StaffId(new_id()), people.tidy_name(chief), Role.CHIEF)
    words = signing.new_words()
    recovery = signing.key_from_words(words)
    with creating(path) as made, made.begin() as tx, keys.making(tx, keys.folder_for(path), passphrase) as key:
        by = Signer(founder, key)
        tx.begin_chain()
        said = {"name": founder.name, "role": str(founder.role)}
        people.write(tx, Act.FOUND, founder.id, by, about=key.id, public=key.public, **said)
        people.write(tx, Act.RECOVERY, founder.id, by, about=recovery.id, public=recovery.public)
        _keep_house(tx, house_text, by)
        for name, role in house.roster if has_people else ():
            if name.casefold() != founder.name.casefold():
                people.write(tx, Act.ADD, StaffId(new_id()), by, name=name, role=str(role))
    store = open_store(path)
    keys.rename_new_keys(store)
    return Newsroom(store, by, words)


def _keep_house(tx: WriteTransaction, text: str, by: Signer) -> None:
    recording.check_signer(tx, by)
    record = HouseRecord(
        HouseId(""),
        text,
        by.id,
        by.key.id,
        tx.device(),
        records.now(),
        previous=tx.newest_record(),
        after=tx.houses().newest,
    )
    tx.add_house(recording.sign(record, by.key))


def read_house_file(source: Path) -> str:
    """The text of a house file, or of the house in a store of OVN Desk 0.1; raises DeskError when there is none."""
    if source.suffix == older.SUFFIX:
        return older.house(source)
    return foreign.read_text(source)


def read_whole_house(text: str, *, name: str = "the house file") -> House:
    """The house with its style rules, as it would be kept; a mistake raises DeskError with its line or rule."""
    house = read_house(text, name=name)
    style.rules(text, name=name)
    return house


def change_house(store: Store, text: str, *, by: Signer) -> House:
    """Keeps another house file; only a chief may, and only one that can be read."""
    if by.role is not Role.CHIEF:
        raise StepRefused("house-chiefs-only", name=by.name, role=by.role)
    house = read_whole_house(text)
    with store.begin() as tx:
        _keep_house(tx, text, by)
    return house


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A category whose key another house file changes, and how many stories that readers have are in it.

    `new` is the key of the section that they would be in; empty where there is none any more.
    """

    key: str
    new: str
    stories: int

    @property
    def sentence(self) -> str:
        if self.new:
            return str(Message("section-moves", count=self.stories, new=self.new, key=self.key))
        return str(Message("section-goes", count=self.stories, key=self.key))


def changed_sections(reading: ReadTransaction, new: House) -> list[SectionChange]:
    """The sections whose key another house file changes or takes away, with the number of live stories in each."""
    now, found = reading.house(), dict[tuple[str, str], int]()
    for key, number in reading.live_by_category().items():
        before, after = now.section_key(key), new.section_key(key)
        if before and before != after:
            found[before, after] = found.get((before, after), 0) + number
    return [SectionChange(*keys, number) for keys, number in sorted(found.items())]


def switch_off_rule(text: str, rule: str) -> str:
    """Add to the text of a house file that a style rule is off; returns the new text."""
    return f'{text.rstrip()}\n\n[[rules]]\nid = "{rule}"\noff = true\n'


def back_up(store: Store, *, to: Path | None = None) -> Path:
    """A checked copy of the store; old copies in the usual folder are thinned out, what another holds is remembered."""
    copy = store.back_up(to=to)
    if to is None:
        backup.thin_backups(copy.parent, now=datetime.now(UTC))
    else:
        _remember(store, copy)
    return copy


def copy_away(store: Store, folder: Path) -> Path:
    """A checked copy in a folder on another disk, thinned out like those beside the store; what it holds is remembered.

    What is remembered was read from the copy, not from the store: it is what would come back.
    """
    if not folder.is_dir():
        raise DeskError("backup-folder-missing", folder=folder)
    copy = store.back_up(to=folder)
    backup.thin_backups(folder, now=datetime.now(UTC))
    _remember(store, copy)
    return copy


def is_same_disk(file: Path, folder: Path) -> bool:
    """Whether a folder that is there is on the disk that a file is on, so that both are lost together."""
    return folder.is_dir() and folder.stat().st_dev == file.parent.stat().st_dev


def forget_lost_copies(store: Store) -> bool:
    """Forget what was held by copies whose folder is there and has them no more; whether there were any.

    A folder that is not there, as of a stick that is not plugged in, says nothing.
    """
    with store.read() as reading:
        marks = [mark for mark in copy_marks.marks(reading) if not mark.place.startswith(copy_marks.HUB_PLACE)]
    lost = [mark for mark in marks if Path(mark.place).is_dir() and not (Path(mark.place) / mark.file).is_file()]
    if lost:
        with store.begin() as tx:
            for mark in lost:
                copy_marks.forget(tx, mark.place)
    return bool(lost)


def _remember(store: Store, copy: Path) -> None:
    """Remembers what a copy holds; where that can not be written, the copy is there all the same."""
    mark = copy_marks.read_copy(copy, str(copy.parent.absolute()), datetime.now(UTC))
    mark = replace(mark, is_same_disk=is_same_disk(store.path, copy.parent))
    with suppress(DeskError), store.begin() as tx:
        copy_marks.keep(tx, mark)


def rebuild(store: Store) -> None:
    """Puts back triggers and indexes, and makes the list, the search index and the roster's table anew."""
    with store.begin() as tx:
        shape.mend(tx.connection)
        tx.keep_roster()
        tx.rebuild()
