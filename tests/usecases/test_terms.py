"""What was agreed with a source is loosened by nothing but a person who says so: every other way that sources take."""

from dataclasses import replace
from itertools import permutations

import pytest

from issues import POST
from make import DAWN, content
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.source import SourceKind, Terms
from ovn_desk.formats import markdown
from ovn_desk.formats.wxr import posts
from ovn_desk.text import merge
from ovn_desk.usecases import suggesting, translating, writing

PAIRS = [(one, other) for one, other in permutations(Terms, 2) if one.is_looser_than(other)]
PERSON = replace(DAWN, key="quiet", kind=SourceKind.PERSON, name="An Official", outlet="")


def test_the_order_of_terms():
    assert Terms.ON_RECORD.is_looser_than(Terms.BACKGROUND)
    assert Terms.BACKGROUND.is_looser_than(Terms.OFF_RECORD)
    assert not any(terms.is_looser_than(terms) for terms in Terms)


@pytest.mark.parametrize(("looser", "stricter"), PAIRS)
def test_an_older_version_comes_back_with_what_was_agreed_since(desk, looser, stricter):
    article = desk.draft(sources=(replace(PERSON, terms=looser),))
    first = desk.article(article).head
    desk.edit(article, by=desk.reporter, sources=(replace(PERSON, terms=stricter, role="Clerk"),))
    writing.bring_back(desk.store, article, first, by=desk.reporter)
    assert desk.read(writing.text_of, article).sources == (replace(PERSON, terms=stricter),)


@pytest.mark.parametrize(("looser", "stricter"), PAIRS)
def test_rejecting_what_the_desk_agreed_does_not_loosen_it(desk, looser, stricter):
    article = desk.in_review(sources=(replace(PERSON, terms=looser),))
    desk.edit(article, sources=(replace(PERSON, terms=stricter),))
    (change,) = desk.read(suggesting.suggestions, article).all
    with pytest.raises(StepRefused, match=f"“An Official”, which is {stricter}, {looser}"):
        suggesting.decide(desk.store, article, change.id, accept=False, by=desk.editor)
    assert desk.read(writing.text_of, article).sources[0].terms is stricter


@pytest.mark.parametrize(("looser", "stricter"), PAIRS)
def test_a_translation_takes_terms_over(desk, looser, stricter):
    original = content(sources=(replace(PERSON, terms=looser), replace(PERSON, key="b", terms=stricter)))
    article = writing.start(desk.store, original, by=desk.reporter)
    assert translating.begin_translation(original, article, POST, language="ur").sources == original.sources


@pytest.mark.parametrize(("looser", "stricter"), PAIRS)
def test_versions_written_apart_are_not_combined_to_looser_terms(looser, stricter):
    base = content(sources=(replace(PERSON, terms=looser),))
    mine = replace(base, sources=(replace(PERSON, terms=stricter),))
    theirs = replace(base, sources=(replace(PERSON, terms=looser, role="Clerk"),))
    merged = merge.merge(base, mine, theirs)
    assert [conflict.key for conflict in merged.conflicts] == [("quiet",)]
    alike = merge.merge(base, mine, replace(base, headline="Another"))
    assert merge.resolve(alike).sources == mine.sources


@pytest.mark.parametrize(("looser", "stricter"), PAIRS)
@pytest.mark.parametrize("take", [merge.Take.MINE, merge.Take.THEIRS])
def test_a_source_that_one_side_gave_another_key_keeps_what_the_other_agreed(looser, stricter, take):
    base = content(sources=(replace(PERSON, terms=looser),))
    renamed = replace(base, sources=(replace(PERSON, key="official", terms=looser),))
    agreed = replace(base, sources=(replace(PERSON, terms=stricter),))
    for mine, theirs in ((renamed, agreed), (agreed, renamed)):
        merged = merge.merge(base, mine, theirs)
        (conflict,) = merged.conflicts
        found = merge.resolve(merged, {conflict.id: take}).sources
        assert {source.terms for source in found} == {stricter}


def test_two_agreements_with_one_person_stay_two():
    on, off = replace(PERSON, key="on"), replace(PERSON, key="off", terms=Terms.OFF_RECORD)
    base = content(sources=())
    merged = merge.merge(base, replace(base, sources=(on,)), replace(base, sources=(off,)))
    assert {source.key: source.terms for source in merge.resolve(merged).sources} == {
        "on": Terms.ON_RECORD,
        "off": Terms.OFF_RECORD,
    }


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("terms: off record", Terms.OFF_RECORD),
        ("Terms: off record", Terms.OFF_RECORD),
        ("terms: background\n    why unnamed: The post", Terms.BACKGROUND),
        ("role: Clerk", Terms.ON_RECORD),
        ("terms:", Terms.ON_RECORD),
    ],
)
def test_terms_in_front_matter(told, wanted):
    read = markdown.read(f"---\nheadline: A\nsources:\n  - key: s1\n    name: B\n    {told}\n---\nText", POST)
    assert read.sources[0].terms is wanted


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("terms: off", "is no terms"),
        ("terms: false", "is no terms"),
        ("terms: off-record", "is no terms"),
        ("term: off record", "It may be “terms”"),
        ("why_unnamed: The post would be lost", "but no terms"),
        ("known-to: Ayesha", "but no terms"),
    ],
)
def test_front_matter_that_may_mean_stricter_terms_is_not_taken_as_on_record(told, said):
    with pytest.raises(DeskError, match=said):
        markdown.read(f"---\nheadline: A\nsources:\n  - key: s1\n    name: B\n    {told}\n---\nText", POST)


def test_a_withheld_source_that_comes_back_from_wordpress_is_not_on_record():
    page = (
        '<p>They say<sup class="ovn-cite"><a href="#ovn-source-1">1</a></sup>.</p><h2 id="ovn-sources">Sources</h2>'
        '<ol><li id="ovn-source-1">A source known to the desk; the name is withheld as agreed</li></ol>'
    )
    (source,) = posts.read(page).sources
    assert source.terms is Terms.BACKGROUND
