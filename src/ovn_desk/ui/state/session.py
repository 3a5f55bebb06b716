"""The newsroom at this desk: its store and house, and the person who sits here."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Staff
from ovn_desk.signing import Signer
from ovn_desk.store import Changes, Kind, ReadTransaction, Store, records
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import housekeeping, joining, keys, people
from ovn_desk.usecases.publishing import clock

_LOOK_EVERY_MS = 1_000  # for what another process wrote


class Session(QObject):
    """Reading is free. Whatever writes, or needs what is written on disk, goes through `flushed_store`."""

    committed = Signal(object)
    """`Changes`, on the window's thread, after each COMMIT of this or another process."""
    person_changed = Signal()
    house_changed = Signal()
    writable_changed = Signal()
    """A store that could only be read can be written now."""
    key_opened = Signal()
    _told = Signal(object)

    def __init__(
        self,
        store: Store,
        renderer: RenderHelper,
        person: Staff,
        *,
        flush: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`flush` keeps what is typed and says whether it could."""
        super().__init__(parent)
        self._store, self._flush = store, flush
        self.renderer = renderer
        self.person = person
        self._key: signing.Key | None = None
        self._open_silently()
        with store.read() as reading:
            self.house: House = reading.house()
        self._told.connect(self._hear)
        self._unsubscribe: Callable[[], object] = store.on_changes(self._told.emit)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look_for_others)
        self._look.start()

    @property
    def path(self) -> Path:
        """Of the store's file."""
        return self._store.path

    @property
    def why_read_only(self) -> str:
        """Why nothing can be written here, as a sentence; empty where it can."""
        return str(self._store.why_read_only or "")

    @property
    def disk_warning(self) -> str:
        """What to do about a disk that is full, as a sentence; empty where it has room."""
        return str(self._store.warning or "")

    @property
    def is_disk_well(self) -> bool:
        """Whether the store can be written and space is kept for a disk that gets full."""
        return not self.why_read_only and not self._store.is_in_reserve

    def mend_disk(self) -> bool:
        """Tries to make it so; takes its time, and may be called on any thread."""
        return self._store.mend()

    @property
    def today(self) -> str:
        """The day it is where the newsroom is, as ISO date."""
        return records.now().astimezone(self.house.zone).date().isoformat()

    @property
    def key_path(self) -> Path | None:
        """Of the private key of the person at the desk; none where they have none here."""
        return keys.path_of(self._store, self.person)

    @property
    def is_signing(self) -> bool:
        """Whether the key of the person who sits here is open, so that what they do can be signed."""
        return self._key is not None

    @property
    def is_sealed(self) -> bool:
        """Whether the key of the person who sits here asks for a passphrase."""
        return people.is_sealed(self._store, self.person)

    @property
    def by(self) -> Signer:
        """The person who sits here with their opened key; raises DeskError where it is not open, or not here."""
        if self._key is None:
            self.open_key()
        if self._key is None:
            raise DeskError(
                self.tr("Open your key first: {name} signs what is done here.").format(name=self.person.name)
            )
        return Signer(self.person, self._key)

    @property
    def writer(self) -> Staff | Signer:
        """Who writes here: what is only kept needs no key, what becomes a version does."""
        return self.person if self._key is None else Signer(self.person, self._key)

    def open_key(self, passphrase: str = "") -> None:
        """Opens the key of the person who sits here; one that asks for a passphrase stays shut without it."""
        if passphrase or not self.is_sealed:
            self._key = people.signer(self._store, self.person, passphrase=passphrase).key
            self.key_opened.emit()

    def check_open_chief(self) -> None:
        """Raises DeskError where no chief's key lies open on this computer."""
        people.open_chief(self._store)

    def make_key(self, passphrase: str = "") -> None:
        """Makes the key of the person who sits here, on this computer; a chief whose key lies open signs it."""
        people.make_key(self._store, self.person, passphrase=passphrase)
        self.open_key(passphrase)

    def join(self, words: str) -> None:
        """Makes the key of whoever was invited with these words, who sits down at once."""
        signer = joining.join(self._store, " ".join(words.split()))
        self.seat(signer.person)
        self.open_key()

    def read(self) -> AbstractContextManager[ReadTransaction]:
        """The store as it is now; what is typed and not kept yet is in `WorkingText` alone."""
        return self._store.read()

    def flushed_store(self) -> Store | None:
        """The store with everything that was typed in it; none when it could not be kept, which the window says."""
        return self._store if self._flush() else None

    def seat(self, person: Staff) -> None:
        """Another person sits down at this desk."""
        if person != self.person:
            is_other = person.id != self.person.id
            self.person = person
            if is_other:
                self._key = None
                self._open_silently()
            self.person_changed.emit()

    def _open_silently(self) -> None:
        """A key that lies open is open as soon as its owner sits down; who has none here can read."""
        with suppress(DeskError):
            if people.has_key(self._store, self.person):
                self.open_key()

    def remember(self, name: str, value: str) -> None:
        """Keeps a setting of this store."""
        with self._store.begin() as tx:
            tx.set_setting(name, value)

    def change_house(self, text: str) -> None:
        """Another house file; raises DeskError for one that can not be read, or for anybody but a chief."""
        housekeeping.change_house(self._store, text, by=self.by)

    def believe_clock(self, why: str) -> None:
        """A chief says that this computer's clock is right; raises DeskError for anybody else."""
        clock.believe(self._store, by=self.by, why=why)

    def look_for_others(self) -> None:
        """Notices what another process wrote into the store."""
        try:
            self._store.notice_others()
        except DeskError:
            return  # whoever writes next will be told in words

    def close(self) -> None:
        self._look.stop()
        self._unsubscribe()
        self._unsubscribe = lambda: None

    def _hear(self, changes: Changes) -> None:
        if changes.kinds & Kind.HOUSE:
            self._read_house()
        if changes.kinds & Kind.ROSTER:
            self._read_person()
        self.committed.emit(changes)

    def _read_house(self) -> None:
        with self._store.read() as reading:
            house = reading.house()
        if house.text != self.house.text:
            self.house = house
            self.house_changed.emit()

    def _read_person(self) -> None:
        with self._store.read() as reading:
            found = next((one for one in reading.staff() if one.id == self.person.id), self.person)
        self.seat(found)
