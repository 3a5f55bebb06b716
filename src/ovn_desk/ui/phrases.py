"""Numbers with their word."""

from PySide6.QtCore import QCoreApplication


def counted(number: int, one: str, many: str) -> str:
    """`1 word`, `2 words`, `1,204 words`."""
    said = QCoreApplication.translate("Phrases", one if number == 1 else many)
    return f"{number:,} {said}"
