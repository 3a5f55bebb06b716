"""The house's checklists: which item is advice, and which stops filing or approval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """What an item of the checklist stops; what stops filing stops approval too."""

    OFF = "off"
    ADVICE = "advice"
    APPROVAL = "approval"
    FILING = "filing"


# Every item with what it stops where the house says nothing.
ITEMS = {
    "headline": Level.FILING,
    "headline-length": Level.ADVICE,
    "standfirst": Level.ADVICE,
    "category": Level.APPROVAL,
    "sources": Level.ADVICE,
    "claims": Level.APPROVAL,
    "style": Level.ADVICE,
    "alt": Level.APPROVAL,
    "credit": Level.APPROVAL,
    "language": Level.APPROVAL,
    "to-come": Level.APPROVAL,
    "links": Level.APPROVAL,
    "length": Level.ADVICE,
    "comments": Level.APPROVAL,
    "reply": Level.APPROVAL,
    "unnamed": Level.APPROVAL,
    "withheld": Level.ADVICE,
    "ai-used": Level.OFF,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the checklist; 0 is no limit."""

    headline_length: int = 70
    minimum_sources: int = 1
    words_min: int = 0
    words_max: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """What each item stops in this house, and the limits."""

    levels: Mapping[str, Level] = field(default_factory=lambda: dict(ITEMS), hash=False)
    limits: Limits = Limits()


def read(table: Mapping[str, Any], refuse: Callable[[str, str], None]) -> Checklist:
    """The checklist a house's TOML table describes; `refuse(key, why)` is called with a mistake and raises."""
    names = [part.name for part in fields(Limits)]
    levels, limits = dict(ITEMS), {}
    for key, value in table.items():
        if key in ITEMS:
            if not isinstance(value, str) or value not in set(Level):
                refuse(key, f"is “{value}”; it may be {', '.join(Level)}")
            levels[key] = Level(value)
        elif key in names:
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                refuse(key, "must be a whole number, 0 for no limit")
            limits[key] = value
        else:
            refuse(key, f"is no item of the checklist; known are {', '.join([*ITEMS, *names])}")
    return Checklist(levels, Limits(**limits))
