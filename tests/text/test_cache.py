"""What is remembered of texts: the newest, up to a length, and never the wrong one."""

from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text.cache import LETTERS, Cached, TextCache


def test_a_paragraph_that_grows_key_by_key_fills_no_more_than_its_room():
    reads = Cached(str.split)
    text = "A paragraph of some length, as reporters write them. " * 8
    for number in range(50_000):
        reads(f"{text}{number}")
    assert len(reads.known) * len(text) <= 2 * LETTERS


def test_a_long_text_whose_paragraphs_come_again_and_again_is_made_once():
    made = []
    reads = Cached(lambda text: made.append(text) or len(text))
    paragraphs = [f"{number} " + "word " * 50 for number in range(1_000)]
    for key in range(20):
        for paragraph in (*paragraphs, f"typed {key}"):
            assert reads(paragraph) == len(paragraph)
    assert len(made) == 1_020


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 3)), max_size=200))
def test_what_is_given_is_what_the_function_gives(calls):
    def function(text, number):
        return text * number + "."

    known = Cached(function)
    known.known = TextCache(1_000)
    assert [known(*call) for call in calls] == [function(*call) for call in calls]
