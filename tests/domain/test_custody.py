"""Who has a story, since when, and in which words, by a table of what was done with it."""

from datetime import UTC, datetime, timedelta

import pytest

from ovn_desk.domain import workflow
from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.assignments import Assignment
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.standing import Standing
from ovn_desk.domain.workflow import RULES, Event, State, Step, custody_of, custody_words

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
STAFF = {
    "rana": Staff("rana", "Rana", Role.REPORTER),
    "omar": Staff("omar", "Omar", Role.REPORTER),
    "sana": Staff("sana", "Sana", Role.EDITOR),
    "bilal": Staff("bilal", "Bilal", Role.CHIEF),
}
NAMES = {name: person.name for name, person in STAFF.items()}
FILED, TAKEN = ("file", "rana", 10), ("take", "sana", 20)
APPROVED, OUT = ("approve", "sana", 30), ("publish", "sana", 40)


def event(number, step, by, minutes, after):
    said = {"reason": "Why."} if RULES[step].needs_reason else {}
    said |= {"digest": "d", "proof": "p"} if step is Step.APPROVE else {}
    at = NOON + timedelta(minutes=minutes)
    return Event(f"e{number}", "a", step, "r1", by, "d", at, after=tuple(f"e{one}" for one in after), **said)


def folded(*steps, apart=()):
    """Rana's story after these steps, one after the other; those `apart` were taken knowing of all but the last."""
    revision = Revision("r1", "a", Content(headline="Rail"), (), "rana", "d", NOON)
    made = [
        event(number, Step(step), by, at, [number - 1] if number > 1 else [])
        for number, (step, by, at) in enumerate(steps, 1)
    ]
    made += [
        event(90 + number, Step(step), by, at, [len(steps) - 1] if len(steps) > 1 else [])
        for number, (step, by, at) in enumerate(apart)
    ]
    return workflow.fold([revision], made, lambda record: Standing(STAFF[record.by]))


def words(article, viewer="bilal", minutes=60):
    now = NOON + timedelta(minutes=minutes)
    return str(custody_words(custody_of(article), article.state, viewer=viewer, names=NAMES, now=now))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "with Rana, since 12:00"),
        ([FILED], "waits for an editor, filed 50 min ago"),
        ([FILED, TAKEN], "with Sana, since 12:20"),
        ([FILED, TAKEN, ("take", "bilal", 25)], "with you, since 12:25"),
        ([FILED, TAKEN, ("release", "sana", 25)], "waits for an editor, released 35 min ago"),
        ([FILED, ("recall", "rana", 15)], "with Rana, since 12:15"),
        ([FILED, TAKEN, ("send_back", "sana", 25)], "with Rana, since 12:25"),
        ([FILED, TAKEN, APPROVED], "approved 30 min ago by Sana"),
        ([FILED, TAKEN, APPROVED, OUT], "exported 20 min ago by Sana"),
        ([FILED, TAKEN, APPROVED, OUT, ("correct", "sana", 45)], "with Sana, since 12:45"),
        ([FILED, ("hold", "bilal", 59)], "held 1 min ago by you"),
        ([FILED, TAKEN, ("hold", "sana", 30), ("restore", "sana", 40)], "with Sana, since 12:20"),
        ([FILED, ("spike", "sana", 30)], "spiked 30 min ago by Sana"),
        ([FILED, TAKEN, APPROVED, OUT, ("withdraw", "sana", 50)], "withdrawn 10 min ago by Sana"),
    ],
)
def test_each_state_says_who_has_it(steps, said):
    assert words(folded(*steps)) == said


def test_the_holder_is_you_to_whoever_has_it():
    assert words(folded(FILED, TAKEN), "sana") == "with you, since 12:20"
    assert words(folded(), "rana") == "with you, since 12:00"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.175, "waits for an editor, filed just now"),
        (5, "waits for an editor, filed 4 h ago"),
        (30, "waits for an editor, filed Tue 12:10"),
        (24 * 30, "waits for an editor, filed 24 Nov 12:10"),
        (24 * 400, "waits for an editor, filed 24 Nov 2026 12:10"),
    ],
)
def test_a_time_is_said_as_people_say_it(hours, said):
    assert words(folded(FILED), minutes=60 * hours) == said


def test_what_two_took_apart_names_both_and_who_counts():
    article = folded(FILED, TAKEN, apart=[("take", "bilal", 22)])
    assert article.state is State.IN_REVIEW
    holder = article.holder
    rival = {"sana", "bilal"} - {holder}
    assert custody_of(article).rivals == tuple(rival)
    said = {viewer: words(article, viewer) for viewer in ("rana", *rival, holder)}
    names = {viewer: NAMES[viewer] for viewer in said}
    (other,) = rival
    assert said["rana"].startswith(f"with {names[holder]}, since ")
    assert said["rana"].endswith(f"; {names[other]} took it too")
    assert said[other].startswith(f"with {names[holder]}, since ")
    assert said[other].endswith("; you took it too")
    assert said[holder].startswith("with you, since ")
    assert said[holder].endswith(f"; {names[other]} took it too")
    settled = folded(FILED, TAKEN, ("take", "sana", 26))
    assert custody_of(settled).rivals == ()


def test_a_draft_is_with_whom_it_was_given_to_and_no_time_is_made_up():
    revision = Revision("r1", "a", Content(), (), "rana", "d", NOON)
    given = Event("e1", "a", Step.ASSIGN, "r1", "sana", "d", NOON, details=Assignment("omar"))
    article = workflow.fold([revision], [given], lambda record: Standing(STAFF[record.by]))
    assert words(article) == "with Omar"
    assert words(article, "omar") == "with you"


def test_minutes_ago_are_those_between_the_times_that_a_clock_shows():
    """Seen: “4 min” in the list beside “today 12:10” above the decision, at 12:15."""
    begun, now = NOON + timedelta(minutes=10, seconds=50), NOON + timedelta(minutes=15, seconds=10)
    assert str(workflow.custody.ago_words(begun, now)) == "5 min ago"
    assert workflow.minutes_ago(begun, begun + timedelta(seconds=50)) == 1
