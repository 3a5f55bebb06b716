"""Two laptops with a screen each: what two people do at two real windows, key by key, and what these say meanwhile."""

import shutil

import pytest
from conflicts import COMBINED, CONFLICTS, TEXT
from screen import Screen, display

from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.hand_over import ALL

NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if not shutil.which(name)]

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(1500),
    pytest.mark.window,
    pytest.mark.skipif(bool(MISSING), reason=f"Needs {', '.join(MISSING)}: .ci/run installs them."),
]

NEWSROOM, CHIEF, REPORTER = "The Daily Test", "Bilal Ahmed", "Rana Malik"
HAND_OVERS = 20


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

    both_change(desks, CONFLICTS | COMBINED)
    desks.chief.picture("end")
    desks.reporter.picture("end")


def both_change(desks, kinds):
    """One story after the other is changed by both without knowing of each other, and decided by the chief."""
    chief, reporter = desks.chief, desks.reporter
    for place, (kind, changes) in enumerate(kinds.items()):
        story = reporter.starts(f"Story of {kind}", TEXT)
        assert desks.carry(reporter, chief, to=CHIEF)
        for desk, change in zip((reporter, chief), changes, strict=True):
            desk.opens(story)
            change(desk, desks.word() if kind != "the same change" else "")
            desk.saves()
        desks.check()
        desks.carry(reporter, chief, to=CHIEF)
        chief.opens(story)
        desks.check()
        if kind in CONFLICTS:
            assert len(chief.heads_of(story)) == 2
            chief.decides(*((Take.MINE, Take.THEIRS) if place % 2 else (Take.THEIRS, Take.MINE)))
        assert len(chief.heads_of(story)) == 1
        desks.carry(chief, reporter, to=REPORTER)
        assert reporter.heads_of(story) == chief.heads_of(story)
