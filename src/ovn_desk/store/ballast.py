"""Space kept beside a store, to be given back to a full disk for the text that would be lost without it."""

import os
from pathlib import Path

from ovn_desk import files
from ovn_desk.store import trouble

BYTES = 4 * trouble.MB


def path_for(store: Path) -> Path:
    """The file that reserves space for this store."""
    return store.with_name(store.name + ".ballast")


def is_whole(store: Path) -> bool:
    """Whether the space is there to be given back."""
    try:
        return path_for(store).stat().st_size == BYTES
    except OSError:
        return False


def keep(store: Path) -> bool:
    """Makes it where the disk has room; whether it is there now.

    Of random bytes, which no file system packs or leaves out.
    """
    if is_whole(store):
        return True
    if trouble.free_bytes(store) < trouble.ROOM:
        return False
    try:
        files.write(path_for(store), os.urandom(BYTES), is_private=True)
    except OSError:
        return False
    return True


def release(store: Path) -> bool:
    """Delete the reserve, so that its space is free; False where there was none."""
    try:
        path_for(store).unlink()
    except OSError:
        return False
    return True
