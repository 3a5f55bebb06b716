"""The public log: nothing in it can be changed or taken out without being seen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.errors import DeskError
from ovn_desk.formats.site import Fact, extended_log

FACTS = st.lists(
    st.builds(
        Fact,
        at=st.sampled_from(["2025-07-20T07:30:00Z", "2025-07-21T07:30:00Z"]),
        what=st.sampled_from(["published", "changed", "withdrawn"]),
        article=st.sampled_from(["urn:uuid:1", "urn:uuid:2"]),
        digest=st.text(max_size=4),
    ),
    max_size=6,
)


@given(FACTS, FACTS)
def test_what_it_said_stays_and_every_fact_is_in_it_once(first, second):
    one = extended_log("", first)
    two = extended_log(one, [*first, *second])
    assert two.startswith(one)
    lines = [json.loads(line) for line in two.splitlines()]
    assert len(lines) == len({*first, *second})
    assert extended_log(two, second) == two


@given(FACTS.filter(lambda facts: len(set(facts)) > 1), st.data())
def test_a_changed_or_missing_line_is_seen(facts, data):
    lines = extended_log("", facts).splitlines()
    number = data.draw(st.integers(0, len(lines) - 2))
    changed = [*lines[:number], lines[number].replace("urn:uuid:", "urn:uuid:9"), *lines[number + 1 :]]
    for wrong in (changed, [*lines[:number], *lines[number + 1 :]]):
        with pytest.raises(DeskError, match=r"log\.jsonl"):
            extended_log("\n".join(wrong), [])


@pytest.mark.parametrize("text", ["nothing", "[]", "{}", '{"previous": ""}'])
def test_any_other_file_is_refused(text):
    with pytest.raises(DeskError, match="not as this desk wrote it"):
        extended_log(text, [])
