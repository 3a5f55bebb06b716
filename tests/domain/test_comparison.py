"""A claim beside the passage of an excerpt that comes nearest to it: what differs is marked, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.comparison import compare_with_excerpt

LONG = (
    "The Board met in March. It took up staff, leave and pumps.\n\nAbout 40 per cent of the water is lost, it said. "
    "The Board will report again in May; 12 per cent of bills are unpaid. " + "Nothing else was on the list. " * 20
)


def marked(runs):
    return [run.words for run in runs if run.differs]


def whole(runs):
    return "".join(run.words for run in runs)


@pytest.mark.parametrize(
    ("words", "sentence", "excerpt", "in_claim", "in_excerpt"),
    [
        ("We go at dawn, all of us", "", "We shall go at dawn", ["all of us"], ["shall"]),
        ("35 per cent", "The board says 35 per cent of its water is lost.", LONG, ["35"], ["40"]),
        ("15 per cent", "Of bills, 15 per cent are unpaid.", LONG, ["15"], ["12"]),
        ("36", "It is 36 years old.", "It was built 35 years ago. Its pump is blue.", ["36"], ["35"]),
        ("36 per cent. The Board", "36 per cent. The Board", "It is 36 per cent; The Board", [], []),
        ("nobody pays for water", "", "He said: nobody should pay for water here", ["pays"], ["should pay"]),
        ("a word", "", "", ["a word"], []),
        ("", "", "Some words.", [], []),
    ],
)
def test_only_what_differs_is_marked(words, sentence, excerpt, in_claim, in_excerpt):
    found = compare_with_excerpt(words, excerpt, sentence=sentence)
    assert (marked(found.claim), marked(found.passage)) == (in_claim, in_excerpt)


def test_of_a_long_excerpt_the_passage_is_shown_with_some_words_round_it_exactly_as_it_is_written():
    found = compare_with_excerpt("35 per cent", LONG, sentence="The board says 35 per cent of its water is lost.")
    assert whole(found.passage) in LONG
    assert "pumps.\n\nAbout 40 per cent of the water is lost, it said." in whole(found.passage)
    assert len(whole(found.passage).split()) < 30
    assert found.is_cut == (True, True)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_claim_is_shown_exactly_and_an_excerpt_that_is_not_cut_too(words, excerpt):
    found = compare_with_excerpt(words, excerpt)
    assert whole(found.claim) == words
    assert found.is_cut != (False, False) or whole(found.passage) == excerpt
