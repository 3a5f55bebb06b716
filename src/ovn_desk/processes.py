"""Processes with a time limit: a function that runs where it can be stopped, asked again and again.

Rendering, printing and trying out a dictionary are such functions: what they are given comes from elsewhere, and a
thread can not be stopped. The process is this program once more, with the function's module path as its argument, so
that a frozen program has it too. Why this is our own: docs/decisions/0020-processes-with-a-time-limit.md.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Generic, TypeVar

from ovn_desk.domain.errors import DeskError

ANSWERING = "--answer"
Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Ended(Exception):
    """The process ended without an answer, by itself."""


class Worker(Generic[Question, Answer]):
    """One process that calls a function for each question; started for the first, and anew after it had to be stopped.

    The function stands in a module under a name; question and answer are plain data (JSON). It may be asked from any
    thread, by one at a time. With `is_quiet` what the process says on its standard error goes nowhere; `environment` is
    added to this process's own.
    """

    def __init__(
        self,
        function: Callable[[Question], Answer],
        *,
        is_quiet: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._command = command_for(function)
        self._is_quiet = is_quiet
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[str] | None = None
        self._finalizer: Callable[[], object] = lambda: None

    def start(self) -> None:
        """Start the process where there is none, so that the first question does not wait for it."""
        self._start_process()

    def ask(self, question: Question, *, limit: float) -> Answer:
        """Return what the function returns for a question within `limit` seconds, the start of the process included.

        Raises the function's DeskError, TimeoutError past the limit, and Ended where the process ended without a word;
        after both of these the next question starts another one.
        """
        process, is_late = self._start_process(), threading.Event()

        def stop() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            line = _exchange(process, json.dumps(question))
        finally:
            timer.cancel()
        if is_late.is_set() or not line.endswith("\n"):
            self.close()
        if not line.endswith("\n"):
            raise TimeoutError if is_late.is_set() else Ended
        said = json.loads(line)
        if "refused" in said:
            raise DeskError(said["refused"], **said["values"])
        answer: Answer = said["answer"]
        return answer

    def close(self) -> None:
        """End the process, and with Ended a question under way; the next one starts another process."""
        self._process = None
        self._finalizer()

    def _start_process(self) -> subprocess.Popen[str]:
        process = self._process
        if process is None:
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if self._is_quiet else None,
                encoding="utf-8",
                env=os.environ | self._environment | {"PYTHONIOENCODING": "utf-8"},
            )
            self._finalizer = weakref.finalize(self, _end, process)  # also when this program ends
        return process


def command_for(function: Callable[..., object]) -> list[str]:
    """The command whose process answers for a function: this program's own, which is Python's module unless frozen."""
    return command(ANSWERING, f"{function.__module__}:{function.__qualname__}")


def command(*arguments: str) -> list[str]:
    """The command that starts this program once more, with these arguments."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ovn_desk"]
    return [*program, *arguments]


def start_program(command: Sequence[str]) -> Callable[[], int | None]:
    """Starts a program of the computer's own, which goes on when this one ends; OSError where it can not be started.

    What is returned says, whenever it is asked, how the program ended; None while it runs.
    """
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True).poll


def run_program(command: Sequence[str], *, limit: float) -> int:
    """Runs a program of the computer's own to its end; its exit status, or 1 where it did not start or end in time."""
    nowhere = subprocess.DEVNULL
    try:
        return subprocess.run(
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=limit, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return 1


def run_script(script: Path, arguments: Sequence[str]) -> int:
    """Runs a shell script at this terminal, which may ask there; its exit status."""
    return subprocess.run(["/bin/bash", script, *arguments], check=False).returncode


def is_for_answering(arguments: Sequence[str]) -> bool:
    """Whether the program was started by `command_for`."""
    return len(arguments) == 2 and arguments[0] == ANSWERING


def answer(path: str) -> None:
    """Answer questions on standard input, a JSON line each, by the function at `module:name`, until they end.

    What the function itself prints goes to standard error: nothing but answers may stand between answers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who asks, who then ends this process
    module, _, name = path.partition(":")
    function = getattr(importlib.import_module(module), name)
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for line in sys.stdin:
            answers.write(json.dumps(_answer_to(function, json.loads(line))) + "\n")
            answers.flush()


def _answer_to(function: Callable[[object], object], question: object) -> dict[str, object]:
    try:
        return {"answer": function(question)}
    except DeskError as error:
        return {"refused": error.code, "values": error.values}


def _exchange(process: subprocess.Popen[str], question: str) -> str:
    """The line that answers a question; not a whole one where the process ended instead."""
    questions, answers = _pipes(process)
    try:
        questions.write(f"{question}\n")
        questions.flush()
        return answers.readline()
    except (OSError, ValueError):  # it ended, or another thread closed it meanwhile
        return ""


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in _pipes(process):
        try:
            pipe.close()
        except OSError:  # the question that it did not live to read
            continue


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
