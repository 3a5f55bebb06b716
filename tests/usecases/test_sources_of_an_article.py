"""The sources of an article: one more, another in its place, another order."""

from dataclasses import replace

import pytest

from make import DAWN
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Source
from ovn_desk.usecases import sourcing


def test_two_sources_can_not_have_one_key():
    with pytest.raises(DeskError, match="another key"):
        sourcing.put_source([DAWN], Source(DAWN.key, name="Another"))


def test_a_source_can_not_take_the_key_of_another():
    second = Source("second", name="Second")
    with pytest.raises(DeskError, match="another key"):
        sourcing.put_source([DAWN, second], replace(second, key=DAWN.key), replaces="second")


def test_a_source_is_changed_in_its_place_and_can_be_moved():
    sources = sourcing.put_source([DAWN], Source("second", name="Second"))
    sources = sourcing.put_source(sources, replace(DAWN, name="Dawn, changed"), replaces=DAWN.key)
    sources = sourcing.move_source(sources, "second", -1)
    assert [source.name for source in sources] == ["Second", "Dawn, changed"]


@pytest.mark.parametrize(("key", "by"), [(DAWN.key, -1), ("second", 1)])
def test_at_the_ends_a_source_stays(key, by):
    sources = (DAWN, Source("second", name="Second"))
    assert sourcing.move_source(sources, key, by) == sources


def test_a_source_that_is_removed_leaves_the_others():
    second = Source("second", name="Second")
    assert sourcing.remove_source((DAWN, second), DAWN.key) == (second,)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31/10/2026", "2026-10-31"),
        ("3-4-2026", "2026-04-03"),
        ("31.10.2026 9:05", "2026-10-31 9:05"),
        ("1 Oct 2026", "2026-10-01"),
        ("31 October 2026, 14:00", "2026-10-31 14:00"),
        ("yesterday", "2026-11-27"),
        ("2026-10-31", "2026-10-31"),
        ("31/02/2026", "31/02/2026"),
        ("31 Foo 2026", "31 Foo 2026"),
        ("October 2026", "October 2026"),
    ],
)
def test_a_day_is_kept_in_one_form_however_it_was_written(words, day):
    """Seen at the desk: 31/10/2026 was kept as it was typed, beside days in another form."""
    assert sourcing.date_said(words, today="2026-11-28") == day
