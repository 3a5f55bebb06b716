"""The public log of what a newsroom published, changed and withdrew: lines of JSON, each sealing the one above it.

The whole is a tree (`text.transparency`), whose leaves are the lines as they stand, without their ends.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from ovn_desk.text import foreign
from ovn_desk.text.transparency import coding
from ovn_desk.text.transparency.merkle import Tree, leaf_hash

LINES, HEADS, HEAD = "log.jsonl", "checkpoints.jsonl", "checkpoint"
JOINED, BEGUN = "joined", "begun anew"
# Every program reads such a line alike: nothing in it is escaped.
_LINE = re.compile(r'\{("[a-z]+": ("[ !#-\[\]-~]*"|[0-9]{1,15})(, (?!\}))?)+\}', re.ASCII)
_PREVIOUS = re.compile(r'"previous": "[0-9a-f]*"', re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what became of an article, when (ISO 8601, UTC), and the digest and key of its approval."""

    at: str
    what: str
    article: str
    digest: str = ""
    key: str = ""

    @property
    def about(self) -> tuple[str, str, str, str, bool]:
        """What makes it the same fact, whether it is called published or, with older ones known, changed."""
        return self.at, self.article, self.digest, self.key, self.what == "withdrawn"


@dataclass(frozen=True, slots=True)
class Joined:
    """One line: this newsroom had published another log apart, which its readers may have seen.

    Both are alike in their first `since` lines. The other had `size` lines and this `root` (base64); those after
    `since` follow here.
    """

    at: str
    since: int
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Begun:
    """One line: this newsroom published before, and the log of it is lost."""

    at: str


Entry = Fact | Joined | Begun


def lines_of(text: str) -> list[str]:
    """The lines of a log file, without their ends; what follows the last end is a line, too."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def text_of(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def leaf_of(line: str) -> bytes:
    return leaf_hash(line.encode("utf-8", "surrogatepass"))


def tree_of(lines: Iterable[str]) -> Tree:
    return Tree([leaf_of(line) for line in lines])


def write_lines(entries: Iterable[Entry], before: str) -> list[str]:
    """The entries as lines that follow a line; it is empty at the beginning."""
    lines: list[str] = []
    for entry in entries:
        lines.append(json.dumps(_data(entry) | {"previous": _seal(lines[-1] if lines else before)}, sort_keys=True))
    return lines


def rechain(lines: Iterable[str], before: str) -> list[str]:
    """Lines of one log as they stand behind another line: only what each says of the one above it is another."""
    found: list[str] = []
    for line in lines:
        found.append(_PREVIOUS.sub(f'"previous": "{_seal(found[-1] if found else before)}"', line, count=1))
    return found


def read(line: str) -> Entry | None:
    """What a line says; none for what a newer desk says in one. Raises ValueError where it is no line of a log."""
    data = _parse_line(line)
    del data["previous"]
    kind = {JOINED: Joined, BEGUN: Begun}.get(str(data["what"]), Fact)
    if kind is not Fact:
        del data["what"]
    hints = kind.__annotations__
    if set(data) - set(hints) or any(type(value) is not hints[name] for name, value in data.items()):
        return None
    try:
        made: Entry = kind(**data)
    except TypeError:
        return None
    return made


def _parse_line(line: str) -> dict[str, str | int]:
    data: dict[str, str | int] = foreign.read_json(line) if _LINE.fullmatch(line) else {}
    if not all(isinstance(data.get(name), str) for name in ("at", "previous", "what")):
        raise ValueError("no line of a log")
    return data


def wrong_line(lines: Sequence[str], before: str = "") -> int:
    """The number, from 1, of the first line that is none or does not follow the one above it; 0 where all do.

    `before` is the line above the first.
    """
    for number, (line, above) in enumerate(zip(lines, [before, *lines], strict=False), 1):
        try:
            if _parse_line(line)["previous"] != _seal(above):
                return number
        except ValueError:
            return number
    return 0


def joined_logs(lines: Sequence[str], start: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Every log that was joined to this one, or to one that was: the number (from 1) of its line here, and its lines.

    No lines stand for one that is not what the line says. `start` is the first place that is looked at.
    """
    at = start
    while at < len(lines):
        at += 1
        entry = _read_join(lines[at - 1])
        if entry is not None:
            other = _other(entry, lines, at)
            yield at, other
            yield from ((at, nested) for _, nested in joined_logs(other, entry.since))
            at += entry.size - entry.since if other else 0


def wrong_joint(lines: Sequence[str]) -> int:
    """The number, from 1, of the first line that joins a log which is not the one that follows it; 0 for none."""
    return next((number for number, other in joined_logs(lines) if not other), 0)


def _read_join(line: str) -> Joined | None:
    try:
        entry = read(line) if f'"{JOINED}"' in line else None
    except ValueError:
        return None
    return entry if isinstance(entry, Joined) else None


def _other(joined: Joined, lines: Sequence[str], number: int) -> list[str]:
    """The log that a line (its number is from 1) joins; empty where what follows is not that log."""
    count = joined.size - joined.since
    if not 0 <= joined.since < number or count < 1 or number + count > len(lines):
        return []
    start = list(lines[: joined.since])
    other = start + rechain(lines[number : number + count], start[-1] if start else "")
    return other if coding.encode(tree_of(other).root()) == joined.root else []


def heads_text(heads: Iterable[str]) -> str:
    """The signed checkpoints, one a line."""
    return "".join(json.dumps({"checkpoint": head}, ensure_ascii=False) + "\n" for head in heads)


def read_heads(text: str) -> list[str]:
    """The signed checkpoints of a list; raises ValueError where it is none."""
    found = [foreign.read_json(line) for line in lines_of(text)]
    if not all(isinstance(one, dict) and isinstance(one.get("checkpoint"), str) for one in found):
        raise ValueError("no list of checkpoints")
    return [one["checkpoint"] for one in found]


def _data(entry: Entry) -> dict[str, object]:
    what = {} if isinstance(entry, Fact) else {"what": JOINED if isinstance(entry, Joined) else BEGUN}
    return asdict(entry) | what


def _seal(line: str) -> str:
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest() if line else ""
