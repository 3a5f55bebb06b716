"""Where the window writes down what went wrong: its own faults on the terminal too, Qt's and Chromium's remarks not.

What was typed here, a password or a source's name, is in no line of it: of a fault stands where it happened and of
which kind it is, and its own words only where Python wrote them about the program.
"""

import faulthandler
import logging
import os
import sys
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from ovn_desk import files, settings
from ovn_desk.domain.errors import DeskError

ENGINE = "engine.log"
_SAY_IT_ALL = ("QT_LOGGING_RULES", "QT_MESSAGE_PATTERN")  # whoever sets one wants to see what Qt says
_OURS = __name__.partition(".")[0]
_ABOUT_PROGRAM = {  # whose words name what stands in the program, and nothing that was typed
    AttributeError,
    ImportError,
    IndexError,
    ModuleNotFoundError,
    NameError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    ZeroDivisionError,
}
_GONE = "Internal C++ object"  # what Shiboken says of a widget that was deleted
_log = logging.getLogger(__name__)


class LogFormatter(logging.Formatter):
    """Writes down faults without what they carry; of what a library remarks only which one, and where."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] == _OURS:
            return super().format(record)
        place = f"{record.name}: a remark, in {Path(record.pathname).name}, line {record.lineno}"
        return super().format(logging.LogRecord(record.name, record.levelno, "", 0, place, None, record.exc_info))

    def formatException(self, ei: Any) -> str:
        return describe_fault(ei[1])


def describe_fault(error: BaseException | None) -> str:
    """The kind of a fault and where it happened, with those it came from; nothing of what it was about."""
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        where = "".join(traceback.format_tb(error.__traceback__))
        words = _describe_kind(error)
        told.append(f"Traceback (most recent call last):\n{where}{type(error).__qualname__}{words and f': {words}'}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(reversed(told))


def _describe_kind(error: BaseException) -> str:
    """What of a fault's words is about the program alone."""
    if isinstance(error, DeskError):
        return error.code
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {os.strerror(error.errno)}"
    if type(error) in _ABOUT_PROGRAM or (type(error) is RuntimeError and str(error).startswith(_GONE)):
        return str(error)
    return ""


def keep_log() -> None:
    """Write faults down in `desk.log`; the text being written is in the store already."""
    folder = settings.log_folder()
    handler: logging.Handler = logging.StreamHandler()
    with suppress(OSError):  # nobody is kept from reading by a disk that takes no log
        files.make_folder(folder, is_private=True)
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
        _put_engine_aside(folder / ENGINE)
    logging.raiseExceptions = False
    handler.setFormatter(LogFormatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    if sys.stderr is not None:
        faulthandler.enable()

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("A bug in the desk", exc_info=(kind, error, trace))
        if sys.stderr is not None:  # what stands there ends in a log of the system, too
            sys.stderr.write(describe_fault(error) + "\n")

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
