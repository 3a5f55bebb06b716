"""Random days of two people at two windows, a hub between them: what may happen, and what must hold after each.

Only base words are ever typed over; each new word is one that was never typed before. A word is let go where its
laptop was set back or died and its window had said that it is only there, or not kept yet.
"""

import oracle
from two_desks import CHIEF, EDITOR, REPORTER, Newsroom, furnish

from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.hand_over import ALL

PARAGRAPHS = "Alpha one stands.\n\nBeta two stands.\n\nGamma three stands."
BASE_WORDS = ("Alpha", "Beta", "Gamma", "one", "two", "three")
STEPS = ("step.file", "step.take", "step.release", "step.send_back", "step.recall")
ACTS = (
    "type",
    "type",
    "type",
    "change",
    "head",
    "begin",
    "save",
    "open",
    "round",
    "minute",
    "hand",
    "take_in",
    "decide",
    "step",
    "step",
    "restart",
    "kill",
    "copy",
    "bring_back",
    "go_back",
    "cut_line",
    "mend_line",
    "back_hub_up",
    "set_hub_back",
)


class Days:
    """`act` does one thing at one laptop and holds everything that is said against the rows."""

    def __init__(self, renderer, folder, template, *, server="", database="", forgiven=()):
        self.room = Newsroom(renderer, folder)
        self.room.forgiven = forgiven
        furnish(template, self.room, [REPORTER], [EDITOR, CHIEF])
        if database:
            self.room.use_hub(server, database)
        self.files, self.copies = [], {}
        self.older_hub = ""
        self.is_cut = False
        self.told = []
        self.room.laptops[0].starts("Story first", PARAGRAPHS)
        self.room.laptops[0].saves()
        if database:
            self.room.meet()

    def close(self):
        self.room.close()
        if self.room.line is not None:
            self.room.close_hub()

    def act(self, name, a, b, c):
        """One thing that happens; where it can not happen now, nothing does."""
        at = self.room.laptops[a % 2]
        at.moments_pass()
        done = getattr(self, name)(at, b, c)
        self.told.append(f"{name} at {at.name}" if done is not False else f"({name})")
        try:
            self.room.check()
        except AssertionError as error:
            raise AssertionError(f"{error}\nafter {', '.join(self.told)}") from None

    # Writing

    def type(self, at, b, c):
        if not self._may_write(at):
            return False
        word = self.room.word()
        known = [one for one in BASE_WORDS if one in at.editor.text()]
        at.types(f" {word}" if c % 3 else f"\n\n{word}", after=known[b % len(known)] if known and c % 2 else "")
        if c % 4:
            at.rest()
        return None

    def change(self, at, b, _):
        known = [one for one in BASE_WORDS if one in at.editor.text()]
        if not self._may_write(at) or not known:
            return False
        at.replaces(known[b % len(known)], self.room.word())
        at.rest()
        return None

    def head(self, at, *_):
        if not self._may_write(at):
            return False
        at.heads(f"{at.panes.writing.headline.toPlainText()} {self.room.word()}")
        at.rest()
        return None

    def begin(self, at, *_):
        at.starts(f"Story {self.room.word()}", PARAGRAPHS)

    def save(self, at, *_):
        if not self._may_write(at):
            return False
        at.saves()
        return None

    def open(self, at, b, _):
        known = sorted(at.facts.stories)
        at.opens(known[b % len(known)])
        at.rest()

    # Going between

    def round(self, at, *_):
        if self.room.line is None:
            return False
        assert bool(at.syncs()) == self.is_cut
        return None

    def minute(self, at, *_):
        if self.room.line is None:
            return False
        at.minute_passes()
        return None

    def hand(self, at, *_):
        self.files.append(at.hands_over(what=ALL, to=EDITOR if at is self.room.laptops[0] else REPORTER))

    def take_in(self, at, b, _):
        if not self.files:
            return False
        at.takes_in(self.files[b % len(self.files)])
        return None

    def cut_line(self, *_):
        if self.room.line is None or self.is_cut:
            return False
        self.room.line.cut()
        self.is_cut = True
        return None

    def mend_line(self, *_):
        if not self.is_cut:
            return False
        self.room.line.mend()
        self.is_cut = False
        return None

    def back_hub_up(self, *_):
        if self.room.line is None or self.older_hub:
            return False
        self.older_hub = self.room.back_up_hub()
        return None

    def set_hub_back(self, *_):
        if not self.older_hub:
            return False
        self.room.set_hub_back(self.older_hub)
        self.older_hub = ""
        return None

    # Deciding and steps

    def decide(self, at, b, c):
        if at.story is None or not at.window.actions_by_name["desk.decide"].isEnabled() or not self._may_write(at):
            return False
        takes = (Take.MINE, Take.THEIRS)
        at.decides(takes[b % 2], takes[c % 2])
        return None

    def step(self, at, b, _):
        name = STEPS[b % len(STEPS)]
        if at.story is None or not at.window.actions_by_name[name].isEnabled():
            return False
        at.takes_step(name, f"Because {self.room.word()}.")
        self.room.typed &= self._found()  # what was refused has not been said
        return None

    # Ends and new beginnings

    def restart(self, at, *_):
        at.end()
        at.sit()

    def kill(self, at, *_):
        self._let_go(at, oracle.WORD.findall("\n".join(at.screen())), unless="Saved")
        at.kill()
        at.sit()

    def copy(self, at, *_):
        self.copies[at.name] = at.copies()

    def bring_back(self, at, *_):
        if at.name not in self.copies:
            return False
        at.brings_back(self.copies[at.name])
        return None

    def go_back(self, at, *_):
        """The laptop is set back to its copy: what only it had is gone, which its window had said."""
        if at.name not in self.copies:
            return False
        at.end()
        kept = self._found(but=at) | oracle.read_file_alone(self.copies[at.name]).words()
        self.room.typed &= kept
        at.goes_back_to(self.copies[at.name])
        at.sit()
        return None

    def _let_go(self, at, words, *, unless):
        """Forgets words of a screen that are not on the disk; nothing may have said that they are."""
        gone = set(words) - self._found()
        if gone:
            said = [text for where, text in at.said() if where == "top"]
            assert not any(unless in text for text in said), f"{gone} is not kept, and the window says {said}."
        self.room.typed -= gone

    def _found(self, but=None):
        """Every word on a disk, but on this one."""
        found = {word for one in self.room.laptops if one is not but for word in one.facts.words()}
        return found | (self.room.hub_facts.words() if self.room.line is not None else set())

    def _may_write(self, at):
        return at.story is not None and not at.space.article.edit_refusal and not at.editor.isReadOnly()

    # What must hold in the end

    def finish(self):
        """Both meet until they have the same; every word is in a version then, or in what is being written."""
        if self.room.line is None:
            return
        if self.is_cut:
            self.mend_line()
        for one in self.room.laptops:
            one.rest()
        self.room.meet()
        self.room.check()
        names = [set(one.facts.records) for one in self.room.laptops]
        assert names[0] == names[1] == set(self.room.hub_facts.records)
        for story in self.room.laptops[0].facts.stories:
            heads = [one.facts.heads(story) for one in self.room.laptops]
            assert heads[0] == heads[1]
