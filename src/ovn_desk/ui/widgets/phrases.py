"""Numbers with their word, and how long ago something was."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication


def quantity(number: int, one: str, many: str) -> str:
    """`1 word`, `2 words`, `1,204 words`."""
    said = QCoreApplication.translate("Phrases", one if number == 1 else many)
    return f"{number:,} {said}"


def age(moment: datetime, now: datetime) -> str:
    """How long ago, as people say it: `now`, `12 min`, `5 h`, `Mon`, `3 Nov`."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h"
    local = moment.astimezone()
    if seconds < 6 * 86_400:
        return f"{local:%a}"
    return f"{local.day} {local:%b}" + (f" {local.year}" if local.year != now.year else "")
