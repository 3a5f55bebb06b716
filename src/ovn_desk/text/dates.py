"""Days as people write them."""

from datetime import date, datetime

_PATTERNS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y")
_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def parse_day(text: str) -> str:
    """The ISO date a text is, as `July 20, 2025` is `2025-07-20`; empty when it is no date. 1/2/2025 is 1 February."""
    plain = " ".join(text.translate(_LATIN_DIGITS).split())
    for pattern in _PATTERNS:
        try:
            return datetime.strptime(plain, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(plain).date().isoformat()
    except ValueError:
        return ""


def say_day(text: str) -> str:
    """A day as people write it, `20 July 2025`; what is no date as it stands."""
    known = parse_day(text)
    if not known:
        return text
    day = date.fromisoformat(known)
    return f"{day.day} {day:%B} {day.year}"
