"""What is declared of AI: which declarations stand, and what the house may ask for."""

from dataclasses import replace

import pytest

from make import HOUSE, content
from ovn_desk.domain import checklist, parts
from ovn_desk.domain.ai_use import DECLARED_NONE, AiTask, AiUse, declaration_gap
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.redaction import redact

DEEPL = AiUse(AiTask.TRANSLATION, "DeepL", "first version")


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ((), ""),
        (DECLARED_NONE, ""),
        ((DEEPL,), ""),
        ((DEEPL, AiUse(AiTask.SUMMARY, "Claude")), ""),
        ((*DECLARED_NONE, DEEPL), "“none” and a use"),
        ((DEEPL, AiUse(AiTask.SUMMARY)), "summary: name the tool"),
    ],
)
def test_a_declaration_that_says_two_things_or_no_tool_can_not_stand(used, words):
    gap = str(declaration_gap(used) or "")
    assert words in gap
    assert bool(gap) == bool(words)


@pytest.mark.parametrize(
    ("level", "filing", "approval"), [("advice", False, False), ("approval", False, True), ("filing", True, True)]
)
def test_a_house_may_want_it_said(level, filing, approval):
    house = read_house(f'{HOUSE}\n[checklist]\nai-used = "{level}"\n')
    (found,) = (one for one in checklist.problems(content(), house) if one.rule == "ai-used")
    assert (found.blocks_filing, found.blocks_approval) == (filing, approval)
    said = checklist.problems(content(ai_used=DECLARED_NONE), house)
    assert all(not one.rule.startswith("ai-") for one in said)


def test_where_the_house_says_nothing_nobody_is_asked():
    assert all(one.rule != "ai-used" for one in checklist.problems(content(), read_house(HOUSE)))


def test_half_a_declaration_stops_approval_in_every_house():
    problems = checklist.problems(content(ai_used=(AiUse(AiTask.DRAFT),)), read_house(HOUSE))
    (found,) = (one for one in problems if one.rule == "ai-declaration")
    assert found.blocks_approval


def test_readers_may_see_all_of_it():
    assert redact(content(ai_used=(DEEPL,))).ai_used == (DEEPL,)


def test_each_task_is_one_thing_when_two_versions_meet():
    other = replace(DEEPL, what="headline only")
    assert parts.items_by_key("ai_used", (DEEPL,)).keys() == parts.items_by_key("ai_used", (other,)).keys()
