"""The private keys on this computer: each in a file beside the store that its id names, and that never changes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ovn_desk import files, signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.roster import Key, Roster
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction

_NEW = ".new"  # ends the name of a key's file until the roster has the key


def folder_for(store: Path) -> Path:
    """The folder of the private keys that belong to a store: beside it, never in it."""
    return store.with_name(store.stem + "-keys")


def path_of(store: Readable, person: Staff | Signer) -> Path | None:
    """The file of the private key that a person signs with on this computer; none where they have none here."""
    rename_new_keys(store)
    with store.read() as reading:
        return find(folder_for(store.path), reading.roster(), person)


def find(folder: Path, found: Roster, person: Staff | Signer) -> Path | None:
    """The file of the newest key of a person that is here and in use, else the one that they asked to be let in with.

    Without either, that of the newest that was retired. What the roster does not know was never used.
    """
    theirs = [key for key in reversed(list(found.keys.values())) if key.person == person.id]
    in_use, retired = ([one.id for one in theirs if (one.retired_at is not None) is gone] for gone in (False, True))
    asked = [one.key for one in found.requests.values() if one.person == person.id]
    paths = (path_of_key(folder, name) for name in (*in_use, *asked, *retired))
    return next((path for path in paths if path), None)


def path_of_key(folder: Path, name: str) -> Path | None:
    """The file here of the key with this id, whosever it is and whether or not the roster has it yet; else none."""
    return next((one for one in (folder / f"{name}.json", folder / f"{name}{_NEW}") if one.exists()), None)


def check_none(folder: Path, found: Roster, person: Staff) -> None:
    """Raises DeskError when a person has a key on this computer that is in use."""
    path = find(folder, found, person)
    key = found.bearer(signing.key_name(path)) if path else None
    if isinstance(key, Key) and not key.retired_at:
        raise DeskError("key-here-already", name=person.name)


def rename_new_keys(store: Readable) -> None:
    """Rename the files of new keys that the roster knows by now to their ids, also those of a run that was killed."""
    folder = folder_for(store.path)
    if any(folder.glob(f"*{_NEW}")):
        with store.read() as reading:
            _settle(folder, reading.roster())


@contextmanager
def making(reading: ReadTransaction, folder: Path, passphrase: str) -> Iterator[signing.Key]:
    """A new key, on the disk before the roster knows of it, under a name that says so; gone when the block fails.

    The caller's transaction keeps others from making one meanwhile: what is there under such a name was left by a run
    that was killed, before its transaction or after. `rename_new_keys` has to follow the COMMIT.
    """
    for left in _settle(folder, reading.roster()):
        signing.forget(left)
    key = signing.generate()
    path = folder / f"{key.id}{_NEW}"
    signing.keep(key, path, passphrase=passphrase)
    try:
        yield key
    except BaseException:
        signing.forget(path)
        raise


def _settle(folder: Path, found: Roster) -> list[Path]:
    """Names the new keys that the roster knows by their ids; returns those that it does not know."""
    left = []
    for path in sorted(folder.glob(f"*{_NEW}")):
        name = signing.key_name(path)
        if found.bearer(name) is None:
            left.append(path)
            continue
        with suppress(FileNotFoundError):  # another process did it
            files.move(path, folder / f"{name}.json")
    return left
