"""Where *Cite…* puts its mark: at the end of the claim's sentence, before the full stop, behind a closing quotation."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import citation_to_insert
from ovn_desk.domain.claim import CHECKED, ClaimKind
from ovn_desk.text import claims

# Sentences with one figure each, in the middle, at the end and at the beginning; and where its mark has to stand.
FIGURES = ["half of the pumps", "Rs3.4 billion", "two-thirds of all homes", "12.5%", "five days", "one in five schools"]
ENGLISH = ["The board lost {} by May{}", "{} went in a week{}", "It took {}{}", "He said (as in {}) it was so{}"]
URDU = ["بورڈ نے {} کھو دیے{}", "{} ایک مہینے میں گئے{}", "کل {}{}"]
URDU_FIGURES = ["ڈیڑھ کروڑ روپے", "ایک تہائی", "۴۰ فیصد", "تین سو افراد"]
ENDS, URDU_ENDS = [".", "!", "?", "…", "", ":"], ["۔", "؟", ""]
SENTENCES = [
    *((form.format(figure, "|") + end).replace("( ", "(") for form, figure, end in product(ENGLISH, FIGURES, ENDS)),
    *(form.format(figure, "|") + end for form, figure, end in product(URDU, URDU_FIGURES, URDU_ENDS)),
    "The minister said: “We lost half of the pumps in May.”|",
    "“We lost them,” he told 5,000 people|.",
    "It fell by half of 300 and “no more”|.",
    "**It took five days.**|",
    "It took five days [@a]|.",
    "It took five days. [@a]|",
    "It took five days, says [the plan](https://dawn.com/a.html)|.",
]
# Nothing that would begin another sentence, or end this one, for a reader either.
AROUND = ["All is well.", "She left (in May)!", "سب ٹھیک ہے۔", "Mr. Khan saw it.", ""]


def cite(body, claim):
    """The body with the mark where the window puts it: at a place of a line."""
    place = claims.citing_place(body, claim)
    first = body.rfind("\n", 0, place) + 1
    line = body[first:].partition("\n")[0]
    at, words = citation_to_insert(line, place - first, "k")
    return f"{body[: first + at]}{words}{body[first + at :]}"


@given(
    st.sampled_from(SENTENCES),
    st.sampled_from(AROUND),
    st.sampled_from(AROUND),
    st.sampled_from(["", "- ", "Other.\n\n"]),
)
def test_a_claim_is_cited_at_the_end_of_its_sentence(marked, before, after, opening):
    sentence = marked.replace("|", "")
    has_end = sentence[-1] in ".!?…۔؟”*]"
    body = opening + " ".join(part for part in (before, sentence, after if has_end else "") if part)
    found = [one for one in claims.find(Content(body=body)) if one.kind in CHECKED]
    assert found, body
    for claim in found[-1:]:
        assert cite(body, claim) == body.replace(sentence, marked.replace("|", " [@k]"), 1)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_no_claim_is_ever_cut_in_two_and_each_is_settled_by_its_mark(marked):
    body = " ".join(one.replace("|", "") for one in marked)
    for claim in claims.find(Content(body=body)):
        if claim.kind in CHECKED:
            made = cite(body, claim)
            assert claim.words in made
            again = [one for one in claims.find(Content(body=made)) if one.kind == claim.kind]
            assert any(one.words == claim.words and "k" in one.cited for one in again)


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("“No water,” she said of half of the wells.", "“No water,” [@k] she said of half of the wells."),
        ("> We lost five days.\n> — A man", "> We lost five days [@k].\n> — A man"),
        ("اس نے کہا: “پانی نہیں ہے۔” وہ گیا۔", "اس نے کہا: “پانی نہیں ہے۔” [@k] وہ گیا۔"),
    ],
)
def test_a_quotation_is_cited_behind_its_marks(body, made):
    quoted = next(one for one in claims.find(Content(body=body)) if one.kind is ClaimKind.QUOTATION)
    assert cite(body, quoted) == made


def test_a_figure_in_a_table_is_cited_in_its_cell():
    body = "Table: Pumps\n\n| town | dry |\n|---|---|\n| Thatta | 40% |\n| Badin | 12% |"
    first = next(one for one in claims.find(Content(body=body)) if one.kind is ClaimKind.FIGURE)
    assert cite(body, first).splitlines()[4] == "| Thatta | 40% [@k] |"


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("It cost 450 million, she said\n## Losses of 2024", "It cost 450 million, she said [@k]\n## Losses of 2024"),
        ("It cost 450 million.\n## Losses\nAnd more.", "It cost 450 million [@k].\n## Losses\nAnd more."),
        ("## Losses\nIt cost 450 million.", "## Losses\nIt cost 450 million [@k]."),
        ("اس پر 450 ملین لگے\n### نقصان", "اس پر 450 ملین لگے [@k]\n### نقصان"),
    ],
)
def test_a_heading_without_an_empty_line_is_no_part_of_the_paragraph_beside_it(body, made):
    figure = next(one for one in claims.find(Content(body=body)) if one.kind is ClaimKind.FIGURE)
    assert cite(body, figure) == made
