"""What a line of the checklist stops, and what a house says of that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """What an item of the checklist stops; what stops filing stops approval too."""

    OFF = "off"
    ADVICE = "advice"
    APPROVAL = "approval"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the checklist; 0 is no limit."""

    headline_length: int = 70
    minimum_sources: int = 1
    words_min: int = 0
    words_max: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """What this house says: the level of each rule that it names, and the limits."""

    levels: Mapping[str, Level] = field(default_factory=dict, hash=False)
    limits: Limits = Limits()
