"""A text under review as runs: each says which letters of the text it stands for, whatever is shown of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from make import content
from ovn_desk.text.changes import Mark, compare, compare_contents
from ovn_desk.ui.review.document import Composer, Look
from ovn_desk.ui.review.runs import Kind, read_paragraph
from ovn_desk.usecases.comparing import Review

_PARTS = st.sampled_from(
    ("words ", "**", "*", "## ", "- ", "1. ", "> ", "\n", "\n\n", "[@a]", " [@a, p. 3; @b]", "![](image:pump)", "\\$5")
)
_LETTERS = st.sampled_from(("لاکھ افراد ", "𝄞", "[words](https://a.example)", "[", "]", "@", " ", "Rs 1.5 billion"))
BODIES = st.lists(_PARTS | _LETTERS, max_size=12).map("".join)
NUMBERS = {"a": 1, "b": 2}


def runs_of(old, new):
    for paragraph in compare(old, new, part="body").paragraphs:
        yield from read_paragraph(paragraph, NUMBERS).runs


@given(BODIES, BODIES)
@example("A *b* c [@a].", "A *b* d [@a].")
def test_a_run_that_is_exact_is_the_letters_it_stands_for_and_no_two_stand_for_the_same(old, new):
    taken = 0
    for run in runs_of(old, new):
        if run.start is None:
            assert run.mark is Mark.REMOVED or not new
            continue
        assert run.start >= taken
        taken = run.start + run.length
        assert taken <= len(new)
        if run.is_exact and run.kind is Kind.WORDS:
            assert run.text == new[run.start : taken]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("It cost *5* [@a].", "It cost 51."),
        ("Both say so [@a; @b].", "Both say so1,2."),
        ("A star * alone.", "A star * alone."),
        ("- one\n- two", "• one\u2028• two"),
        ("## Next", "Next"),
        ("\\$5 and [words](https://a.example)", "$5 and words"),
        ("[@unknown]", "?"),
    ],
)
def test_marks_are_shown_as_what_they_mean(body, shown):
    assert "".join(run.text for run in runs_of(body, body)) == shown


@given(BODIES, BODIES, st.data())
def test_letters_that_are_found_in_the_document_are_found_again_from_it(qapp, old, new, data):
    changes = compare_contents(content(body=old), content(body=new))
    document = QTextDocument()
    plan = Composer(document, Review(None, None, changes, {}), Look()).compose()
    start = data.draw(st.integers(0, max(0, len(new) - 1)))
    end = data.draw(st.integers(start, len(new)))
    spans = plan.find_words("body", start, end)
    for low, high in spans:
        field, first, last = plan.find_place(low, high)
        assert (field, first < last) == ("body", True)
        assert first < end
        assert start < last
    if spans and all(one.is_exact for one in plan.segments if one.field == "body"):
        field, first, last = plan.find_place(spans[0][0], spans[-1][1])
        assert start <= first
        assert last <= end
