import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import at_most
from ovn_desk.domain.errors import DeskError
from ovn_desk.text.finding import Query, matches, replacements


@given(st.text(alphabet="aAb \n.😀", max_size=40), st.text(alphabet="aAb .😀", min_size=1, max_size=3))
def test_plain_words_are_found_wherever_they_stand(text, words):
    found = matches(text, Query(words, is_case_kept=True))
    assert [text[start:end] for start, end in found] == re.findall(re.escape(words), text)


def test_a_pattern_reaches_across_lines_and_its_groups_can_be_named():
    query = Query(r"(\w+)\n(\w+)", is_pattern=True)
    text = "one\ntwo and three"
    assert replacements(text, query, r"\2 \1", matches(text, query)) == [(0, 7, "two one")]


def test_a_pattern_that_would_take_for_ever_is_refused_soon():
    with at_most(seconds=5), pytest.raises(DeskError, match="too long"):
        matches("a" * 5_000 + "!", Query(r"(?:a|aa)+$b", is_pattern=True))


@pytest.mark.parametrize("words", ["(", "[", "*", r"(?P<a", "\\"])
def test_a_wrong_pattern_is_refused_with_a_sentence(words):
    with pytest.raises(DeskError, match="cannot be read"):
        matches("text", Query(words, is_pattern=True))


def test_keys_of_sources_and_pictures_are_not_replaced():
    text = "Meman said so [@rashid-meman, Meman p. 3].\n\n![](image:meman)"
    query = Query("meman")
    made = replacements(text, query, "Memon", matches(text, query))
    for start, end, by in reversed(made):
        text = text[:start] + by + text[end:]
    assert text == "Memon said so [@rashid-meman, Memon p. 3].\n\n![](image:meman)"
