"""Places in a text: Python counts letters (code points), Qt counts UTF-16 units."""

from collections.abc import Iterable


def utf16_length(text: str) -> int:
    """How many positions a text takes in Qt."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def to_utf16(text: str, place: int) -> int:
    """Qt's position of a place counted in letters."""
    return utf16_length(text[:place])


def from_utf16(text: str, position: int) -> int:
    """The place in letters of one of Qt's positions; inside a letter of two units it is that letter's."""
    if text.isascii():
        return position
    half = text.encode("utf-16-le", "surrogatepass")[: position * 2]
    return len(half.decode("utf-16-le", "ignore"))


def all_to_utf16(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Qt's positions of many places, each a start and an end in letters; the text is gone through once."""
    places = list(places)
    if text.isascii():
        return places
    found: dict[int, int] = {}
    at = position = 0
    for place in sorted({end for pair in places for end in pair}):
        position += utf16_length(text[at:place])
        found[place] = position
        at = place
    return [(found[start], found[end]) for start, end in places]
