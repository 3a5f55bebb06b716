"""WordPress export files (WXR 1.2): written for its importer, and read as articles."""

from ovn_desk.formats.wxr.reading import read
from ovn_desk.formats.wxr.writing import build, write

__all__ = ["build", "read", "write"]
