"""An editor's changes, decided one by one: in any order, with undo, and in the way of approval until then."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharing
from effort import examples
from make import Desk, content, newsroom
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.workflow import Step
from ovn_desk.text.merge import Take
from ovn_desk.usecases import comparing, merging, suggesting, writing
from ovn_desk.usecases.suggesting import Status

FILED = """The groups meet in July [@dawn-rail].

The first rail line is old. The second line is old.

The end of the long talks is near, they say."""
EDITED = """The groups meet in August [@dawn-rail].

The first rail line is worn. The second line is worn.

The end of the long talks, they say."""
GIVEN = [("July", "August"), ("old", "worn"), ("old", "worn"), (" is near", "")]


def found(desk, article):
    return desk.read(suggesting.suggestions, article)


def words(one):
    return (one.change.before.strip(), one.change.after.strip())


def ids(desk, article):
    return [one.id for one in found(desk, article).all]


def decide(desk, article, change, accept, by=None, **words):
    return suggesting.decide(desk.store, article, change, accept=accept, by=by or desk.reporter, **words)


@pytest.fixture
def edited(desk):
    """An article with four changes by the editor, sent back."""
    article = desk.in_review(body=FILED)
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See my changes.")
    return article


def body(desk, article):
    return desk.read(writing.text_of, article).body


def test_the_editors_changes_are_a_list_and_each_is_undecided(desk, edited):
    all_ = found(desk, edited).all
    assert [words(one) for one in all_] == [(a.strip(), b) for a, b in GIVEN]
    assert {one.status for one in all_} == {Status.UNDECIDED}
    assert {one.by for one in all_} == {desk.editor.id}


def test_a_reporters_own_text_is_no_suggestion(desk):
    article = desk.draft()
    assert found(desk, article).all == ()
    desk.step(article, Step.FILE, desk.reporter)
    assert found(desk, article).all == ()
    desk.step(article, Step.RECALL, desk.reporter)
    desk.edit(article, desk.reporter, body=EDITED)
    assert found(desk, article).all == ()


def test_accepting_keeps_the_text_and_rejecting_undoes_only_that_change(desk, edited):
    first, second, *_ = ids(desk, edited)
    revisions = len(desk.read(lambda reading: reading.revisions(edited)))
    assert decide(desk, edited, first, accept=True).status is Status.ACCEPTED
    assert body(desk, edited) == EDITED
    assert len(desk.read(lambda reading: reading.revisions(edited))) == revisions
    assert decide(desk, edited, second, accept=False).status is Status.REJECTED
    assert body(desk, edited) == EDITED.replace("worn", "old", 1)
    assert len(found(desk, edited).undecided) == 2


def test_the_opposite_decision_undoes_one(desk, edited):
    third = ids(desk, edited)[2]
    decide(desk, edited, third, accept=False)
    decide(desk, edited, third, accept=True)
    assert body(desk, edited) == EDITED
    with pytest.raises(StepRefused, match="accepted already"):
        decide(desk, edited, third, accept=True)


@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(4)), accepted=st.lists(st.booleans(), min_size=4, max_size=4))
def test_changes_may_be_decided_in_any_order_under_the_ids_they_had(tmp_path_factory, renderer, order, accepted):

    store = newsroom(tmp_path_factory.mktemp("any") / "n.ovn")
    desk = Desk(store, renderer)
    article = desk.in_review(body=FILED)
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See.")
    names = ids(desk, article)
    for place in order:
        decide(desk, article, names[place], accept=accepted[place])
        assert ids(desk, article) == names
    wanted = found(desk, article).changes.content({n for n, kept in zip(names, accepted, strict=True) if kept})
    assert body(desk, article) == wanted.body
    assert found(desk, article).undecided == ()
    store.close()


def test_undecided_changes_stop_approval_and_are_counted(desk, edited):
    desk.step(edited, Step.FILE, desk.reporter)
    desk.step(edited, Step.TAKE, desk.editor)
    with pytest.raises(StepRefused, match="4 changes by an editor are undecided"):
        desk.approve(edited)
    with pytest.raises(StepRefused, match="Only an editor"):
        suggesting.keep_as_edited(desk.store, edited, by=desk.reporter, reason="Fine.")
    with pytest.raises(StepRefused, match="Say why"):
        suggesting.keep_as_edited(desk.store, edited, by=desk.editor, reason=" ")
    assert suggesting.keep_as_edited(desk.store, edited, by=desk.editor, reason="Rana agreed by phone.") == 4
    assert {(one.status, one.reason) for one in found(desk, edited).all} == {
        (Status.AS_EDITED, "Rana agreed by phone.")
    }


def test_an_editor_keeps_a_change_only_with_a_reason_and_may_drop_it_freely(desk, edited):
    first, second, *_ = ids(desk, edited)
    with pytest.raises(StepRefused, match="say why"):
        decide(desk, edited, first, accept=True, by=desk.editor)
    assert decide(desk, edited, first, accept=True, by=desk.editor, reason="On deadline.").status is Status.AS_EDITED
    assert decide(desk, edited, second, accept=False, by=desk.editor).status is Status.REJECTED


def test_filing_again_with_everything_decided_begins_anew(desk, edited):
    for name in ids(desk, edited):
        decide(desk, edited, name, accept=True)
    desk.step(edited, Step.FILE, desk.reporter)
    assert found(desk, edited).all == ()
    assert found(desk, edited).base == desk.article(edited).head


def test_the_reporters_own_later_words_stay_and_are_not_asked_about(desk, edited):
    names = ids(desk, edited)
    decide(desk, edited, names[0], accept=False)
    desk.edit(edited, desk.reporter, body=body(desk, edited) + "\n\nA new paragraph of mine.")
    decide(desk, edited, names[3], accept=False)
    assert body(desk, edited).startswith("The groups meet in July")
    assert body(desk, edited).endswith("The end of the long talks is near, they say.\n\nA new paragraph of mine.")
    desk.step(edited, Step.FILE, desk.reporter)
    desk.step(edited, Step.TAKE, desk.editor)
    desk.edit(edited, body=body(desk, edited).replace("near", "far"))
    asked = [words(one) for one in found(desk, edited).undecided]
    assert ("near", "far") in asked
    assert not any("new paragraph" in after for _, after in asked)


def test_a_change_an_editor_makes_again_is_asked_again(desk, edited):
    names = ids(desk, edited)
    decide(desk, edited, names[0], accept=False)
    decide(desk, edited, names[1], accept=True)
    desk.edit(edited, body=body(desk, edited).replace("July", "August"))
    status = {(*words(one), number): one.status for number, one in enumerate(found(desk, edited).all)}
    assert status["July", "August", 0] is Status.UNDECIDED
    assert status["old", "worn", 1] is Status.ACCEPTED


def test_words_written_anew_round_a_change_are_left_and_said(desk, edited):
    first = ids(desk, edited)[0]
    desk.edit(edited, desk.reporter, body=body(desk, edited).replace("groups meet in August", "teams sat in autumn"))
    with pytest.raises(DeskError, match="Change them by hand"):
        decide(desk, edited, first, accept=False)


def test_fields_and_lists_are_changes_too(desk):
    article = desk.in_review()
    desk.edit(article, category="business", tags=("rail",), headline="Rail groups to meet in Tehran")
    by_part = {one.part: one.id for one in found(desk, article).all}
    assert set(by_part) == {"category", "tags", "headline"}
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See.")
    for name in by_part.values():
        decide(desk, article, name, accept=False)
    assert desk.read(writing.text_of, article) == content()


def test_a_reporter_does_not_decide_while_the_desk_has_the_text(desk):
    article = desk.in_review(body=FILED)
    desk.edit(article, body=EDITED)
    with pytest.raises(StepRefused, match="once it is sent back"):
        decide(desk, article, ids(desk, article)[0], accept=True)
    with pytest.raises(DeskError, match="not one of the changes"):
        decide(desk, article, "f00", accept=False, by=desk.editor)


def test_an_approved_text_is_the_base_of_the_next_changes(desk):
    article = desk.in_review()
    desk.edit(article, body=content().body + " More.")
    suggesting.keep_as_edited(desk.store, article, by=desk.editor, reason="Small.")
    desk.approve(article, by=desk.editor)
    assert found(desk, article).all == ()


@pytest.mark.parametrize("accept", [True, False])
def test_a_decision_taken_back_leaves_the_change_in_the_text_and_to_be_decided(desk, edited, accept):
    first = ids(desk, edited)[0]
    decide(desk, edited, first, accept)
    suggesting.withdraw_decision(desk.store, edited, first, by=desk.reporter)
    assert body(desk, edited) == EDITED
    assert {one.status for one in found(desk, edited).all} == {Status.UNDECIDED}
    with pytest.raises(StepRefused, match="Nobody has decided"):
        suggesting.withdraw_decision(desk.store, edited, first, by=desk.reporter)


def test_a_change_of_the_reporters_is_taken_out_and_is_the_desks_suggestion_then(desk):
    article = desk.in_review(body=FILED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="When do they end?")
    base = desk.article(article).head
    desk.edit(article, body=FILED.replace("near", "nearer"), by=desk.reporter)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    known = desk.read(writing.open_text, article)
    (change,) = desk.read(comparing.review, article, older=base).changes.all
    suggesting.take_out(desk.store, article, change.id, base=base, by=desk.editor, known=known)
    assert body(desk, article) == FILED
    assert [one.by for one in found(desk, article).undecided] == [desk.editor.id]
    with pytest.raises(StepRefused, match="changed"):
        suggesting.take_out(desk.store, article, change.id, base=base, by=desk.editor, known=known)


# The order of two versions goes by their ids: each of these texts makes others.
@pytest.fixture(params=["14 July", "15 July", "16 July"])
def forked(template, tmp_path, renderer, request):
    """A filed article in which an editor and, at another desk, its reporter changed words of it."""
    with sharing.opened(template, tmp_path, renderer) as (one, other):
        article = one.draft(body=f"The groups meet on {request.param}.\n\nThe line is old.\n\nThe talks end.")
        one.step(article, Step.FILE, one.reporter)
        sharing.send(one, other)
        one.step(article, Step.RECALL, one.reporter)
        yield one, other, article


def write(desk, article, by, *pairs):
    words = body(desk, article)
    for old, new in pairs:
        words = words.replace(old, new)
    desk.edit(article, by, body=words)


def settle(desk, article, by, take):
    """Decides between two versions."""
    two = desk.read(merging.next_decision, article)
    choices = {conflict.id: take for conflict in two.merged.conflicts}
    merging.decide(desk.store, article, choices, between=two.between, by=by)


def test_the_reporters_words_that_an_editor_took_are_nobodys_suggestion(forked):
    one, other, article = forked
    write(one, article, one.reporter, ("July", "May"))
    write(other, article, other.editor, ("July", "August"), ("old", "worn"))
    sharing.send(one, other)
    settle(other, article, other.editor, Take.THEIRS)
    assert "May" in body(other, article)
    asked = [(*words(each), each.by) for each in found(other, article).undecided]
    assert asked == [("old", "worn", other.editor.id)]


def test_an_editors_change_that_was_combined_by_rule_waits_to_be_decided(forked):
    one, other, article = forked
    write(one, article, one.reporter, ("end", "go on"))
    write(other, article, other.editor, ("old", "worn"))
    sharing.meet(one, other)
    for desk in (one, other):
        assert [(*words(each), each.by) for each in found(desk, article).undecided] == [("old", "worn", one.editor.id)]


def test_what_the_reporter_took_of_two_versions_is_decided(forked):
    one, other, article = forked
    write(one, article, one.reporter, ("July", "May"))
    write(other, article, other.editor, ("July", "August"), ("old", "worn"))
    sharing.send(other, one)
    settle(one, article, one.reporter, Take.MINE)
    assert found(one, article).undecided == ()
