"""One clock in the window, the newsroom's, wherever the computer that it runs on believes to be."""

import ast
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QListWidget

import ovn_desk
from ovn_desk.domain.workflow import Step
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.widgets.phrases import age, day_and_time

WINDOW = Path(ovn_desk.__file__).parent / "ui"
CLOCKS = {
    "state/clock.py": {"now", "astimezone"},
    "state/session.py": {"today"},
    "widgets/phrases.py": {"astimezone"},
    "inspector/sources/earlier.py": {"astimezone"},
}
"""Who may ask what time it is, or put a moment by a clock: the clock, and words by a clock that they are given."""
UNSHOWN = {
    "sharing/hand_over.py": "datetime.now(UTC)",
    "startup/copy_form.py": "datetime.now(UTC)",
    "state/copy_state.py": "datetime.now(UTC)",
    "state/working_text.py": "datetime.now(UTC)",
}
"""Notes when something was, and shows it nowhere; or stands before any newsroom, and so before any clock of one."""
READS_CLOCK = {"now", "today", "utcnow", "astimezone", "toLocalTime", "currentDate", "currentDateTime", "currentTime"}


def clock_readings():
    """Where the window reads a clock or puts a moment by one: the file, and the words of the call."""
    for file in sorted(WINDOW.rglob("*.py")):
        place = file.relative_to(WINDOW).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of, name = ast.unparse(node.func.value), node.func.attr
            is_asked = of.endswith("session") or name not in READS_CLOCK
            if not is_asked and name not in CLOCKS.get(place, set()):
                yield place, ast.unparse(node)


def test_no_place_of_the_window_reads_another_clock():
    assert dict(clock_readings()) == UNSHOWN


@pytest.mark.parametrize(
    ("hours", "ago", "by_age", "by_day"),
    [
        (5, timedelta(minutes=12), "12 min", "today 01:48"),
        (-8, timedelta(minutes=12), "12 min", "today 12:48"),
        (5, timedelta(hours=3), "3 h", "yesterday 23:00"),
        (5, timedelta(days=2, hours=1), "Sat", "29 Nov 01:00"),
        (-8, timedelta(days=2, hours=1), "Fri", "28 Nov 12:00"),
    ],
)
def test_ages_and_days_are_those_of_the_clock_that_is_given(hours, ago, by_age, by_day):
    now = datetime(2025, 11, 30, 21, 0, tzinfo=UTC)
    here = now.astimezone(timezone(timedelta(hours=hours)))
    assert (age(now - ago, here), day_and_time(now - ago, here)) == (by_age, by_day)


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def elsewhere(request, monkeypatch):
    """The computer believes to be somewhere else than the newsroom."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def near(moment, form):
    """How a moment that was a minute ago at most reads in the newsroom; a test may run over the turn of a minute."""
    here = moment.astimezone(ZoneInfo("Asia/Karachi"))
    return {f"{here - timedelta(minutes=minutes):{form}}" for minutes in (0, 1, 2)}


@pytest.mark.usefixtures("elsewhere")
def test_the_window_shows_the_newsrooms_time_wherever_its_computer_is(qtbot, window, space, desk):
    article = desk.draft(body="Words.")
    window.features.articles.open(article)
    space.text.edit(body="Words that are saved.")
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.SAVED)
    top = window.panes.top_bar._saved
    qtbot.waitUntil(lambda: top.accessibleName().startswith("Saved"))
    assert top.accessibleName().removeprefix("Saved ") in near(datetime.now(UTC), "%H:%M")
    desk.step(article, Step.FILE, desk.reporter)
    window.panes.inspector.show_tab("history")
    lines = window.findChild(QListWidget, "history")
    qtbot.waitUntil(lambda: lines.count() == 3)
    assert any(f"today {at}" in lines.item(0).text() for at in near(datetime.now(UTC), "%H:%M"))
