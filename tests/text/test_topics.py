"""IPTC's topics by name, in both languages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk import assets
from ovn_desk.text import topics
from shared import shared


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("water", "medtop:20000437"),
        ("water supply", "medtop:20000270"),
        ("supply wat", "medtop:20000270"),
        ("WATER SUP", "medtop:20000270"),
        ("پانی", "medtop:20000437"),
        ("پانی کی فراہمی", "medtop:20000270"),
        ("پاني", "medtop:20000437"),  # typed with Arabic letters
        ("سیلاب", "medtop:20000154"),
        ("medtop:20000270", "medtop:20000270"),
        ("20000270", "medtop:20000270"),
        ("coup", "medtop:20000070"),
    ],
)
def test_a_topic_is_found_by_its_name(typed, code):
    assert topics.search(typed)[0].code == code


@pytest.mark.parametrize("typed", ["", "  ", "…", "zzzz", "medtop:1", "medtop:"])
def test_what_names_no_topic_finds_none(typed):
    assert topics.search(typed) == []


@given(st.text(max_size=30))
def test_any_search_finds_topics_that_may_be_chosen(typed):
    for topic in topics.search(typed):
        assert topics.find(topic.code) == topic
        assert topic.english


def test_a_name_is_in_the_language_asked_for_where_there_is_one():
    assert topics.name("medtop:20000270", "en") == "Water supply"
    assert topics.name("medtop:20000270", "ur") == "پانی کی فراہمی"
    assert topics.name("medtop:20000008", "ur") == "Ballet"
    assert topics.name("own", "en") == "own"
    assert topics.name("medtop:99999999", "en") == "medtop:99999999"


def test_the_seventeen_highest_topics_have_urdu_names():
    highest = [line.split("\t")[0] for line in assets.text("topics/media-topics.tsv").splitlines() if "\t\t\t" in line]
    assert len(highest) == 17
    assert all(topics.find(f"medtop:{code}").urdu for code in highest)


def test_every_topic_of_the_published_list_is_there_under_its_name():
    published = shared("iptc/mediatopics-2025-03-31.json")
    concepts = json.loads(published.read_text(encoding="utf-8"))["concepts"]
    for one in concepts:
        found = topics.find(one["qcode"])
        assert found.english.casefold() == " ".join(one["name"]["en-GB"].split()).casefold()
        assert found.is_retired == bool(one["retired"])
    assert not any(topic.is_retired for topic in topics.search("prime", limit=2000))
