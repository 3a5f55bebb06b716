"""The sample stories: as if they had been written lately."""

from dataclasses import replace
from datetime import date

import pytest

from make import DAWN, content
from ovn_desk.usecases.sample import _dated_lately


@pytest.mark.parametrize("today", ["2026-11-28", "2025-07-20", "2031-01-01"])
def test_a_sample_is_a_week_old_at_most_on_its_own_day_of_the_week(today):
    """Seen at the desk: a story to try said that it was of last year."""
    sources = (DAWN, *(replace(DAWN, published=day) for day in ("2025-07-18", "2024", "")))
    made = _dated_lately(content(date="2025-07-20", sources=sources), today=today)
    newest = date.fromisoformat(made.date)
    assert 0 <= (date.fromisoformat(today) - newest).days < 7
    assert newest.strftime("%A") == "Sunday"
    days = [source.published for source in made.sources]
    assert (newest - date.fromisoformat(days[1])).days == 2
    assert days[2:] == ["2024", ""]
