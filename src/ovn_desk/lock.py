"""The lock beside a store: one window, or one command that makes the file anew, has it at a time.

The system's own lock on a file decides, so a kill, a power cut or a restart lets go of it, and neither a process number
that was given again nor a wrong clock can hold it. What is written in the file says to people who has it.
"""

import getpass
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message

WINDOW = "ovn-desk-window"
UNSAID_SECONDS = 10.0
"""Within this a process that takes the lock says who it is, and one that releases it is gone: a busy disk is slow."""
_AGAIN_SECONDS = 0.02
_RECORD_BYTES = 1024  # always the same block, so that a full disk can be written on


@dataclass(frozen=True, slots=True)
class Holder:
    """Which process has a store; `address` is where its window listens, empty while it does not."""

    program: str
    pid: int
    host: str
    user: str
    since: datetime
    address: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it runs, or ran, on this computer."""
        return self.host == platform.node()

    @property
    def is_same_user(self) -> bool:
        return self.user == _user()


class StoreTaken(DeskError):
    """Another process has the store.

    `is_certain` is false where that process may have ended on another computer; `is_silent` says that it was asked and
    did not answer.
    """

    def __init__(self, store: Path, holder: Holder | None, *, is_certain: bool = True, is_silent: bool = False) -> None:
        self.holder = holder
        self.is_certain = is_certain
        super().__init__(_message(store, holder, is_certain=is_certain, is_silent=is_silent))


class NoLock(DeskError):
    """The folder of a store takes no lock: its disk is full or can only be read, or it is another user's."""


class StoreLock:
    """A lock that is held. `left` is who had it before and never let go: their program or computer was stopped."""

    def __init__(self, descriptor: int, holder: Holder, left: Holder | None) -> None:
        self._descriptor = descriptor
        self.holder = holder
        self.left = left

    def publish(self, address: str) -> None:
        """Write the address at which this process's window listens into the lock's file."""
        self.holder = replace(self.holder, address=address)
        _write(self._descriptor, self.holder)

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        if self._descriptor >= 0:
            _write(self._descriptor, None)
            files.unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1


def path_for(store: Path) -> Path:
    """The lock's file: of the store itself, by whatever link it is named."""
    real = store.resolve()
    return real.with_name(real.name + ".lock")


def take(store: Path, *, program: str, is_taking_over: bool = False) -> StoreLock:
    """Takes the lock of a store; raises StoreTaken when another process has it, and NoLock.

    It waits for nobody but a process that is just taking or releasing it, and for that at most `UNSAID_SECONDS`. The
    lock of another computer on a shared folder may not be seen here. Where one from there did not let go, StoreTaken
    is raised too, unless a person said so with `is_taking_over`.
    """
    file = path_for(store)
    try:
        files.make_folder(file.parent, is_private=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), files.PRIVATE_FILE)
    except OSError as error:
        raise NoLock("lock-not-writable", file=file, reason=files.reason(error)) from error
    try:
        is_free, left = _try_lock_or_read_holder(descriptor)
        is_left_elsewhere = left is not None and not left.is_here and not is_taking_over
        if is_free and not is_left_elsewhere:
            holder = Holder(program, os.getpid(), platform.node(), _user(), datetime.now(UTC))
            _write(descriptor, holder)
            return StoreLock(descriptor, holder, left)
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    raise StoreTaken(store, left, is_certain=not is_free)


@contextmanager
def hold(store: Path, *, program: str) -> Iterator[StoreLock]:
    """Hold a store's lock while the block runs; raises StoreTaken and NoLock as `take` does."""
    lock = take(store, program=program)
    try:
        yield lock
    finally:
        lock.release()


def _message(store: Path, holder: Holder | None, *, is_certain: bool, is_silent: bool) -> Message:
    if holder is None:
        return Message("store-open-elsewhere", store=store)
    said: dict[str, object] = {"store": store, "since": holder.since.astimezone()}
    user = holder.user or Message("user-unknown")
    if not is_certain:
        return Message("store-left-on-host", host=holder.host, user=user, lock=path_for(store), **said)
    if not holder.is_here:
        return Message("store-open-on-host", host=holder.host, user=user, **said)
    if holder.program == WINDOW and is_silent and not holder.address:
        return Message("store-in-slow-window", process=holder.pid, **said)
    if holder.program == WINDOW and is_silent:
        return Message("store-in-silent-window", process=holder.pid, **said)
    if holder.program == WINDOW and holder.is_same_user:
        return Message("store-in-window", **said)
    if holder.program == WINDOW:
        return Message("store-in-window-of-user", user=user, **said)
    if holder.is_same_user:
        return Message("store-held", program=holder.program, **said)
    return Message("store-held-by-user", program=holder.program, user=user, **said)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a process without a login
        return ""


def _read_holder(descriptor: int) -> Holder | None:
    """Who is written in the lock's file; none where nobody is, or nothing that can be read."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        data = json.loads(os.read(descriptor, _RECORD_BYTES))
        return Holder(**{**data, "since": datetime.fromisoformat(data["since"])}) if data else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _write(descriptor: int, holder: Holder | None) -> None:
    """Says who has the lock. It is held all the same where that can not be written."""
    data = {**asdict(holder), "since": holder.since.isoformat()} if holder else {}
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(data).encode().ljust(_RECORD_BYTES))
        os.fsync(descriptor)


def _try_lock_or_read_holder(descriptor: int) -> tuple[bool, Holder | None]:
    """Whether the lock is now this process's, and who is written in its file: of a lock that is held, who holds it.

    Nobody is written there between another's taking it and its writing, and between its emptying and its releasing.
    """
    end = time.monotonic() + UNSAID_SECONDS
    while True:
        is_free, holder = _try_lock(descriptor), _read_holder(descriptor)
        if is_free or holder or time.monotonic() > end:
            return is_free, holder
        time.sleep(_AGAIN_SECONDS)


def _try_lock(descriptor: int) -> bool:
    """Whether the lock is now this process's; raises DeskError where the folder can not be locked at all."""
    try:
        is_lockable = files.can_lock(descriptor)
    except BlockingIOError:
        return False
    if not is_lockable:
        raise NoLock("folder-not-lockable")
    return True
