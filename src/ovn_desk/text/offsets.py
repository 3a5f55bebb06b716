"""Places in a text: Python counts letters (code points), Qt counts UTF-16 units."""


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
