"""The checklist that people read: its page of docs and the sample house are made from the rules, and are up to date."""

import re
import runpy
from pathlib import Path

from make import content
from ovn_desk import assets
from ovn_desk.domain import checklist
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.levels import Level
from ovn_desk.text import style

DOCS = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "checklist.py"))
SAMPLE = (assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")


def uncommented(text):
    """The sample house with everything in it that is written as a comment and is TOML."""
    return re.sub(r"(?m)^# (?=\[\[rules\]\]$|[a-z_-]+ = )", "", text)


def test_the_page_and_the_sample_house_are_as_make_docs_writes_them():
    assert DOCS["PAGE"].read_text(encoding="utf-8") == DOCS["page"]()
    assert DOCS["sample"](SAMPLE) == SAMPLE


def test_the_sample_house_with_all_of_it_is_the_house_without():
    text = uncommented(SAMPLE)
    house, plain = read_house(text), read_house(SAMPLE)
    assert {rule.name: rule.level_in(house.checklist) for rule in checklist.RULES} == {
        rule.name: rule.level_in(plain.checklist) for rule in checklist.RULES
    }
    assert house.checklist.limits == plain.checklist.limits
    assert set(house.checklist.levels) == {rule.name for rule in checklist.RULES if rule.house_may_change}
    assert house.is_strict is False
    known = {rule.id: rule for rule in style.rules(text).all}
    assert "house-currency" in known
    assert "en-regime" not in known


def test_a_house_file_with_the_old_names_says_the_same():
    old = SAMPLE.replace("[checklist]", '[checklist]\nalt = "advice"\ncredit = "off"\nlinks = "filing"')
    assert read_house(old).checklist.levels == {
        "alt-text": Level.ADVICE,
        "image-credit": Level.OFF,
        "link-text": Level.FILING,
        "ai-used": Level.ADVICE,
    }


def test_names_of_rules_are_one_each_and_a_problem_has_that_of_its_rule():
    names = [rule.name for rule in checklist.RULES]
    assert sorted(names) == sorted(set(names))
    found = checklist.problems(content(headline="", body="TK [@nobody] ![](a.jpg)"), read_house(SAMPLE))
    assert len(found) > 4
    assert all(problem.of in checklist.RULES for problem in found)
