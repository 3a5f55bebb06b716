"""What is checked of the public log: that a page is in it, that all of it is as it was signed, and that it only grew.

`resources/scripts/verify/log.js` comes to the same verdicts, by the same codes: a code, and what its sentence names.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ovn_desk.domain.errors import DeskError
from ovn_desk.formats.site import log
from ovn_desk.formats.site.log import Fact
from ovn_desk.rendering.page import LOGGED
from ovn_desk.text import foreign
from ovn_desk.text.transparency import Checkpoint, Proof, merkle
from ovn_desk.usecases.publishing.public_log import Keys, head_of, opened_head, signed_at

Found = tuple[str, Mapping[str, str]]
HINT = 12
WITHDRAWN = "withdrawn"
_WITHIN = {"found", "joined"}
_DAY = len("2026-11-28")
_CARRIED = re.compile(f'<script type="application/json" id="{LOGGED}">([^<]*)</script>')


@dataclass(frozen=True)
class GivenLog:
    """A log as its files came; `heads` and `newest` are none where they were not given."""

    text: str
    heads: str | None = None
    newest: str | None = None

    @cached_property
    def lines(self) -> list[str]:
        return log.lines_of(self.text)

    @cached_property
    def tree(self) -> merkle.Tree:
        return log.tree_of(self.lines)

    def has(self, head: Checkpoint) -> bool:
        """Whether the log begins with everything below a head."""
        return begins_with(self.tree, head)

    def joint(self, head: Checkpoint) -> int:
        """The number of the line that joins a log which begins with everything below a head; 0 where none does."""
        return next((number for number, other in self._joined if begins_with(other, head)), 0)

    @cached_property
    def facts(self) -> Mapping[str, list[Fact]]:
        """What it says of each article, in its order; what it says twice, in a log that was joined, counts once."""
        found: dict[str, dict[tuple[str, str, str, str, bool], Fact]] = {}
        for fact in map(_fact, self.lines):
            if fact is not None:
                found.setdefault(fact.article, {}).setdefault(fact.about, fact)
        return {article: list(said.values()) for article, said in found.items()}

    def since(self, fact: Fact) -> Fact | None:
        """What became of a text since: the withdrawal of its article, or the newest text; none where it is that.

        Of logs that were joined the lines stand behind one another: a later text has a later time, too.
        """
        said = self.facts.get(fact.article, [])
        if fact.what == WITHDRAWN:
            return None
        gone = [one for one in said if one.what == WITHDRAWN]
        place = next((at for at, one in enumerate(said) if one.about == fact.about), len(said))
        later = gone or [one for one in said[place + 1 :] if one.at >= fact.at]
        return later[-1] if later else None

    @cached_property
    def _joined(self) -> list[tuple[int, merkle.Tree]]:
        return [(number, log.tree_of(other)) for number, other in log.joined_logs(self.lines)]


def begins_with(tree: merkle.Tree, head: Checkpoint) -> bool:
    """Whether a log begins with everything below a head."""
    return head.size <= len(tree.leaves) and tree.root(head.size) == head.root


def of_page(document: str, statement: Mapping[str, object] | None, keys: Keys, given: GivenLog | None = None) -> Found:
    """Whether a page is in the log, by the proof that it carries.

    `statement` is that of its approval, empty where it carries none; none for a page that says that its article was
    withdrawn.
    """
    carried = _CARRIED.findall(document)
    if not carried:
        return "none" if given is None or statement == {} else "unlogged", {}
    try:
        line, proof = _read_proof(carried)
        head = head_of(proof.note)
    except (DeskError, ValueError):
        return "unreadable", {}
    values = {"number": str(proof.index + 1), "count": str(head.size), "at": signed_at(head)}
    try:
        opened_head(proof.note, keys)
    except DeskError:
        return "unsigned", values
    if not merkle.is_included(_bytes(line), proof.index, head.size, head.root, proof.hashes):
        return "unproved", values
    fact = _fact(line)
    if fact is None or not _is_about(fact, statement):
        return "other_line", values
    if given is not None:
        code, later = _within(given, head, line, proof.index), given.since(fact)
        if later is None or code not in _WITHIN:
            return code, values
        code, said = _later_text(later)
        return code, {**values, **said}
    return "intact" if statement is not None else "withdrawn", values


def of_article(statement: Mapping[str, object], given: GivenLog) -> Found:
    """Whether what an approval states is what the log beside an article's file says stands now."""
    said = given.facts.get(f"urn:uuid:{statement.get('article')}", [])
    fact = next((one for one in said if _is_about(one, statement)), None)
    if fact is None:
        return "unlisted", {}
    later = given.since(fact)
    return ("listed", {}) if later is None else _later_text(later)


