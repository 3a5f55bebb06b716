"""What is left to settle, in at most five lines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from make import DAWN, HOUSE, content
from ovn_desk.domain import checklist
from ovn_desk.domain.checklist import MOST_LINES, RULES, Found, count_to_settle, held_line, list_blocking, summarise
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.image import Image
from ovn_desk.domain.levels import Level
from ovn_desk.domain.source import Terms
from ovn_desk.messages import Message
from ovn_desk.usecases.checking import check_content

HOUSE_READ = read_house(HOUSE)
STORED = replace(DAWN, key="report", excerpts=("The repair cost Rs 1.2 billion in 2024.",))
DIFFERS = "1 figure differs from its source “Rs 1.5 billion”, stored: Rs 1.2 billion"
NO_EXCERPT = replace(DAWN, key="bare", excerpts=())


def lines(**changes):
    made = content(**changes)
    return summarise(check_content(made, HOUSE_READ).problems, made)


def said(line):
    return " ".join(str(part) for part in (line.said, line.words) if part)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"body": "It cost Rs 1.5 billion [@report]."}, DIFFERS),
        ({"body": "Some 12 cows and 14 sheep."}, "2 figures have no source"),
        ({"body": "Some 12 cows died."}, "1 figure has no source “12”"),
        ({"body": "Some 12 cows died [@bare]."}, "1 figure is cited, but its source has no excerpt “12”"),
        ({"body": "“We will,” he said."}, "1 quotation has no source “We will,”"),
        ({"category": ""}, "Choose a category."),
        ({"headline": " "}, "Give the article a headline."),
        ({"body": "A [@gone] B [@gone]."}, "2 citations name no source"),
        ({"replies": (Reply("A"), Reply("B"))}, "2 replies are still open"),
        ({"body": "![](image:pump)", "images": (Image("pump"),)}, "1 picture has no alt text “pump”"),
        ({"body": "TK and TK"}, "2 TKs are left in the copy"),
    ],
)  # fmt: skip
def test_what_is_open_is_said_by_kind(changes, expected):
    assert expected in [said(line) for line in lines(**{"sources": (DAWN, STORED, NO_EXCERPT), **changes})]


def test_what_is_in_order_stands_in_one_line_and_advice_in_another():
    made = lines(body="The minister said so.\n\nThe mayor said so.\n\nAll [@dawn-rail].", byline="")
    assert [said(line) for line in made] == [
        "Nothing stands in the way.",
        "category, headline, standfirst, sources",
        "Say who wrote it: the byline is empty.",
        "2 attributions without a citation, as advice",
    ]
    assert [line.level for line in made] == [None, None, Level.ADVICE, Level.ADVICE]


def test_advice_of_several_kinds_is_one_line_where_there_is_no_room():
    made = lines(body="TK A [@gone]. 12 cows.\n\nThe minister said so.\n\nThe mayor said so.", byline="", category="")
    assert len(made) == MOST_LINES
    assert said(made[-1]).startswith("2 attributions without a citation and ")
    assert made[-1].level is Level.ADVICE


def test_advice_of_one_kind_says_what_it_is():
    made = lines(body="The minister said so.\n\nThe mayor said so.\n\nAll [@dawn-rail].")
    assert said(made[-1]) == "2 attributions without a citation, as advice"
    only = [one for one in check_content(content(byline=""), HOUSE_READ).problems if one.rule == "byline"]
    assert said(summarise(only, content())[-1]) == "Say who wrote it: the byline is empty."


MESSY = CONTENTS.map(
    lambda made: replace(
        made,
        body=made.body + "\n\nThey spent $2 billion. TK ![](image:none) <https://a.example> [@gone]\n\n> Words.",
        sources=tuple(replace(source, terms=Terms.BACKGROUND) for source in made.sources),
    )
)


@given(st.one_of(CONTENTS, MESSY), st.integers(0, 3), st.integers(0, 3))
def test_five_lines_hold_every_problem_once(made, must_fix, undecided):
    problems = check_content(made, HOUSE_READ, must_fix=must_fix, undecided=undecided).problems
    summary = summarise(problems, made)
    assert len(summary) <= MOST_LINES
    held = [problem for line in summary for problem in line.problems]
    assert sorted(map(id, held)) == sorted(map(id, problems))
    blocking = [line for line in summary if line.level in {Level.FILING, Level.APPROVAL}]
    assert sum(one.count for line in blocking for one in line.problems) == count_to_settle(problems)


@given(st.one_of(CONTENTS, MESSY))
def test_every_line_has_a_sentence(made):
    for line in summarise(check_content(made, HOUSE_READ).problems, made):
        assert str(line.said) != line.said.code


def test_what_stops_filing_comes_first():
    made = lines(headline="", category="", body="Some 12 cows died.")
    assert [line.level for line in made[:2]] == [Level.FILING, Level.APPROVAL]


def test_every_rule_that_may_find_several_has_a_sentence_that_counts_them():
    whole = {"headline", "headline-length", "body", "standfirst", "category", "language", "byline", "ai-used"}
    whole |= {"ai-declaration", "length", "sources", "comments", "suggestions", "claims", "advice"}
    for rule in RULES:
        code = f"open-{rule.name}"
        assert rule.name in whole or str(Message(code, count=2)) != code, rule.name


def test_the_place_of_the_first_problem_is_where_a_line_leads():
    made = content(body="Nothing.\n\nSome 12 cows died.\n\nThen 14 more.")
    (figures,) = [line for line in summarise(check_content(made, HOUSE_READ).problems, made) if "figures" in said(line)]
    assert [problem.line for problem in figures.problems] == [3, 5]
    assert checklist.problems(made, HOUSE_READ, Found()) is not None


@pytest.mark.parametrize("empty", [{}, {"standfirst": ""}, {"standfirst": "", "byline": "", "sources": ()}])
def test_nothing_that_is_not_there_is_said_to_be_in_order(empty):
    """Also where the newsroom asks for none of it, so that no rule finds it missing."""
    names = str(held_line((), content(**{"byline": "Rana Malik", "sources": (DAWN,), **empty})).said)
    assert [name for name in ("category", "standfirst", "byline", "sources") if name not in names] == list(empty)


def test_what_stands_in_the_way_is_listed_whole_and_what_is_untrue_comes_first():
    made = content(
        category="",
        body="The town spent $2 million and $3 million.\n\n“We will not sell the port,” she said [@report].",
        sources=(STORED,),
    )
    problems = check_content(made, HOUSE_READ, must_fix=1).problems
    assert [said(line).partition(" (")[0].partition(" “")[0] for line in list_blocking(problems)] == [
        "1 quotation differs from its source",
        "One comment must be settled before approval.",
        "2 figures have no source",
        "Choose a category.",
    ]


@given(st.one_of(CONTENTS, MESSY), st.integers(0, 3), st.integers(0, 3))
def test_the_list_of_what_stands_in_the_way_leaves_nothing_out(made, must_fix, undecided):
    problems = check_content(made, HOUSE_READ, must_fix=must_fix, undecided=undecided).problems
    listed = [one for line in list_blocking(problems) for one in line.problems]
    assert sorted(map(id, listed)) == sorted(id(one) for one in problems if one.blocks_approval)


def test_sources_are_not_in_order_while_a_figure_rests_on_none():
    made = content(body="The town spent $2 million.", sources=(STORED,), byline="Rana Malik")
    assert "sources" not in str(held_line(check_content(made, HOUSE_READ).problems, made).said)
