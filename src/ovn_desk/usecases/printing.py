"""Pages as PDF, printed by the engine that shows them, in a process of its own: nobody else here knows Qt."""

import os
import sys
from collections.abc import Callable, Mapping

from ovn_desk import files, processes
from ovn_desk.domain.errors import DeskError

TIME_LIMIT = 60.0
PAGE, PDF = "page.html", "page.pdf"
MARGINS = 12.0, 14.0, 12.0, 14.0  # millimetres: left, top, right, bottom
ADDRESS = "ovn-page://print/"  # where a page is while it is printed: nowhere else, and the same for every printing
PrintFolder = Callable[[str], bool]
"""Prints PAGE in a folder to PDF beside it, and says whether that was done. It needs Qt, so it is given from above."""
_SANDBOX_OFF = "QTWEBENGINE_DISABLE_SANDBOX"  # which whoever starts the desk may have set, and the desk never does


def print_nothing(_folder: str) -> bool:
    """What prints where nothing can: no PDF is made."""
    return False


class PdfPrinter:
    """One process that prints page after page, started for the first; it may be called from any one thread."""

    def __init__(self, print_folder: PrintFolder, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._worker = processes.Worker(print_folder, is_quiet=True, environment=drawing_environment())

    def print(self, html: str, beside: Mapping[str, bytes] | None = None) -> bytes:
        """The page on A4; `beside` are the files that it names. Nothing else is loaded, from anywhere.

        Raises DeskError where it could not be made.
        """
        check_sandbox()
        with files.scratch("ovn-print") as folder:
            for address, data in ({PAGE: html.encode()} | dict(beside or {})).items():
                files.write_unfinished(folder / address, data, is_flushed=False)
            try:
                is_made = self._worker.ask(str(folder), limit=self.time_limit)
            except (TimeoutError, processes.Ended):
                is_made = False
            if not is_made:
                self.close()
                raise DeskError("pdf-not-made")
            return (folder / PDF).read_bytes()

    def close(self) -> None:
        """Ends the process; the next page starts a new one."""
        self._worker.close()


def engine_fingerprint() -> str:
    """Names and versions of the libraries that print: with others, PDFs have to be made anew."""
    from importlib import metadata

    return " ".join(f"{name} {metadata.version(name)}" for name in ("pyside6", "pypdf"))


def drawing_environment() -> dict[str, str]:
    """The environment variables that a process needs in addition to draw a page where there is no screen."""
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or not sys.platform.startswith("linux")
    return {} if has_screen or "QT_QPA_PLATFORM" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}


def check_sandbox() -> None:
    """Raise DeskError for root, for whom Chromium's sandbox ends the program, unless it was turned off from outside."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not os.environ.get(_SANDBOX_OFF):
        raise DeskError("chromium-refuses-root")
