"""What changed of a whole article, walked and decided one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from ovn_desk.domain.article import Content
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source, Terms
from ovn_desk.text.changes import State, compare_contents

DAWN = Source(key="dawn", name="Dawn", url="https://dawn.com/1")
NOTE = Source(key="fo-note", name="Foreign Office")
STORY = Content(
    headline="Groups to meet",
    body="They will meet in Baku [@dawn].",
    category="politics",
    tags=("rail", "trade"),
    sources=(DAWN, NOTE),
    images=(Image(key="train", alt="A train"),),
)


def items(before, after):
    return [
        (change.part, change.key[0], str(change.state), change.differing)
        for change in compare_contents(before, after).items
    ]


@given(CONTENTS, CONTENTS)
def test_nothing_accepted_is_the_old_content_and_all_of_it_the_new(before, after):
    found = compare_contents(before, after)
    assert found.content([]) == before
    assert found.content([change.id for change in found.all]) == after
    assert len({change.id for change in found.all}) == len(found.all)


@given(CONTENTS, CONTENTS, st.data())
def test_accepting_some_and_then_the_rest_gives_the_new_content(before, after, data):
    found = compare_contents(before, after)
    some = found.content([change.id for change in found.all if data.draw(st.booleans())])
    rest = compare_contents(some, after)
    assert rest.content([change.id for change in rest.all]) == after


def test_a_source_is_added_removed_and_changed_by_its_key():
    after = replace(STORY, sources=(replace(DAWN, terms=Terms.BACKGROUND, url=""), Source(key="apa", name="APA")))
    assert items(STORY, after) == [
        ("sources", "dawn", "changed", ("url", "terms")),
        ("sources", "fo-note", "removed", ()),
        ("sources", "apa", "added", ()),
    ]


def test_a_source_that_moved_and_changed_is_one_change():
    before = replace(STORY, sources=(DAWN, Source(key="apa"), NOTE))
    after = replace(STORY, sources=(replace(NOTE, role="spokesman"), DAWN, Source(key="apa")))
    (moved,) = compare_contents(before, after).items
    assert (moved.state, moved.part, moved.differing) == (State.MOVED, "sources", ("role",))
    assert compare_contents(before, after).content([moved.id]) == after


def test_tags_and_pictures_are_compared():
    after = replace(STORY, tags=("rail", "Baku"), images=(Image(key="train", alt="A freight train"),))
    assert items(STORY, after) == [
        ("tags", "trade", "removed", ()),
        ("tags", "Baku", "added", ()),
        ("images", "train", "changed", ("alt",)),
    ]


def test_changes_are_walked_from_the_headline_down():
    after = replace(STORY, headline="Groups to meet soon", body="They met in Baku [@dawn].", category="world", tags=())
    assert [getattr(change, "part", change) for change in compare_contents(STORY, after).all[2:]] == [
        "category",
        "tags",
        "tags",
    ]
    assert [change.after for change in compare_contents(STORY, after).all[:2]] == [" soon", "met"]


def test_one_field_is_accepted_and_the_headline_is_not():
    after = replace(STORY, headline="Groups will meet", category="world")
    (category,) = compare_contents(STORY, after).fields
    assert compare_contents(STORY, after).content([category.id]) == replace(STORY, category="world")
