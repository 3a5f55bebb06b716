"""Two people at two windows: nothing typed is lost, and nothing is said that is not so."""

import pytest
from conflicts import COMBINED, CONFLICTS, TEXT, change_apart, decide_all
from PySide6.QtTest import QTest
from two_desks import REPORTER


@pytest.fixture(autouse=True)
def _nothing_is_said(linked):
    """The laptops are the same for all: what a test before was told has been read."""
    for one in linked.laptops:
        one.reads_all()


def test_a_story_goes_there_and_back_as_a_file(linked):
    rana, ayesha = linked.laptops
    story = rana.starts("Pumps start", f"The pumps {linked.word()} ran.")
    linked.check()
    first = rana.hands_over()
    linked.check()
    assert ayesha.takes_in(first)
    linked.check()
    ayesha.opens(story)
    ayesha.types(f" {linked.word()}")
    assert rana.takes_in(ayesha.hands_over())
    linked.check()
    assert not ayesha.takes_in(first)
    linked.check()


def test_a_story_goes_by_the_hub_while_more_is_typed(linked):
    rana, ayesha = linked.laptops
    story = rana.starts("Pumps start", f"The pumps {linked.word()} ran.")
    assert rana.syncs() == ""
    linked.check()
    assert ayesha.syncs() == ""
    ayesha.opens(story)
    linked.check()
    rana.types(f" Water {linked.word()} came.")
    rana.rest()
    linked.check()
    rana.minute_passes()
    linked.check()


def test_what_is_said_of_a_round_names_text_that_is_no_version_and_goes_with_the_next_key(linked):
    rana, _ = linked.laptops
    bar = rana.panes.bar
    linked.meet()
    rana.starts("Pumps start", f"The pumps {linked.word()} ran.")
    rana.syncs()
    assert bar.text == "“Pumps start” went to the hub. This desk and the hub have the same now."
    linked.check()
    QTest.keyClicks(rana.editor, f" {linked.word()}")
    assert not bar.isVisible()
    rana.rest()
    linked.check()
    rana.takes_step("step.file", "Because.")
    rana.syncs()
    assert "went to the hub" in bar.text
    (story,) = change_apart(linked, dict(list(CONFLICTS.items())[:1])).values()
    linked.meet()
    rana.opens(story)
    rana.types(f" {linked.word()}")
    rana.rest()
    rana.syncs()
    assert rana.facts.unsaved(story)
    said = "This desk and the hub have the same versions now. Text that is no version is not there."
    assert bar.text.startswith(said)
    linked.check()


def test_a_round_that_was_asked_for_sends_what_it_made_a_version_of(linked):
    """What came beside a text that was no version yet makes it one: the others shall see both."""
    rana, ayesha = linked.laptops
    story = rana.starts("Pumps", TEXT)
    rana.saves()
    linked.meet()
    ayesha.opens(story)
    rana.replaces("Beta", f"R {linked.word()}")
    rana.saves()
    rana.syncs()
    word = linked.word()
    ayesha.replaces("Beta", f"A {word}")
    ayesha.rest()
    ayesha.syncs()
    assert len(ayesha.facts.heads(story)) == 2
    assert word in linked.hub_facts.words()
    assert "decide which words stand" in ayesha.panes.bar.text
    assert ayesha.panes.status_bar.backup.text().startswith("Everything is at the hub")
    linked.check()
    rana.syncs()
    assert rana.facts.heads(story) == ayesha.facts.heads(story)
    linked.check()


def test_notice_and_status_line_say_the_same_of_a_round_at_the_same_time(linked):
    rana, _ = linked.laptops
    linked.meet()
    rana.starts("Pumps start", f"The pumps {linked.word()} ran.")
    rana.saves()
    rana.types(f" {linked.word()}")
    line = rana.panes.status_bar.backup
    assert "only on this laptop" in line.text()
    said = []
    with rana.at_home():
        rana.hub.counted.connect(lambda _: said.append((rana.panes.bar.text, line.text())))
        rana.run("hub.sync")
    rana.until(lambda: bool(said))
    assert "have the same now" in said[0][0]
    assert said[0][1].startswith("Everything is at the hub")


def test_both_change_the_same_words_and_one_decides(linked):
    kinds = dict(list(CONFLICTS.items())[:2])
    stories = change_apart(linked, kinds)
    assert all(len(linked.laptops[1].facts.heads(one)) == 2 for one in stories.values())
    decide_all(linked, stories)


def test_what_nobody_has_to_decide_is_combined_at_both(linked):
    stories = change_apart(linked, COMBINED)
    linked.meet()
    for story in stories.values():
        heads = [one.facts.heads(story) for one in linked.laptops]
        assert heads[0] == heads[1]
        assert len(heads[0]) == 1


@pytest.mark.campaign
def test_conflicts_of_every_kind_are_decided(linked):
    decide_all(linked, change_apart(linked, CONFLICTS))


def test_a_laptop_that_dies_while_one_types_says_what_is_so(linked):
    rana, _ = linked.laptops
    rana.starts("Pumps", TEXT)
    rana.saves()
    rana.types(f" More {linked.word()}")
    rana.rest()
    rana.kill()
    rana.sit()
    linked.check()


def test_a_laptop_set_back_to_an_older_copy_gets_all_from_the_hub(linked):
    rana, _ = linked.laptops
    rana.starts("Pumps", f"{TEXT} {linked.word()}")
    rana.saves()
    rana.syncs()
    copy = rana.copies()
    rana.types(linked.word())
    rana.saves()
    rana.syncs()
    linked.check()
    rana.end()
    rana.goes_back_to(copy)
    rana.sit()
    linked.check()
    rana.syncs()
    linked.check()
    rana.types(linked.word())
    rana.saves()
    linked.meet()
    linked.check()


def test_a_hub_that_is_stopped_and_set_back_gets_all_from_the_laptops(linked):
    rana, ayesha = linked.laptops
    linked.meet()
    older = linked.back_up_hub()
    rana.starts("Pumps", f"{TEXT} {linked.word()}")
    rana.syncs()
    linked.check()
    linked.line.cut()
    rana.types(linked.word())
    ayesha.starts("Other", linked.word())
    assert rana.syncs()
    ayesha.minute_passes()
    assert ayesha.hub.why_not
    linked.check()
    linked.line.mend()
    for laptop in (rana, ayesha, rana):
        laptop.minute_passes()
        linked.check()
    linked.set_hub_back(older)
    for laptop in (rana, ayesha, rana):
        laptop.minute_passes()
        linked.check()
    assert set(rana.facts.records) == set(ayesha.facts.records) == set(linked.hub_facts.records)


def test_a_wrong_password_and_then_the_right_one(linked):
    rana, _ = linked.laptops
    with linked.asking_password(REPORTER, "right horse"):
        rana.starts("Pumps", f"{TEXT} {linked.word()}")
        rana.minute_passes()
        linked.check()
        assert rana.gives_password("wrong horse")
        linked.check()
        assert rana.gives_password("right horse") == ""
        linked.check()
