import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain import workflow
from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.standing import NOBODY, Standing
from ovn_desk.domain.workflow import RULES, Address, Event, Override, State, Step
from ovn_desk.messages import Message

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
REPORTER = Staff("rana", "Rana", Role.REPORTER)
OTHER = Staff("omar", "Omar", Role.REPORTER)
EDITOR = Staff("ayesha", "Ayesha", Role.EDITOR)
CHIEF = Staff("bilal", "Bilal", Role.CHIEF)
EVERYBODY = {person.id: person for person in (REPORTER, OTHER, EDITOR, CHIEF)}


def judge(record):
    """Whose record it is, by a roster that never changes."""
    if record.by not in EVERYBODY:
        return Standing(NOBODY, "Nobody knows them.")
    return Standing(EVERYBODY[record.by])


def fold(revisions, events, **options):
    return workflow.fold(revisions, events, judge, **options)


def revision(name="r1", parents=(), by="rana", minutes=0, after=()):
    at = NOON + timedelta(minutes=minutes)
    return Revision(name, "a", Content(headline=name), parents, by, "d", at, after=tuple(f"e{n}" for n in after))


def article(state, **changes):
    made = fold([revision()], [])
    return replace(made, state=state, holder=EDITOR.id if state is State.IN_REVIEW else None, **changes)


def event(number, step, *, after=(), by="ayesha", at=None, revision="r1"):
    moment = NOON + timedelta(minutes=number if at is None else at)
    said = {"reason": "Why."} if step in RULES and RULES[step].needs_reason else {}
    said |= {"digest": "d", "proof": "p"} if step is Step.APPROVE else {}
    return Event(f"e{number}", "a", step, revision, by, "d", moment, after=tuple(f"e{n}" for n in after), **said)


def standing(step, state):
    """An article in a state, live or not as the step's rule asks."""
    live = event(0, Step.PUBLISH) if RULES[step].live else None
    return replace(article(state), published=live)


@pytest.mark.parametrize("step", RULES)
@pytest.mark.parametrize("state", State)
def test_a_step_is_open_to_an_editor_in_exactly_the_states_of_the_table(step, state):
    refused = str(workflow.refusal(standing(step, state), step, EDITOR) or "")
    if state not in RULES[step].sources:
        assert "This article is" in refused
    elif step is Step.TAKE and state is State.IN_REVIEW:
        assert "already" in refused
    else:
        assert refused == ""


@pytest.mark.parametrize("step", RULES)
def test_a_reporter_takes_only_the_steps_of_the_table(step):
    state = min(RULES[step].sources)
    is_allowed = workflow.may_take_step(standing(step, state), step, REPORTER)
    assert is_allowed == (Role.REPORTER in RULES[step].roles)
    if RULES[step].own:
        assert not workflow.may_take_step(standing(step, state), step, OTHER)


@pytest.mark.parametrize("step", [step for step in RULES if RULES[step].live is not None])
def test_what_readers_have_is_withdrawn_and_what_they_never_had_is_spiked(step):
    has = replace(article(State.FILED), published=event(0, Step.PUBLISH))
    never = article(State.FILED)
    right, wrong = (has, never) if step is Step.WITHDRAW else (never, has)
    assert workflow.may_take_step(right, step, EDITOR)
    assert not workflow.may_take_step(wrong, step, EDITOR)


@pytest.mark.parametrize("step", [step for step in RULES if RULES[step].stays and step is not Step.MOVE])
def test_what_is_said_or_planned_moves_no_article(step):
    assert fold([revision()], [*HISTORY[:2], event(3, step, after=[2])]).state is State.IN_REVIEW
    assert fold([revision()], [*HISTORY[:2], event(3, step, after=[2])]).newest == ("e3",)


@pytest.mark.parametrize("step", [step for step in RULES if RULES[step].needs_reason])
def test_a_step_that_needs_a_reason_is_refused_without(step):
    state = min(RULES[step].sources)
    with pytest.raises(StepRefused, match="reason"):
        workflow.check(standing(step, state), step, EDITOR, reason="  ")
    workflow.check(standing(step, state), step, EDITOR, reason="Because.")


def test_nobody_approves_their_own_story_not_even_the_chief():
    own = replace(article(State.IN_REVIEW), reporter=CHIEF.id, holder=CHIEF.id)
    assert "another editor" in str(workflow.refusal(own, Step.APPROVE, CHIEF))
    assert workflow.may_take_step(replace(own, holder=EDITOR.id), Step.APPROVE, EDITOR)


