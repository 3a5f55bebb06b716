"""Two laptops with a screen each: what two people do at two real windows, key by key, and what these say meanwhile."""

import shutil
from contextlib import contextmanager, nullcontext
from functools import partial

import pytest
from conflicts import COMBINED, CONFLICTS, TEXT
from screen import Screen, display
from two_desks import Newsroom

from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.hand_over import ALL
from ovn_desk.usecases import join_requests

NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if not shutil.which(name)]

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(3600),
    pytest.mark.window,
    pytest.mark.skipif(bool(MISSING), reason=f"Needs {', '.join(MISSING)}: .ci/run installs them."),
]

NEWSROOM, CHIEF, REPORTER = "The Daily Test", "Bilal Ahmed", "Rana Malik"
HAND_OVERS, EDITS = 20, 8
BY_FILE = [*CONFLICTS, *COMBINED][1::2]
"""At a hub each kind comes before real screens, by file every other."""


class Desks:
    """A chief and a reporter, apart; `check` asks each window what it says that is not so."""

    def __init__(self, chief, reporter):
        self.chief, self.reporter = chief, reporter
        self.typed = set()

    def word(self):
        """A word that was never typed before, and must be found for ever after."""
        self.typed.add(f"zq{len(self.typed)}x")
        return f"zq{len(self.typed) - 1}x"

    def check(self, *, of=None):
        both = of or (self.chief, self.reporter)
        lies = [f"{one.name}: {lie}" for one in both for lie in one.lies()]
        assert not lies, "\n".join(lies)
        lost = self.typed - set().union(*(one.words() for one in both))
        assert not lost, f"Lost: {sorted(lost)}"

    def carry(self, giver, taker, **what):
        """A file goes from one laptop to the other; gives whether it brought something."""
        came = taker.takes_in(giver.hands_over(**what))
        self.check()
        return came


@pytest.fixture
def desks(tmp_path):
    with display() as left, display() as right:
        made = Desks(Screen(tmp_path / "chief", left), Screen(tmp_path / "reporter", right))
        try:
            yield made
            made.chief.close()
            made.reporter.close()
        finally:
            made.chief.kill()
            made.reporter.kill()


def test_two_people_at_two_screens_from_the_founding_on(desks):
    chief, reporter = desks.chief, desks.reporter
    chief.founds(NEWSROOM, CHIEF)
    desks.check(of=(chief,))

    number, request = reporter.asks_in(str(chief.hands_over(what=ALL)), REPORTER)
    reporter.starts("First words", f"Before anybody let me in. {desks.word()}")
    desks.check()
    assert chief.takes_in(request)
    chief.lets_in(REPORTER, number)
    desks.check()
    assert desks.carry(chief, reporter, what=ALL)
    assert reporter.person() == REPORTER
    desks.carry(reporter, chief)

    story = reporter.starts("Pumps start", f"The pumps ran. {desks.word()}")
    for turn in range(HAND_OVERS):
        giver, taker = (reporter, chief) if turn % 2 == 0 else (chief, reporter)
        giver.opens(story)
        giver.types(f" {desks.word()}")
        assert desks.carry(giver, taker, to=taker.person())
        taker.opens(story)
    desks.check()

    for place, kind in enumerate(BY_FILE):
        change_and_decide(desks, kind, place, partial(carry_between, desks))
    picture(desks, "files-end")


def test_two_people_at_two_screens_with_a_hub(desks, tmp_path, server, database):
    chief = desks.chief
    room = Newsroom(None, tmp_path, names=())
    chief.founds(NEWSROOM, CHIEF)
    room.reach_hub(server, database)
    try:
        chief.makes_hub(f"postgresql://postgres@/{room.database}?host={room.line.folder}")
        chief.sees_hub(server, room.database)
        desks.check(of=(chief,))
        join_at_hub(desks, room)
        for place, kind in enumerate(CONFLICTS | COMBINED):
            change_and_decide(desks, kind, place, partial(meet, desks), apart=without_line(room))
        picture(desks, "hub-decided")
        work_without_a_line(desks, room)
        set_hub_back(desks, room)
        ask_for_a_password(desks, room)
        let_somebody_go(desks)
    finally:
        room.close_hub()


