"""A newsroom founded from answers is a newsroom file that can be read, with nobody on its roster but who founds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.texts import one_line
from ovn_desk.usecases import drafts, founding, housekeeping, people, sample
from ovn_desk.usecases.founding import Answers

SECTIONS = founding.offered_sections()


def answers(**changes):
    return Answers(
        **{"name": "Lyari Times", "languages": ("en", "ur"), "sections": SECTIONS[:2]}
        | {"time_zone": "Asia/Karachi"}
        | changes
    )


def test_the_answers_are_the_newsroom():
    house = housekeeping.read_whole_house(founding.house_text(answers(address="lyari.pk", tagline="Ours")))
    assert (house.name, house.tagline, house.url) == ("Lyari Times", "Ours", "https://lyari.pk")
    assert (house.languages, house.time_zone) == (("en", "ur"), "Asia/Karachi")
    assert [one.key for one in house.categories] == ["politics", "business"]
    assert house.roster == ()


def test_what_can_wait_is_left_out():
    house = housekeeping.read_whole_house(founding.house_text(answers()))
    assert (house.tagline, house.url) == ("", "https://lyari-times.example")


@given(name=st.text(min_size=1), own=st.text(), tagline=st.text())
def test_whatever_is_typed_makes_a_newsroom_that_can_be_read(name, own, tagline):
    if not one_line(name):
        return
    sections = (*SECTIONS, *founding.own_sections(own, SECTIONS))
    house = housekeeping.read_whole_house(founding.house_text(answers(name=name, sections=sections, tagline=tagline)))
    assert (house.name, house.tagline) == (one_line(name), one_line(tagline))
    assert [one.name("en") for one in house.categories] == [one.name("en") for one in sections]


def test_own_categories_are_parted_by_commas_of_both_scripts_and_come_once():
    found = founding.own_sections("Cricket, Karachi، sport,,  cricket , کھیل, ادب", SECTIONS)
    assert [(one.key, one.name("en")) for one in found] == [
        ("cricket", "Cricket"),
        ("karachi", "Karachi"),
        ("section", "ادب"),
    ]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"name": "  "}, "Name the newsroom"),
        ({"languages": ()}, "at least one language"),
        ({"sections": ()}, "at least one category"),
        ({"address": "no where"}, "address"),
        ({"time_zone": "Karachi"}, "Karachi"),
    ],
)
def test_what_is_missing_is_said(lacking, said):
    with pytest.raises(DeskError, match=said):
        founding.house_text(answers(**lacking))


@pytest.fixture
def founded(tmp_path):
    made = housekeeping.create_newsroom(
        tmp_path / "new.ovn", house_text=founding.house_text(answers(sections=SECTIONS[-1:])), chief="Sana Baloch"
    )
    yield made
    made.store.close()


def test_only_who_founds_is_on_the_roster(founded):
    with founded.store.read() as reading:
        assert [(one.name, one.role) for one in reading.staff()] == [("Sana Baloch", Role.CHIEF)]


def test_the_story_to_try_is_marked_until_it_is_discarded_or_kept(founded):
    store, chief = founded.store, founded.chief
    story = sample.add_story_to_try(store, by=chief)
    with store.read() as reading:
        assert reading.row(story).headline.startswith("Sample: ")
    drafts.discard(store, [story], by=chief.person)
    assert sample.story_to_try(store) is None
    drafts.restore(store, [story])
    assert sample.story_to_try(store) == story
    sample.forget_story(store)
    assert sample.story_to_try(store) is None


def test_the_sample_newsroom_is_beside_the_real_one_and_everybody_in_it_has_a_key(tmp_path):
    path = sample.sample_path(tmp_path / "newsroom.ovn")
    assert (path.parent, path.name) == (tmp_path, "newsroom-sample.ovn")
    assert sample.own_path(path) == tmp_path / "newsroom.ovn"
    assert sample.own_path(tmp_path / "newsroom.ovn") is None
    store = sample.make_sample_newsroom(path)
    try:
        with store.read() as reading:
            staff = reading.staff()
        assert {one.role for one in staff} == set(Role)
        assert all(people.has_key(store, one) for one in staff)
        assert sample.sample_reporter(store) in [one.name for one in staff if one.role is Role.REPORTER]
    finally:
        store.close()
    assert not (tmp_path / "newsroom.ovn").exists()


def test_a_real_newsroom_is_no_sample(founded):
    assert sample.sample_reporter(founded.store) == ""
