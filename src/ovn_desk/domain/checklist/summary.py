"""What a checklist leaves to settle, in a few lines, and the one count of it that every place shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist.rule import Problem
from ovn_desk.domain.levels import Level
from ovn_desk.messages import Message

MOST_LINES = 5
_HELD = {
    "category": "held-category",
    "headline": "held-headline",
    "standfirst": "held-standfirst",
    "byline": "held-byline",
    "alt-text": "held-alt-text",
    "sources": "held-sources",
}
_WORST = ("open-quotation-differs", "open-figure-differs", "open-off-record", "open-comments")
"""What readers would be told wrongly, or somebody asked to have mended, before anything that is merely missing."""
_UNFOUNDED = {"claims", "unknown-source", "unnamed", "reply"}
"""The rules about what a story rests on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary: what is open, of one kind, with every place of it; `words` says more of a single one.

    `level` is what it stops; none for what is in order.
    """

    said: Message
    problems: tuple[Problem, ...] = ()
    words: Message | None = None
    level: Level | None = None


def count_to_settle(problems: Iterable[Problem]) -> int:
    """How many things stand in the way of approval, each open comment one of them; advice does not count."""
    return sum(problem.count for problem in problems if problem.blocks_approval)


def summarise(problems: Sequence[Problem], content: Content) -> tuple[Line, ...]:
    """At most `MOST_LINES` lines: what stands in the way by kind, what is in order, and all advice in one line."""
    blocking = _by_kind(problem for problem in problems if problem.blocks_approval)
    advised = [problem for problem in problems if not problem.blocks_approval]
    kinds, advice = _lines_of_advice(advised), _line_of_all_advice(advised)
    in_order = held_line(problems, content)
    held = (in_order,) if in_order else ()
    blocking = blocking or [Line(Message("nothing-open"))]
    if len(blocking) + len(held) + len(kinds) <= MOST_LINES:
        return (*blocking, *held, *kinds)
    if len(blocking) > MOST_LINES - len(held) - len(advice):
        held = ()
    room = MOST_LINES - len(held) - len(advice)
    if len(blocking) > room:
        rest = tuple(problem for line in blocking[room - 1 :] for problem in line.problems)
        blocking = [
            *blocking[: room - 1],
            Line(Message("open-more", count=count_to_settle(rest)), rest, level=Level.APPROVAL),
        ]
    return (*blocking, *held, *advice)


def list_blocking(problems: Iterable[Problem]) -> list[Line]:
    """A line for every kind of what stands in the way of approval, the worst first and none left out."""
    return sorted(_by_kind(problem for problem in problems if problem.blocks_approval), key=_rank)


def _rank(line: Line) -> int:
    first = line.problems[0]
    if first.kind in _WORST:
        return _WORST.index(first.kind)
    return len(_WORST) + (first.of.name not in _UNFOUNDED)


def _by_kind(problems: Iterable[Problem]) -> list[Line]:
    """A line for each kind, in the order of their first places; what stops filing comes first."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    lines = [_line(kind, tuple(found)) for kind, found in kinds.items()]
    return sorted(lines, key=lambda line: line.level is not Level.FILING)


def _line(kind: str, problems: tuple[Problem, ...]) -> Line:
    """What is about the whole article says itself what to do; what stands at places is counted."""
    first = problems[0]
    if len(problems) > 1 or first.spot.words is not None:
        said = Message(kind, count=len(problems))
        return Line(said, problems, first.spot.words if len(problems) == 1 else None, first.level)
    return Line(first.spot.said, problems, None, first.level)


def _lines_of_advice(problems: Sequence[Problem]) -> list[Line]:
    """A line for each kind; one that is counted says that it is advice, a whole sentence is read as such."""
    return [
        replace(line, said=Message("open-as-advice", what=line.said))
        if line.said.code == line.problems[0].kind
        else line
        for line in _by_kind(problems)
    ]


def _line_of_all_advice(problems: Sequence[Problem]) -> tuple[Line, ...]:
    """One line for all of it, which names the kind there is most of and leads to that first."""
    kinds = _by_kind(problems)
    if len(kinds) < 2:
        return tuple(_lines_of_advice(problems))
    first, *others = sorted(kinds, key=lambda line: -len(line.problems))
    every = tuple(problem for line in (first, *others) for problem in line.problems)
    if len(first.problems) == 1:
        return (Line(Message("open-advice", count=len(every)), every, level=Level.ADVICE),)
    more = Message("open-advice-and-more", what=first.said, count=len(every) - len(first.problems))
    return (Line(more, every, level=Level.ADVICE),)


def held_line(problems: Sequence[Problem], content: Content) -> Line | None:
    """The things people look for first, those of them that are there and in order; None where none is."""
    open_rules = {problem.of.name for problem in problems}
    if any(problem.of.name in _UNFOUNDED and problem.blocks_approval for problem in problems):
        open_rules.add("sources")  # there are some, and something still rests on none
    there = {
        "category": content.category,
        "headline": content.headline.strip(),
        "standfirst": content.standfirst,
        "byline": content.byline,
        "alt-text": content.images,
        "sources": content.sources,
    }
    names = [Message(code) for rule, code in _HELD.items() if rule not in open_rules and there.get(rule, True)]
    return Line(Message("held", names=names)) if names else None
