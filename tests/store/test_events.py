"""Events as records: old ones keep their names, newer ones are kept and said."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.evidence import Correction
from ovn_desk.domain.workflow import ChangeDecision, CommentAnswer, CommentText, Event, Override, Quote, Step, Takeover
from ovn_desk.store import records

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = (
    '{"after":["x"],"article":"a","at":"2026-11-24T12:00:00.000+00:00","by":"p","device":"d","key":"k","note":"n",'
    '"previous":"x","reason":"Why.","revision":"r","step":"send_back","v":2}'
)
OLD_NAME = "03accf20cca9b763a31382b8e04ff3b2cb511380fc8f0cf2a5c447495fd1635b"


def event(step, details=None):
    said = {"previous": "x", "after": ("x",), "note": "n", "reason": "Why.", "key": "k"}
    return records.with_hash_id(Event("", "a", step, "r", StaffId("p"), "d", NOON, details=details, **said))


def named(**changes):
    """A record as a newer desk writes it, and its name."""
    record = records.canonical(json.loads(OLD) | changes).decode()
    return record, hashlib.sha256(b"ovn-desk/event/2\n" + record.encode()).hexdigest()


def test_an_event_keeps_its_name_and_is_read_as_it_was():
    assert records.read_event(OLD, id=OLD_NAME) == event(Step.SEND_BACK)
    assert (records.text_of(event(Step.SEND_BACK)), event(Step.SEND_BACK).id) == (OLD, OLD_NAME)


@pytest.mark.parametrize(
    ("step", "details"),
    [
        (Step.COMMENT, CommentText("Who?", Quote("body", "a b", "x ", " y", 2, 5), must_fix=True, mentions=("rana",))),
        (Step.RESOLVE, CommentAnswer("e1", "Thanks.")),
        (Step.DECIDE, ChangeDecision("c", True, "r1", "r2", part="body", start=7, before="a", after="b")),
        (Step.ASSIGN, Assignment("rana", "Rail", "2026-11-25T10:00:00+00:00", 600)),
        (Step.PLAN, Plan("2026-11-25T10:00:00+00:00")),
        (Step.TAKE, Takeover("ayesha")),
        (Step.APPROVE, Override(("claims", "comments"))),
        (Step.CORRECT, Correction("c1", said="July", in_fact="June")),
        (Step.READ, None),
    ],
)
def test_what_an_event_says_comes_back_as_it_was(step, details):
    made = event(step, details)
    assert records.read_event(records.text_of(made), id=made.id) == made


@pytest.mark.parametrize(
    ("changes", "newer"),
    [
        ({"step": "translate"}, "translate"),
        ({"mood": "good"}, "mood"),
        ({"details": {"of": "x"}}, "details"),
        ({"step": "plan", "details": {"planned_at": "", "place": "x"}}, "details of plan"),
        ({"step": "reply", "details": {}}, "details of reply"),
    ],
)
def test_an_event_of_a_newer_desk_is_read_as_one_and_says_what_is_new(changes, newer):
    record, name = named(**changes)
    found = records.read_event(record, id=name)
    assert (found.step, found.newer, found.article, found.at) == (Step.NEWER, newer, "a", NOON)
