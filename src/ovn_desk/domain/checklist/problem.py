"""One line of the checklists, and what the house says it stops."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ovn_desk.domain.claim import Field
from ovn_desk.domain.levels import Checklist, Level

_LINE_END = re.compile(r"\n")
# The item of the house's checklist that a rule belongs to, where it has another name.
_ITEM = {"alt-text": "alt", "image-credit": "credit", "link-text": "links"}
# What the rules that no house may change stop.
_ALWAYS = {
    "body": Level.FILING,
    "byline": Level.ADVICE,
    "citation-form": Level.APPROVAL,
    "advice": Level.ADVICE,
    "ai-declaration": Level.APPROVAL,
    "letters": Level.APPROVAL,
    "off-record": Level.APPROVAL,
    "picture": Level.APPROVAL,
    "quotation-source": Level.APPROVAL,
    "suggestions": Level.APPROVAL,
    "table-caption": Level.APPROVAL,
    "unknown-image": Level.APPROVAL,
    "unknown-source": Level.APPROVAL,
    "unused-image": Level.ADVICE,
    "unused-source": Level.ADVICE,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its line and column in the body (from 1; 0 for other fields) and whether it stops a step.

    `rule` is an item of the checklist; behind a slash it says more (`claims/uncited`, `style/en-regime`). Where it is
    about certain words, `start` and `end` are their place in the field, in code points.
    """

    rule: str
    message: str
    line: int = 0
    column: int = 0
    blocks_filing: bool = False
    blocks_approval: bool = False
    field: Field = Field.BODY
    start: int = 0
    end: int = 0


def at(rule: str, message: str, text: str, start: int, end: int = 0) -> Problem:
    """A problem at a place of the body."""
    return Problem(rule, message, *line_and_column(text, start), start=start, end=max(start, end))


def levelled(found: Iterable[Problem], checklist: Checklist) -> list[Problem]:
    """The problems with what they stop in this house, blocking ones first; items that are off are left out."""
    made = []
    for problem in found:
        rule = problem.rule.partition("/")[0]
        level = _ALWAYS.get(rule) or checklist.levels[_ITEM.get(rule, rule)]
        if level is not Level.OFF:
            made.append(_stopping(problem, level))
    return sorted(made, key=lambda p: (not p.blocks_approval, p.line, p.column))


def _stopping(problem: Problem, level: Level) -> Problem:
    if level is Level.ADVICE:
        return problem
    return replace(problem, blocks_filing=level is Level.FILING, blocks_approval=True)


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """The 1-based line and column (in code points) of a position in a text."""
    starts = _line_starts(text)
    line = bisect_right(starts, position)
    return line, position - starts[line - 1] + 1


@lru_cache(maxsize=4)  # a long text has hundreds of problems
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
