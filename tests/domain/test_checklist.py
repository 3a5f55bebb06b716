import pytest

from make import HOUSE, content
from ovn_desk.domain import checklist
from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist import Found
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.fairness import reply_gap, slip_gaps, voices
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.levels import Level
from ovn_desk.domain.source import Source, SourceKind, Terms

UNNAMED = Source(
    "dawn-rail", SourceKind.PERSON, name="an official", terms=Terms.BACKGROUND, why_unnamed="Fears for his post."
)


def house(*lines):
    return read_house(
        "\n".join([*HOUSE.split("[[categories]]")[:1], "[checklist]", *lines, ""])
        + "".join(f"[[categories]]{part}" for part in HOUSE.split("[[categories]]")[1:])
    )


def problems(*lines, found=None, **changes):
    return {one.rule: one for one in checklist.problems(content(**changes), house(*lines), found)}


@pytest.mark.parametrize(
    ("level", "blocks"),
    [("advice", (False, False)), ("approval", (False, True)), ("filing", (True, True))],
)
def test_the_house_says_what_an_item_stops(level, blocks):
    one = problems(f'standfirst = "{level}"', standfirst="")["standfirst"]
    assert (one.blocks_filing, one.blocks_approval) == blocks


def test_an_item_that_is_off_is_not_shown():
    assert "standfirst" not in problems('standfirst = "off"', standfirst="")


def test_without_a_table_every_item_has_its_usual_level():
    usual = read_house(HOUSE).checklist
    assert all(rule.level_in(usual) is rule.level for rule in checklist.RULES)
    assert next(rule for rule in checklist.RULES if rule.name == "claims").level is Level.APPROVAL


@pytest.mark.parametrize(
    ("line", "rule", "changes", "words"),
    [
        ("headline_length = 10", "headline-length", {}, None),
        ("minimum_sources = 2", "sources", {}, None),
        ("words_min = 300", "length", {}, 20),
        ("words_max = 10", "length", {}, 20),
    ],
)
def test_the_house_sets_the_limits(line, rule, changes, words):
    assert rule in problems(line, found=Found(words=words), **changes)
    assert rule not in problems(found=Found(words=words), **changes)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('standfirst = "maybe"', "“standfirst” is “maybe”; it may be off, advice, approval, filing"),
        ('horoscope = "off"', "“horoscope” is no item"),
        ("words_min = -3", "“words_min” must be a whole number"),
        ("words_min = true", "“words_min” must be a whole number"),
    ],
)
def test_a_mistake_in_the_checklist_is_named(line, said):
    with pytest.raises(DeskError, match=f"line 10: {said}"):
        house(line)


def test_an_unnamed_source_that_is_cited_needs_its_slip():
    assert problems(sources=(UNNAMED,))["unnamed"].message == (
        "“an official” is not named to readers. Write down how they know, which editor knows who it is."
    )
    assert "unnamed" not in problems(sources=(UNNAMED,), body="It was not cited.")
    assert slip_gaps(Source("a", SourceKind.PERSON)) == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("Ali"), "has not been asked"),
        (Reply("Ali", asked_at="2025-07-01", deadline="2025-07-21"), "has until 2025-07-21"),
        (Reply("Ali", asked_at="2025-07-01", deadline="2025-07-19"), ""),
        (Reply("Ali", asked_at="2025-07-01"), ""),
        (Reply("Ali", answer="It is not so."), ""),
    ],
)
def test_who_is_criticised_is_asked_and_given_the_time_agreed(reply, said):
    assert said in str(reply_gap(reply, "2025-07-20") or "")
    assert bool(reply_gap(reply, "2025-07-20")) is bool(said)
    assert ("reply" in problems(found=Found(today="2025-07-20"), replies=(reply,))) is bool(said)


def test_comments_that_must_be_settled_stop_an_approval():
    assert problems(found=Found(must_fix=2))["comments"].blocks_approval


def test_voices_are_counted_by_kind_and_by_name():
    sources = (UNNAMED, Source("b", SourceKind.OUTLET), Source("c", SourceKind.DATASET), Source("d", SourceKind.PERSON))
    heard = voices(sources, {"dawn-rail", "b", "c"})
    assert (heard.named, heard.unnamed, heard.total) == (1, 1, 2)
    assert heard.by_kind == {SourceKind.PERSON: 1, SourceKind.OUTLET: 1}


def test_an_empty_article_is_answered_in_sentences():
    found = checklist.problems(Content(), house())
    assert {"headline", "body", "category"} <= {one.rule for one in found if one.blocks_approval}
    assert all(one.message.endswith(".") for one in found)