def test_only_who_took_it_approves():
    assert "somebody else has it" in str(workflow.refusal(article(State.IN_REVIEW), Step.APPROVE, CHIEF))


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
    revisions = [revision(), revision("r2", ("r1",), minutes=1), revision("r3", ("r1",), by="bilal", minutes=7)]
    random.Random(seed).shuffle(revisions)
    assert fold(revisions, events) == fold(sorted(revisions, key=lambda r: r.id), HISTORY)


@given(st.permutations(HISTORY))
def test_a_clock_set_back_changes_no_order(events):
    wrong = [replace(e, at=NOON - timedelta(days=365)) if e.id == "e4" else e for e in events]
    assert [e.id for e in workflow.topological_order(wrong)] == ["e1", "e2", "e3", "e4"]


def test_two_texts_with_one_parent_are_two_heads():
    made = fold([revision(), revision("r2", ("r1",), minutes=1), revision("r3", ("r1",), minutes=2)], [])
    assert made.heads == ("r3", "r2")


def test_in_a_strict_house_who_wrote_any_of_it_since_the_last_approval_does_not_approve():
    edited = [revision(), revision("r2", ("r1",), by="ayesha", minutes=3)]
    steps = [*HISTORY[:2], event(3, Step.TAKE, after=[2], at=4)]
    assert workflow.may_take_step(fold(edited, steps), Step.APPROVE, EDITOR)
    strict = fold(edited, steps, strict=True)
    assert "another editor has to approve" in str(workflow.refusal(strict, Step.APPROVE, EDITOR))
    assert workflow.may_take_step(replace(strict, holder=CHIEF.id), Step.APPROVE, CHIEF)
    approved = event(5, Step.APPROVE, after=[3], by="bilal", revision="r2")
    again = fold(edited, [*steps, approved, event(6, Step.SEND_BACK, after=[5])], strict=True)
    assert again.writers == frozenset()


def test_a_recalled_correction_is_open_for_correction_and_not_a_draft():
    steps = [
        *HISTORY,
        event(5, Step.CORRECT, after=[4]),
        event(6, Step.FILE, after=[5]),
        event(7, Step.RECALL, after=[6]),
    ]
    assert fold([revision()], steps).state is State.CORRECTING


def test_what_a_newer_desk_wrote_is_kept_and_closes_approval_and_export():
    steps = [*HISTORY[:2], event(3, Step.NEWER, after=[2])]
    made = fold([revision()], steps)
    assert (made.state, made.newer) == (State.IN_REVIEW, ("e3",))
    assert "newer desk" in str(workflow.refusal(made, Step.APPROVE, EDITOR))
    assert workflow.may_take_step(made, Step.SEND_BACK, EDITOR)


def test_the_newest_plan_and_assignment_hold():
    def noted(number, step, details):
        return replace(event(number, step, after=[number - 1]), details=details)

    steps = [
        noted(1, Step.ASSIGN, Assignment("omar", "Rail", "2026-11-25T10:00:00+00:00", 600)),
        noted(2, Step.ASSIGN, Assignment("rana")),
        noted(3, Step.PLAN, Plan(embargo_until="2026-11-26T10:00:00+00:00")),
    ]
    made = fold([revision()], steps)
    assert (made.assignment, made.plan) == (Assignment("rana"), steps[2].details)
    assert fold([revision()], [*steps, noted(4, Step.ASSIGN, Assignment(""))]).assignment is None


def test_what_a_person_last_saw_is_their_newest_reading():
    reading = [event(1, Step.READ), event(2, Step.READ, after=[1], revision="r2"), event(3, Step.READ, by="rana")]
    assert workflow.last_seen(reading, EDITOR.id) == "r2"
    assert workflow.last_seen(reading, CHIEF.id) is None


def counted(revisions, events):
    """Which of these move the article, by their ids, and why others do not."""
    made = fold(revisions, events)
    return made, {one.id: str(one.why) for one in made.uncounted}


