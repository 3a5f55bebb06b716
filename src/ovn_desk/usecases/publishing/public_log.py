"""The public log that an export writes: the one that was published before, and what is new in it, under a signed head.

What was published is kept in records (`house_record.LogAddition`), so that every desk and every folder has the same
lines in the same order: docs/decisions/0014.
"""

import base64
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.house_record import HouseId, HouseRecord, LogAddition
from ovn_desk.domain.roster import Roster
from ovn_desk.domain.workflow import EDITORS
from ovn_desk.formats.site import log
from ovn_desk.formats.site.log import Begun, Fact, Joined
from ovn_desk.messages import Message
from ovn_desk.store import records
from ovn_desk.text import signatures
from ovn_desk.text.transparency import Checkpoint, Proof, Verifier, coding, open_note, sign_note
from ovn_desk.text.transparency.merkle import Tree

Keys = Mapping[str, str]
_TIME = "signed "
MOST_LINES = 5_000  # of one record, which is to stay far below what a hub or a bundle takes


@dataclass(frozen=True, slots=True)
class Pen:
    """What signs the head of a log; one that only plans an export has no key, and signs with nothing."""

    public: bytes
    sign: Callable[[bytes], bytes]

    @classmethod
    def of(cls, key: signing.Key | None) -> "Pen":
        if key is None:
            return cls(bytes(32), lambda _: bytes(64))
        return cls(base64.b64decode(key.public), key.private.sign)


@dataclass(frozen=True, slots=True)
class Folder:
    """The log that stands in the folder of an export, as its files say; `is_site` where an export was before."""

    lines: str = ""
    heads: str = ""
    is_site: bool = False


@dataclass(slots=True)
class PublicLog:
    """A log as it is published; `heads` are signed, of growing sizes, the last over all lines."""

    lines: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    tree: Tree = field(default_factory=lambda: Tree([]))
    joined: set[tuple[int, str]] = field(default_factory=set)
    _indices: dict[tuple[str, str, str, str, bool], int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.lines)

    @property
    def root(self) -> bytes:
        return self.tree.root()

    @property
    def last(self) -> str:
        """The last line; empty where there is none."""
        return self.lines[-1] if self.lines else ""

    @property
    def files(self) -> dict[str, str]:
        """The files of the log by their names; none while nothing was published."""
        if not self.heads:
            return {}
        return {log.LINES: log.text_of(self.lines), log.HEADS: log.heads_text(self.heads), log.HEAD: self.heads[-1]}

    def add(self, lines: Iterable[str]) -> None:
        for line in lines:
            entry = log.read(line)
            if isinstance(entry, Fact):
                self._indices.setdefault(entry.about, self.size)
            if isinstance(entry, Joined):
                self.joined.add((entry.size, entry.root))
            self.lines.append(line)
            self.tree.leaves.append(log.leaf_of(line))

    def add_heads(self, notes: Iterable[str]) -> None:
        for note in notes:
            self.heads.append(note)
            self.sizes.append(head_of(note).size)

    def has(self, fact: Fact) -> bool:
        return fact.about in self._indices

    def begins_with(self, other: "PublicLog") -> bool:
        return other.size <= self.size and self.tree.root(other.size) == other.root

    def upto(self, size: int) -> "PublicLog":
        """A log of its own, as this one was when it had so many lines."""
        found = PublicLog()
        found.add(self.lines[:size])
        found.add_heads(note for note, of in zip(self.heads, self.sizes, strict=True) if of <= size)
        return found

    def place(self, fact: Fact) -> tuple[int, str] | None:
        """Where a fact stands, from 0, and the first head over it: neither ever changes. None where it does not."""
        index = self._indices.get(fact.about)
        return None if index is None else (index, self.heads[bisect_right(self.sizes, index)])

    def proof(self, index: int, note: str) -> Proof:
        """That the line at an index is in the log with that head."""
        return Proof(index, tuple(self.tree.inclusion_proof(index, head_of(note).size)), note)


@dataclass(frozen=True, slots=True)
class Continued:
    """The log of an export, what is to be recorded of it (nothing when nothing is new), and what an editor is told."""

    log: PublicLog
    logged: tuple[LogAddition, ...] = ()
    notes: tuple[str, ...] = ()


def published_keys(roster: Roster) -> dict[str, str]:
    """Key ids and public keys by which readers check pages: those of whoever might approve and export, at any time.

    A reporter's key is none of them: what it signs would look approved.
    """
    editors = {record.person for record in roster.records if record.role in EDITORS}
    return {key.id: key.public for key in roster.keys.values() if key.person in editors}


def head_of(note: str) -> Checkpoint:
    """What a signed head says; its signature is not looked at. Raises DeskError where it is none."""
    return Checkpoint.read(note.partition("\n\n")[0] + "\n")


