"""How the disk of the store stands: writable, full, or with its reserve used up."""

from ovn_desk.usecases.queries import Store


class DiskSpace:
    """Asks the store each time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def warning(self) -> str:
        """What to do about a disk that is full, as a sentence; empty where it has room."""
        return str(self._store.warning or "")

    @property
    def is_well(self) -> bool:
        """Whether the store can be written and space is kept for a disk that gets full."""
        return not self._store.why_read_only and not self._store.is_in_reserve

    def make_whole(self) -> bool:
        """Move everything into the store's one file, for whoever copies it; on any thread, and False if not now."""
        return self._store.checkpoint()

    def mend(self) -> bool:
        """Tries to make it so; takes its time, and may be called on any thread."""
        return self._store.mend()
