"""Somebody is taken off the roster while they write on, at another laptop."""

import pytest
from two_desks import CHIEF, EDITOR, REPORTER, Newsroom, furnish

from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.usecases import people, queries


@pytest.fixture(scope="module")
def apart(qapp, renderer, tmp_path_factory, template):
    """A reporter's laptop and the chief's, between which only files go."""
    made = Newsroom(renderer, tmp_path_factory.mktemp("apart"))
    furnish(template, made, [REPORTER], [CHIEF, EDITOR])
    yield made
    made.close()


def test_who_has_left_keeps_what_counts_no_more_and_can_open_the_desk(apart, tmp_path):
    rana, bilal = apart.laptops
    known = rana.starts("Known", "Handed over before.")
    bilal.takes_in(rana.hands_over(to=CHIEF))
    people.retire_staff(bilal.start.store, name=REPORTER, by=bilal.space.session.by)
    late, new = apart.word(), apart.word()
    rana.types(f" Late {late}.")
    rana.saves()
    rana.starts("Pumps", f"The pumps ran {new}.")
    rana.saves()
    last = apart.word()
    rana.types(f" And then {last}")  # of which there is no version, nor is it kept yet
    assert rana.takes_in(bilal.hands_over(to=REPORTER, what=1))

    def look():
        said = " ".join(text for _, text in rana.said())
        assert "has left this newsroom" in said
        assert "2 stories" in said
        assert not any(story in said for story in (known, gone))
        assert [one.written.headline for one in rana.panes.recovery.found] == ["Pumps", "Known"]
        assert last in rana.panes.recovery.view.toPlainText()

    (gone,) = rana.facts.stories - {known}
    assert rana.panes.recovery.isVisible()
    look()
    apart.check()
    rana.run("article.hand_over")
    assert not [one for one in rana.window.findChildren(HandOverDialog) if one.isVisible()]
    look()
    for name in ("first", "second"):
        rana.end()
        rana.sit()
        assert rana.window.isVisible()
        rana.run("desk.recovery")
        look()
        (folder := tmp_path / name).mkdir()
        rana.window.features.people.save_texts(folder)
        written = " ".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
        assert all(word in written for word in (late, new, last))
    apart.check()


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
