"""What a disk may hold after a power cut, told from a log of what was done to it.

Sure is only what was flushed: a file's bytes after its fsync, a name after the fsync of its folder. Of everything
since, any part may be there and any part may not: names without bytes, bytes without names, some writes and not others,
and of a write any of its sectors. File systems promise more than that; none promises less.
"""

from dataclasses import dataclass, field
from pathlib import Path

SECTOR, PAGE = 512, 4096


@dataclass
class File:
    """Bytes that are on the disk, and what was done since: writes as (place, bytes), cuts to a length as (length,)."""

    sure: bytes = b""
    since: list = field(default_factory=list)

    def flush(self):
        self.sure, self.since = applied(self.sure, self.since), []


@dataclass
class Folder:
    """Names on the disk with what they name, and what was done since: (name, what), or (name, None) where it went.

    A step may be several of these, as a rename in one folder is: all of them or none.
    """

    sure: dict = field(default_factory=dict)
    since: list = field(default_factory=list)
    now: dict = field(default_factory=dict)

    def do(self, *step):
        self.since.append(step)
        rename(self.now, step)

    def flush(self):
        self.sure, self.since = dict(self.now), []


def rename(names, step):
    for name, what in step:
        if what is None:
            names.pop(name, None)
        else:
            names[name] = what


def applied(data, steps):
    """The bytes after these steps."""
    made = bytearray(data)
    for step in steps:
        if len(step) == 1:
            del made[step[0] :]
            made.extend(bytes(step[0] - len(made)))
            continue
        at, new = step
        if len(made) < at:
            made.extend(bytes(at - len(made)))
        made[at : at + len(new)] = new
    return bytes(made)


class Disk:
    """A folder and what a log does to it."""

    def __init__(self, folder):
        self.top = str(folder)
        self.by_inode = {}
        self.root = self._read(Path(folder))

    def _read(self, path):
        """What is there when the log begins is on the disk."""
        if path.is_dir():
            made = Folder({one.name: self._read(one) for one in path.iterdir()})
            made.now = dict(made.sure)
            return made
        made = self.by_inode[path.stat().st_ino] = File(path.read_bytes())
        return made

    def _at(self, path):
        """The folder a path is in, and its name there; the top itself is (top, '')."""
        parts = [part for part in path.removeprefix(self.top).split("/") if part]
        folder = self.root
        for part in parts[:-1]:
            folder = folder.now[part]
        return folder, parts[-1] if parts else ""

    def do(self, operation):
        kind, words = operation.kind, operation.words
        match kind:
            case "create":
                folder, name = self._at(words[1])
                made = self.by_inode[int(words[0])] = File()
                folder.do((name, made))
            case "write" | "truncate":
                file = self.by_inode.get(int(words[0]))
                if file:
                    file.since.append((int(words[1]), operation.data) if kind == "write" else (int(words[1]),))
            case "fsync":
                self._flush(int(words[0]), words[2])
            case "mkdir":
                folder, name = self._at(words[0])
                folder.do((name, Folder()))
            case "unlink" | "rmdir":
                folder, name = self._at(words[0])
                folder.do((name, None))
            case "rename" | "link":
                self._move(*words, is_kept=kind == "link")
            case _:
                pass

    def _flush(self, inode, path):
        folder, name = self._at(path) if path.startswith(self.top) and "(deleted)" not in path else (None, "")
        found = folder if folder is self.root and not name else folder.now.get(name) if folder else None
        if isinstance(found, Folder):
            found.flush()
        elif inode in self.by_inode:
            self.by_inode[inode].flush()

    def _move(self, old, new, *, is_kept):
        (one, name), (other, to) = self._at(old), self._at(new)
        what = one.now[name]
        if is_kept:
            other.do((to, what))
        elif one is other:
            one.do((name, None), (to, what))
        else:
            other.do((to, what))
            one.do((name, None))

    def after_cut(self, keep):
        """Path and bytes of every file, and path and None of every folder; `keep` says what of the unsure there is.

        `keep.names(steps)` and `keep.bytes(steps)` return what of these is on the disk.
        """
        return dict(self._after(self.root, "", keep))

    def _after(self, folder, path, keep):
        names = dict(folder.sure)
        for step in keep.names(folder.since):
            rename(names, step)
        for name, what in names.items():
            if name.endswith("-shm"):
                continue  # memory that processes share: gone
            below = f"{path}/{name}" if path else name
            if isinstance(what, Folder):
                yield below, None
                yield from self._after(what, below, keep)
            else:
                yield below, applied(what.sure, keep.bytes(what.since))


class Keep:
    """One way for a cut to fall: of names and of bytes a part each, and writes whole or torn."""

    def __init__(self, chance, names, data, torn):
        self._chance, self._names, self._data, self._torn = chance, names, data, torn

    def names(self, steps):
        return [step for step in steps if self._is_kept(self._names)]

    def bytes(self, steps):
        kept = []
        for step in steps:
            if not self._is_kept(self._data):
                continue
            kept += self._pieces(*step) if self._torn and len(step) == 2 else [step]
        return kept

    def _pieces(self, at, data):
        """A beginning of a write, or some of its sectors."""
        if self._torn == "beginning":
            size = self._chance.choice((SECTOR, PAGE))
            return [(at, data[: size * self._chance.randint(0, len(data) // size)])]
        places = range(0, len(data), SECTOR)
        return [(at + place, data[place : place + SECTOR]) for place in places if self._is_kept(0.5)]

    def _is_kept(self, part):
        return part == 1 or (part > 0 and self._chance.random() < part)


def ways(chance, number, turn):
    """So many ways for one cut to fall; the plain ones by turns, so that every moment has others first."""
    plain = [(0, 0, ""), (1, 0, ""), (1, 1, ""), (0, 1, ""), (1, 1, "sectors"), None, None, None]
    for place in range(number):
        parts = (0.2, 0.5, 0.8, 1)
        drawn = chance.choice(parts), chance.choice(parts), chance.choice(("", "sectors", "beginning"))
        yield Keep(chance, *(plain[(place + turn) % len(plain)] or drawn))


def lay_out(files, folder):
    """Writes what a disk holds into an empty folder."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        if data is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(data)
