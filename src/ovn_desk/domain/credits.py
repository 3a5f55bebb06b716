"""Who readers are told had a part in a text, beside the byline: part of what an approval signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain.article import StaffId


class Part(StrEnum):
    """What somebody did: changed the text, changed it once it had a correction, or signed it."""

    EDITED = "edited"
    CORRECTED = "corrected"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part in a text, with the name that the roster gave them when it was signed."""

    person: StaffId
    name: str
    part: Part


def public_credits(credits: Iterable[Credit]) -> list[dict[str, str]]:  # noqa: A002
    """The credits as an approval's statement has them: name and part of each, and of people nothing else."""
    return [{"name": one.name, "part": str(one.part)} for one in credits]


def names_by_part(credits: tuple[Credit, ...], part: Part) -> tuple[str, ...]:  # noqa: A002
    """The names of those who had this part, each once."""
    return tuple(dict.fromkeys(one.name for one in credits if one.part is part))
