"""What keeps a store from being written: the driver's errors and the system's, as one kind and one true sentence."""

import errno
import math
import os
import shutil
import tempfile
from enum import StrEnum
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message

MB = 1024 * 1024
ROOM = 16 * MB  # with this much the desk works as ever, its ballast included
_PROBE_BYTES = 64 * 1024
_BUSY, _FULL, _DAMAGED = {5, 6}, {13}, {11, 26}  # SQLite's primary result codes
_BY_THE_DISK = {3, 8, 10, 14}  # PERM, READONLY, IOERR, CANTOPEN: why, only the system knows


class Trouble(StrEnum):
    """Why a store can not be written."""

    FULL = "full"
    QUOTA = "quota"
    READ_ONLY = "read only"
    FORBIDDEN = "forbidden"
    FAULTY = "faulty"
    BUSY = "busy"
    DAMAGED = "damaged"
    OTHER = "other"


NO_ROOM = frozenset({Trouble.FULL, Trouble.QUOTA})
OF_THE_DISK = NO_ROOM | {Trouble.READ_ONLY, Trouble.FORBIDDEN, Trouble.FAULTY}
_KINDS = {
    errno.ENOSPC: Trouble.FULL,
    getattr(errno, "EDQUOT", -1): Trouble.QUOTA,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.FORBIDDEN,
    errno.EPERM: Trouble.FORBIDDEN,
    errno.EIO: Trouble.FAULTY,
}


class StoreTrouble(DeskError):
    """A store that could not be written, or not be read, and why."""

    def __init__(self, kind: Trouble, path: Path, said: str = "") -> None:
        self.kind = kind
        super().__init__(_message(kind, path, said))


def of_driver(error: driver.Error, path: Path) -> StoreTrouble:
    """Turn a driver's error into a StoreTrouble; where it blames the disk alone, a trial write finds the reason."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return StoreTrouble(Trouble.BUSY, path)
    if code in _DAMAGED:
        return StoreTrouble(Trouble.DAMAGED, path, str(error))
    if code in _FULL:
        return StoreTrouble(Trouble.FULL, path)
    if code in _BY_THE_DISK:
        return of_disk(path) or StoreTrouble(Trouble.FAULTY, path, str(error))
    return StoreTrouble(Trouble.OTHER, path, str(error))


def of_system(error: OSError, path: Path) -> StoreTrouble:
    """Turn an OSError into a StoreTrouble that says why the store can not be written."""
    return StoreTrouble(_KINDS.get(error.errno or 0, Trouble.OTHER), path, error.strerror or str(error))


def of_disk(path: Path) -> StoreTrouble | None:
    """Writes something beside the store: what the system says against it, and none when it can be written."""
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            file.write(os.urandom(_PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            with path.open("r+b"):
                pass
    except OSError as error:
        return of_system(error, path)
    return None


def free_bytes(path: Path) -> int:
    """How many bytes this user may still write beside a file; `ROOM` where the disk does not say."""
    try:
        usage = shutil.disk_usage(path.parent)
    except OSError:
        return ROOM
    return usage.free if usage.total else ROOM


def wanted_mb(path: Path) -> int:
    """How many MB must be freed for the desk to work without its reserve; at least one."""
    return max(1, math.ceil((ROOM - free_bytes(path)) / MB))


def _message(kind: Trouble, path: Path, said: str) -> Message:
    match kind:
        case Trouble.FULL:
            return Message("disk-full", path=path, megabytes=wanted_mb(path))
        case Trouble.QUOTA:
            mb = math.ceil(ROOM / MB)  # how much of a share is left, the system does not say
            return Message("disk-share-full", path=path, megabytes=mb)
        case Trouble.READ_ONLY:
            return Message("disk-read-only", path=path)
        case Trouble.FORBIDDEN:
            return Message("store-forbidden", path=path)
        case Trouble.FAULTY:
            return Message("disk-faulty", path=path, said=said)
        case Trouble.BUSY:
            return Message("store-busy", path=path)
        case Trouble.DAMAGED:
            return Message("store-damaged", path=path, said=said)
        case Trouble.OTHER:
            return Message("store-refused", path=path, said=said)
