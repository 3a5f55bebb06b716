"""What only a screen shows: what a closed menu leaves where no compositor runs, and where a click goes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="Needs Xvfb: .ci/run installs it."),
]


@pytest.fixture
def display():
    """A display of its own, with neither window manager nor compositor."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        name = f":{pipe.readline().strip()}"
    yield name
    server.terminate()
    server.wait()


@pytest.fixture
def run(display, tmp_path):
    """Runs a script of this folder on that display: how it ended, and what it says is wrong."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "HOME": str(tmp_path),
    }

    def run(name):
        script = [sys.executable, str(Path(__file__).with_name(name))]
        done = subprocess.run(script, env=environment, capture_output=True, text=True, timeout=900, check=False)
        return done.returncode, done.stdout.strip()

    return run


def test_a_closed_menu_and_a_closed_dialog_leave_nothing_on_the_screen(run):
    assert run("uncovered_window.py") == (0, "")


@pytest.mark.skipif(not shutil.which("xdotool"), reason="Needs xdotool: .ci/run installs it.")
def test_the_mouse_of_a_screen_reaches_the_answers_of_a_message(run):
    assert run("clicked_window.py") == (0, "")
