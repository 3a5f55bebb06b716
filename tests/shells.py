"""The command line as people type it: in the test's own process, or in one of its own where that is the point."""

import contextlib
import io
import json
import os
import subprocess
import sys
from typing import NamedTuple
from unittest import mock

from ovn_desk.__main__ import main

_ENVIRONMENT = {"COLUMNS": "200", "NO_COLOR": "1"}


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs `ovn-desk` in a folder, on a store there, without starting a process: a start takes a second."""

    def __init__(self, folder):
        self.folder = folder
        self.store = folder / "newsroom.ovn"

    def run(self, *words, store=None, text=None):
        """The exit status and what was written; `text` comes on standard input."""
        streams = [io.TextIOWrapper(io.BytesIO(start), encoding="utf-8") for start in ((text or "").encode(), b"", b"")]
        with (
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, _ENVIRONMENT),
            mock.patch.multiple(
                sys, stdin=streams[0], stdout=streams[1], stderr=streams[2], argv=self._command(store, words)
            ),
        ):
            status = _status(main)
        return Done(status, *map(_written, streams[1:]))

    def ok(self, *words, **options):
        done = self.run(*words, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def json(self, *words):
        return json.loads(self.ok(*words, "--json"))

    def refused(self, *words, **options):
        """The one sentence on standard error."""
        done = self.run(*words, **options)
        said = done.stderr.strip()
        assert done.returncode == 1, (done.returncode, said)
        assert said.startswith("ovn-desk: "), said
        assert said.count("\n") == 0, said
        assert "Traceback" not in said
        return said.removeprefix("ovn-desk: ")

    def _command(self, store, words):
        return ["ovn-desk", "--store", str(store or self.store), *map(str, words)]


class OwnProcess(Shell):
    """The same as a program of its own."""

    def run(self, *words, store=None, text=None):
        command = [sys.executable, "-m", "ovn_desk", *self._command(store, words)[1:]]
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            input=text,
            cwd=self.folder,
            check=False,
            env=os.environ | _ENVIRONMENT,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def _status(program):
    """The exit status; what is no refusal is a fault, and goes on up to the test."""
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _written(stream):
    stream.flush()
    return stream.buffer.getvalue().decode()
