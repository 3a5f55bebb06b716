"""Line ends that a page does not show: what is found is what the page runs together, and what mends it parts it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.line_ends import joined_lines, split_joined_lines
from ovn_desk.text.render import render

WRAPPED = (
    "The board had met on Monday and put off every decision that\n"
    "was on its list, because four of its nine members had stayed\n"
    "away. They will meet again."
)
LINES = ["One word.", "Two", "", "", "## H", "  in", "a  ", "b\\", "***", "said:", "پانی۔"]
TEXTS = st.one_of(
    *(st.lists(st.sampled_from([*LINES, *more]), max_size=6) for more in (["- item", "1. item"], ["> q"]))
)


def mend(text, *, as_paragraphs):
    while found := next(joined_lines(text), None):
        for start, end, put in reversed(split_joined_lines(text, found.start, as_paragraphs=as_paragraphs)):
            text = f"{text[:start]}{put}{text[end:]}"
    return text


def run_together(text):
    """Lines of the written text that stand in one paragraph of its page without a break between them."""
    page = render(text).html
    no_list = re.findall(r"<br>\s*(?:- |1[.] )item", page)
    return [*no_list, *(part for part in re.split(r"\s*<[^>]*>\s*", page) if "\n" in part)]


@pytest.mark.parametrize(
    ("text", "paragraphs", "breaks"),
    [
        ("One.\nTwo.", "One.\n\nTwo.", "One.  \nTwo."),
        ("One.\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.  \nTwo.\n\nThree."),
        ("پہلا۔\nدوسرا۔", "پہلا۔\n\nدوسرا۔", "پہلا۔  \nدوسرا۔"),
        ("Roses are red\\\nViolets are blue", "Roses are red\n\nViolets are blue", "Roses are red  \nViolets are blue"),
        ("> One.\n> Two. [@a]", "> One.\n>\n> Two. [@a]", "> One.  \n> Two. [@a]"),
        ("> One. [@a]\nTwo.", "> One. [@a]\n\nTwo.", "> One. [@a]  \nTwo."),
        ("They said:\n- one\n- two", "They said:\n\n- one\n- two", "They said:\n\n- one\n- two"),
        ("- one\nTwo.", "- one\n\nTwo.", "- one  \nTwo."),
        ("![](image:k)\nTwo.", "![](image:k)\n\nTwo.", "![](image:k)\n\nTwo."),
        ("Trains:\n| a | b |\n|---|---|\n| 1 | 2 |",) + ("Trains:\n\n| a | b |\n|---|---|\n| 1 | 2 |",) * 2,
    ],
)
def test_lines_that_a_page_runs_together_are_parted(text, paragraphs, breaks):
    assert mend(text, as_paragraphs=True) == paragraphs
    assert mend(text, as_paragraphs=False) == breaks


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\nTwo.",
        "Roses are red  \nViolets are blue",
        "- one\n- two\n\n1. one\n2. two",
        "## Head\nText",
        "Term\n: meaning",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "    code\n    more",
        "> Words. [@a]\n> — Ayesha Khan",
        WRAPPED,
    ],
)
def test_what_nobody_meant_to_part_or_the_page_parts_is_left(text):
    assert not list(joined_lines(text))


@given(TEXTS.map("\n".join))
def test_what_is_found_is_what_the_page_runs_together_and_mending_parts_it(text):
    found = any(joined_lines(text))
    assert found == bool(run_together(text)), render(text).html
    assert not run_together(mend(text, as_paragraphs=True))
    words = re.findall(r"\w+|[-#>*]+", text)
    assert re.findall(r"\w+|[-#>*]+", mend(text, as_paragraphs=False)) == words or ">" in text
