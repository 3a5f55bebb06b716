"""Pages as PDF, printed by the engine that shows them, in a process of its own: nobody else here knows Qt."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from ovn_desk import files
from ovn_desk.domain.errors import DeskError

TIME_LIMIT = 60.0
PAGE, PDF = "page.html", "page.pdf"
MARGINS = 12.0, 14.0, 12.0, 14.0  # millimetres: left, top, right, bottom
ADDRESS = "ovn-page://print/"  # where a page is while it is printed: nowhere else, and the same for every printing


class PdfPrinter:
    """One process that prints page after page, started for the first; it may be called from any one thread."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._process: subprocess.Popen[str] | None = None

    def print(self, html: str, beside: Mapping[str, bytes] | None = None) -> bytes:
        """The page on A4; `beside` are the files that it names. Nothing else is loaded, from anywhere.

        Raises DeskError where it could not be made.
        """
        with files.scratch("ovn-print") as folder:
            for address, data in ({PAGE: html.encode()} | dict(beside or {})).items():
                files.write_unfinished(folder / address, data, is_flushed=False)
            if not self._ask(folder):
                self.close()
                raise DeskError("pdf-not-made")
            return (folder / PDF).read_bytes()

    def close(self) -> None:
        """Ends the process; the next page starts a new one."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # the question it did not live to hear
                    if pipe:
                        pipe.close()

    def _ask(self, folder: Path) -> bool:
        """Whether the page in a folder became a PDF there within the time limit."""
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            return False
        timer = threading.Timer(self.time_limit, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(str(folder)) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            return False
        finally:
            timer.cancel()
        return answer.endswith("\n") and json.loads(answer) is True

    def _start(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ovn_desk.app", "--print"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # Chromium talks a lot
            encoding="utf-8",
            env=environment(),
        )
        return self._process


def engine_fingerprint() -> str:
    """Names and versions of the libraries that print: with others, PDFs have to be made anew."""
    return " ".join(f"{name} {metadata.version(name)}" for name in ("pyside6", "pypdf"))


def environment() -> dict[str, str]:
    """The environment variables for a process of the window's program that prints or photographs a page."""
    found = dict(os.environ)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform.startswith("linux"):
        found.setdefault("QT_QPA_PLATFORM", "offscreen")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium's sandbox refuses root; only our own pages are shown
    return found