def _later_text(later: Fact) -> Found:
    return "gone" if later.what == WITHDRAWN else "outdated", {"later": later.at[:_DAY]}


def of_log(given: GivenLog, keys: Keys) -> Found:
    """Whether every line follows the one above it, and every head that was ever signed is one of this log."""
    if number := log.wrong_line(given.lines):
        return "line", {"number": str(number)}
    try:
        notes = log.read_heads(given.heads or "")
        heads = [head_of(note) for note in notes]
    except (DeskError, ValueError):
        return "heads_unreadable", {}
    if not heads:
        return "no_heads", {}
    if wrong := _wrong_heads(given, notes, heads, keys):
        return wrong
    if heads[-1].size < len(given.lines):
        return "unsigned_lines", {"number": str(heads[-1].size + 1)}
    if given.newest not in {None, notes[-1]}:
        return "newest", {}
    if number := log.wrong_joint(given.lines):
        return "joint", {"number": str(number)}
    return "intact", {"count": str(heads[-1].size), "heads": str(len(heads)), "at": signed_at(heads[-1])}


def since(given: GivenLog, note: str, keys: Keys, hints: Sequence[str] = ()) -> Found:
    """Whether the log still says what it said under an older head.

    `hints` begin the hashes of the lines that it had then (hex), by which the first that differs is named.
    """
    try:
        old = opened_head(note, keys)
        newest = head_of(log.read_heads(given.heads or "")[-1])
    except (DeskError, ValueError, IndexError):
        return "unsigned", {}
    values = {"size": str(old.size), "at": signed_at(old), "count": str(len(given.lines))}
    if old.origin != newest.origin:
        return "other", values
    if given.has(old):
        more = len(given.lines) - old.size
        return "grown" if more else "same", values | {"more": str(more)}
    if number := given.joint(old):
        return "joined", values | {"number": str(number)}
    now = hints_of(given.lines)
    number = next((at for at, hint in enumerate(hints, 1) if now[at - 1 : at] != [hint]), 0)
    if 0 < number <= len(now):
        return "rewritten_at", values | {"number": str(number)}
    return "shorter" if old.size > len(given.lines) else "rewritten", values


def hints_of(lines: Sequence[str]) -> list[str]:
    """The beginning of each line's hash, by which a line is known again."""
    return [log.leaf_of(line).hex()[:HINT] for line in lines]


def _read_proof(found: Sequence[str]) -> tuple[str, Proof]:
    data = foreign.read_json(found[0])
    match data:
        case {"line": str(line), "proof": str(proof)} if len(found) == 1:
            return line, Proof.read(proof)
    raise ValueError("no proof")


def _within(given: GivenLog, head: Checkpoint, line: str, index: int) -> str:
    """How a page's line stands in the log that was given with it."""
    if given.has(head) and given.lines[index] == line:
        return "found"
    if given.joint(head):
        return "joined"
    return "shorter" if head.size > len(given.lines) else "rewritten"


def _fact(line: str) -> Fact | None:
    """What a line says of an article; none where it says nothing of one."""
    try:
        fact = log.read(line)
    except ValueError:
        return None
    return fact if isinstance(fact, Fact) else None


def _is_about(fact: Fact, statement: Mapping[str, object] | None) -> bool:
    """Whether exactly this approved text was published, it says, or without one that a text was withdrawn."""
    if (fact.what == WITHDRAWN) != (statement is None):
        return False
    if statement is None:
        return True
    said = (f"urn:uuid:{statement.get('article')}", statement.get("digest"), statement.get("key"))
    return (fact.article, fact.digest, fact.key) == said


def _wrong_heads(given: GivenLog, notes: Sequence[str], heads: Sequence[Checkpoint], keys: Keys) -> Found | None:
    before = 0
    for number, (note, head) in enumerate(zip(notes, heads, strict=True), 1):
        if wrong := _wrong_head(note, head, before, heads[0].origin, keys):
            return wrong, {"number": str(number)}
        values = {"size": str(head.size), "at": signed_at(head), "count": str(len(given.lines))}
        if head.size > len(given.lines):
            return "cut", values
        if not given.has(head):
            return "differs", values | {"first": str(before + 1)}
        before = head.size
    return None


def _wrong_head(note: str, head: Checkpoint, before: int, origin: str, keys: Keys) -> str:
    try:
        opened_head(note, keys)
    except DeskError:
        return "head_unsigned"
    if head.origin != origin:
        return "head_origin"
    return "head_order" if head.size <= before else ""


def _bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogatepass")


def statement_of(text: str) -> Mapping[str, object]:
    """What an approval states; empty where that can not be read."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
