"""The demo, as somebody without a display meets the desk: ten lines, nothing else on the terminal, a whole picture."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What `make run` does where there is no display, and the folder it did it in."""
    folder = tmp_path_factory.mktemp("demo")
    done = run(folder, "-m", "ovn_desk", "demo", "--to", "out", "--screenshot", "out/window.png")
    return folder, done


def run(folder, *arguments):
    from os import environ

    keep = {name: value for name, value in environ.items() if not name.startswith(("QT_LOGGING", "QT_MESSAGE", "XDG"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=keep | {"HOME": str(folder / "home")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=900,
    )


def test_it_ends_in_a_few_lines_and_nothing_of_qt_or_chromium(demo):
    folder, done = demo
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) <= 9, "with the line of `make run` ten"
    made = [line.split()[1] for line in done.stdout.splitlines()[:3]]
    assert all((folder / name).is_file() for name in made), done.stdout


def test_what_it_says_to_type_next_can_be_typed(demo):
    folder, done = demo
    (line,) = [line for line in done.stdout.splitlines() if " verify " in line]
    checked = run(folder, *line.split()[1:])
    assert checked.returncode == 0, checked.stderr


def test_the_picture_shows_the_whole_desk(demo):
    folder, _ = demo
    with Image.open(folder / "out" / "window.png") as picture:
        shown = picture.convert("RGB")
    assert shown.size == (1440, 900)
    assert sum(shown.getpixel((1000, 1))) > 700, "the light look"
    page = shown.crop((930, 180, 1310, 860))
    assert max(number for number, _ in page.getcolors(1 << 20)) < 0.97 * page.width * page.height, "a page with words"
    dark = sum(number for number, colour in page.getcolors(1 << 20) if sum(colour) < 200)
    assert dark > 2_000


def test_qt_and_chromium_are_put_aside_and_faults_of_ours_are_not(tmp_path):
    program = (
        "import os\nfrom ovn_desk.ui.startup import logs\nlogs.keep_log()\n"
        "os.write(2, b'a remark of Chromium')\nraise TypeError('a fault of ours')"
    )
    done = run(tmp_path, "-c", program)
    assert done.returncode == 1
    assert "a fault of ours" in done.stderr
    assert "Chromium" not in done.stderr
    assert "a remark of Chromium" in written(tmp_path, "engine.log")
    assert "a fault of ours" in written(tmp_path, "desk.log")


def written(folder: Path, name: str) -> str:
    (file,) = (folder / "home").rglob(name)
    return file.read_text(encoding="utf-8")


def test_whoever_asks_qt_to_say_more_sees_it(tmp_path):
    program = "import os\nfrom ovn_desk.ui.startup import logs\nlogs.keep_log()\nos.write(2, b'a remark')"
    done = run(tmp_path, "-c", f"import os\nos.environ['QT_LOGGING_RULES'] = '*=true'\n{program}")
    assert done.stderr == "a remark"
