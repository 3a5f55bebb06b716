"""Where the window writes down what went wrong: its own faults on the terminal too, Qt's and Chromium's remarks not."""

import faulthandler
import logging
import os
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from ovn_desk import files, settings

ENGINE = "engine.log"
_SAY_IT_ALL = ("QT_LOGGING_RULES", "QT_MESSAGE_PATTERN")  # whoever sets one wants to see what Qt says
_log = logging.getLogger(__name__)


def keep_log() -> None:
    """Write faults down in `desk.log`; the text being written is in the store already."""
    folder = settings.log_folder()
    handler: logging.Handler = logging.StreamHandler()
    with suppress(OSError):  # nobody is kept from reading by a disk that takes no log
        files.make_folder(folder, is_private=True)
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
        _put_engine_aside(folder / ENGINE)
    logging.raiseExceptions = False
    logging.basicConfig(handlers=[handler], level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if sys.stderr is not None:
        faulthandler.enable()

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("A bug in the desk", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = report


def _put_engine_aside(file: Path) -> None:
    """What Qt, Chromium and the drivers of the screen say on the standard error goes to a file, anew at each start.

    They and their processes write to descriptor 2; Python goes on with another one of the terminal.
    """
    if sys.stderr is None or any(name in os.environ for name in _SAY_IT_ALL):
        return
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    terminal = os.dup(2)
    os.dup2(opened, 2)
    os.close(opened)
    sys.stderr.flush()
    sys.stderr = os.fdopen(terminal, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
