"""Files from elsewhere: read no further than is wise, and whatever that raises is one sentence that names the file."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message

Value = TypeVar("Value")

# The packages that files are parsed with. What they raise, and what is raised inside them, is the file's fault.
PARSERS = frozenset(
    "binascii bs4 charset_normalizer cobble codecs cryptography docx encodings frontmatter html jinja2 json lxml "
    "mammoth markdownify PIL pyexpat soupsieve sqlcipher3 struct tomllib xml yaml zipfile zlib".split()
)
_LONGEST_NAMED = 60  # letters of a name in a sentence
_OURS = __name__.partition(".")[0]
# C raises these of bytes that are not what they should be, without a frame of its own. The desk's code raises none.
_OF_BYTES = (EOFError, UnicodeError, NotImplementedError)


@contextmanager
def reading(
    name: str | Message, refusal: str, advice: str = "", *, also: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Turn whatever a parser raises inside this context into a DeskError that names the file and says what to do.

    `refusal` is the code of that sentence, whose value is `name`; `advice` that of what to do alone, which is said of a
    file that is nested too deeply or takes too much memory. A DeskError that does not name the file is given its name.
    A fault of the desk's own code is no fault of the file, and stays what it is; `also` are the types that this code
    raises of a file on purpose.
    """
    try:
        yield
    except DeskError as error:
        if str(name) not in str(error):
            error.name_file(name)
        raise
    except RecursionError as error:
        raise _too_much("file-nested-too-deeply", name, advice) from error
    except MemoryError as error:
        raise _too_much("file-past-memory", name, advice) from error
    except Exception as error:
        if isinstance(error, OSError) and error.strerror:
            raise DeskError("file-unreadable", name=name, reason=error.strerror) from error
        if not isinstance(error, (*_OF_BYTES, *also)) and not is_parsers(error):
            raise
        raise DeskError(refusal, name=name) from error


def _too_much(code: str, name: str | Message, advice: str) -> DeskError:
    """A refusal with what to do behind it, where that is known."""
    refused = DeskError(code, name=name)
    return DeskError("refused-with-advice", refused=refused, advice=Message(advice)) if advice else refused


def parse_optional(read: Callable[[], Value], *, otherwise: Value) -> Value:
    """Call `read`, which parses a part that a file may lack; `otherwise` where that part is broken."""
    try:
        with reading("", "file-broken"):
            return read()
    except DeskError:
        return otherwise


def is_parsers(error: BaseException) -> bool:
    """Whether a parser raised this of what it read, and not the desk's code.

    Either its type is a parser's own, or the innermost frame of a parser or of the desk is a parser's: one that calls
    the desk back does not answer for what happens there.
    """
    return _package(type(error).__module__) in PARSERS or _innermost_package(error.__traceback__) in PARSERS


def _innermost_package(trace: TracebackType | None) -> str:
    """The package of the innermost frame that is a parser's or the desk's."""
    found = ""
    while trace is not None:
        package = _package(str(trace.tb_frame.f_globals.get("__name__", "")))
        if package in PARSERS or package == _OURS:
            found = package
        trace = trace.tb_next
    return found


def _package(module: str) -> str:
    return module.partition(".")[0]


def path_of(typed: str) -> Path:
    """The path that somebody typed or pasted; raises DeskError for a text that can be none on this computer.

    That are a pasted page, a name that is too long or has a NUL in it, a home folder of nobody, and a folder into which
    nobody here may look.
    """
    text = typed.strip()
    try:
        path = Path(text).expanduser()
        path.stat()
    except FileNotFoundError:
        return path
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, NotADirectoryError):
            return path
        if isinstance(error, PermissionError):
            raise DeskError("file-unreadable", name=_shorten(text), reason=error.strerror) from error
        raise DeskError("file-name-impossible", name=_shorten(text)) from error
    return path


def _shorten(text: str) -> str:
    """The beginning of what was typed, in one line, to be named in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAMED else f"{line[:_LONGEST_NAMED]}…"


def read_bytes(path: Path, *, most: int, name: str = "") -> bytes:
    """All of a file that is no larger than `most` bytes; raises DeskError for another, and for what is no file.

    The file is called `name` in a sentence, or as it is called in its folder. A pipe or a device is not read: it would
    never end.
    """
    name = name or path.name or str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise DeskError("file-is-none", name=name)
            data = file.read(most + 1)
    except OSError as error:
        raise DeskError("file-unreadable", name=name, reason=error.strerror or error) from error
    except ValueError as error:  # a name with a NUL in it
        raise DeskError("file-name-impossible", name=name) from error
    if len(data) > most:
        raise DeskError("file-too-large", name=name, most=most // 2**20 or 1)
    return data


def read_text(path: Path, *, most: int = 2**20) -> str:
    """The text of a file of the desk's own kinds, which have to be UTF-8; raises DeskError for any other."""
    data = read_bytes(path, most=most, name=str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeskError("file-not-utf-8", path=path) from error


def read_json(text: str | bytes) -> Any:
    """A JSON text; raises ValueError for one that is none, also for one that is nested too deeply or not Unicode."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
