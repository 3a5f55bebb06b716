"""The file on disk: immutable records, what is derived from them, and copies of both."""

from ovn_desk.store.changes import Changes, Kind
from ovn_desk.store.database import Store, check_store, creating, open_store, open_to_read
from ovn_desk.store.histories import History, Stamp
from ovn_desk.store.readable import Readable
from ovn_desk.store.session import ReadTransaction
from ovn_desk.store.writing import WriteTransaction

__all__ = [
    "Changes",
    "History",
    "Kind",
    "ReadTransaction",
    "Readable",
    "Stamp",
    "Store",
    "WriteTransaction",
    "check_store",
    "creating",
    "open_store",
    "open_to_read",
]
