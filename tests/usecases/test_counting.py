"""What the list counts of an article is what its check leaves to settle, for any text in any newsroom."""

import pytest
from hypothesis import HealthCheck, given, settings

from contents import CONTENTS
from effort import examples
from make import HOUSE, content
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.levels import Level
from ovn_desk.usecases import checking, commenting, housekeeping, writing

HOUSES = {
    "as shipped": "",
    "claims as advice": 'claims = "advice"',
    "style stops": 'style = "approval"',
    "lengths stop": 'length = "approval"\nwords_min = 12\nwords_max = 14',
    "comments as advice": 'comments = "advice"',
    "nothing stops": "\n".join(f'{rule} = "{Level.OFF}"' for rule in ("claims", "category", "comments", "alt-text")),
}
BODIES = {
    "in order": content().body,
    "claims": "They spent $2 billion on 14 lines.\n\n“We will,” the minister said.",
    "style": "For conservative audiences, the regime said so.",
    "empty": "",
}


def rows_and_checks(desk, article):
    with desk.store.read() as reading:
        return reading.row(article).problems, checking.checked_article(reading, article).to_settle


@pytest.mark.parametrize("house", HOUSES)
def test_the_list_counts_what_the_check_leaves(desk, house):
    table = f"[checklist]\n{HOUSES[house]}\n\n[[categories]]"
    housekeeping.change_house(desk.store, HOUSE.replace("[[categories]]", table, 1), by=desk.chief)
    awaited = Reply("The ministry", asked_at="2026-01-01", deadline="2099-01-01")
    for body in BODIES.values():
        for category in ("politics", ""):
            article = desk.draft(body=body, category=category, replies=(awaited,))
            commenting.comment(desk.store, article, "Check this.", by=desk.editor, must_fix=True)
            listed, checked = rows_and_checks(desk, article)
            assert listed == checked, (body, category)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTENTS)
def test_the_list_counts_what_the_check_leaves_of_any_text(desk, text):
    article = writing.start(desk.store, text, by=desk.reporter)
    listed, checked = rows_and_checks(desk, article)
    assert listed == checked
