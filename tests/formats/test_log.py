"""The lines of the public log: each follows the one above it, and says one thing in one way."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.formats.site import log
from ovn_desk.formats.site.log import Begun, Fact, Joined
from ovn_desk.text.transparency import coding

FACTS = st.lists(
    st.builds(
        Fact,
        at=st.sampled_from(["2025-07-20T07:30:00Z", "2025-07-21T07:30:00Z"]),
        what=st.sampled_from(["published", "changed", "withdrawn"]),
        article=st.sampled_from(["urn:uuid:1", "urn:uuid:2"]),
        digest=st.text("0123456789abcdef", max_size=4),
    ),
    min_size=1,
    max_size=6,
)


@given(FACTS)
def test_what_is_written_is_read(facts):
    entries = [Begun("2025"), *facts, Joined("2025", 1, 2, "abc=")]
    lines = log.write_lines(entries, "")
    assert [log.read(line) for line in lines] == entries
    assert log.lines_of(log.text_of(lines)) == lines
    assert log.wrong_line(lines) == 0
    assert log.write_lines(entries[2:], lines[1]) == lines[2:]


@given(FACTS.filter(lambda facts: len(facts) > 1), st.data())
def test_a_line_that_is_changed_dropped_doubled_or_moved_is_named(facts, data):
    lines = log.write_lines(facts, "")
    at = data.draw(st.integers(0, len(lines) - 2))
    above, line, below = lines[:at], lines[at], lines[at + 1 :]
    assert log.wrong_line([*above, line.replace("urn:uuid:", "urn:uuid:9"), *below]) == at + 2
    assert log.wrong_line([*above, *below]) == at + 1
    assert log.wrong_line([*above, line, *lines[at:]]) == at + 2
    assert log.wrong_line([*above, below[0], line, *below[1:]]) == at + 1


NO_LINES = [
    "nothing",
    "[]",
    "{}",
    '{"previous": ""}',
    '{"at": "x", "previous": "", "what": "y",}',
    '{"at": "x", "previous": "", "what": "y", }',
    '{"at":"x","previous":"","what":"y"}',
    '{"at": "x", "previous": "", "what": "\\u0079"}',
    '{"at": "x", "previous": "", "what": 1}',
    '{"at": "x", "previous": "", "what": "ÿ"}',
    '{"at": "x", "previous": "", "what": "y"} ',
    '{"at": "x", "previous": "00", "what": "y"}',
]


@pytest.mark.parametrize("line", NO_LINES)
def test_anything_else_is_no_line(line):
    assert log.wrong_line([line]) == 1


def test_what_a_newer_desk_says_is_a_line_and_is_not_read():
    newer = json.dumps({"at": "x", "more": 1, "previous": "", "what": "renamed"})
    assert (log.wrong_line([newer]), log.read(newer)) == (0, None)


@given(FACTS, FACTS, FACTS)
def test_a_log_that_was_joined_to_another_is_proved_to_be_whole(both, ours, theirs):
    start = log.write_lines(both, "")
    other = start + log.write_lines([Fact("2026", "published", "urn:uuid:3"), *theirs], start[-1])
    made = start + log.write_lines(ours, start[-1])
    joined = Joined("2026", len(start), len(other), coding.encode(log.tree_of(other).root()))
    made += log.write_lines([joined], made[-1])
    number = len(made)
    made += log.rechain(other[len(start) :], made[-1])
    assert (log.wrong_line(made), log.wrong_joint(made)) == (0, 0)
    assert log.wrong_joint(made[:-1]) == number
    for wrong in (Joined("2026", len(start), len(other), "abc="), Joined("2026", len(start), len(start), joined.root)):
        lines = made[: number - 1] + log.write_lines([wrong], made[number - 2])
        lines += log.rechain(made[number:], lines[-1])
        assert (log.wrong_line(lines), log.wrong_joint(lines)) == (0, number)
