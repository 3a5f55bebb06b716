"""Who the versions of a story say changed it: what an approval signs and the page prints."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from make import content
from ovn_desk.domain.article import Revision
from ovn_desk.domain.evidence import Correction
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import credits_of

PEOPLE = {name: Staff(name, name.title(), Role.EDITOR) for name in ("rana", "ayesha", "bilal", "noor")}
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
FIRST = content(body="One.")
CORRECTED = (Correction("one", at="2026-11-28", said="One.", in_fact="Two."),)


def story(*versions):
    """The versions of a story, each (who, what they changed in the one before), the first by Rana."""
    made, text = [Revision("0", "story", FIRST, (), "rana", "desk", NOON)], FIRST
    for number, (who, changes) in enumerate(versions, 1):
        text = replace(text, **changes)
        parents, at = (made[-1].id,), NOON + timedelta(minutes=number)
        made.append(Revision(str(number), "story", text, parents, who, "desk", at))
    return made


def credited(revisions, approver="bilal"):
    return [(one.name, str(one.part)) for one in credits_of(revisions, revisions[-1].id, PEOPLE[approver], PEOPLE)]


@pytest.mark.parametrize(
    ("versions", "names"),
    [
        pytest.param([], [], id="nobody changed a word"),
        pytest.param([("rana", {"body": "Two."})], [], id="the reporter wrote on"),
        pytest.param([("ayesha", {"body": "Two."})], [("Ayesha", "edited")], id="one editor"),
        pytest.param(
            [("ayesha", {"body": "Two."}), ("bilal", {"headline": "Three"}), ("ayesha", {"body": "Four."})],
            [("Ayesha", "edited"), ("Bilal", "edited")],
            id="two editors, each once, in the order they began",
        ),
        pytest.param(
            [("ayesha", {"ednote": "Call her.", "tags": ("rail",), "category": "politics", "target_words": 600})],
            [],
            id="what readers do not read is no edit",
        ),
        pytest.param([("ayesha", {"images": (Image("unused", "ab" * 32),)})], [], id="a picture that is not shown"),
        pytest.param([("ayesha", {"byline": "R. Malik"})], [("Ayesha", "edited")], id="the byline is read"),
        pytest.param(
            [("ayesha", {"body": "Two."}), ("rana", {"body": "One."})], [], id="what was rejected whole is no edit"
        ),
        pytest.param(
            [("ayesha", {"body": "Two."}), ("rana", {"body": "One."}), ("bilal", {"body": "Three."})],
            [("Bilal", "edited")],
            id="one was rejected, another stayed",
        ),
        pytest.param(
            [("ayesha", {"body": "Two."}), ("bilal", {"corrections": CORRECTED}), ("noor", {"body": "Three."})],
            [("Ayesha", "edited"), ("Bilal", "corrected"), ("Noor", "corrected")],
            id="a correction, and who made it",
        ),
        pytest.param(
            [("ayesha", {"body": "Two."}), ("ayesha", {"corrections": CORRECTED})],
            [("Ayesha", "edited"), ("Ayesha", "corrected")],
            id="both by one person",
        ),
        pytest.param(
            [("rana", {"corrections": CORRECTED})], [], id="a reporter under another name is told by the byline alone"
        ),
        pytest.param(
            [("rana", {"byline": "Rana and Ali Raza"}), ("rana", {"corrections": CORRECTED})],
            [("Rana", "corrected")],
            id="a reporter under their own name is credited with the correction",
        ),
    ],
)
def test_each_is_credited_for_what_they_changed_and_the_approver_last(versions, names):
    assert credited(story(*versions)) == [*names, ("Bilal", "approved")]


def test_versions_beside_what_is_signed_name_nobody():
    made = story(("ayesha", {"body": "Two."}))
    beside = replace(made[-1], id="beside", by="noor", content=content(body="Three."))
    assert [one.name for one in credits_of([*made, beside], "1", PEOPLE["bilal"], PEOPLE)] == ["Ayesha", "Bilal"]


def test_of_two_versions_that_were_combined_both_editors_are_named_and_the_rule_is_not():
    (first,) = story()
    one, other = (
        replace(first, id=who, by=who, parents=("0",), content=content(body=f"{who}."), at=NOON + timedelta(minutes=at))
        for at, who in enumerate(("ayesha", "noor"), 1)
    )
    both = replace(
        first, id="both", by="bilal", device="combined/1", parents=("ayesha", "noor"), content=content(body="All.")
    )
    named = credits_of([both, other, one, first], "both", PEOPLE["bilal"], PEOPLE)
    assert [(one.name, one.part) for one in named] == [("Ayesha", "edited"), ("Noor", "edited"), ("Bilal", "approved")]


def test_the_order_in_which_versions_came_changes_nothing():
    made = story(("ayesha", {"body": "Two."}), ("bilal", {"body": "Three."}), ("noor", {"corrections": CORRECTED}))
    shown = {
        tuple(credits_of(order, "3", PEOPLE["bilal"], PEOPLE)) for order in (made, made[::-1], made[2:] + made[:2])
    }
    assert len(shown) == 1
