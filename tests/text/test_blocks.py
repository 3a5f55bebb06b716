from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import blocks


@given(st.text("ab \t\n", max_size=40))
def test_gaps_and_paragraphs_in_turn_are_the_text(text):
    found = blocks.split(text)
    assert len(found.gaps) == len(found.paragraphs) + 1
    assert found.gaps[0] + "".join(p + gap for p, gap in zip(found.paragraphs, found.gaps[1:], strict=True)) == text
    assert [text[start:end] for start, end in found.spans] == list(found.paragraphs)


@given(st.text("ab \t\n", max_size=40))
def test_gaps_are_empty_lines_and_paragraphs_have_none(text):
    found = blocks.split(text)
    assert all(not gap.strip() for gap in found.gaps)
    assert all(gap.count("\n") > 1 for gap in found.gaps[1:-1])
    assert all(line.strip() for paragraph in found.paragraphs for line in paragraph.split("\n"))
