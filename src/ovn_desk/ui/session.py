"""The newsroom at this desk: its store and house, and the person who sits here."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Staff
from ovn_desk.store import Changes, Kind, Reading, Store, records
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import housekeeping, people

_LOOK_EVERY_MS = 1_000  # for what another process wrote


class Session(QObject):
    """Reading is free. Whatever writes, or needs what is written on disk, goes through `flushed_store`."""

    committed = Signal(object)
    """`Changes`, on the window's thread, after each COMMIT of this or another process."""
    person_changed = Signal()
    house_changed = Signal()
    writable_changed = Signal()
    """A store that could only be read can be written now."""
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
        return self._store.why_read_only

    @property
    def disk_warning(self) -> str:
        """What to do about a disk that is full, as a sentence; empty where it has room."""
        return self._store.warning

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
        return people.key_path(self._store, self.person)

    def read(self) -> AbstractContextManager[Reading]:
        """The store as it is now; what is typed and not kept yet is in `WorkingText` alone."""
        return self._store.read()

    def flushed_store(self) -> Store | None:
        """The store with everything that was typed in it; none when it could not be kept, which the window says."""
        return self._store if self._flush() else None

    def seat(self, person: Staff) -> None:
        """Another person sits down at this desk."""
        if person != self.person:
            self.person = person
            self.person_changed.emit()

    def remember(self, name: str, value: str) -> None:
        """Keeps a setting of this store."""
        with self._store.begin() as tx:
            tx.set(name, value)

    def change_house(self, text: str) -> None:
        """Another house file; raises DeskError for one that can not be read, or for anybody but a chief."""
        housekeeping.change_house(self._store, text, by=self.person)

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
