"""A rule of the checklist as one value, what it looks at, and the problems it finds."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import Citation, citations
from ovn_desk.domain.claim import Field
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.house import House
from ovn_desk.domain.levels import Checklist, Level
from ovn_desk.domain.verification import ClaimStatus
from ovn_desk.messages import Message

_LINE_END = re.compile(r"\n")
_CODE = re.compile(r"^(```+|~~~+).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)

_SHOWN = 60  # letters


@dataclass(frozen=True, slots=True)
class Found:
    """What was found before: judged claims, findings of style, comments to be settled, changes to be decided.

    `words` is how many it has; `today` is an ISO date; without one no deadline is looked at. `published` is the text
    that readers have; none where they have none.
    """

    claims: tuple[ClaimStatus, ...] = ()
    findings: tuple[Finding, ...] = ()
    must_fix: int = 0
    undecided: int = 0
    words: int | None = None
    today: str = ""
    published: Content | None = None


class Facts:
    """An article as its rules look at it; what several of them need is made once."""

    def __init__(self, content: Content, house: House, found: Found) -> None:
        self.content = content
        self.house = house
        self.found = found

    @cached_property
    def prose(self) -> str:
        """The body with blanks for its code blocks, so that every other place stays where it is."""
        return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.content.body)

    @cached_property
    def cited(self) -> list[Citation]:
        return citations(self.content.body)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule has something to say, and what; it belongs to the rule whose check gives it.

    `start` and `end` are its place in `field`, in code points; without a start it is about the whole article. `detail`
    says more of the rule, as `uncited`. `key` is that of the source or picture it is about, `words` says which one it
    is where several are counted, `kind` is the code of that sentence where the rule finds more than one kind. `count`
    is how many things it is: one sentence may be about all open comments, or all undecided changes.
    """

    said: Message
    start: int | None = None
    end: int = 0
    field: Field = Field.BODY
    detail: str = ""
    key: str = ""
    words: Message | None = None
    kind: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the checklist: its name in the house's file, what it stops where the house says nothing, its check.

    With `house_may_change` the house's `[checklist]` may give it another level. `was` is its name in older house files.
    """

    name: str
    level: Level
    check: Callable[[Facts], Iterable[Spot]]
    house_may_change: bool = True
    was: str = ""

    @property
    def asks(self) -> Message:
        """What it asks of an article, in a sentence."""
        return Message(f"rule-{self.name}")

    def level_in(self, checklist: Checklist) -> Level:
        return checklist.levels.get(self.name, self.level) if self.house_may_change else self.level

    def problems(self, facts: Facts) -> Iterator["Problem"]:
        """What it finds in an article; nothing in a house that has it off."""
        level = self.level_in(facts.house.checklist)
        if level is not Level.OFF:
            for spot in self.check(facts):
                is_placed = spot.field is Field.BODY and spot.start is not None
                line, column = line_and_column(facts.content.body, spot.start or 0) if is_placed else (0, 0)
                yield Problem(self, level, spot, line, column)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, what it stops here, and its line and column in the body (from 1; 0 for anything else)."""

    of: Rule
    level: Level
    spot: Spot
    line: int = 0
    column: int = 0

    @property
    def rule(self) -> str:
        """The name of its rule, and behind a slash more of it: `claims/uncited`, `style/en-regime`."""
        return f"{self.of.name}/{self.spot.detail}" if self.spot.detail else self.of.name

    @property
    def kind(self) -> str:
        """The code of the sentence that counts such problems: `open-alt-text`, 2 pictures have no alt text."""
        return self.spot.kind or f"open-{self.of.name}"

    @property
    def message(self) -> str:
        """What to do, as a sentence."""
        return str(self.spot.said)

    @property
    def count(self) -> int:
        return self.spot.count

    @property
    def blocks_filing(self) -> bool:
        return self.level is Level.FILING

    @property
    def blocks_approval(self) -> bool:
        return self.level in {Level.FILING, Level.APPROVAL}

    @property
    def field(self) -> Field:
        return self.spot.field

    @property
    def start(self) -> int:
        return self.spot.start or 0

    @property
    def end(self) -> int:
        return max(self.start, self.spot.end)


def shorten(text: str) -> str:
    """Words of a text as a line of a summary shows them: on one line, and not too many."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """The 1-based line and column (in code points) of a position in a text."""
    starts = _line_starts(text)
    line = bisect_right(starts, position)
    return line, position - starts[line - 1] + 1


@lru_cache(maxsize=4)  # a long text has hundreds of problems
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
