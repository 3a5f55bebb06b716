"""Word files: read as articles, and written for those who edit or print in Word."""

from ovn_desk.formats.docx.reading import read
from ovn_desk.formats.docx.writing import write

__all__ = ["read", "write"]
