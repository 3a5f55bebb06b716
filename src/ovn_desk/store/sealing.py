"""The key under which a desk seals what it made from the records: beside the staff's keys, in no copy of a store."""

import os
from contextlib import suppress
from pathlib import Path

from ovn_desk import files

_KEY_BYTES = 32


def key_for(store: Path) -> bytes:
    """The key of the seals, made on first use; one for this time only where none can be kept."""
    path = store.with_name(store.stem + "-keys") / "cache.key"
    old = path.with_name("kept.key")  # as version 0.1 called it
    try:
        if old.exists() and not path.exists():
            files.move(old, path)
        if not path.exists():
            with suppress(FileExistsError):  # another process was first
                files.write(path, os.urandom(_KEY_BYTES), is_private=True, is_new=True)
        key = path.read_bytes()
    except OSError:
        key = b""
    return key if len(key) == _KEY_BYTES else os.urandom(_KEY_BYTES)
