"""The file on disk: immutable records, what is derived from them, and copies of both."""

from ovn_desk.store.database import Changes, Store, creating, open_store
from ovn_desk.store.histories import History, Stamp
from ovn_desk.store.session import Reading, Writing

__all__ = ["Changes", "History", "Reading", "Stamp", "Store", "Writing", "creating", "open_store"]
