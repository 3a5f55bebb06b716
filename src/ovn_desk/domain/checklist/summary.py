"""How much a checklist leaves to settle: the one count that every place shows."""

from collections.abc import Iterable

from ovn_desk.domain.checklist.rule import Problem


def count_to_settle(problems: Iterable[Problem]) -> int:
    """How many problems stand in the way of approval; advice does not count."""
    return sum(problem.blocks_approval for problem in problems)
