"""What must be in order before an article is filed or approved, and what is only advice."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist import body, evidence, front
from ovn_desk.domain.checklist.rule import Facts, Found, Problem, Rule, Spot, line_and_column
from ovn_desk.domain.checklist.summary import MOST_LINES, Line, count_to_settle, held_line, list_blocking, summarise
from ovn_desk.domain.house import House
from ovn_desk.domain.levels import Checklist, Level, Limits
from ovn_desk.messages import Message

__all__ = [
    "MOST_LINES",
    "RULES",
    "Found",
    "Line",
    "Problem",
    "Rule",
    "Spot",
    "blocks_approval",
    "count_to_settle",
    "held_line",
    "line_and_column",
    "list_blocking",
    "problems",
    "read",
    "summarise",
]

RULES: tuple[Rule, ...] = (*front.RULES, *body.RULES, *evidence.RULES)


def problems(content: Content, house: House, found: Found | None = None) -> list[Problem]:
    """Everything the house's checklists find, blocking findings first, then by place.

    `found` is what reading the text for claims and style gave; without it those items are left out.
    """
    facts = Facts(content, house, found or Found())
    made = [problem for rule in RULES for problem in rule.problems(facts)]
    return sorted(made, key=lambda problem: (not problem.blocks_approval, problem.line, problem.column))


def blocks_approval(rule: str, checklist: Checklist) -> bool:
    """Whether what a rule finds stops an approval in a house with this checklist."""
    found = next(one for one in RULES if one.name == rule)
    return found.level_in(checklist) in {Level.FILING, Level.APPROVAL}


def read(table: Mapping[str, Any], refuse: Callable[[str, Message], None]) -> Checklist:
    """The checklist a house's TOML table describes; `refuse(key, why)` is called with a mistake and raises."""
    rules = {name: rule for rule in RULES if rule.house_may_change for name in (rule.was, rule.name) if name}
    limits = [part.name for part in fields(Limits)]
    levels: dict[str, Level] = {}
    numbers: dict[str, int] = {}
    for key, value in table.items():
        if key in rules:
            if not isinstance(value, str) or value not in set(Level):
                refuse(key, Message("checklist-level-unknown", value=value, levels=[one.value for one in Level]))
            levels[rules[key].name] = Level(value)
        elif key in limits:
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                refuse(key, Message("checklist-limit-wrong"))
            numbers[key] = value
        else:
            known = [rule.name for rule in RULES if rule.house_may_change]
            refuse(key, Message("checklist-item-unknown", known=[*known, *limits]))
    return Checklist(levels, Limits(**numbers))
