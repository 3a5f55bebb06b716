"""The lock of a store between real processes."""

import json
import os
import platform
import signal
import subprocess
import sys
import time

import pytest

from ovn_desk import lock
from ovn_desk.domain.errors import DeskError

TAKER = """
import sys
from pathlib import Path
from ovn_desk import lock
path = Path(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    try:
        held = lock.take(path, program="ovn-desk-window")
    except lock.StoreTaken as taken:
        print("taken by", taken.holder and taken.holder.pid, flush=True)
    else:
        print("won", flush=True)
    if next(sys.stdin).strip() == "release" and "held" in globals():
        held.release()
        del held
    print("done", flush=True)
"""


@pytest.fixture
def takers(tmp_path):
    """Starts processes that take the lock when they are told to."""
    made = []

    def start(number):
        made.extend(
            subprocess.Popen(
                [sys.executable, "-c", TAKER, str(tmp_path / "newsroom.ovn")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(number)
        )
        for process in made:
            assert process.stdout.readline() == "ready\n"
        return made

    yield start
    for process in made:
        process.kill()
        process.communicate()


def tell(processes, word):
    for process in processes:
        process.stdin.write(word + "\n")
        process.stdin.flush()
    return [process.stdout.readline().strip() for process in processes]


def test_of_many_starts_at_the_same_moment_exactly_one_wins(takers):
    processes = takers(6)
    for _ in range(50):
        answers = tell(processes, "take")
        assert answers.count("won") == 1, answers
        winner = processes[answers.index("won")].pid
        assert {answer for answer in answers if answer != "won"} == {f"taken by {winner}"}
        tell(processes, "release")


def test_a_killed_holder_holds_nothing_and_is_remembered(takers, tmp_path):
    (process,) = takers(1)
    assert tell([process], "take") == ["won"]
    with pytest.raises(lock.StoreTaken, match="is open in a window of OVN Desk since"):
        lock.take(tmp_path / "newsroom.ovn", program="ovn-desk restore")
    process.send_signal(signal.SIGKILL)
    process.wait()
    held = lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW)
    assert held.left.pid == process.pid
    held.release()
    held = lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW)
    assert held.left is None
    held.release()


def test_a_process_that_was_started_while_the_lock_was_held_does_not_hold_it(tmp_path):
    held = lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    held.release()
    lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW).release()
    child.communicate(b"\n")


def test_what_was_released_is_free_while_another_process_still_has_its_file_open(tmp_path):
    """As a process that is being started has, between its fork and its program."""
    held = lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW)
    inherited = os.dup(held._descriptor)
    held.release()
    lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW).release()
    os.close(inherited)


def test_two_names_of_one_store_have_one_lock(tmp_path):
    (tmp_path / "newsroom.ovn").touch()
    (tmp_path / "linked.ovn").symlink_to(tmp_path / "newsroom.ovn")
    with (
        lock.hold(tmp_path / "newsroom.ovn", program="ovn-desk restore"),
        pytest.raises(lock.StoreTaken, match=r"“ovn-desk restore” has .* to itself since .* Wait for it to end"),
    ):
        lock.take(tmp_path / "linked.ovn", program=lock.WINDOW)


def test_a_lock_of_another_computer_is_asked_about(tmp_path):
    path = tmp_path / "newsroom.ovn"
    held = lock.take(path, program=lock.WINDOW)
    record = json.loads(lock.path_for(path).read_text())
    held.release()
    written = json.dumps({**record, "host": "desk-two", "user": "kamran"}).encode()
    lock.path_for(path).write_bytes(written)
    with pytest.raises(
        lock.StoreTaken, match=r"was opened on desk-two by kamran at .* and was not closed there"
    ) as told:
        lock.take(path, program=lock.WINDOW)
    assert not told.value.is_certain
    assert lock.path_for(path).read_bytes() == written
    held = lock.take(path, program=lock.WINDOW, is_taking_over=True)
    assert held.left.host == "desk-two"
    held.release()
    lock.take(path, program=lock.WINDOW).release()


@pytest.mark.parametrize(
    "change",
    [
        {"pid": os.getpid()},  # given again to a program that is alive
        {"pid": 2**22 + 1},
        {"since": "2015-01-01T00:00:00+00:00"},
        {"since": "2099-01-01T00:00:00+00:00"},
    ],
)
def test_neither_a_process_number_nor_a_clock_holds_a_lock(tmp_path, change):
    path = tmp_path / "newsroom.ovn"
    record = {
        "program": lock.WINDOW,
        "pid": 1,
        "host": platform.node(),
        "user": "rana",
        "since": "2026-11-28T10:00:00Z",
    }
    lock.path_for(path).write_text(json.dumps({**record, **change}))
    lock.take(path, program=lock.WINDOW).release()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"null", b'{"pid": 3}', b"\xff\xfe", b'{"pid": 3, "since'])
def test_a_lock_that_says_nothing_is_nobodys(tmp_path, content):
    path = tmp_path / "newsroom.ovn"
    lock.path_for(path).write_bytes(content)
    held = lock.take(path, program=lock.WINDOW)
    assert held.left is None
    with pytest.raises(lock.StoreTaken):
        lock.take(path, program=lock.WINDOW)
    held.release()


def test_whoever_is_just_taking_a_lock_is_asked_again_for_their_name(tmp_path, monkeypatch):
    path = tmp_path / "newsroom.ovn"
    held = lock.take(path, program=lock.WINDOW)
    record = lock.path_for(path).read_bytes()
    lock.path_for(path).write_bytes(b"")
    monkeypatch.setattr(time, "sleep", lambda _: lock.path_for(path).write_bytes(record))
    with pytest.raises(lock.StoreTaken, match="is open in a window of OVN Desk since") as told:
        lock.take(path, program="ovn-desk restore")
    assert told.value.holder == held.holder
    held.release()


def test_a_lock_that_is_just_released_is_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "newsroom.ovn"
    held = lock.take(path, program=lock.WINDOW)
    lock.path_for(path).write_bytes(b"{}")
    monkeypatch.setattr(time, "sleep", lambda _: held.release())
    lock.take(path, program=lock.WINDOW).release()


def test_a_lock_whose_holder_never_says_who_it_is_is_open_in_another_program(tmp_path, monkeypatch):
    path = tmp_path / "newsroom.ovn"
    held = lock.take(path, program=lock.WINDOW)
    lock.path_for(path).write_bytes(b"{}")
    monkeypatch.setattr(lock, "UNSAID_SECONDS", 0.0)
    with pytest.raises(lock.StoreTaken, match="is open in another program"):
        lock.take(path, program=lock.WINDOW)
    held.release()


def test_a_lock_is_for_its_owner_alone(tmp_path):
    lock.take(tmp_path / "deep" / "newsroom.ovn", program=lock.WINDOW).release()
    assert lock.path_for(tmp_path / "deep" / "newsroom.ovn").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700


def test_a_lock_that_can_not_be_made_is_said_in_words(tmp_path):
    lock.path_for(tmp_path / "newsroom.ovn").mkdir()
    with pytest.raises(DeskError, match=r"lock .* cannot be written"):
        lock.take(tmp_path / "newsroom.ovn", program=lock.WINDOW)
