"""Who types the beginning of a key gets the source with that key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.source import Source
from ovn_desk.domain.source_search import find_sources

SOURCES = (
    Source(key="karachi-water-and", name="KWSC annual report", outlet="Karachi Water and Sewerage Corporation"),
    Source(key="dawn-kwsc", name="Pumps stand still", outlet="Dawn"),
    Source(key="kwsc-notice", name="Notice of restart"),
    Source(key="kwsc", name="Spokesperson of the water board"),
    Source(key="bashir", name="بشیر احمد", role="resident"),
    Source(key="report_2", name="Water for all", outlet="SKWSCX"),
)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("kwsc", "kwsc kwsc-notice dawn-kwsc karachi-water-and report_2"),
        ("KWSC", "kwsc kwsc-notice dawn-kwsc karachi-water-and report_2"),
        ("kwsc-", "kwsc-notice"),
        ("water", "karachi-water-and kwsc report_2"),
        ("annual rep", "karachi-water-and"),
        ("2", "report_2"),
        ("بش", "bashir"),
        ("احمد", "bashir"),
        ("umps", "dawn-kwsc"),
        ("nobody", ""),
        ("", "karachi-water-and dawn-kwsc kwsc-notice kwsc bashir report_2"),
    ],
)
def test_the_source_that_is_meant_comes_first(typed, keys):
    assert [source.key for source in find_sources(SOURCES, typed)] == keys.split()


KEYS = st.from_regex(r"[a-c]{1,3}(?:[-_][a-c]{1,3}){0,2}", fullmatch=True)
MADE = st.builds(Source, key=KEYS, name=st.text("abc Aب-", max_size=8), outlet=st.text("abc ", max_size=5))


@given(st.lists(MADE, max_size=8, unique_by=lambda source: source.key), st.text("abcABC -", max_size=3))
def test_no_source_comes_before_one_whose_key_begins_with_what_was_typed(sources, typed):
    found = find_sources(sources, typed)
    wanted = typed.strip().lower()
    starts = [source.key.startswith(wanted) for source in found]
    assert starts == sorted(starts, reverse=True)
    assert len(found) == len(set(map(id, found)))
    for source in sources:
        has_it = wanted in source.key or wanted in source.label.casefold()
        assert has_it == any(source is one for one in found)
    if any(source.key == wanted for source in sources):
        assert found[0].key == wanted
