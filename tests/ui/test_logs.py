"""The log of the window: where a fault happened and of which kind it is, and nothing of what was typed."""

import json
import logging
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import exc

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.startup.logs import LogFormatter

SECRET = "zhu7-py85-6dwx-cch6-kten"
NOTE = f"Server: localhost\nYour login: bilal\nPassword: {SECRET}"


def raise_with_cause():
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def raise_with_note():
    error = ValueError("fine")
    error.add_note(NOTE)
    raise error


def open_named(name):
    with Path(name).open():
        pass


def raise_this(error):
    raise error


FAULTS = {
    "a name that is too long": lambda: open_named(NOTE * 9),
    "no such file": lambda: open_named(f"/nowhere/{SECRET}"),
    "a number": lambda: float(SECRET),
    "a key, and its cause": raise_with_cause,
    "a note": raise_with_note,
    "a file of ours": lambda: json.loads(f"{{{SECRET}"),
    "bytes": lambda: f"{SECRET}\udc80".encode(),
    "a statement": lambda: raise_this(exc.StatementError(SECRET, SECRET, {"word": SECRET}, ValueError(SECRET))),
    "a sentence of ours": lambda: raise_this(DeskError("file-unreadable", name=SECRET, reason=SECRET)),
    "what a library says": lambda: raise_this(RuntimeError(SECRET)),
    "what Python says of a value": lambda: raise_this(AssertionError(NOTE)),
}


def written(record):
    return LogFormatter("%(asctime)s %(levelname)s %(message)s").format(record)


@pytest.mark.parametrize("kind", FAULTS)
def test_no_fault_writes_what_was_typed_into_the_log(kind):
    with suppress(LookupError), pytest.raises(Exception) as raised:  # noqa: PT011, any of them
        FAULTS[kind]()
    log = logging.getLogger("ovn_desk.test")
    error = raised.value
    record = log.makeRecord(
        log.name, logging.CRITICAL, __file__, 1, "A bug", (), (type(error), error, error.__traceback__)
    )
    said = written(record)
    assert SECRET not in said
    assert type(error).__name__ in said
    assert "test_logs.py" in said


def test_what_python_says_of_the_program_is_written_down():
    try:
        None.nothing  # noqa: B018
    except AttributeError:
        record = logging.LogRecord("ovn_desk.ui", logging.ERROR, __file__, 1, "A bug", (), sys.exc_info())
    assert written(record).endswith("AttributeError: 'NoneType' object has no attribute 'nothing'")


def test_of_what_a_library_remarks_only_that_it_did_is_written_down():
    record = logging.LogRecord("httpx", logging.INFO, "/lib/client.py", 7, "GET %s", (SECRET,), None)
    assert written(record).endswith("INFO httpx: a remark, in client.py, line 7")
