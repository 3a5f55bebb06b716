"""The newsroom at this desk: its store and house, and the person who sits here."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Staff
from ovn_desk.signing import Signer
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.state.disk_space import DiskSpace
from ovn_desk.ui.state.signing_key import SigningKey
from ovn_desk.usecases import joining, queries, store_settings
from ovn_desk.usecases.printing import PrintFolder, print_nothing
from ovn_desk.usecases.queries import Changes, Kind, Readable, Store

_LOOK_EVERY_MS = 1_000  # for what another process wrote


class Session(QObject):
    """Reading is free, from `store`. Whatever writes, or needs what is written on disk, asks `flushed_store`."""

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
        print_folder: PrintFolder = print_nothing,
        parent: QObject | None = None,
    ) -> None:
        """`flush` keeps what is typed and says whether it could."""
        super().__init__(parent)
        self._store, self._flush = store, flush
        self.renderer, self.print_folder = renderer, print_folder
        self.person = person
        self.key = SigningKey(store, person, self)
        self.disk = DiskSpace(store)
        self.house: House = queries.house(store)
        self._told.connect(self._hear)
        self._unsubscribe: Callable[[], object] = store.on_changes(self._told.emit)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look_for_others)
        self._look.start()

    @property
    def store(self) -> Readable:
        """To ask questions of; what is typed and not kept yet is in `WorkingText` alone."""
        return self._store

    def flushed_store(self) -> Store | None:
        """The store with everything that was typed in it; none when it could not be kept, which the window says."""
        return self._store if self._flush() else None

    @property
    def why_read_only(self) -> str:
        """Why nothing can be written here, as a sentence; empty where it can."""
        return str(self._store.why_read_only or "")

    @property
    def today(self) -> str:
        """The day it is where the newsroom is, as ISO date."""
        return queries.today(self.house)

    @property
    def by(self) -> Signer:
        """The person who sits here with their opened key; raises DeskError where it is not open, or not here."""
        return self.key.signer()

    @property
    def writer(self) -> Staff | Signer:
        """Who writes here: what is only kept needs no key, what becomes a version does."""
        return self.key.signer() if self.key.is_open else self.person

    def join(self, words: str) -> str:
        """Makes the key of whoever was invited with these words, who sits down at once; returns what is to be said."""
        signer = joining.join(self._store, " ".join(words.split()))
        self.change_person(signer.person)
        self.key.open()
        said = self.tr("Welcome, {name}. You sign here from now on; the others' desks learn it with the next sync.")
        if not store_settings.hub_address(self._store):
            said = self.tr(
                "Welcome, {name}. You sign here from now on. Hand a chief a file next, under File, Share: by it their "
                "desk knows your key."
            )
        return said.format(name=signer.person.name)

    def change_person(self, person: Staff) -> None:
        """Another person sits down at this desk."""
        if person != self.person:
            self.person = person
            self.key.change_person(person)
            self.person_changed.emit()

    def look_for_others(self) -> None:
        """Notices what another process wrote into the store."""
        with suppress(DeskError):  # whoever writes next will be told in words
            self._store.notice_others()

    def close(self) -> None:
        """Hears of nothing any more."""
        self._look.stop()
        self._unsubscribe()
        self._unsubscribe = lambda: None

    def _hear(self, changes: Changes) -> None:
        if changes.kinds & Kind.HOUSE:
            self._read_house()
        if changes.kinds & Kind.ROSTER:
            self.key.look_for_request()
            self._read_person()
        self.committed.emit(changes)

    def _read_house(self) -> None:
        house = queries.house(self._store)
        if house.text != self.house.text:
            self.house = house
            self.house_changed.emit()

    def _read_person(self) -> None:
        found = queries.staff_by_id(self._store).get(self.person.id, self.person)
        self.change_person(found)
