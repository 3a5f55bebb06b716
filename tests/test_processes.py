"""Processes with a time limit: what they answer, how they end, and what starts them in a frozen program."""

import json
import math
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ovn_desk import processes
from ovn_desk.domain.errors import DeskError
from ovn_desk.processes import Worker
from ovn_desk.text.body import check_length

LONG = 60.0
SOURCE = Path(processes.__file__).parent


def test_one_process_answers_question_after_question():
    with closing(Worker(math.factorial)) as worker:
        worker.start()
        process = worker._process
        assert [worker.ask(number, limit=LONG) for number in (3, 20, 25)] == [math.factorial(n) for n in (3, 20, 25)]
        assert worker._process is process


def test_what_the_function_refuses_is_refused_here_and_the_process_goes_on():
    with closing(Worker(check_length)) as worker:
        with pytest.raises(DeskError) as refused:
            worker.ask("x" * 1_000_001, limit=LONG)
        process = worker._process
        assert refused.value.code == "text-too-long"
        assert worker.ask("short", limit=LONG) is None
        assert worker._process is process


def test_what_takes_too_long_is_stopped_and_the_next_question_answered():
    with closing(Worker(time.sleep)) as worker:
        worker.ask(0, limit=LONG)  # it has started
        process = worker._process
        with pytest.raises(TimeoutError):
            worker.ask(600, limit=0.2)
        assert process.poll() is not None
        assert worker.ask(0, limit=LONG) is None


def test_a_process_that_ends_by_itself_is_told_from_one_that_was_stopped():
    with closing(Worker(os._exit)) as worker:
        for _ in range(2):
            with pytest.raises(processes.Ended):
                worker.ask(3, limit=LONG)


def test_what_the_function_prints_is_no_answer(capfd):
    with closing(Worker(print)) as worker:
        assert worker.ask('{"answer": "forged"}', limit=LONG) is None
    assert "forged" in capfd.readouterr().err


def test_nothing_is_left_running_when_who_asks_is_gone():
    worker = Worker(math.factorial)
    worker.start()
    process = worker._process
    del worker
    assert process.wait(LONG) is not None


def test_nothing_is_left_running_when_the_program_that_asks_is_killed():
    program = (
        "import os, time; from ovn_desk.processes import Worker; worker = Worker(time.sleep); worker.start();"
        "print(worker._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, encoding="utf-8")
    pid = int(done.stdout)
    deadline = time.monotonic() + LONG
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.01)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_a_frozen_program_is_its_own_worker(monkeypatch):
    """PyInstaller and its like have no `-m`, and this program's own entry answers all the same."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = processes.command_for(math.factorial)
    assert command == [sys.executable, processes.ANSWERING, "math:factorial"]
    entry = "import sys; from ovn_desk.__main__ import main; main()"  # what such a program starts with
    done = subprocess.run(
        [sys.executable, "-c", entry, *command[1:]], input="4\n", capture_output=True, check=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == {"answer": 24}
