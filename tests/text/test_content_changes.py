"""What changed of a whole article, walked and decided one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from ovn_desk.domain.article import Content
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source, Terms
from ovn_desk.text.changes import State, compared

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
        (change.part, change.key[0], str(change.state), change.differing) for change in compared(before, after).items
    ]


@given(CONTENTS, CONTENTS)
def test_nothing_accepted_is_the_old_content_and_all_of_it_the_new(before, after):
    found = compared(before, after)
    assert found.content([]) == before
    assert found.content([change.id for change in found.all]) == after
    assert len({change.id for change in found.all}) == len(found.all)


@given(CONTENTS, CONTENTS, st.data())
def test_accepting_some_and_then_the_rest_gives_the_new_content(before, after, data):
    found = compared(before, after)
    some = found.content([change.id for change in found.all if data.draw(st.booleans())])
    rest = compared(some, after)
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
    (moved,) = compared(before, after).items
    assert (moved.state, moved.part, moved.differing) == (State.MOVED, "sources", ("role",))
    assert compared(before, after).content([moved.id]) == after


def test_tags_and_pictures_are_compared():
    after = replace(STORY, tags=("rail", "Baku"), images=(Image(key="train", alt="A freight train"),))
    assert items(STORY, after) == [
        ("tags", "trade", "removed", ()),
        ("tags", "Baku", "added", ()),
        ("images", "train", "changed", ("alt",)),
    ]


def test_changes_are_walked_from_the_headline_down():
    after = replace(STORY, headline="Groups to meet soon", body="They met in Baku [@dawn].", category="world", tags=())
    assert [getattr(change, "part", change) for change in compared(STORY, after).all[2:]] == [
        "category",
        "tags",
        "tags",
    ]
    assert [change.after for change in compared(STORY, after).all[:2]] == [" soon", "met"]


def test_one_field_is_accepted_and_the_headline_is_not():
    after = replace(STORY, headline="Groups will meet", category="world")
    (category,) = compared(STORY, after).fields
    assert compared(STORY, after).content([category.id]) == replace(STORY, category="world")
