from dataclasses import replace

import pytest

from make import HOUSE, content
from ovn_desk.domain import checklist
from ovn_desk.domain.evidence import Correction, CorrectionKind
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source, Terms

TRAIN = Image("train", alt="A train", credit="Ali Raza")
HOUSE_READ = read_house(HOUSE)
WRONG = Correction("c", CorrectionKind.CORRECTION, "2026-11-28", "in July", "in August")


def found(**changes):
    return {p.rule: p for p in checklist.problems(content(**changes), HOUSE_READ)}


def test_nothing_stands_in_the_way_of_an_article_in_order():
    assert not [p for p in found().values() if p.blocks_approval]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("headline", {"headline": " "}),
        ("body", {"body": ""}),
        ("category", {"category": ""}),
        ("category", {"category": "horoscopes"}),
        ("language", {"language": "fr"}),
        ("unknown-source", {"body": "Said [@nobody]."}),
        ("to-come", {"body": "The figure is TK."}),
        ("letters", {"body": "Lost \ufffd letter."}),
        ("letters", {"headline": "Turned \u202e round"}),
        ("off-record", {"sources": (Source("dawn-rail", name="A", terms=Terms.OFF_RECORD),)}),
        ("quotation-source", {"body": "> We will build it."}),
        ("table-caption", {"body": "| a | b |\n|---|---|\n| 1 | 2 |"}),
        ("table-caption", {"body": "Table: \n\n| a | b |\n|---|---|\n| 1 | 2 |"}),
        ("link-text", {"body": "See <https://x.example/a>."}),
        ("dead-link", {"body": "See [the plan](https://)."}),
        ("dead-link", {"body": "See [the plan]()."}),
        ("dead-link", {"body": "See [the plan](www.dawn.com)."}),
        ("dead-link", {"body": "See [the plan](https://https://dawn.com)."}),
        ("dead-link", {"body": "See [the plan](https://dawn)."}),
        ("dead-link", {"body": "See [the plan](https://dawn.com/a b)."}),
        ("dead-link", {"body": "See [the plan](mailto:nobody)."}),
        ("dead-link", {"body": "See [the plan][1].\n\n[1]: https://"}),
        ("dead-link", {"body": "See <https://>."}),
        ("dead-link", {"body": 'See <a href="https://">the plan</a>.'}),
        ("line-ends", {"body": "One.\nTwo."}),
        ("picture", {"body": "![A train](train.jpg)"}),
        ("picture", {"body": "![](https://x.example/train.jpg)"}),
        ("picture", {"body": '<img src="https://x.example/train.jpg">'}),
        ("picture", {"body": "![A train][1]\n\n[1]: train.jpg"}),
        ("unknown-image", {"body": "![](image:nobody)"}),
        ("alt-text", {"body": "![](image:train)", "images": (replace(TRAIN, alt=""),)}),
        ("image-credit", {"body": "![](image:train)", "images": (replace(TRAIN, credit=""),)}),
    ],
)
def test_what_stops_an_approval(rule, changes):
    assert found(**changes)[rule].blocks_approval


@pytest.mark.parametrize(
    "body",
    [
        "> We will build it. [@dawn-rail]",
        "Table: Trains\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nجدول: گاڑیاں",
        "```\n> a\n![x](y)\n```",
        "[The plan](https://x.example/a)",
        '[The plan](<https://x.example/a_(b)?c=d&e#f> "As it was") and [a page](/2026/07/rail.html).',
        "[The plan](https://خبر.پاکستان/a) and [by mail](mailto:desk@x.example), [by phone](tel:+92-21-111).",
        "[The plan][1] [@dawn-rail](as it was)\n\n[1]: https://x.example/a 'As it was'",
        "<!-- [none](https://)\nat all -->",
        "`[none](https://)` is how a link looks.",
        "STKS rose.",
    ],
)
def test_what_no_rule_of_the_text_has_anything_to_say_about(body):
    assert found(body=body).keys() <= {"unused-source"}  # a body here may cite nothing


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("standfirst", {"standfirst": ""}),
        ("byline", {"byline": ""}),
        ("unused-image", {"images": (Image("train"),)}),
    ],
)
def test_what_is_only_advice(rule, changes):
    assert not found(**changes)[rule].blocks_approval


@pytest.mark.parametrize("image", [TRAIN, replace(TRAIN, alt="", is_decorative=True)])
def test_a_picture_with_its_words_stands_in_nobodys_way(image):
    rules = found(body="![](image:train) [@dawn-rail]", images=(image,))
    assert not [p for p in rules.values() if p.blocks_approval or p.rule == "unused-image"]


def test_what_is_wrong_with_a_card_is_said_once_and_where():
    body = "One.\n\n![](image:train)\n\n![](image:train)"
    problems = checklist.problems(content(body=body, images=(Image("train"),)), HOUSE_READ)
    assert [(p.rule, p.line) for p in problems if p.line] == [("alt-text", 3), ("image-credit", 3)]


def test_a_place_is_given_as_line_and_column():
    problem = found(body="One.\n\nTwo 🚆 [@nobody].")["unknown-source"]
    assert (problem.line, problem.column) == (3, 7)


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"body": "They meet in July, we said [@dawn-rail]."}, True),
        ({"body": "They meet in August [@dawn-rail]."}, False),
        ({"corrections": (replace(WRONG, kind=CorrectionKind.CLARIFICATION),)}, False),
        ({"corrections": ()}, False),
    ],
)
def test_a_correction_that_the_text_does_not_make_stops_an_approval(changes, is_found):
    published = content(body="They meet in July [@dawn-rail].")
    now = replace(published, **{"corrections": (WRONG,)} | changes)
    facts = checklist.Found(published=published)
    assert ("correction" in {one.rule for one in checklist.problems(now, HOUSE_READ, facts)}) is is_found
    told = replace(published, corrections=now.corrections)
    assert "correction" not in {
        one.rule for one in checklist.problems(now, HOUSE_READ, checklist.Found(published=told))
    }


def test_each_word_that_is_to_come_is_told_with_the_words_beside_it():
    body = "The minister said on Monday that TK people were there.\n\nIt cost TK in all."
    said = [one.message for one in checklist.problems(content(body=body), HOUSE_READ) if one.of.name == "to-come"]
    assert said == [
        "TK is left in the copy (“…said on Monday that TK people were there.”): write what was to come.",
        "TK is left in the copy (“It cost TK in all.”): write what was to come.",
    ]
