"""Two versions made from one: nothing typed vanishes, nothing is invented, and both sides see the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Source
from ovn_desk.text import blocks
from ovn_desk.text.merge import Take, merge, resolve

ONE = "The agreement emerged from a meeting chaired by the minister, who spoke of trade."
TWO = "A delegation explored the railway project, which could join the two networks by spring."
THREE = "Farmers near the border said that the road matters more to them than any train."
NEW = "The opposition called for a debate on Monday and asked who would pay for the tracks."
OTHER = "A spokesman for the port said that ships were waiting and that grain would not keep."


def body(*paragraphs):
    return Content(body="\n\n".join(paragraphs))


def merged(base, mine, theirs):
    return merge(body(*base), body(*mine), body(*theirs))


def whole(base, mine, theirs):
    """The paragraphs of an automatic merge."""
    return resolve(merged(base, mine, theirs)).body.split("\n\n")


def torn(base, mine, theirs):
    """What has to be decided, as base, mine and theirs."""
    return [(found.base, found.mine, found.theirs) for found in merged(base, mine, theirs).conflicts]


BASE = [ONE, TWO, THREE]
ONE_MINE, ONE_THEIRS = ONE.replace("trade", "trade and rail"), ONE.replace("the minister", "the prime minister")
TWO_MINE, TWO_THEIRS = TWO.replace("spring", "May"), TWO.replace("two networks", "three networks")


def test_two_figures_for_one_are_never_made_a_third():
    base, mine, theirs = (f"{n} people were injured in the blast." for n in (12, 14, 17))
    assert torn([base], [mine], [theirs]) == [(base, mine, theirs)]


def test_edits_of_different_paragraphs_are_combined():
    assert whole(BASE, [ONE_MINE, TWO, THREE], [ONE, TWO_THEIRS, THREE]) == [ONE_MINE, TWO_THEIRS, THREE]
    assert whole(BASE, [ONE, TWO, THREE, NEW], [OTHER, ONE, TWO, THREE]) == [OTHER, ONE, TWO, THREE, NEW]
    assert whole(BASE, [TWO, THREE], [ONE, TWO_THEIRS, THREE]) == [TWO_THEIRS, THREE]


def test_the_very_same_change_is_no_conflict():
    assert whole(BASE, [ONE_MINE, TWO, NEW], [ONE_MINE, TWO, NEW]) == [ONE_MINE, TWO, NEW]
    assert whole(BASE, [ONE, THREE], [ONE, THREE]) == [ONE, THREE]


def test_the_same_paragraphs_put_in_with_other_gaps_are_the_same_from_either_side():
    base, mine, theirs = body(ONE), Content(body=f"{ONE}\n\n{NEW}\n\n\n{OTHER}"), body(ONE, NEW, OTHER)
    assert resolve(merge(base, mine, theirs)) == resolve(merge(base, theirs, mine)) == theirs


def test_one_paragraph_edited_by_both_is_a_conflict_and_the_rest_is_combined():
    found = merged(BASE, [ONE_MINE, TWO, THREE, NEW], [ONE_THEIRS, TWO, THREE])
    (conflict,) = found.conflicts
    assert (conflict.part, conflict.base, conflict.mine, conflict.theirs) == ("body", ONE, ONE_MINE, ONE_THEIRS)
    assert [row.text for row in found.rows] == ["", TWO, THREE, NEW]


def test_both_putting_something_at_the_same_place_is_a_conflict():
    assert torn(BASE, [ONE, NEW, TWO, THREE], [ONE, OTHER, TWO, THREE]) == [("", NEW, OTHER)]


def test_taking_out_what_the_other_edited_is_a_conflict():
    assert torn(BASE, [ONE, THREE], [ONE, TWO_THEIRS, THREE]) == [(TWO, "", TWO_THEIRS)]


def test_putting_something_beside_what_the_other_took_out_is_a_conflict():
    assert torn(BASE, [ONE, THREE], [ONE, TWO, NEW, THREE]) == [(TWO, "", f"{TWO}\n\n{NEW}")]


def test_two_neighbouring_paragraphs_taken_out_by_one_side_each_are_both_gone():
    assert whole(BASE, [ONE, THREE], [ONE, TWO]) == [ONE]


def test_a_paragraph_parted_by_one_and_edited_by_the_other_is_a_conflict():
    base = f"{ONE} {TWO}"
    edited = base.replace("spring", "May")
    assert torn([base, THREE], [ONE, TWO, THREE], [edited, THREE]) == [(base, f"{ONE}\n\n{TWO}", edited)]


def test_a_move_and_an_edit_elsewhere_are_combined():
    assert whole(BASE, [THREE, ONE, TWO], [ONE, TWO_THEIRS, THREE]) == [THREE, ONE, TWO_THEIRS]


def test_a_paragraph_moved_by_one_and_edited_by_the_other_is_one_decision():
    found = merged(BASE, [THREE, ONE, TWO], [ONE, TWO, THREE.replace("any train", "trains")])
    (conflict,) = found.conflicts
    edited = THREE.replace("any train", "trains")
    assert (conflict.base, conflict.mine, conflict.theirs) == (THREE, THREE, edited)
    assert resolve(found, {conflict.id: Take.MINE}) == body(THREE, ONE, TWO)
    assert resolve(found, {conflict.id: Take.THEIRS}) == body(ONE, TWO, edited)
    assert resolve(found, {conflict.id: "Written."}) == body("Written.", ONE, TWO)


def test_a_paragraph_moved_to_two_places_stands_at_one_of_them():
    found = merged([*BASE, NEW, OTHER], [NEW, *BASE, OTHER], [ONE, NEW, TWO, THREE, OTHER])
    (conflict,) = found.conflicts
    assert resolve(found, {conflict.id: Take.MINE}) == body(NEW, *BASE, OTHER)
    assert resolve(found, {conflict.id: Take.THEIRS}) == body(ONE, NEW, TWO, THREE, OTHER)


def test_a_paragraph_moved_by_one_and_taken_out_by_the_other_is_a_conflict():
    found = merged(BASE, [THREE, ONE, TWO], [ONE, TWO])
    (conflict,) = found.conflicts
    assert (conflict.mine, conflict.theirs) == (THREE, "")
    assert resolve(found, {conflict.id: Take.THEIRS}) == body(ONE, TWO)
    assert resolve(found, {conflict.id: Take.MINE}) == body(THREE, ONE, TWO)


def test_the_same_new_paragraph_at_two_places_is_not_printed_twice():
    found = merged(BASE, [NEW, *BASE], [*BASE, NEW])
    (conflict,) = found.conflicts
    assert resolve(found, {conflict.id: Take.MINE}) == body(NEW, *BASE)
    assert resolve(found, {conflict.id: Take.THEIRS}) == body(*BASE, NEW)


def test_two_new_paragraphs_at_two_places_in_another_order_are_two_decisions():
    found = merged(BASE, [NEW, OTHER, *BASE], [*BASE, OTHER, NEW])
    assert [(conflict.mine, conflict.theirs) for conflict in found.conflicts] == [(NEW, NEW), (OTHER, OTHER)]
    assert resolve(found, {conflict.id: Take.MINE for conflict in found.conflicts}) == body(NEW, OTHER, *BASE)
    assert resolve(found, {conflict.id: Take.THEIRS for conflict in found.conflicts}) == body(*BASE, OTHER, NEW)


def test_a_conflict_is_decided_for_one_for_both_or_written_anew():
    found = merged(BASE, [ONE_MINE, TWO, THREE], [ONE_THEIRS, TWO, THREE])
    name = found.conflicts[0].id
    assert resolve(found, {name: Take.MINE}) == body(ONE_MINE, TWO, THREE)
    assert resolve(found, {name: Take.THEIRS}) == body(ONE_THEIRS, TWO, THREE)
    assert resolve(found, {name: Take.BOTH}) == body(ONE_THEIRS, ONE_MINE, TWO, THREE)
    assert resolve(found, {name: "Anew."}) == body("Anew.", TWO, THREE)


def test_nothing_is_resolved_while_something_is_undecided():
    found = merged([ONE], [ONE_MINE], [ONE_THEIRS])
    with pytest.raises(DeskError, match="Not everything is decided yet"):
        resolve(found)


def test_a_decision_about_another_merge_is_refused():
    with pytest.raises(DeskError, match="Look at them again"):
        resolve(merged([ONE], [ONE], [ONE]), {"body-1": Take.MINE})


DAWN, APA = Source(key="dawn", name="Dawn"), Source(key="apa", name="APA")
STORY = Content(headline="Groups to meet", category="politics", tags=("rail",), sources=(DAWN,))


def test_fields_and_sources_changed_by_one_side_each_are_combined():
    mine = replace(STORY, category="world", sources=(DAWN, APA), tags=("rail", "trade"))
    theirs = replace(
        STORY, headline="Groups met", sources=(replace(DAWN, url="https://dawn.com/1"),), tags=("Baku", "rail")
    )
    assert resolve(merge(STORY, mine, theirs)) == replace(
        STORY,
        headline="Groups met",
        category="world",
        sources=(replace(DAWN, url="https://dawn.com/1"), APA),
        tags=("Baku", "rail", "trade"),
    )


def test_a_source_changed_by_both_is_a_conflict_by_its_key():
    mine = replace(STORY, sources=(replace(DAWN, url="https://dawn.com/1"),))
    theirs = replace(STORY, sources=(replace(DAWN, name="Dawn News"),))
    found = merge(STORY, mine, theirs)
    (conflict,) = found.conflicts
    assert (conflict.part, conflict.key, conflict.base) == ("sources", ("dawn",), DAWN)
    assert resolve(found, {conflict.id: Take.MINE}) == mine
    with pytest.raises(DeskError, match="cannot be both"):
        resolve(found, {conflict.id: Take.BOTH})
    with pytest.raises(DeskError, match="cannot be written"):
        resolve(found, {conflict.id: "Dawn"})


def test_a_source_taken_out_by_one_and_changed_by_the_other_is_a_conflict():
    mine, theirs = replace(STORY, sources=()), replace(STORY, sources=(replace(DAWN, name="Dawn News"),))
    found = merge(STORY, mine, theirs)
    assert resolve(found, {found.conflicts[0].id: Take.MINE}) == mine
    assert resolve(found, {found.conflicts[0].id: Take.THEIRS}) == theirs


def test_an_order_changed_by_both_is_a_conflict():
    base, mine, theirs = (replace(STORY, tags=tuple(tags)) for tags in ("abc", "bac", "acb"))
    found = merge(base, mine, theirs)
    assert [(conflict.part, conflict.key) for conflict in found.conflicts] == [("tags", ())]
    assert resolve(found, {found.conflicts[0].id: Take.THEIRS}) == theirs


def test_a_headline_changed_by_both_may_be_written_anew():
    found = merge(STORY, replace(STORY, headline="A"), replace(STORY, headline="B"))
    assert resolve(found, {found.conflicts[0].id: "C"}) == replace(STORY, headline="C")


SENTENCES = [ONE, TWO, THREE, NEW, OTHER, "***", "## Background", "Nobody was hurt.", "- one\n- two"]


@st.composite
def edited(draw, paragraphs):
    """A version of a text: paragraphs edited, moved, taken out, put in, parted and joined."""
    made = list(paragraphs)
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["edit", "edit", "move", "drop", "add", "part", "join"]))
        place = draw(st.integers(0, len(made)))
        if what == "add" or place == len(made):
            made.insert(place, draw(st.sampled_from(SENTENCES)) + draw(st.sampled_from(["", " He said so.", " 17"])))
        elif what == "edit":
            words = made[place].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(["14", "seventeen", "never", "“no”"]))
            made[place] = " ".join(words)
        elif what == "move":
            made.insert(draw(st.integers(0, len(made) - 1)), made.pop(place))
        elif what == "drop":
            made.pop(place)
        elif what == "part":
            made[place] = made[place].replace(" ", "\n\n", 1)
        elif place:
            made[place - 1 : place + 1] = [" ".join(made[place - 1 : place + 1])]
    gap = draw(st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n"]))
    return gap.join(made) + draw(st.sampled_from(["", "", "\n"]))


@st.composite
def three(draw):
    """A base and two versions of it."""
    paragraphs = draw(st.lists(st.sampled_from(SENTENCES), max_size=6))
    return "\n\n".join(paragraphs), draw(edited(paragraphs)), draw(edited(paragraphs))


def lines(text):
    return {line for paragraph in blocks.split(text).paragraphs for line in paragraph.split("\n")}


def merged_texts(base, mine, theirs):
    return merge(*(Content(body=text) for text in (base, mine, theirs)))


@given(three())
def test_a_merge_with_the_base_is_the_other_version(texts):
    base, mine, _ = texts
    assert resolve(merged_texts(base, base, mine)).body == mine
    assert resolve(merged_texts(base, mine, base)).body == mine
    assert resolve(merged_texts(base, mine, mine)).body == mine


@given(three())
def test_no_typed_line_vanishes(texts):
    base, mine, theirs = texts
    found = merged_texts(base, mine, theirs)
    kept = {line for row in found.rows for line in lines(row.text)}
    kept |= {line for conflict in found.conflicts for side in (conflict.mine, conflict.theirs) for line in lines(side)}
    assert (lines(mine) | lines(theirs)) - lines(base) <= kept


@given(three())
def test_a_merged_paragraph_is_one_of_the_versions(texts):
    found = merged_texts(*texts)
    known = {paragraph for text in texts for paragraph in blocks.split(text).paragraphs}
    for take in Take:
        made = resolve(found, {conflict.id: take for conflict in found.conflicts}).body
        assert set(blocks.split(made).paragraphs) <= known


@given(three())
def test_a_row_that_is_not_in_doubt_is_as_the_only_side_that_changed_it_has_it(texts):
    for row in merged_texts(*texts).rows:
        base, mine, theirs = (blocks.split(text).paragraphs for text in (row.base, row.mine, row.theirs))
        if row.conflict is None:
            assert row.text in {row.mine, row.theirs}
            assert mine == theirs or blocks.split(row.text).paragraphs == (mine if theirs == base else theirs)
            assert mine == theirs or base in {mine, theirs}


@given(st.permutations([ONE, TWO, THREE, NEW, OTHER]), st.data())
def test_two_edits_of_one_paragraph_are_a_conflict_wherever_else_both_edit(paragraphs, data):
    versions = list(paragraphs), list(paragraphs)
    place = data.draw(st.integers(0, 4))
    for other in set(range(5)) - {place}:
        version = data.draw(st.sampled_from(versions))
        version[other] = data.draw(st.sampled_from([version[other], f"{version[other]} So he said.", "Gone."]))
    words = paragraphs[place].split(" ")
    for version, word in zip(versions, ("14", "17"), strict=True):
        at = data.draw(st.integers(0, len(words) - 1))
        version[place] = " ".join([*words[:at], word, *words[at + 1 :]])
    found = merge(body(*paragraphs), body(*versions[0]), body(*versions[1]))
    assert any(
        versions[0][place] in conflict.mine and versions[1][place] in conflict.theirs for conflict in found.conflicts
    )


@given(three())
def test_no_paragraph_put_in_stands_more_often_than_a_side_has_it(texts):
    found = merged_texts(*texts)
    _, mine, theirs = (blocks.split(text).paragraphs for text in texts)
    put_in = [paragraph for row in found.rows if not row.base for paragraph in blocks.split(row.text).paragraphs]
    for paragraph in put_in:
        if len(paragraph.split()) > 3:
            assert put_in.count(paragraph) <= max(mine.count(paragraph), theirs.count(paragraph))


@given(three())
def test_both_sides_see_the_same(texts):
    base, mine, theirs = texts
    one, other = merged_texts(base, mine, theirs), merged_texts(base, theirs, mine)
    assert [(c.id, c.base, c.mine, c.theirs) for c in one.conflicts] == [
        (c.id, c.base, c.theirs, c.mine) for c in other.conflicts
    ]
    assert [(row.base, row.mine, row.text, row.conflict) for row in one.rows] == [
        (row.base, row.theirs, row.text, row.conflict) for row in other.rows
    ]
    names = [conflict.id for conflict in one.conflicts]
    assert resolve(one, dict.fromkeys(names, Take.MINE)) == resolve(other, dict.fromkeys(names, Take.THEIRS))


@given(three())
def test_what_one_side_alone_wrote_stands_whatever_is_decided(texts):
    found = merged_texts(*texts)
    for take in (Take.MINE, Take.THEIRS):
        made = resolve(found, {conflict.id: take for conflict in found.conflicts}).body
        assert all(line in lines(made) for row in found.rows for line in lines(row.text))


@given(three())
def test_taking_one_side_everywhere_keeps_all_its_new_lines(texts):
    base, mine, theirs = texts
    found = merged_texts(base, mine, theirs)
    made = resolve(found, {conflict.id: Take.MINE for conflict in found.conflicts}).body
    assert lines(mine) - lines(base) <= lines(made)


@given(CONTENTS, CONTENTS)
def test_a_content_merged_with_its_base_is_itself(base, other):
    assert resolve(merge(base, base, other)) == other
    assert resolve(merge(base, other, base)) == other
    assert resolve(merge(base, other, other)) == other


@given(CONTENTS, CONTENTS, CONTENTS)
def test_contents_are_merged_the_same_from_either_side(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    names = [conflict.id for conflict in one.conflicts]
    assert names == [conflict.id for conflict in other.conflicts]
    assert resolve(one, dict.fromkeys(names, Take.MINE)) == resolve(other, dict.fromkeys(names, Take.THEIRS))


@given(CONTENTS, CONTENTS, CONTENTS)
def test_no_source_and_no_tag_vanishes(base, mine, theirs):
    found = merge(base, mine, theirs)
    made = resolve(found, {conflict.id: Take.MINE for conflict in found.conflicts})
    kept = {source.key for source in made.sources} | {conflict.key[0] for conflict in found.conflicts if conflict.key}
    assert {source.key for source in (*mine.sources, *theirs.sources)} - {s.key for s in base.sources} <= kept
    assert {*mine.tags, *theirs.tags} - {*base.tags} <= {*made.tags}
