"""Somebody is taken off the roster while they write on, at another laptop."""

from two_desks import CHIEF, REPORTER

from ovn_desk.usecases import people, queries


def test_what_somebody_writes_who_has_left_counts_for_nobody_and_is_kept(linked):
    rana, ayesha = linked.laptops
    rana.starts("Pumps", f"The pumps ran. {linked.word()}")
    rana.saves()
    linked.meet()
    store = ayesha.start.store
    chief = next(one for one in queries.active_staff(store) if one.name == CHIEF)
    ayesha.space.article.switch_person(chief)
    people.retire_staff(store, name=REPORTER, by=ayesha.space.session.by)
    rana.types(f" Late {linked.word()}")
    rana.saves()
    ayesha.syncs()
    linked.check()
    rana.syncs()
    linked.check()
    ayesha.syncs()
    linked.check()
    story = rana.story
    assert set(rana.facts.of(story)) == set(ayesha.facts.of(story))
    assert rana.facts.heads(story) < set(rana.facts.of(story))
    assert "has left" in rana.space.article.edit_refusal
