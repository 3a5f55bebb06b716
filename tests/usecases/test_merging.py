"""Several versions of an article: what is combined by itself, what somebody decides, what stays closed until then."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sharing
from make import DAWN, content
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records
from ovn_desk.store.automerge import COMBINED
from ovn_desk.sync import exchange
from ovn_desk.text.merge import Take, merge_without_base, resolve
from ovn_desk.usecases import article_list, deciding, doctor, history, merging, news, writing
from ovn_desk.usecases.deciding import PendingChoice

BODY = "One.\n\nTwo.\n\nThree."
RAIL = ("The groups meet in Baku.", "They will talk about the line.", "Nothing is signed so far.")


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path, renderer, number=3) as made:
        yield made


def rail(*words):
    """Three paragraphs, each with a word put before its stop."""
    given = (*words, "", "", "")
    return "\n\n".join(f"{text.rstrip('.')} {word}." if word else text for text, word in zip(RAIL, given, strict=False))


def is_to_read(desk, article):
    return desk.read(merging.needs_reading, article, desk.reporter.person)


def apart(desks, *bodies, **changes):
    """One article, written on at each desk without the others."""
    article = desks[0].draft(**({"body": BODY} | changes))
    for desk in desks[1:]:
        sharing.send(desks[0], desk)
    for desk, body in zip(desks, bodies, strict=False):
        desk.edit(article, by=desk.reporter, body=body)
    return article


def text(desk, article):
    return desk.read(writing.text_of, article).body


def test_two_versions_that_touch_different_paragraphs_become_one_the_same_everywhere(desks):
    one, other, _ = desks
    article = apart([one, other], "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    theirs = sharing.rows(one)
    sharing.send(other, one)
    for page in exchange.pages(theirs):
        exchange.absorb(other.store, page)
    merging.combine(other.store, [article])
    assert one.article(article).heads == other.article(article).heads
    assert text(one, article) == "One!\n\nTwo.\n\nThree!"
    made = one.read(lambda reading: reading.revision(reading.article(article).head))
    assert (len(made.parents), made.device) == (2, COMBINED)
    assert sharing.total(one) == sharing.total(other)


def test_what_was_combined_is_approved_by_nobody_and_says_so_until_somebody_writes_on(desks):
    one, other, _ = desks
    article = one.approved(body=rail())
    sharing.send(one, other)
    one.edit(article, body=rail("today"))
    other.edit(article, body=rail("", "", "today"))
    sharing.send(other, one)
    assert one.article(article).state is State.IN_REVIEW
    assert one.read(merging.needs_reading, article, one.reporter.person)
    assert str(merging.READ_THIS) in [entry.what for entry in one.read(history.history, article)]
    one.edit(article, body=rail("today", "now", "today"))
    assert not one.read(merging.needs_reading, article, one.reporter.person)
    assert doctor.examine(one.store) == []


def test_fields_and_sources_are_combined_as_paragraphs_are(desks):
    one, other, _ = desks
    article = apart([one, other])
    new = Source("pti", SourceKind.OUTLET, name="PTI")
    one.edit(article, by=one.reporter, headline="Another headline", sources=(DAWN, new))
    other.edit(article, by=other.reporter, standfirst="Another standfirst.", tags=("rail",))
    sharing.send(one, other)
    found = other.read(writing.text_of, article)
    assert (found.headline, found.standfirst, found.tags) == ("Another headline", "Another standfirst.", ("rail",))
    assert [source.key for source in found.sources] == ["dawn-rail", "pti"]


def test_one_paragraph_touched_by_both_is_never_put_together(desks):
    one, other, _ = desks
    article = apart([one, other], "14 people.\n\nTwo.\n\nThree.", "17 people.\n\nTwo.\n\nThree.")
    sharing.send(one, other)
    assert len(other.article(article).heads) == 2
    found = other.read(merging.next_decision, article)
    assert [(c.mine, c.theirs) for c in found.merged.conflicts] == [("17 people.", "14 people.")]
    assert found.merged.base.body == BODY


def test_until_it_is_decided_nobody_approves_or_exports(desks):
    one, other, _ = desks
    article = one.in_review(body=BODY)
    sharing.send(one, other)
    one.edit(article, body="14 people.")
    other.edit(article, body="17 people.")
    sharing.send(one, other)
    with pytest.raises(StepRefused, match=r"2 versions of this article\. Decide between them first"):
        other.approve(article)


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        (Take.MINE, "17 people.\n\nTwo.\n\nThree."),
        (Take.THEIRS, "14 people.\n\nTwo.\n\nThree."),
        (Take.BOTH, "14 people.\n\n17 people.\n\nTwo.\n\nThree."),
        ("16 people.", "16 people.\n\nTwo.\n\nThree."),
    ],
)
def test_a_decision_makes_one_version_of_two_and_reaches_the_others(desks, choice, body):
    one, other, third = desks
    article = apart([one, other], "14 people.\n\nTwo.\n\nThree.", "17 people.\n\nTwo.\n\nThree.")
    sharing.send(one, other)
    sharing.send(other, third)
    found = other.read(merging.next_decision, article)
    choices = {conflict.id: choice for conflict in found.merged.conflicts}
    made = merging.decide(other.store, article, choices, between=found.between, by=other.reporter)
    assert made.parents == tuple(sorted(found.between))
    assert text(other, article) == body
    sharing.send(other, one)
    assert one.article(article).heads == (made.id,)
    with pytest.raises(DeskError, match="one version of this article only"):
        one.read(merging.next_decision, article)


def test_a_decision_is_complete_about_these_two_and_by_somebody_who_may(desks):
    one, other, third = desks
    article = apart(desks, "14.\n\nTwo.\n\nThree.", "17.\n\nTwo.\n\nThree.", "19.\n\nTwo.\n\nThree.")
    sharing.send(one, other)
    found = other.read(merging.next_decision, article)
    takes = {conflict.id: Take.MINE for conflict in found.merged.conflicts}
    with pytest.raises(DeskError, match="Not everything is decided"):
        merging.decide(other.store, article, {}, between=found.between, by=other.reporter)
    sharing.send(third, other)
    assert other.read(merging.next_decision, article).more == 1
    with pytest.raises(DeskError, match="Another version of this article came meanwhile"):
        merging.decide(other.store, article, takes, between=("a", "b"), by=other.reporter)
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    with pytest.raises(StepRefused, match="waits to be read"):
        merging.decide(other.store, article, takes, between=found.between, by=other.reporter)


def test_what_is_being_written_is_saved_before_it_is_decided(desks):
    one, other, _ = desks
    article = apart([one, other], "14.", "17.")
    sharing.send(one, other)
    writing.keep(other.store, article, content(body="18."), by=other.reporter)
    found = other.read(merging.next_decision, article)
    takes = {conflict.id: Take.MINE for conflict in found.merged.conflicts}
    with pytest.raises(DeskError, match="not saved as a version yet"):
        merging.decide(other.store, article, takes, between=found.between, by=other.reporter)


def test_three_versions_become_one_whatever_order_they_came_in(desks):
    article = apart(desks, rail("today"), rail("", "today"), rail("", "", "today"), body=rail())
    for one, other in ((0, 1), (2, 1), (1, 0), (1, 2)):
        sharing.send(desks[one], desks[other])
    for one, other in ((0, 1), (1, 2), (0, 2), (0, 1)):
        sharing.meet(desks[one], desks[other])
    assert {text(desk, article) for desk in desks} == {rail("today", "today", "today")}
    assert len({desk.article(article).heads for desk in desks}) == 1


def test_two_decisions_made_apart_are_decided_again_and_nothing_is_taken_for_settled(desks):
    one, other, _ = desks
    article = apart([one, other], "14.\n\nTwo.\n\nThree.", "17.\n\nTwo.\n\nThree.")
    theirs = sharing.rows(one)
    sharing.send(other, one)
    for page in exchange.pages(theirs):
        exchange.absorb(other.store, page)
    for desk, choice in ((one, "15."), (other, "16.")):
        found = desk.read(merging.next_decision, article)
        choices = {conflict.id: choice for conflict in found.merged.conflicts}
        merging.decide(desk.store, article, choices, between=found.between, by=desk.reporter)
    sharing.send(one, other)
    again = other.read(merging.next_decision, article)
    assert [(c.base, c.mine, c.theirs) for c in again.merged.conflicts] == [("", "16.", "15.")]


def test_a_version_that_only_says_it_was_combined_is_refused(desks):
    one, other, _ = desks
    article = apart([one, other], "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    for page in exchange.pages(sharing.rows(one)):
        exchange.absorb(other.store, page)
    made = other.read(lambda reading: reading.revision(reading.article(article).head))
    forged = records.with_hash_id(replace(made, content=replace(made.content, body="Something else.")))
    row = exchange.RecordRow(records.REVISION, forged.id, records.text_of(forged))
    came = exchange.absorb(other.store, [row])
    assert came.refused[0].why == "it says that it was combined by itself, and it was not"


def test_versions_that_need_no_decision_are_never_seen_apart(desks):
    """Not for a moment, nor after a crash: who brings them in combines them in the same transaction."""
    one, other, _ = desks
    article = apart([one, other], "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    seen = []
    stop = other.store.on_changes(lambda _: seen.append(len(other.article(article).heads)))
    for page in exchange.pages(sharing.rows(one)):
        exchange.absorb(other.store, page)
    stop()
    assert set(seen) == {1}


def test_what_two_desks_combined_in_another_order_is_combined_again(desks):
    """The newest of two desks have two bases then, and say the same."""
    one, other, third = desks
    article = apart([one, other], rail("today"), rail("", "today"), body=rail())
    before = sharing.rows(other)
    other.edit(article, by=other.reporter, body=rail("", "today", "today"))
    for page in exchange.pages(before):
        exchange.absorb(one.store, page)
    mine = [row for row in sharing.rows(one) if row.signature]
    for page in exchange.pages(mine):
        exchange.absorb(other.store, page)
    for desk in (one, other):
        assert len(desk.article(article).heads) == 1
    sharing.meet(one, other)
    assert (one.article(article).heads, len(one.article(article).heads)) == (other.article(article).heads, 1)
    assert text(one, article) == rail("today", "today", "today")
    sharing.meet(one, third)
    assert text(third, article) == rail("today", "today", "today")


def test_a_combined_text_is_to_be_read_until_somebody_says_so_or_writes_on(desks):
    one, other, _ = desks
    article = apart([one, other], "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    sharing.meet(one, other)
    assert [is_to_read(desk, article) for desk in (one, other)] == [True, True]
    merging.confirm_reading(one.store, article)
    assert [is_to_read(desk, article) for desk in (one, other)] == [False, True]
    other.edit(article, by=other.reporter, body="One!\n\nTwo!\n\nThree!")
    assert not is_to_read(other, article)


def test_who_has_no_hand_in_a_combined_text_is_not_asked_to_read_it(desks):
    """It is for those who wrote it and for whoever may put it right, and a third person is told who both were."""
    one, other, third = desks
    article = apart([one, other], "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    sharing.meet(one, other)
    people = replace(third.reporter.person, id=StaffId("bilal"), name="Bilal Ahmed"), third.editor.person
    sharing.send(one, third, [article])
    assert [third.read(merging.needs_reading, article, person) for person in people] == [False, True]
    number = article_list.row_number(third.store, article)
    lines = [article_list.lines(third.store, [number], person=person)[number] for person in people]
    assert [line.is_to_read for line in lines] == [False, True]
    told = [third.read(news.news_of, [article], person)[0] for person in people]
    assert [(told_of.need, told_of.is_changed_here) for told_of in told] == [
        (news.Need.NEWS, False),
        (news.Need.READ, False),
    ]
    assert told[1].makers == (one.reporter.id,)
    assert one.read(news.news_of, [article], one.reporter.person)[0].is_changed_here


def numbers(desks):
    """One article whose first and second paragraph two desks changed differently."""
    article = desks[0].draft(body=rail())
    for desk in desks[1:]:
        sharing.send(desks[0], desk)
    for desk, words in ((desks[0], ("on 14 May", "in Baku")), (desks[1], ("on 17 May", "in Tbilisi"))):
        desk.edit(article, by=desk.reporter, body=rail(*words))
    return article


def test_what_is_chosen_is_kept_by_conflict_until_the_decision_is_made(desks):
    one, other, third = desks
    article = numbers(desks)
    sharing.send(one, other)
    first, second = other.read(merging.next_decision, article).merged.conflicts
    deciding.keep_choice(other.store, article, first, PendingChoice(Take.THEIRS))
    deciding.keep_choice(other.store, article, second, PendingChoice(is_written=True, text="Two, both."))
    third.edit(article, by=third.reporter, body=rail("", "", "today"))
    sharing.send(third, other)
    found = other.read(merging.next_decision, article)
    assert found.versions[found.mine.id].is_here, "what one's own was combined with is one's own, too"
    kept = other.read(deciding.pending_choices, article, found.merged.conflicts)
    assert [one.choice for one in kept.by_conflict.values()] == [Take.THEIRS, "Two, both."]
    assert (kept.changed, kept.left) == ((), ())
    choices = {name: one.choice for name, one in kept.by_conflict.items()}
    merging.decide(other.store, article, choices, between=found.between, by=other.reporter)
    assert other.read(lambda reading: reading.choices(article)) == {}
    place, _, last = rail("on 14 May", "", "today").split("\n\n")
    assert text(other, article) == f"{place}\n\nTwo, both.\n\n{last}"


def test_a_choice_about_words_that_changed_since_is_asked_again_and_what_was_typed_is_there(desks):
    one, other, _ = desks
    article = numbers(desks)
    sharing.send(one, other)
    first, second = other.read(merging.next_decision, article).merged.conflicts
    deciding.keep_choice(other.store, article, first, PendingChoice(is_written=True, text="Some 15."))
    deciding.keep_choice(other.store, article, second, PendingChoice(Take.MINE))
    one.edit(article, by=one.reporter, body=rail("on 15 May", "in Baku"))
    sharing.send(one, other)
    again = other.read(merging.next_decision, article).merged.conflicts
    kept = other.read(deciding.pending_choices, article, again)
    assert kept.by_conflict == {again[0].id: PendingChoice(text="Some 15."), again[1].id: PendingChoice(Take.MINE)}
    assert (kept.changed, kept.left) == ((again[0].id,), ())
    one.edit(article, by=one.reporter, body=rail("on 17 May", "in Baku"))
    sharing.send(one, other)
    (left,) = other.read(merging.next_decision, article).merged.conflicts
    assert other.read(deciding.pending_choices, article, [left]).left == ("Some 15.",)


def test_a_version_says_whose_it_is_and_whether_it_was_filed(desks):
    one, other, _ = desks
    article = numbers(desks)
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    found = other.read(merging.next_decision, article)
    mine, theirs = (found.versions[name] for name in found.between)
    assert [(version.is_here, version.step) for version in (mine, theirs)] == [(True, None), (False, Step.FILE)]
    assert mine.authors == theirs.authors == (one.reporter.id,)


PARAGRAPHS = st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four.", "Five."]), max_size=6).map("\n\n".join)


@given(PARAGRAPHS, PARAGRAPHS)
def test_without_a_base_nothing_that_differs_is_settled_unasked(mine, theirs):
    """Whoever takes one side throughout has that side, and nothing of the other."""
    merged = merge_without_base(content(body=mine), content(body=theirs))
    for take, wanted in ((Take.MINE, mine), (Take.THEIRS, theirs)):
        made = resolve(merged, {conflict.id: take for conflict in merged.conflicts})
        assert made.body.split("\n\n") == wanted.split("\n\n")


def test_without_a_base_what_one_version_alone_has_is_asked_too():
    mine = content(headline="A", genre="opinion", sources=(), topics=("rail", "water"))
    theirs = content(headline="B", tags=("x",), topics=("water", "rail"))
    merged = merge_without_base(mine, theirs)
    assert {conflict.part for conflict in merged.conflicts} == {"headline", "genre", "tags", "sources", "topics"}
    for take, wanted in ((Take.MINE, mine), (Take.THEIRS, theirs)):
        assert resolve(merged, {conflict.id: take for conflict in merged.conflicts}) == wanted