def opened_head(note: str, keys: Keys) -> Checkpoint:
    """A head whose signature was checked; raises DeskError where none of these keys (id to base64) signed it."""
    origin = head_of(note).origin
    return Checkpoint.read(open_note(note, [_verifier(origin, public) for public in keys.values()]).text)


def signed_at(head: Checkpoint) -> str:
    """When a head says it was signed (ISO 8601); empty where it does not."""
    return next((line.removeprefix(_TIME) for line in head.extension if line.startswith(_TIME)), "")


def published_logs(records: Iterable[HouseRecord], keys: Keys) -> list[PublicLog]:
    """The logs that records add up to: one, or several where desks published apart from one another."""
    return fold(records, keys)[0]


def fold(records: Iterable[HouseRecord], keys: Keys) -> tuple[list[PublicLog], list[HouseId]]:
    """The logs that records add up to, and the records that continue none of them."""
    logs, unfit = [PublicLog()], list[HouseId]()
    for record in records:
        if (added := record.log) is None:
            continue
        before = next((one for one in logs if (one.size, one.root.hex()) == (added.size, added.root)), None)
        apart = [one for one in logs if added.size <= one.size and one.tree.root(added.size).hex() == added.root]
        made = before or (apart[0].upto(added.size) if apart else None)
        if made is None or not _extend(made, added.lines, added.heads, keys):
            unfit.append(record.id)
        elif before is None:
            logs.append(made)
    return logs, unfit


def continue_log(
    logs: Sequence[PublicLog],
    facts: Iterable[Fact],
    there: Folder,
    *,
    house: House,
    keys: Keys,
    pen: Pen,
    now: datetime,
    was_live: bool,
) -> Continued:
    """One log of those that were published, with these facts in it, and its head signed.

    `there` is what the folder has: lines there that somebody of this house signed and that no record tells of are
    kept. `was_live` says that something was published before.
    """
    found = _choose_log(logs, there, keys)
    made, at = found.log, records.time_text(now)
    notes, start = list(found.notes), found.recorded
    if was_live and not made.size:
        made.add(log.write_lines([Begun(at)], ""))
        notes.append(str(Message("log-begins-anew")))
    for other in found.apart:
        _join(made, other)
        notes.append(str(Message("log-joined", number=made.size)))
    new = {fact.about: fact for fact in facts if not made.has(fact)}
    ordered = sorted(new.values(), key=lambda fact: (fact.at, fact.article, fact.what))
    made.add(log.write_lines(ordered, made.last))
    signed = made.sizes[-1] if made.sizes else 0
    ends = [*range(signed + MOST_LINES, made.size, MOST_LINES), made.size] if made.size > signed else []
    made.add_heads([_signed_head(made, size, house, pen, now) for size in ends])
    return Continued(made, tuple(_pieces(made, start)), tuple(notes))


