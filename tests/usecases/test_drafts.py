"""Discarded drafts lose no word, come back when somebody writes on them, and stay away when nobody does."""

from datetime import timedelta

import pytest

import sharing
from make import DAWN, content
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records
from ovn_desk.usecases import (
    article_list,
    drafts,
    inbox,
    planning,
    publishing,
    queries,
    recovering,
    saved_searches,
    writing,
)
from ovn_desk.usecases.article_list import Group, ListFilter, Scope

DISCARDED = ListFilter(is_discarded=True)


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path / "desks", renderer) as made:
        yield made


def listed(desk, asked=ListFilter(), person=None):  # noqa: B008 - a value
    """What a list shows: section → headlines."""
    person = person or desk.reporter.person
    house = queries.house(desk.store)
    found = {}
    for section in article_list.sections(desk.store, asked, person=person, house=house):
        lines = article_list.lines(desk.store, section.rows, person=person)
        found[section.key] = [lines[number].row.headline for number in section.rows]
    return found


def test_a_discarded_draft_is_in_no_list_and_can_be_restored_with_every_word(desk):
    article = desk.draft(headline="Wheat", body="Every word of it.")
    made = drafts.discard(desk.store, [article], by=desk.reporter.person)
    assert made.empty == ()
    assert listed(desk) == {}
    assert queries.find_articles(desk.store, "Wheat", limit=5) == []
    assert listed(desk, DISCARDED) == {Group.DISCARDED: ["Wheat"]}
    drafts.restore(desk.store, [article])
    assert listed(desk) == {State.DRAFT: ["Wheat"]}
    assert desk.read(writing.text_of, article).body == "Every word of it."


def test_an_empty_draft_is_gone_at_once(desk):
    article = writing.start(desk.store, content(headline="", standfirst="", body=" \n"), by=desk.reporter)
    assert drafts.discard(desk.store, [article], by=desk.reporter.person).empty == (article,)
    assert listed(desk) == listed(desk, DISCARDED) == {}


def test_what_is_typed_and_no_version_yet_counts_as_words_and_is_kept(desk):
    article = writing.start(desk.store, content(headline="", standfirst="", body=""), by=desk.reporter)
    typed = content(headline="Typed", body="Not signed by anybody.")
    writing.keep(desk.store, article, typed, by=desk.reporter.person)
    assert drafts.discard(desk.store, [article], by=desk.reporter.person).empty == ()
    drafts.restore(desk.store, [article])
    assert desk.read(writing.text_of, article).body == "Not signed by anybody."


def test_a_text_that_was_discarded_is_asked_about_no_more(desk):
    article = desk.draft(headline="Wheat")
    writing.keep(desk.store, article, content(headline="Typed"), by=desk.reporter.person)
    assert len(queries.ask(desk.store, recovering.unfinished_texts, by=desk.reporter.person)) == 1
    drafts.discard(desk.store, [article], by=desk.reporter.person)
    assert queries.ask(desk.store, recovering.unfinished_texts, by=desk.reporter.person) == []
    drafts.restore(desk.store, [article])
    assert len(queries.ask(desk.store, recovering.unfinished_texts, by=desk.reporter.person)) == 1


def test_a_discarded_draft_is_shown_for_thirty_days(desk, monkeypatch):
    drafts.discard(desk.store, [desk.draft(headline="Wheat")], by=desk.reporter.person)
    now = records.now()
    monkeypatch.setattr(records, "now", lambda: now + timedelta(days=29))
    assert listed(desk, DISCARDED) == {Group.DISCARDED: ["Wheat"]}
    monkeypatch.setattr(records, "now", lambda: now + timedelta(days=31))
    assert listed(desk, DISCARDED) == {}


def test_who_writes_on_a_discarded_draft_brings_it_back(desk):
    article = desk.draft(headline="Wheat")
    drafts.discard(desk.store, [article], by=desk.reporter.person)
    desk.edit(article, by=desk.reporter, body="Written on.")
    assert listed(desk) == {State.DRAFT: ["Wheat"]}


def test_a_list_made_anew_leaves_out_what_was_discarded(desk):
    drafts.discard(desk.store, [desk.draft()], by=desk.reporter.person)
    with desk.store.begin() as tx:
        tx.rebuild()
    assert listed(desk) == {}


