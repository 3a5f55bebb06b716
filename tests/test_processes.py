"""Processes with a time limit: what they answer, how they end, and what starts them in a frozen program."""

import ast
import json
import math
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from ovn_desk import processes
from ovn_desk.domain.errors import DeskError
from ovn_desk.processes import Worker
from ovn_desk.text.body import check_length

LONG = 300.0
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


def test_a_question_under_way_ends_when_the_process_is_closed_by_another_thread():
    worker, has_ended = Worker(time.sleep), threading.Event()

    def close():
        while not has_ended.wait(0.01):
            worker.close()

    other = threading.Thread(target=close)
    other.start()
    with pytest.raises(processes.Ended):
        worker.ask(600, limit=LONG)
    has_ended.set()
    other.join()
    worker.close()


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


def test_no_process_is_started_in_another_way():
    """What only a string names, no type checker and no import contract sees."""
    starters = [path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if "subprocess" in names(path)]
    assert starters == ["processes.py"]


def names(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_no_string_names_a_module_of_ours_that_stands_above():
    for path in SOURCE.rglob("*.py"):
        assert not [text for text in strings(path) if "ovn_desk.app" in text or "ovn_desk.ui" in text], path


def test_chromiums_sandbox_is_turned_off_by_nobody_here():
    """Tests and the demo set the variable; the desk only looks whether somebody did, to say why it can not draw."""
    named = {path.name: text for path in SOURCE.rglob("*.py") for text in strings(path) if "SANDBOX" in text.upper()}
    assert named == {"printing.py": "QTWEBENGINE_DISABLE_SANDBOX"}
    source = (SOURCE / "usecases" / "printing.py").read_text(encoding="utf-8")
    assert re.findall(r".*_SANDBOX_OFF\b.*", source)[1:] == [
        '    if hasattr(os, "geteuid") and os.geteuid() == 0 and not os.environ.get(_SANDBOX_OFF):'
    ]
    assert not [path for path in SOURCE.rglob("*.py") if "no-sandbox" in path.read_text(encoding="utf-8")]


def strings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.body[0].value) for node in ast.walk(tree) if hasattr(node, "body") and is_text(node.body)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def is_text(body):
    return isinstance(body, list) and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Only root is refused.")
def test_root_is_told_why_nothing_is_drawn(tmp_path):
    (tmp_path / "story.md").write_text("# A story", encoding="utf-8")
    known = {name: value for name, value in os.environ.items() if "SANDBOX" not in name}
    known |= {"OVN_DESK_STORE": str(tmp_path / "newsroom.ovn"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "ovn_desk"], capture_output=True, check=False, encoding="utf-8", env=known
    )
    assert done.returncode == 1
    assert "Chromium, which does not run as root. Start the desk as an ordinary user." in done.stderr
