"""What is said before a file is taken in, held against what is so afterwards."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effort import examples
from ovn_desk.domain.workflow import Step
from ovn_desk.sync import bundle
from ovn_desk.sync.bundle import WRITING_HERE, Meeting
from ovn_desk.usecases import commenting, merging, writing
from sharing import meet, newsroom, opened

BODY = "One.\n\nTwo.\n\nThree."
EDITS = {
    "nothing": None,
    "first": "One, changed.\n\nTwo.\n\nThree.",
    "first otherwise": "One, otherwise.\n\nTwo.\n\nThree.",
    "last": "One.\n\nTwo.\n\nThree, changed.",
    "first and last": "One, again.\n\nTwo.\n\nThree, again.",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory, renderer):
    """Two desks that have the same story."""
    folder = tmp_path_factory.mktemp("incoming")
    with newsroom(folder, renderer) as (one, other):
        article = one.draft(body=BODY)
        meet(one, other)
    return folder, article


def preview(other, one, file):
    bundle.write(other.store, file, by=other.editor)
    found = bundle.preview_bundle(one.store, file)
    return {each.id: each for each in found.articles}


def keep(desk, article, body):
    """Types a text and cuts no version of it."""
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, body=body), by=desk.reporter, known=known)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    mine=st.sampled_from(sorted(EDITS)),
    theirs=st.sampled_from(sorted(EDITS)),
    is_typed=st.booleans(),
    is_commented=st.booleans(),
)
def test_what_will_become_of_a_story_is_what_becomes_of_it(
    template, tmp_path_factory, renderer, mine, theirs, is_typed, is_commented
):
    source, article = template
    with opened(source, tmp_path_factory.mktemp("desks"), renderer) as (one, other):
        if EDITS[theirs]:
            other.edit(article, by=other.reporter, body=EDITS[theirs])
        if is_commented:
            commenting.comment(other.store, article, "Who says so?", by=other.editor)
        if EDITS[mine]:
            keep(one, article, EDITS[mine])
            if not is_typed:
                writing.save(one.store, article, by=one.reporter)
        said = preview(other, one, one.store.path.with_name("b.ovnb"))[article]
        before = one.article(article)
        writing.save(one.store, article, by=one.reporter)
        came = bundle.import_bundle(one.store, one.store.path.with_name("b.ovnb"))
        merging.combine(one.store, came.articles)
        after = one.article(article)
        head = one.read(lambda reading: reading.revision(after.head))
        expected = (
            Meeting.DECISION
            if len(after.heads) > 1
            else Meeting.COMBINED
            if head.is_combined
            else Meeting.ADDED
            if came.added
            else Meeting.SAME
        )
        assert said.meeting is expected
        assert said.comments == is_commented
        is_both = expected in {Meeting.DECISION, Meeting.COMBINED}
        assert said.changed_by == (((WRITING_HERE if is_typed else one.reporter.id),) if is_both else ())
        assert before.heads


def test_a_new_story_and_its_steps_are_named(template, tmp_path, renderer):
    source, _ = template
    with opened(source, tmp_path / "desks", renderer) as (one, other):
        article = other.in_review(headline="Night trains")
        other.step(article, Step.SEND_BACK, other.editor, reason="One question.")
        said = preview(other, one, tmp_path / "b.ovnb")[article]
        assert (said.meeting, said.headline, said.writers) == (Meeting.NEW, "Night trains", (other.reporter.id,))
        assert [event.step for event in said.steps] == [Step.FILE, Step.TAKE, Step.SEND_BACK]
