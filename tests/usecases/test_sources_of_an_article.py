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
