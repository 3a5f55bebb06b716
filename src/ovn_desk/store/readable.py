"""What can be read from: a store, or whatever stands before one so that only reading is free."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from ovn_desk.store.session import ReadTransaction


class Readable(Protocol):
    """`path` is that of the store's file."""

    @property
    def path(self) -> Path: ...

    def __hash__(self) -> int: ...

    def read(self) -> AbstractContextManager[ReadTransaction]: ...
