import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import plain
from ovn_desk.text.render import render


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One & two.\n\n## Then\n\nThree.", "One & two.\n\nThen\n\nThree."),
        ("- a\n- b", "a\nb"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A\tB\n1\t2"),
        ("Cited [@dawn].", "Cited."),
    ],
)
def test_blocks_are_lines(markdown, text):
    assert plain.from_html(render(markdown, ["dawn"]).html) == text


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=30))
def test_no_word_is_lost(words):
    assert plain.from_html(render("\n\n".join(words)).html).split() == words