@pytest.mark.parametrize("step", RULES)
@pytest.mark.parametrize("by", ["rana", "omar", "ayesha", "bilal", "nobody"])
@pytest.mark.parametrize("length", range(5))
def test_a_step_that_its_maker_might_not_take_there_moves_nothing(step, by, length):
    """By a table of its own: what each may do with Rana's story after it was filed, taken, approved and exported."""
    desk = {"ayesha", "bilal"}
    free = {Step.COMMENT, Step.REPLY, Step.RESOLVE, Step.REOPEN, Step.READ}
    may = {
        0: {Step.FILE: {"rana"} | desk},
        1: {Step.RECALL: {"rana"} | desk, Step.TAKE: desk, Step.SEND_BACK: desk},
        2: {Step.TAKE: desk, Step.RELEASE: desk, Step.SEND_BACK: desk, Step.APPROVE: desk},
        3: {Step.SEND_BACK: desk, Step.PUBLISH: desk},
        4: {Step.PUBLISH: desk, Step.CORRECT: {"rana", "omar"} | desk, Step.WITHDRAW: desk},
    }[length]
    may |= {one: {"rana", "omar"} | desk for one in free}
    if length < 4:
        may |= {Step.HOLD: desk, Step.SPIKE: desk, Step.DECIDE: {"rana"} | desk, Step.PLAN: desk}
        may[Step.ASSIGN] = {"rana", "omar"} | desk
    made, why = counted([revision()], [*HISTORY[:length], event(9, step, after=[length] if length else [], by=by)])
    assert ("e9" not in why) == (by in may.get(step, set()))
    if "e9" in why:
        assert made.state is (State.DRAFT, State.FILED, State.IN_REVIEW, State.APPROVED, State.PUBLISHED)[length]
        assert "e9" not in made.newest


def test_only_whose_text_would_count_may_open_a_story_for_correction():
    """Found by a random history: a reporter opened a colleague's story, and the correction never counted."""
    made, _ = counted([revision()], HISTORY)
    assert made.state is State.PUBLISHED
    omar, rana = (Staff(name, name.title(), Role.REPORTER) for name in ("omar", "rana"))
    assert "somebody else's" in str(workflow.refusal(made, Step.CORRECT, omar))
    assert workflow.may_take_step(made, Step.CORRECT, rana)
    assert workflow.may_take_step(made, Step.CORRECT, EDITOR)


def test_a_text_by_a_stranger_or_on_anothers_story_is_no_head():
    stranger, other = revision("r2", ("r1",), by="nobody"), revision("r3", ("r1",), by="omar")
    late = revision("r4", ("r1",), after=[1], minutes=5)
    made, why = counted([revision(), stranger, other, late], HISTORY[:1])
    assert made.heads == ("r1",)
    assert set(why) == {"r2", "r3", "r4"}
    assert "waits to be read" in why["r4"]


def test_a_text_that_was_written_apart_from_what_the_desk_did_is_kept():
    made, why = counted([revision(), revision("r2", ("r1",), minutes=5)], HISTORY[:2])
    assert (made.heads, why) == (("r2",), {})


def test_a_step_that_another_desk_left_no_room_for_comes_too_late_and_is_no_forgery():
    apart = [*HISTORY[:2], event(3, Step.HOLD, after=[2]), event(4, Step.APPROVE, after=[2], by="bilal")]
    made = fold([revision()], apart)
    assert made.state is State.HELD
    ((late, why, is_forged),) = made.uncounted
    assert (late, "is held" in str(why), is_forged) == ("e4", True, False)


def test_what_was_exported_stays_out_whatever_was_done_apart_from_it():
    edited = [revision(), revision("r2", ("r1",), by="ayesha", minutes=3.5, after=[3])]
    made = fold(edited, HISTORY)
    assert (made.state, made.is_live, made.live_approval) == (State.IN_REVIEW, True, HISTORY[2])


def test_only_a_chief_passes_over_the_checks():
    over = replace(HISTORY[2], details=Override(("claims",)))
    assert "without being a chief" in counted([revision()], [*HISTORY[:2], over])[1]["e3"]
    assert counted([revision()], [*HISTORY[:2], replace(over, by="bilal")])[1] == {}


def test_an_export_of_what_nobody_approved_is_none():
    events = [*HISTORY[:3], event(4, Step.PUBLISH, after=[3], revision="r2")]
    made, why = counted([revision(), revision("r2", ("r1",), by="ayesha", minutes=3.5, after=[3])], events)
    assert (made.is_live, set(why)) == (False, {"e4"})


def test_an_export_names_just_the_text_that_was_approved():
    texts = [revision(), revision("r2", ("r1",), minutes=0.5)]
    steps = [replace(one, revision="r2") for one in HISTORY[:4]]
    made, why = counted(texts, steps)
    assert (made.is_live, why) == (True, {})
    made, why = counted(texts, [*steps[:3], replace(steps[3], revision="r1")])
    assert (made.is_live, set(why)) == (False, {"e4"})


