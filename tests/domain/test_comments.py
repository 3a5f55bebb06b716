from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.comments import people_mentioned, resolve_refusal, threads
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.standing import Standing
from ovn_desk.domain.workflow import CommentAnswer, CommentText, Event, Quote, Step, fold

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RANA = Staff("rana", "Rana Malik", Role.REPORTER)
AYESHA = Staff("ayesha", "Ayesha Khan", Role.EDITOR)
AYESHA_NOOR = Staff("noor", "Ayesha Noor", Role.EDITOR)
BILAL = Staff("bilal", "Bilal Ahmed", Role.CHIEF)


def event(number, step, details, *, by="ayesha"):
    after = (f"e{number - 1}",) if number > 1 else ()
    return Event(f"e{number}", "a", step, "r1", by, "d", NOON + timedelta(minutes=number), after=after, details=details)


STORY = [
    event(1, Step.COMMENT, CommentText("Who says so?", Quote(exact="a source"), must_fix=True, mentions=("rana",))),
    event(2, Step.REPLY, CommentAnswer("e1", "The ministry."), by="rana"),
    event(3, Step.RESOLVE, CommentAnswer("e1", "Thanks.")),
    event(4, Step.REOPEN, CommentAnswer("e1")),
    event(5, Step.RESOLVE, CommentAnswer("e1"), by="bilal"),
]


def test_a_thread_is_what_was_said_in_it_and_who_settled_it():
    (thread,) = threads(STORY)
    assert (thread.text, thread.on.exact, thread.revision) == ("Who says so?", "a source", "r1")
    assert [answer.text for answer in thread.answers] == ["The ministry.", "Thanks."]
    assert (thread.resolved_by, thread.stops_approval) == ("bilal", False)
    assert threads(STORY[:4])[0].stops_approval
    assert threads(STORY[:2])[0].is_open


@given(st.permutations(STORY))
def test_a_thread_is_the_same_whatever_order_its_events_arrive_in(events):
    assert threads(events) == threads(STORY)


def test_a_reporter_does_not_wave_through_what_must_be_fixed():
    (thread,) = threads(STORY[:2])
    article = fold([Revision("r1", "a", Content(), (), "rana", "d", NOON)], [], lambda _: Standing(RANA))
    assert "answer it" in str(resolve_refusal(thread, article, RANA))
    assert resolve_refusal(thread, article, AYESHA) is resolve_refusal(thread, article, BILAL) is None
    (settled,) = threads(STORY)
    assert "settled already" in str(resolve_refusal(settled, article, BILAL))


def test_people_are_called_by_name_or_by_a_first_name_nobody_else_has():
    people = [RANA, AYESHA, AYESHA_NOOR, BILAL]
    assert people_mentioned("@rana please ask @Ayesha Noor, and @Bilal.", people) == ("rana", "noor", "bilal")
    assert people_mentioned("@Ayesha or post@rana or @nobody", people) == ()


def test_whoever_has_left_is_not_called_and_keeps_no_name_from_who_came_back():
    rana = replace(RANA, is_retired=True)
    assert people_mentioned("@Rana", [rana]) == ()
    assert people_mentioned("@Rana Malik", [rana, replace(RANA, id="again")]) == ("again",)
