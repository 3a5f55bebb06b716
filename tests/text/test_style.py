import re

import pytest
from hypothesis import given

from clock import at_most
from contents import CONTENTS
from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import Field
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.finding import ignore, standing_findings
from ovn_desk.text import style

RULES = style.rules()
SAD = '[[rules]]\nid = "sad"\npattern = \'\\bsad\\b\'\nmessage = "Sad?"\n'


def found(body, rules=RULES, **fields):
    return [one.rule for one in style.find(Content(body=body, **fields), rules)]


def test_there_are_rules_enough_and_each_says_why():
    assert sum("en" in rule.languages for rule in RULES.all) >= 60
    assert sum("ur" in rule.languages for rule in RULES.all) >= 25
    for rule in RULES.all:
        assert rule.suggestion, rule.id
        assert rule.owner, rule.id
        assert rule.reason, rule.id
        assert rule.source, rule.id
        assert "//" not in rule.source
        assert rule.pattern == rule.pattern.lower() or "\\W" in rule.pattern or "\\S" in rule.pattern


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("For conservative audiences, this is good news.", "en-audience"),
        ("Sources said the deal is off.", "en-sources-say"),
        ("It is believed that he left.", "en-it-is-believed"),
        ("It fell by half, according to estimates.", "en-estimates"),
        ("He slammed the court.", "en-slammed"),
        ("She admitted that she was late.", "en-admitted"),
        ("Two terrorists were seen.", "en-terrorist"),
        ("The soldier was martyred.", "en-martyred"),
        ("The Honourable Chief Justice spoke.", "en-honourable"),
        ("It opened recently.", "en-recently"),
        ("A massive crowd came.", "en-massive"),
        ("دو دہشت گرد دیکھے گئے۔", "ur-dehshatgard"),
        ("سپاہی شہید ہو گیا۔", "ur-shaheed"),
        ("ذرائع کے مطابق معاہدہ ختم ہو گیا۔", "ur-zaraye"),
        ("خیال کیا جاتا ہے کہ وہ چلے گئے۔", "ur-kaha-jata"),
        ("وہ مخالفین پر برس پڑے۔", "ur-baras"),
    ],
)
def test_the_desks_own_voice_is_read(body, rule):
    assert found(body) == [rule]


@pytest.mark.parametrize(
    "body",
    [
        "“The terrorists are gone,” he said.",
        "> The terrorists are gone. [@a]",
        "He was admitted to hospital.",
        "The tax regime is old.",
        "`terrorists` and [it](https://x.example/terrorists)",
        "اس نے کہا ”دہشت گرد بھاگ گئے“۔",
    ],
)
def test_quotations_code_and_addresses_are_not(body):
    assert found(body) == []


def test_a_paragraph_in_the_other_language_is_read_by_its_own_rules():
    assert found("دو دہشت گرد دیکھے گئے۔\n\nTwo terrorists came.", language="ur") == ["ur-dehshatgard", "en-terrorist"]


def test_a_finding_says_where_it_stands_and_what_to_write():
    one = style.find(Content(headline="A regime falls", body="Quiet.\n\nThe regime fell."), RULES)[1]
    assert (one.field, one.start, one.end, one.words) == (Field.BODY, 12, 18, "regime")
    assert one.message == "“regime” denies a government its standing."
    assert one.suggestion.startswith("Write government")
    assert one.sentence == "The regime fell."


def test_an_ignored_finding_comes_back_with_another_word_in_its_sentence():
    body = "The regime fell. It was a regime."
    first = style.find(Content(body=body), RULES)[0]
    waiver = ignore(first, by="Ayesha Khan", at="2025-07-20", reason="A term of law.")
    assert (waiver.rule, waiver.words) == ("en-regime", "The regime fell.")
    assert len(standing_findings(style.find(Content(body=body), RULES), [waiver])) == 1
    assert len(standing_findings(style.find(Content(body=f"New.\n\n{body}"), RULES), [waiver])) == 1
    assert len(standing_findings(style.find(Content(body="The old regime fell."), RULES), [waiver])) == 1


def test_a_house_adds_changes_and_takes_out_rules():
    text = f'{SAD}[[rules]]\nid = "en-regime"\nmessage = "No."\n[[rules]]\nid = "en-mob"\noff = true\n'
    made = style.rules(text)
    assert found("A sad mob of the regime.", made) == ["sad", "en-regime"]
    assert next(rule for rule in made.all if rule.id == "en-regime").message == "No."
    assert found("A sad mob of the regime.") == ["en-mob", "en-regime"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rules]\n", "house.toml is not valid TOML"),
        ("rules = 3", "house.toml: “rules” must be written as [[rules]] tables"),
        (SAD.replace("\\bsad\\b", "("), "house.toml, rule “sad”: “pattern” cannot be read"),
        (SAD.replace("\\bsad\\b", "x*"), "rule “sad”: “pattern” fits every text"),
        (SAD.replace("message", "mesage"), "rule “sad”: “mesage” is no part of a rule"),
        (SAD.replace('"Sad?"', "3"), "rule “sad”: “message” must be a text"),
        (SAD + 'languages = ["fr"]', "rule “sad”: “languages” must be a list of en and ur"),
        (SAD + "own_voice = 1", "rule “sad”: “own_voice” must be true or false"),
        ('[[rules]]\nid = "sad"\nmessage = "Sad?"', "rule “sad”: “pattern” is missing"),
        ('[[rules]]\npattern = "sad"\nmessage = "Sad?"', "rule “?”: “id” is missing"),
    ],
)
def test_a_broken_rule_is_named_by_file_rule_and_key(text, said):
    with pytest.raises(DeskError, match=re.escape(said)):
        style.rules(text)


@given(CONTENTS)
def test_any_content_is_read_and_words_are_where_they_are_said_to_be(content):
    captions = {image.key: image.caption for image in content.images}
    for one in style.find(content, RULES):
        text = captions[one.image] if one.field is Field.CAPTION else getattr(content, one.field)
        assert text[one.start : one.end] == one.words or len(captions) < len(content.images)


def test_no_rule_takes_long_over_a_hostile_paragraph():
    body = "the " * 5_000 + "according to " * 2_000
    with at_most(seconds=2):
        style.find(Content(body=body), RULES)
