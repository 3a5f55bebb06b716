"""The window's program, started twice on one store: real processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

import disks
from make import Desk, content, newsroom
from ovn_desk import lock
from ovn_desk.store import open_store
from ovn_desk.usecases import writing

PATIENCE = 240.0


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, f"Waited for: {what}"
        time.sleep(0.02)  # lets the other process work
    return found


@pytest.fixture
def path(tmp_path):
    store = newsroom(tmp_path / "newsroom.ovn")
    writing.start(store, content(headline="The first story"), by=Desk(store, None).signer("Rana"))
    store.close()
    (tmp_path / "newsroom-person.txt").write_text("Rana Malik", encoding="utf-8")
    return store.path


@pytest.fixture
def start(path, tmp_path):
    """Starts the window's program, as a double click does."""
    started = []

    def start(*given, folder=None, store=path, home=tmp_path / "home", program="ovn_desk.app"):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
        process = subprocess.Popen(
            [sys.executable, "-m", program, "--store", str(store), *map(str, given)],
            env=environment,
            cwd=folder,  # the first window stands elsewhere: a name is of the folder where the start was
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def holder(path):
    """The process that has the store and listens."""
    try:
        record = json.loads(lock.path_for(path).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return record["pid"] if record.get("address") else None


def ended_well(process):
    """Whether it ended without a fault; what it said is said where it did not."""
    output, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, f"{output}\n{said}"
    return True


def slugs(path):
    store = open_store(path)
    with store.read() as reading:
        found = set(reading.slugs().values())
    store.close()
    return found


def test_a_second_start_hands_its_file_to_the_window_that_is_open(start, path, tmp_path):
    first = start()
    until(lambda: holder(path) == first.pid, "the first window")
    (tmp_path / "story.md").write_text("# Night trains come back\n\nThey run again.", encoding="utf-8")
    second = start("story.md", folder=tmp_path, program="ovn_desk")  # as from a terminal
    assert ended_well(second)
    until(lambda: "night-trains-come-back" in slugs(path), "the article")
    assert first.poll() is None


@pytest.mark.campaign
def test_of_two_starts_at_the_same_moment_one_opens_and_the_other_gives_way(start, path):
    both = [start(), start()]
    ended = until(lambda: [process for process in both if process.poll() is not None], "one to give way")
    assert all(map(ended_well, ended))
    (stays,) = [process for process in both if process.poll() is None]
    assert until(lambda: holder(path), "the window") == stays.pid


@pytest.mark.campaign
def test_after_a_kill_the_next_start_opens_without_a_question(start, path):
    first = start()
    until(lambda: holder(path) == first.pid, "the first window")
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start()
    until(lambda: holder(path) == second.pid, "the second window")
    assert second.poll() is None


@pytest.mark.campaign
def test_a_window_that_hangs_is_said_after_a_while(start, path):
    first = start()
    until(lambda: holder(path) == first.pid, "the first window")
    first.send_signal(signal.SIGSTOP)
    second = start()
    _, said = second.communicate(timeout=PATIENCE)
    first.send_signal(signal.SIGCONT)
    assert second.returncode == 1
    assert "does not answer" in said


@pytest.mark.parametrize("command", [["doctor", "--rebuild"], ["restore", "copy.ovn"]])
def test_a_command_that_needs_the_store_alone_is_refused_while_a_window_has_it(path, tmp_path, command):
    shutil.copy(path, tmp_path / "copy.ovn")
    with lock.hold(path, program=lock.WINDOW):
        done = run(path, tmp_path, *command)
        assert done.returncode == 1
        assert "is open in a window of OVN Desk since" in done.stderr
        assert run(path, tmp_path, "list").returncode == 0
    assert run(path, tmp_path, *command).returncode == 0


def test_a_command_that_writes_shares_the_store_with_a_window(path, tmp_path):
    (tmp_path / "story.md").write_text("# Night trains come back\n\nThey run again.", encoding="utf-8")
    with lock.hold(path, program=lock.WINDOW):
        assert run(path, tmp_path, "import", "story.md", "--as", "Rana Malik").returncode == 0
    assert slugs(path) == {"the-first-story", "night-trains-come-back"}


def run(path, folder, *command):
    return subprocess.run(
        [sys.executable, "-m", "ovn_desk", "--store", str(path), *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.campaign
def test_a_store_and_a_home_that_can_only_be_read_are_opened_to_read(start, path, tmp_path):
    with disks.mounted(tmp_path / "disk", mb=16) as disk:
        shutil.copy(path, disk / "newsroom.ovn")
        disks.make_read_only(disk)
        picture = tmp_path / "window.png"
        process = start("--screenshot", picture, store=disk / "newsroom.ovn", home=disk)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        assert picture.exists()
        assert "Traceback" not in said