@st.composite
def tangles(draw):
    """Texts and steps by anybody on top of anything, in any order, with the details of their steps: as who signs with a
    program of their own can send them."""
    people = st.sampled_from([*EVERYBODY, "nobody"])
    texts = [revision()]
    for number in range(draw(st.integers(0, 4))):
        known = st.lists(st.sampled_from([*(one.id for one in texts), "missing"]), max_size=2, unique=True)
        seen = draw(st.lists(st.integers(1, 14), max_size=2, unique=True))
        minutes = draw(st.integers(-9, 20))
        texts.append(revision(f"t{number}", tuple(draw(known)), draw(people), minutes, seen))
    steps = []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        step = draw(st.sampled_from([*RULES, *(Step.FILE, Step.TAKE, Step.APPROVE, Step.PUBLISH) * 6]))
        after = draw(st.lists(st.integers(1, 16), max_size=3, unique=True))
        about = draw(st.sampled_from([one.id for one in texts]))
        made = event(number, step, after=after or [number - 1], by=draw(people), at=draw(st.integers(-9, 20)))
        details = draw(
            st.sampled_from([None, Address("2026/11/a.html"), Address("x", settles=True), Plan(), Override()])
        )
        steps.append(replace(made, revision=about, details=details))
    return texts, draw(st.permutations(steps))


@given(tangles(), st.booleans(), st.booleans())
def test_whatever_anybody_signs_folds(tangle, is_live, is_strict):
    """One record that no desk can fold would end the rounds, the list and every export of the whole house."""
    texts, steps = tangle
    published = [*HISTORY[:3], replace(HISTORY[3], details=Address("2026/11/a.html"))]
    steps = [*published, *(one for one in steps if one.id not in {"e1", "e2", "e3", "e4"})] if is_live else steps
    folded = fold(texts, steps, strict=is_strict)
    assert folded.heads
    assert fold(texts[::-1], steps[::-1], strict=is_strict) == folded


def test_an_export_whose_approval_came_too_late_folds():
    """As it was forged: recalled, written on and filed again beside the approval, which so comes too late."""
    published = replace(HISTORY[3], details=Address("2026/11/a.html"))
    recalled = event(5, Step.RECALL, by="rana", at=1.5)
    filed = event(6, Step.FILE, by="rana", at=1.7, revision="late")
    late = revision("late", ("r1",), minutes=1.6)
    seen = revision("seen", ("late",), minutes=20, after=[4])
    assert fold([revision(), late, seen], [*HISTORY[:3], published, recalled, filed]).published == published


def test_nobody_is_offered_to_review_their_own_story():
    """Seen at the desk: the main button of a chief's own filed story was “Take for review”."""
    filed = replace(standing(Step.TAKE, State.FILED), reporter=CHIEF.id, writers=frozenset({CHIEF.id}))
    assert workflow.next_step(filed, CHIEF) is None
    assert workflow.next_step(filed, EDITOR) is Step.TAKE


def test_what_somebody_wrote_who_had_left_is_a_draft_that_nobody_moves_until_somebody_writes_on_it():
    why = Message("person-had-left", name="Rana")

    def judge_left(record):
        return Standing(NOBODY, why, has_left=True) if record.by == REPORTER.id else judge(record)

    texts = [revision(), revision("r2", ("r1",), minutes=1)]
    steps = [event(1, Step.FILE, by="rana", revision="r2"), event(2, Step.TAKE, after=[1], revision="r2")]
    made = workflow.fold(texts, steps, judge_left)
    assert (made.state, made.head, made.reporter, made.lapse) == (State.DRAFT, "r2", REPORTER.id, why)
    assert {one.id for one in made.uncounted} == {"r1", "r2", "e1", "e2"}
    for person in EVERYBODY.values():
        assert workflow.edit_refusal(made, person)
        assert not any(workflow.may_take_step(made, step, person) for step in RULES)
    own = workflow.fold([*texts, revision("r3", ("r2",), by="ayesha", minutes=5)], steps, judge_left)
    assert (own.state, own.head, own.reporter, own.lapse) == (State.DRAFT, "r3", EDITOR.id, None)
    forged = [revision(by="nobody"), revision("r2", ("r1",), minutes=1)]
    with pytest.raises(DeskError, match="somebody of this newsroom"):
        workflow.fold(forged, [], judge_left)