def test_a_colleague_does_not_bring_back_what_was_discarded(desks):
    one, other = desks
    article = one.draft(headline="Wheat")
    sharing.meet(one, other)
    drafts.discard(one.store, [article], by=one.reporter.person)
    sharing.meet(one, other)
    assert listed(one) == {}
    assert listed(other) == {State.DRAFT: ["Wheat"]}


@pytest.mark.parametrize("how", ["writes", "files"])
def test_a_colleague_who_goes_on_with_it_brings_it_back_with_their_words(desks, how):
    one, other = desks
    article = one.draft(headline="Wheat")
    sharing.meet(one, other)
    drafts.discard(one.store, [article], by=one.reporter.person)
    if how == "writes":
        other.edit(article, body="The desk wrote this.")
    else:
        other.step(article, Step.FILE, other.editor)
    sharing.meet(one, other)
    assert listed(one) == {State.DRAFT if how == "writes" else State.FILED: ["Wheat"]}
    if how == "writes":
        assert one.read(writing.text_of, article).body == "The desk wrote this."


@pytest.mark.parametrize(
    ("steps", "by", "why"),
    [
        ([Step.FILE], "reporter", "only a draft"),
        ([Step.FILE, Step.RECALL], "reporter", "spike"),
        ([], "other", "another reporter"),
    ],
)
def test_what_the_desk_has_or_had_is_not_discarded(desk, steps, by, why):
    article = writing.start(desk.store, content(), by=desk.editor if by == "other" else desk.reporter)
    for step in steps:
        desk.step(article, step, desk.reporter)
    with pytest.raises(StepRefused, match=why):
        drafts.discard(desk.store, [article], by=desk.reporter.person)
    assert len(queries.find_articles(desk.store, "", limit=5)) == 1


def test_several_are_discarded_all_or_none(desk):
    good, filed = desk.draft(), desk.in_review()
    with pytest.raises(StepRefused):
        drafts.discard(desk.store, [good, filed], by=desk.reporter.person)
    assert listed(desk)[State.DRAFT]


def test_a_copy_has_the_text_and_the_sources_under_its_own_name(desk):
    article = desk.in_review(headline="Wheat", body="Every word.", sources=(DAWN,))
    made = drafts.duplicate(desk.store, article, by=desk.editor, headline="Copy of Wheat")
    text = desk.read(writing.text_of, made)
    assert (text.headline, text.body, text.sources) == ("Copy of Wheat", "Every word.", (DAWN,))
    assert desk.article(made).state is State.DRAFT
    assert desk.article(made).reporter == desk.editor.id


def test_stories_move_to_another_section(desk):
    one, other = desk.draft(), desk.draft()
    keys = [one.key for one in queries.house(desk.store).categories]
    drafts.set_category(desk.store, [one, other], keys[-1], by=desk.reporter)
    assert {desk.read(writing.text_of, article).category for article in (one, other)} == {keys[-1]}


def test_pins_are_a_persons_own_and_an_article_stands_in_the_list_once(desk):
    one, other = desk.draft(headline="One"), desk.draft(headline="Two")
    drafts.set_pinned(desk.store, [one], desk.reporter.person, is_pinned=True)
    assert listed(desk) == {Group.PINNED: ["One"], State.DRAFT: ["Two"]}
    assert listed(desk, person=desk.editor.person) == {State.DRAFT: ["Two", "One"]}
    drafts.set_pinned(desk.store, [one], desk.reporter.person, is_pinned=False)
    assert Group.PINNED not in listed(desk)
    assert other


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (ListFilter(), {"Mine", "Theirs", "Old", "At the desk"}),
        (ListFilter(Scope.MINE), {"Mine", "Old", "At the desk"}),
        (ListFilter(Scope.FOR_ME), {"At the desk"}),
        (ListFilter(state="draft"), {"Mine", "Theirs", "Old"}),
        (ListFilter(category="politics"), {"Mine", "Theirs", "Old"}),
        (ListFilter(words="canal"), {"Theirs"}),
        (ListFilter(Scope.MINE, words="canal"), set()),
        (ListFilter(state="draft", words="wheat"), {"Mine"}),
    ],
)
def test_a_filter_finds_what_it_asks_for(desk, asked, found):
    other = next(one.key for one in queries.house(desk.store).categories if one.key != "politics")
    desk.draft(headline="Old", category="politics")
    desk.draft(headline="Mine", body="Wheat is dear.", category="politics")
    sent = desk.in_review(headline="At the desk", category=other)
    desk.step(sent, Step.SEND_BACK, desk.editor, reason="Who says so?")
    writing.start(desk.store, content(headline="Theirs", body="The canal.", category="politics"), by=desk.editor)
    shown = listed(desk, asked)
    assert {headline for headlines in shown.values() for headline in headlines} == found