def picture(desks, name):
    for one in (desks.chief, desks.reporter):
        one.picture(name)


def carry_between(desks):
    """What each has goes to the other as a file."""
    desks.carry(desks.reporter, desks.chief, to=CHIEF)
    desks.carry(desks.chief, desks.reporter, to=REPORTER)


def meet(desks):
    """Rounds at both, until both have everything."""
    for one in (desks.reporter, desks.chief, desks.reporter):
        assert one.syncs() == ""
    desks.check()


@contextmanager
def without_line(room):
    """Meanwhile no round of a window's own comes through, however long it takes."""
    room.line.cut()
    yield
    room.line.mend()


def change_and_decide(desks, kind, place, bring_together, *, apart=None):
    """Both change a story of the reporter's without knowing of each other, and the chief decides.

    `apart` keeps them from it where something goes between them by itself.
    """
    chief, reporter = desks.chief, desks.reporter
    story = reporter.starts(f"Story of {kind}", TEXT)
    reporter.saves()
    bring_together()
    with apart or nullcontext():
        for desk in (reporter, chief):
            desk.opens(story)
            desk.changes(kind, desks.word() if kind != "the same change" else "")
            desk.saves()
        desks.check()
    bring_together()
    chief.opens(story)
    desks.check()
    if kind in CONFLICTS:
        assert len(chief.heads_of(story)) == 2, chief.versions_of(story)
        chief.decides(*((Take.MINE, Take.THEIRS) if place % 2 else (Take.THEIRS, Take.MINE)))
    assert len(chief.heads_of(story)) == 1
    bring_together()
    assert reporter.heads_of(story) == chief.heads_of(story)


def join_at_hub(desks, room):
    """The reporter's laptop is set up from the hub, where the request and the answer go, too."""
    chief, reporter = desks.chief, desks.reporter
    room.give_login(join_requests.newcomer(REPORTER))
    number, _ = reporter.asks_in(room.address_for(REPORTER), REPORTER)
    reporter.sees_hub(room.server, room.database)
    reporter.starts("First words", f"Nobody let me in yet. {desks.word()}")
    assert reporter.syncs() == ""
    desks.check()
    assert chief.syncs() == ""
    chief.lets_in(REPORTER, number)
    meet(desks)
    assert reporter.person() == REPORTER


def work_without_a_line(desks, room):
    room.line.cut()
    for number in range(EDITS):
        for desk in (desks.chief, desks.reporter):
            if number % 3 == 0:
                desk.starts(f"Offline {desks.word()}", "Alpha one.\n\nBeta two.")
            desk.types(f" {desks.word()}")
            desk.rest()
            if number % 2:
                desk.saves()
            desk.minute_passes()
            assert desk.why_not()
        desks.check()
    picture(desks, "hub-not-reached")
    room.line.mend()
    desks.chief.syncs()
    meet(desks)


def set_hub_back(desks, room):
    """The hub's server is lost, and set up anew from an older backup."""
    older = room.back_up_hub()
    for desk in (desks.chief, desks.reporter):
        desk.types(f" {desks.word()}")
        desk.syncs()
        desks.check()
    room.set_hub_back(older)
    desks.check()
    desks.chief.syncs()
    meet(desks)
    assert set(desks.chief.records()) == set(desks.reporter.records()) == set(room.hub_facts.records)


def ask_for_a_password(desks, room):
    reporter = desks.reporter
    with room.asking_password(REPORTER, "right horse"):
        reporter.types(f" {desks.word()}")
        reporter.minute_passes()
        desks.check()
        assert reporter.gives_password("wrong horse")
        picture(desks, "wrong-password")
        desks.check()
        assert reporter.gives_password("right horse") == ""
        desks.check()


def let_somebody_go(desks):
    """Who has left writes nothing more that counts; what they wrote before they heard of it is kept."""
    chief, reporter = desks.chief, desks.reporter
    chief.retires(REPORTER)
    reporter.types(f" Late {desks.word()}")
    reporter.saves()
    reporter.syncs()
    desks.check()
    assert chief.syncs() == ""
    desks.check()
    reporter.syncs()
    picture(desks, "has-left")
    desks.check()
    assert reporter.refusal()
