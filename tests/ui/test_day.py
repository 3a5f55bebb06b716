"""One newsroom from its founding on: three laptops, files, a hub, a day without a line, and somebody who leaves.

After each step nothing typed is lost, and nothing is said in any window that is not so.
"""

import pytest
from conflicts import COMBINED, CONFLICTS, change_apart, decide_all
from two_desks import CHIEF, EDITOR, REPORTER, Newsroom

from ovn_desk.domain.house import Role
from ovn_desk.ui.sharing.hand_over import ALL
from ovn_desk.usecases import join_requests, people

HAND_OVERS, EDITS = 20, 8


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_newsroom_from_its_founding_on(qapp, renderer, tmp_path, server, database):
    room = Newsroom(renderer, tmp_path, names=("bilal", "rana", "ayesha"))
    bilal, rana, ayesha = room.laptops
    try:
        bilal.founds("The Daily Test", CHIEF)
        room.check()
        join_by_file(room, bilal, rana)
        room.use_hub(server, database)
        room.check()
        join_by_hub(room, bilal, ayesha)
        room.laptops = [rana, ayesha]
        room.meet()
        hand_over_to_and_fro(room)
        everything = change_apart(room, CONFLICTS | COMBINED)
        decide_all(room, {kind: story for kind, story in everything.items() if kind in CONFLICTS})
        work_without_a_line(room)
        stop_move_and_set_back_the_hub(room)
        ask_for_passwords(room)
        let_somebody_go(room, bilal)
        everywhere = {word for one in (bilal, rana, ayesha) for word in one.facts.words()}
        assert room.typed <= everywhere
    finally:
        room.laptops = [bilal, rana, ayesha]
        room.close()
        if room.line is not None:
            room.close_hub()


def join_by_file(room, bilal, rana):
    """The reporter's laptop is set up from a file, and what is written there counts once a chief has let them in."""
    number, request = rana.asks_in(bilal.hands_over(what=ALL), REPORTER)
    room.check()
    rana.starts("First words", f"Before anybody let me in. {room.word()}")
    room.check()
    assert bilal.takes_in(request)
    room.check()
    bilal.lets_in(REPORTER, number)
    room.check()
    assert rana.takes_in(bilal.hands_over(what=ALL))
    room.check()
    assert rana.space.session.person.name == REPORTER
    bilal.takes_in(rana.hands_over(what=ALL))
    room.check()


def join_by_hub(room, bilal, ayesha):
    """The editor's laptop is set up from the hub, and the request and the answer go there, too."""
    newcomer = join_requests.newcomer(EDITOR)
    room.give_login(newcomer)
    assert bilal.syncs() == ""
    number, _ = ayesha.asks_in(room.address_for(EDITOR), EDITOR)
    ayesha.starts("Second words", f"Nobody let me in yet. {room.word()}")
    assert ayesha.syncs() == ""
    room.check()
    assert bilal.syncs() == ""
    bilal.lets_in(EDITOR, number)
    people.change_role(bilal.start.store, EDITOR, Role.EDITOR, by=bilal.space.session.by)
    room.meet()
    room.check()
    assert str(ayesha.space.session.person.role) == "editor"


def hand_over_to_and_fro(room):
    rana, ayesha = room.laptops
    story = rana.starts("Pumps start", f"The pumps ran. {room.word()}")
    for number in range(HAND_OVERS):
        giver, taker = (rana, ayesha) if number % 2 == 0 else (ayesha, rana)
        giver.opens(story)
        giver.types(f"\n{room.word()}")
        file = giver.hands_over(to=taker.space.session.person.name)
        room.check()
        assert taker.takes_in(file)
        taker.opens(story)
        room.check()
    room.meet()


def work_without_a_line(room):
    rana, ayesha = room.laptops
    room.line.cut()
    for number in range(EDITS):
        for laptop in room.laptops:
            if number % 3 == 0:
                laptop.starts(f"Offline {room.word()}", "Alpha one.\n\nBeta two.")
            laptop.types(f" {room.word()}")
            laptop.rest()
            if number % 2:
                laptop.saves()
            laptop.minute_passes()
            room.check()
    room.line.mend()
    for laptop in (rana, ayesha, rana):
        laptop.minute_passes()
        room.check()


def stop_move_and_set_back_the_hub(room):
    rana, ayesha = room.laptops
    older = room.back_up_hub()
    for laptop in room.laptops:
        laptop.types(f" {room.word()}")
        laptop.syncs()
        room.check()
    room.move_hub()
    for laptop in room.laptops:
        laptop.minute_passes()
        assert laptop.hub.why_not
        room.check()
        laptop.names_hub(room.address_for(laptop.space.session.person.name))
        room.check()
    room.set_hub_back(older)
    room.check()
    for laptop in (rana, ayesha, rana):
        laptop.minute_passes()
        room.check()
    assert set(rana.facts.records) == set(ayesha.facts.records) == set(room.hub_facts.records)


def ask_for_passwords(room):
    rana, _ = room.laptops
    with room.asking_password(REPORTER, "right horse"):
        rana.types(f" {room.word()}")
        rana.minute_passes()
        room.check()
        assert rana.gives_password("wrong horse")
        room.check()
        assert rana.gives_password("right horse") == ""
        room.check()


def let_somebody_go(room, bilal):
    """Who has left writes nothing more that counts; what they wrote before they heard of it is kept."""
    rana, ayesha = room.laptops
    bilal.names_hub(room.address_for(CHIEF))
    room.laptops = [rana, ayesha, bilal]
    people.retire_staff(bilal.start.store, REPORTER, by=bilal.space.session.by)
    rana.types(f" Late {room.word()}")
    rana.saves()
    for laptop in (bilal, rana, ayesha, bilal):
        assert laptop.syncs() == ""
        room.check()
    assert rana.space.article.edit_refusal