def test_a_date_and_an_author_filter_the_list(desk, monkeypatch):
    desk.draft(headline="Old")
    now = records.now()
    monkeypatch.setattr(records, "now", lambda: now + timedelta(days=10))
    writing.start(desk.store, content(headline="New"), by=desk.editor)
    assert listed(desk, ListFilter(days=7)) == {State.DRAFT: ["New"]}
    assert listed(desk, ListFilter(author=desk.reporter.id)) == {State.DRAFT: ["Old"]}


def test_the_number_for_me_is_that_of_articles_not_of_reasons(desk):
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    house, person = queries.house(desk.store), desk.reporter.person
    assert article_list.number_waiting(desk.store, person=person, house=house) == 1
    assert len(queries.ask(desk.store, inbox.inbox, person, now=records.now())) >= 1


def test_searches_are_kept_by_name_and_what_can_not_be_read_is_left_out(desk):
    asked = ListFilter(Scope.MINE, words="نہر", state="draft", days=7)
    saved_searches.save_search(desk.store, "Canals", asked)
    saved_searches.save_search(desk.store, "all", ListFilter(category="politics"))
    assert [one.name for one in saved_searches.saved_searches(desk.store)] == ["all", "Canals"]
    assert saved_searches.saved_searches(desk.store)[1].filter == asked
    saved_searches.forget_search(desk.store, "all")
    with desk.store.begin() as tx:
        tx.set_setting("saved searches", '{"a": {"scope": 3, "days": "x", "words": "w"}, "b": 1}')
    (left,) = saved_searches.saved_searches(desk.store)
    assert left.filter == ListFilter(words="w")


def test_an_article_stands_where_it_would_stand_if_all_were_asked(desk):
    made = [desk.draft(headline=f"Story {number}") for number in range(5)]
    drafts.set_pinned(desk.store, made[1:2], desk.reporter.person, is_pinned=True)
    house, person = queries.house(desk.store), desk.reporter.person
    for article in made:
        spot = article_list.spot(desk.store, article, ListFilter(), person=person, house=house)
        sections = article_list.sections(desk.store, ListFilter(), person=person, house=house)
        (section,) = [one for one in sections if one.key == spot.key]
        assert list(section.rows).index(spot.number) == spot.above


def test_an_editors_filed_stories_are_a_queue_and_stand_where_they_would_if_all_were_asked(desk, tmp_path):
    """What is over or due within a day, corrections, then who has waited longest; a reporter has the newest on top."""
    corrected = desk.approved(headline="correction")
    out = publishing.ExportRequest([corrected], tmp_path / "site")
    publishing.export(desk.store, out, by=desk.editor, renderer=desk.renderer)
    names = ["longest", "later", "due tomorrow", "over"]
    stories = {name: desk.draft(headline=name) for name in names} | {"correction": corrected}
    for name, hours in {"due tomorrow": 20, "over": -2}.items():
        due = records.now() + timedelta(hours=hours)
        planning.assign(desk.store, stories[name], by=desk.editor, to=desk.reporter.person, due=due)
    desk.correct(corrected)
    for article in stories.values():
        desk.step(article, Step.FILE, desk.reporter)
    queue = [stories[name] for name in ("over", "due tomorrow", "correction", "longest", "later")]
    house = queries.house(desk.store)

    def shown(person, scope=Scope.ALL):
        sections = article_list.sections(desk.store, ListFilter(scope), person=person, house=house)
        (section,) = [one for one in sections if one.key in {State.FILED, Group.FOR_YOU}]
        found = article_list.lines(desk.store, section.rows, person=person)
        return [found[number].row.id for number in section.rows]

    editor = desk.editor.person
    assert shown(editor) == queue
    assert shown(editor, Scope.FOR_ME) == queue
    assert shown(desk.reporter.person) == list(reversed(stories.values()))
    drafts.set_pinned(desk.store, queue[1:2], editor, is_pinned=True)
    unpinned = [queue[0], *queue[2:]]
    spots = [article_list.spot(desk.store, one, ListFilter(), person=editor, house=house) for one in unpinned]
    assert [spot.above for spot in spots] == [0, 1, 2, 3]
