"""A number with its unit, and the place in a text that holds one or several of them."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Value:
    """One number. The unit is `%`, a currency, one word for a measure (`day`, `km`), or empty for a plain count.

    Lakh, crore, million and their kin are multiplied out; a share such as “two-thirds” is a percentage.
    """

    number: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a number stands, in code points; a range or a score has several values."""

    start: int
    end: int
    values: tuple[Value, ...]
    is_spelled: bool = False
    is_year: bool = False
    tail: str = ""
