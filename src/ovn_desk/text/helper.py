"""Rendering where a slow input can be stopped: a helper process with a time limit."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.render import Rendered

TIME_LIMIT = 10.0
_BLOCK_TIME_LIMIT = 1.0


class RenderHelper:
    """One helper process, started on first use and after it had to be stopped; safe to call from several threads."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def render(self, text: str, sources: Sequence[str] = ()) -> Rendered:
        """What `text.render.render` returns; text that takes too long raises DeskError naming its line."""
        with self._lock:
            try:
                return self._ask(text, sources, self.time_limit)
            except TimeoutError:
                line = self._slow_line(text, sources)
        where = f" The cause is near line {line}." if line else ""
        raise DeskError(f"This text takes too long to show.{where} Look for long runs of brackets or unclosed marks.")

    def close(self) -> None:
        """Stops the helper; the next render starts a new one."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def _slow_line(self, text: str, sources: Sequence[str]) -> int:
        line = 1
        for block in text.split("\n\n"):
            try:
                self._ask(block, sources, _BLOCK_TIME_LIMIT)
            except TimeoutError:
                return line
            except DeskError:
                return line
            line += block.count("\n") + 2
        return 0

    def _ask(self, text: str, sources: Sequence[str], limit: float) -> Rendered:
        process = self._process or self._start()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            answer = _exchange(process, {"text": text, "sources": list(sources)})
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            if stopped.is_set():
                raise TimeoutError
            raise DeskError("The part of the desk that shows pages stopped. Try again; nothing you wrote is lost.")
        if "refused" in answer:
            raise DeskError(answer["refused"])
        return Rendered(answer["html"], tuple(answer["cited"]))

    def _start(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ovn_desk.text.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        return self._process


def _exchange(process: subprocess.Popen[str], question: dict[str, Any]) -> dict[str, Any] | None:
    """The helper's answer, or none when it ended instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except (BrokenPipeError, OSError):
        return None
    return json.loads(line) if line.endswith("\n") else None


def serve(questions: IO[str], answers: IO[str]) -> None:
    """Answers one JSON line a question until the questions end."""
    from ovn_desk.text.render import render

    for line in questions:
        question = json.loads(line)
        try:
            rendered = render(question["text"], question["sources"])
            answer: dict[str, Any] = {"html": rendered.html, "cited": rendered.cited}
        except DeskError as error:
            answer = {"refused": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
