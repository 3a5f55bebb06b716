"""What numbers a text holds, in digits of three scripts and in English and Urdu words, as comparable values."""

from ovn_desk.domain.figures.reading import figures
from ovn_desk.domain.figures.units import CURRENCIES
from ovn_desk.domain.figures.values import Figure, Value

__all__ = ["CURRENCIES", "Figure", "Value", "figures"]
