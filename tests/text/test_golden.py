"""The detector against the golden set: every claim a reader would mark, with the status it should have."""

import pytest

import goldens


def test_every_expected_claim_stands_in_its_piece():
    for name in goldens.names(held_out=False) + goldens.names(held_out=True):
        article = goldens.content(name)
        for entries in goldens.expected(name).values():
            for field, words, _ in entries:
                assert words in getattr(article, field).lower(), (name, words)


def test_half_of_the_pieces_are_held_out():
    assert len(goldens.HELD_OUT) == 10
    assert sum(name.startswith("ur") for name in goldens.HELD_OUT) == 3


@pytest.mark.parametrize("kind", goldens.KINDS)
def test_the_tuned_half_is_found_whole_and_nothing_else(kind):
    score = goldens.scores(goldens.names(held_out=False))[kind]
    assert (score.missed, score.extra, score.other_status) == ([], [], [])
