import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain import workflow
from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.workflow import RULES, Event, State, Step, fold

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
REPORTER = Staff("rana", "Rana", Role.REPORTER)
OTHER = Staff("omar", "Omar", Role.REPORTER)
EDITOR = Staff("ayesha", "Ayesha", Role.EDITOR)
CHIEF = Staff("bilal", "Bilal", Role.CHIEF)


def revision(name="r1", parents=(), author="rana", minutes=0):
    return Revision(name, "a", Content(headline=name), parents, author, "d", NOON + timedelta(minutes=minutes))


def article(state, **changes):
    made = fold([revision()], [])
    return replace(made, state=state, holder=EDITOR.id if state is State.IN_REVIEW else None, **changes)


def event(number, step, *, after=(), by="ayesha", at=None, revision="r1"):
    moment = NOON + timedelta(minutes=number if at is None else at)
    return Event(f"e{number}", "a", step, revision, by, "d", moment, after=tuple(f"e{n}" for n in after))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_step_is_open_to_an_editor_in_exactly_the_states_of_the_table(step, state):
    refused = workflow.refusal(article(state), step, EDITOR)
    if state not in RULES[step].sources:
        assert "This article is" in refused
    elif step is Step.TAKE and state is State.IN_REVIEW:
        assert "already" in refused
    else:
        assert refused == ""


@pytest.mark.parametrize("step", Step)
def test_a_reporter_takes_only_the_steps_of_the_table(step):
    state = next(iter(RULES[step].sources))
    is_allowed = workflow.allowed(article(state), step, REPORTER)
    assert is_allowed == (Role.REPORTER in RULES[step].roles)
    if RULES[step].own:
        assert not workflow.allowed(article(state), step, OTHER)


@pytest.mark.parametrize("step", [step for step in Step if RULES[step].needs_reason])
def test_a_step_that_needs_a_reason_is_refused_without(step):
    state = next(iter(RULES[step].sources))
    with pytest.raises(StepRefused, match="reason"):
        workflow.check(article(state), step, EDITOR, reason="  ")
    workflow.check(article(state), step, EDITOR, reason="Because.")


def test_nobody_approves_their_own_story_not_even_the_chief():
    own = replace(article(State.IN_REVIEW), reporter=CHIEF.id, holder=CHIEF.id)
    assert "another editor" in workflow.refusal(own, Step.APPROVE, CHIEF)
    assert workflow.allowed(replace(own, holder=EDITOR.id), Step.APPROVE, EDITOR)


def test_only_who_took_it_approves():
    assert "somebody else has it" in workflow.refusal(article(State.IN_REVIEW), Step.APPROVE, CHIEF)


def test_retired_staff_do_nothing():
    assert workflow.refusal(article(State.IN_REVIEW), Step.RELEASE, replace(EDITOR, is_retired=True))


HISTORY = [
    event(1, Step.FILE, by="rana"),
    event(2, Step.TAKE, after=[1]),
    event(3, Step.APPROVE, after=[2]),
    event(4, Step.PUBLISH, after=[3]),
]


def test_a_history_adds_up_to_a_published_article():
    made = fold([revision()], HISTORY)
    assert made.state is State.PUBLISHED
    assert made.live_approval == HISTORY[2]
    assert made.first_published_at == HISTORY[3].at


def test_a_new_revision_voids_an_approval():
    made = fold([revision(), revision("r2", ("r1",), minutes=9)], HISTORY[:3])
    assert made.approval is None
    assert made.state is not State.APPROVED


def test_hold_then_spike_comes_back_to_where_it_was():
    steps = [
        HISTORY[0],
        event(2, Step.HOLD, after=[1]),
        event(3, Step.SPIKE, after=[2]),
        event(4, Step.RESTORE, after=[3]),
    ]
    assert fold([revision()], steps).state is State.FILED


@given(st.permutations(HISTORY), st.integers(0, 99))
def test_records_add_up_to_the_same_whatever_order_they_arrive_in(events, seed):
    revisions = [revision(), revision("r2", ("r1",), minutes=-5), revision("r3", ("r1",), minutes=7)]
    random.Random(seed).shuffle(revisions)
    assert fold(revisions, events) == fold(sorted(revisions, key=lambda r: r.id), HISTORY)


@given(st.permutations(HISTORY))
def test_a_clock_set_back_changes_no_order(events):
    wrong = [replace(e, at=NOON - timedelta(days=365)) if e.id == "e4" else e for e in events]
    assert [e.id for e in workflow.in_order(wrong)] == ["e1", "e2", "e3", "e4"]


def test_two_texts_with_one_parent_are_two_heads():
    made = fold([revision(), revision("r2", ("r1",), minutes=1), revision("r3", ("r1",), minutes=2)], [])
    assert made.heads == ("r3", "r2")
