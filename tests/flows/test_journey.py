"""The main job in the real window: an X server, a window manager, real keys."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import screen

from ovn_desk.usecases import publishing

NEEDED = ("Xvfb", "openbox", "xdotool", "import")
MISSING = [name for name in NEEDED if not shutil.which(name)]

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(3600),
    pytest.mark.window,
    pytest.mark.skipif(bool(MISSING), reason=f"Needs {', '.join(MISSING)}: .ci/run installs them."),
]


@pytest.fixture
def display():
    with screen.display() as name:
        yield name


def travelled(script, display, folder, *given):
    """Runs a journey to its end; what it left is in the folder."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "HOME": str(folder / "home"),
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(script)), str(folder), *given],
        env=environment,
        capture_output=True,
        text=True,
        timeout=3000,
        check=False,
    )
    if keep := os.environ.get("OVN_DESK_PICTURES"):
        shutil.copytree(folder, Path(keep) / Path(script).stem, dirs_exist_ok=True)
    assert "The journey is done." in done.stdout, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]


def test_a_reporter_writes_cites_and_files_and_an_editor_approves_and_exports_with_keys_alone(display, tmp_path):
    travelled("journey.py", display, tmp_path)
    checked = publishing.verify_files(tmp_path / "site")
    assert {(check.ok, check.approved_by) for check in checked} == {(True, "Ayesha Khan"), (True, "")}
    page = next((tmp_path / "site").rglob("night-trains-come-back.html")).read_text(encoding="utf-8")
    assert "two of them are now in the plan" in page


def test_two_people_review_decide_approve_publish_and_correct_at_one_desk(display, tmp_path):
    travelled("review_journey.py", display, tmp_path)
    checked = publishing.verify_files(tmp_path / "site")
    assert {(check.ok, check.approved_by) for check in checked} == {(True, "Ayesha Khan"), (True, "")}
    page = next((tmp_path / "site").glob("20??/**/*.html")).read_text(encoding="utf-8")
    assert "In fact: no date was set." in page
    assert "on a day still to be set" in page
    assert "Edited by Ayesha Khan. Corrected by Rana Malik. Approved by <span data-ovn-approver>Ayesha Khan" in page
    assert "How many? Name the document." not in page


def two_desks(display, folder, *given):
    travelled("two_desks_journey.py", display, folder, *given)
    checked = publishing.verify_files(folder / "site")
    assert {(check.ok, check.approved_by) for check in checked} == {(True, "Ayesha Khan"), (True, "")}
    page = next((folder / "site").glob("20??/**/*.html")).read_text(encoding="utf-8")
    assert "before the end of 2025" in page
    assert "by December" not in page


def test_two_laptops_hand_a_story_over_by_file_decide_and_publish(display, tmp_path):
    two_desks(display, tmp_path)


def test_two_laptops_meet_at_the_hub_decide_and_publish(display, tmp_path, database):
    two_desks(display, tmp_path, database)


def test_every_letter_stays_while_thirty_records_come_by_hub_and_file(display, tmp_path, database):
    travelled("typing_journey.py", display, tmp_path, database)


def grown_newsroom(display, folder, *given):
    travelled("joining_journey.py", display, folder, *given)
    checked = publishing.verify_files(folder / "site")
    assert {(check.ok, check.approved_by) for check in checked} == {(True, "Ayesha Khan"), (True, "")}
    keys = {
        place: len(list((folder / place / "newsroom-keys").glob("ovn-*"))) for place in ("chief", "editor", "reporter")
    }
    assert keys == {"chief": 1, "editor": 1, "reporter": 1}


def test_a_newsroom_grows_by_invitations_on_a_stick(display, tmp_path):
    grown_newsroom(display, tmp_path)


def test_a_newsroom_grows_by_invitations_at_the_hub(display, tmp_path, database):
    grown_newsroom(display, tmp_path, database)