def _pieces(made: PublicLog, start: int) -> Iterator[LogAddition]:
    """What was added behind a number of lines, in records that are not too large to travel: each ends with a head."""
    heads: list[str] = []
    following = [*made.sizes[1:], made.size + MOST_LINES + 1]
    for note, size, after in zip(made.heads, made.sizes, following, strict=False):
        if size > start:
            heads.append(note)
            if after - start > MOST_LINES:
                yield LogAddition(start, made.tree.root(start).hex(), tuple(made.lines[start:size]), tuple(heads))
                start, heads = size, []


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The log that goes on, how many of its lines are recorded, those to be joined to it, and what is to be told."""

    log: PublicLog
    recorded: int
    apart: tuple[PublicLog, ...] = ()
    notes: tuple[str, ...] = ()


def _choose_log(logs: Sequence[PublicLog], there: Folder, keys: Keys) -> _Chosen:
    """The longest log, so that every desk chooses alike; the one in the folder is one of them where it is signed."""
    live = _live(logs)
    shown = _signed_part(there, keys)
    if not shown.size or any(one.begins_with(shown) for one in logs):
        best, apart = _longest(live)
        is_best = not shown.size or best.begins_with(shown)
        return _Chosen(best, best.size, apart, _differences(best, there, shown) if is_best else ())
    grown = [one for one in live if shown.begins_with(one)]
    if not grown:
        best, apart = _longest(live)
        return _Chosen(best, best.size, (*apart, shown))
    known = max(one.size for one in grown)
    best, apart = _longest([shown, *(one for one in live if one not in grown)])
    notes = [str(Message("log-has-more", count=shown.size - known))]
    if best is shown:
        notes += _differences(best, there, shown)
    return _Chosen(best, known if best is shown else best.size, apart, tuple(notes))


def _live(logs: Sequence[PublicLog]) -> list[PublicLog]:
    """The logs that no other one holds, whether as its beginning or joined to it."""
    joined = set[tuple[int, str]]().union(*(one.joined for one in logs))
    found: list[PublicLog] = []
    for one in sorted(logs, key=lambda each: -each.size):
        if (one.size, coding.encode(one.root)) not in joined and not any(other.begins_with(one) for other in found):
            found.append(one)
    return found


def _longest(logs: Sequence[PublicLog]) -> tuple[PublicLog, tuple[PublicLog, ...]]:
    """The longest log, of equals the same one on every desk, and the others."""
    best, *others = sorted(logs, key=lambda one: (-one.size, one.root))
    return best, tuple(others)


def _signed_part(there: Folder, keys: Keys) -> PublicLog:
    """The lines in a folder as far as somebody of this house signed them."""
    found = PublicLog()
    lines = log.lines_of(there.lines)
    try:
        heads = [note for note in log.read_heads(there.heads) if _is_signed(note, keys)]
    except ValueError:
        return found
    tree = log.tree_of(lines)
    heads = [note for note in heads if (head := head_of(note)).size <= len(lines) and tree.root(head.size) == head.root]
    size = head_of(heads[-1]).size if heads else 0
    _extend(found, lines[:size], heads, keys)
    return found


def _is_signed(note: str, keys: Keys) -> bool:
    try:
        opened_head(note, keys)
    except DeskError:
        return False
    return True


def _extend(before: PublicLog, lines: Sequence[str], heads: Sequence[str], keys: Keys) -> bool:
    """Adds lines under signed heads to a log; False, and nothing added, where they do not belong together."""
    size = before.size
    try:
        signed = [opened_head(note, keys) for note in heads]
    except DeskError:
        return False
    sizes = [head.size for head in signed]
    if log.wrong_line(lines, before.last) or sizes != sorted({*sizes}) or sizes[-1:] != [size + len(lines)]:
        return False
    before.tree.leaves += map(log.leaf_of, lines)
    is_right = sizes[0] > size and all(before.tree.root(head.size) == head.root for head in signed)
    del before.tree.leaves[size:]
    if not is_right:
        before.tree = Tree(before.tree.leaves)  # without the hashes over what was not added
        return False
    before.add(lines)
    before.add_heads(heads)
    return True


def _join(made: PublicLog, other: PublicLog) -> None:
    """Adds what another log says beyond the lines that both have, below a line that names its head.

    Its time is that of the later head, so that two desks that join the same logs write the same lines.
    """
    at = max(signed_at(head_of(one.heads[-1])) for one in (made, other) if one.heads)
    pairs = enumerate(zip(made.lines, other.lines, strict=False))
    since = next((number for number, (ours, theirs) in pairs if ours != theirs), min(made.size, other.size))
    made.add(log.write_lines([Joined(at, since, other.size, coding.encode(other.root))], made.last))
    made.add(log.rechain(other.lines[since:], made.last))


def _signed_head(made: PublicLog, size: int, house: House, pen: Pen, now: datetime) -> str:
    origin = head_of(made.heads[0]).origin if made.heads else origin_of(house)
    time = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return sign_note(Checkpoint(origin, size, made.tree.root(size), (_TIME + time,)).text, origin, pen.public, pen.sign)


def origin_of(house: House) -> str:
    """What a log is named: the address of its site, without the scheme."""
    address = urlsplit(house.url)
    return quote(f"{address.netloc}{address.path}".rstrip("/") or "newsroom", safe="/:.-~_[]@!$&'()*,;=%")


def _differences(made: PublicLog, there: Folder, shown: PublicLog) -> tuple[str, ...]:
    """What in a folder is not as it was published; `shown` is what of it is signed."""
    if not there.lines:
        is_missing = there.is_site and made.size
        return (str(Message("log-was-missing", file=log.LINES)),) if is_missing else ()
    lines = log.lines_of(there.lines)
    for number, (stands, published) in enumerate(zip(lines, made.lines, strict=False), 1):
        if stands != published:
            return (str(Message("log-line-changed", number=number, file=log.LINES)),)
    if len(lines) > made.size:
        return (str(Message("log-lines-unsigned", file=log.LINES, number=made.size + 1)),)
    if log.heads_text(shown.heads) == there.heads and len(lines) == shown.size:
        return ()
    is_whole = log.heads_text(made.heads).startswith(there.heads) and there.heads.endswith("\n")
    if is_whole and len(lines) < made.sizes[there.heads.count("\n") - 1]:
        return (str(Message("log-cut-off", file=log.LINES, number=len(lines))),)
    return (str(Message("log-file-changed", file=log.HEADS)),)


def _verifier(name: str, public: str) -> Verifier:
    def is_valid(message: bytes, signature: bytes) -> bool:
        return signatures.is_valid(public, message, coding.encode(signature))

    return Verifier(name, base64.b64decode(public), is_valid)
