"""Memory that is free goes back to the system while nobody types."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.working_text import WorkingText

_CALM_MS = 2_000


def _allocator() -> Callable[[int], int] | None:
    """What gives the free pages of the C library's heap back, on Linux with glibc; it takes a few milliseconds.

    A key in a long text makes and drops copies of it. Their places are used again, but never given back by itself.
    """
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


class MemoryTrimmer(QObject):
    """Gives memory back two seconds after an article was opened or the last key was pressed."""

    def __init__(self, article: OpenArticle, text: WorkingText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trim = _allocator()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self.trim)
        for signal in (article.opened, text.changed):
            signal.connect(self._calm.start)

    def trim(self) -> None:
        """Gives memory back now."""
        if self._trim:
            self._trim(0)
