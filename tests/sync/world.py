"""Histories of three desks that work apart and meet by stick or at a hub, and what must hold whatever happened."""

import random
import re
from collections import Counter
from contextlib import suppress

import hubs
import sharing
from ovn_desk.domain import workflow
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync import bundle, exchange
from ovn_desk.sync.postgres import syncing
from ovn_desk.text.merge import Take
from ovn_desk.usecases import commenting, doctor, merging, reviewing, signatures, writing

_PARAGRAPH = re.compile(r"§(\d+) ")
_WORD = re.compile(r"w\d+")
_STEPS = (Step.FILE, Step.TAKE, Step.RELEASE, Step.SPIKE, Step.RESTORE, Step.HOLD)


class Cut(Exception):
    """The line or the stick was pulled out."""


class World:
    """Three desks, the sticks between them, perhaps a hub; and what each person was told is kept."""

    def __init__(self, template, folder, renderer, hub=None):
        self._opened = sharing.opened(template, folder, renderer, number=3)
        self.folder, self.desks = folder, self._opened.__enter__()
        self.hub = hub
        self.sticks = []
        self.kept = set()
        self.typed = {}
        self.counts = Counter()
        self._numbers = iter(range(1, 1_000_000))

    def close(self):
        self._opened.__exit__(None, None, None)

    def desk(self, number):
        return self.desks[number % 3]

    def article(self, desk, number):
        """One of the articles at this desk; Cut where there is none."""
        known = sorted(sharing.folds(desk))
        if not known:
            raise DeskError("There is nothing to work on.")
        return known[number % len(known)]

    def act(self, name, a, b, c):
        """One thing that happens; what is refused has not happened."""
        try:
            getattr(self, name)(self.desk(a), b, c)
        except DeskError:
            self.counts["refused"] += 1
        else:
            self.counts[name] += 1

    def begin(self):
        """Two stories that everybody has."""
        for number in range(2):
            self.start(self.desks[0], number, 2)
        for desk in self.desks[1:]:
            sharing.send(self.desks[0], desk)

    # What people do

    def start(self, desk, b, c):
        body = "\n\n".join(self._paragraph() for _ in range(3 + c % 3))
        article = writing.start(desk.store, sharing.plain(body, f"Story {b}"), by=desk.reporter)
        self.kept.add(desk.article(article).head)

    def edit(self, desk, b, c):
        """Changes, adds or takes out one paragraph."""
        self._write(desk, b, c)
        self.save(desk, b, c)

    def type(self, desk, b, c):
        """The same, and it is not saved as a version yet."""
        self._write(desk, b, c)

    def save(self, desk, b, c):
        made = writing.save(desk.store, self.article(desk, b), by=desk.chief)
        if made:
            self.kept.add(made.id)

    def retitle(self, desk, b, c):
        article = self.article(desk, b)
        made = desk.edit(article, by=desk.chief, headline=f"Headline {c}", tags=(f"t{c % 4}",))
        self.kept |= {made.id} if made else set()

    def picture(self, desk, b, c):
        with desk.store.begin() as tx:
            name = tx.add_blob(f"pixels {c % 5}".encode(), "image/png")
        article = self.article(desk, b)
        images = desk.read(writing.text_of, article).images
        made = desk.edit(article, by=desk.chief, images=(*images, Image(f"p{next(self._numbers)}", name)))
        self.kept |= {made.id} if made else set()

    def comment(self, desk, b, c):
        commenting.comment(desk.store, self.article(desk, b), by=desk.editor, text=f"Comment {c}")

    def step(self, desk, b, c):
        article = self.article(desk, b)
        by = (desk.chief, desk.editor)[c % 2]
        step = _STEPS[c % len(_STEPS)]
        reviewing.take_step(desk.store, article, step, by=by, reason="Because.", override="Because.")

    def approve(self, desk, b, c):
        article = self.article(desk, b)
        with suppress(StepRefused):
            reviewing.take_step(desk.store, article, Step.FILE, by=desk.chief, override="Because.")
        with suppress(StepRefused):
            reviewing.take_step(desk.store, article, Step.TAKE, by=desk.chief)
        reviewing.approve(desk.store, article, by=desk.chief, renderer=desk.renderer, override="Because.")

    def decide(self, desk, b, c):
        article = self.article(desk, b)
        made = writing.save(desk.store, article, by=desk.chief)
        self.kept |= {made.id} if made else set()
        found = desk.read(merging.next_decision, article)
        takes = list(Take)[:2]
        choices = {one.id: takes[(c + n) % 2] for n, one in enumerate(found.merged.conflicts)}
        made = merging.decide(desk.store, article, choices, between=found.between, by=desk.chief)
        self.kept.add(made.id)

    def _write(self, desk, b, c):
        article = self.article(desk, b)
        paragraphs = [part for part in desk.read(writing.text_of, article).body.split("\n\n") if part]
        place = c // 4 % (len(paragraphs) + 1)
        if c % 4 == 0 or place == len(paragraphs):
            paragraphs.insert(place, self._paragraph())
        elif c % 4 == 1 and len(paragraphs) > 1:
            del paragraphs[place]
        else:
            paragraphs[place] = f"{paragraphs[place]} {self._word()}"
        body = "\n\n".join(paragraphs)
        writing.keep(desk.store, article, sharing.plain(body, base=desk.read(writing.text_of, article)), by=desk.chief)
        self.typed[self.desks.index(desk), article] = set(_WORD.findall(body))

    def _word(self):
        return f"w{next(self._numbers)}"

    def _paragraph(self):
        number = next(self._numbers)
        return f"§{number} begins the paragraph of number {number} and goes on {self._word()}"

    # How it travels

    def write_stick(self, desk, b, c):
        to = self.folder / f"stick{len(self.sticks)}.ovnb"
        some = [self.article(desk, b)] if c % 2 else None
        bundle.write(desk.store, to, some, by=desk.reporter)
        self.sticks.append(to)

    def read_stick(self, desk, b, c):
        """Any stick, also an old one, also again."""
        if not self.sticks:
            raise DeskError("There is no stick.")
        came = bundle.import_bundle(desk.store, self.sticks[b % len(self.sticks)])
        merging.combine(desk.store, came.articles)

    def cut_stick(self, desk, b, c):
        """Some rows of another desk, in any order, twice, and no more."""
        rows = sharing.rows(self.desk(b)) * 2
        random.Random(c).shuffle(rows)
        exchange.absorb(desk.store, rows[: c % 60])

    def killed(self, desk, b, c):
        """The desk dies before its page is committed."""
        with suppress(Cut), desk.store.begin() as tx:
            exchange.absorb_into(tx, sharing.rows(self.desk(b)))
            raise Cut

    def sync(self, desk, b, c):
        if self.hub:
            assert hubs.sync(desk, self.hub).mended == 0

    def cut_sync(self, desk, b, c):
        if not self.hub:
            return
        left = iter(range(c % 16))
        real = syncing._Round._ask

        def ask(one, *given, **options):
            if next(left, None) is None:
                raise Cut
            return real(one, *given, **options)

        syncing._Round._ask = ask
        try:
            with suppress(Cut):
                hubs.sync(desk, self.hub)
        finally:
            syncing._Round._ask = real

    # What must hold

    def meet(self):
        """Everybody saves and meets everybody until nobody has anything new."""
        for (place, article), words in self.typed.items():
            assert words <= self._all_words(self.desks[place], article), "What was being written is gone."
        for desk in self.desks:
            for article in sharing.folds(desk):
                with suppress(StepRefused):
                    made = writing.save(desk.store, article, by=desk.chief)
                    self.kept |= {made.id} if made else set()
        for _ in range(12):
            if self.hub:
                done = [hubs.sync(desk, self.hub) for desk in (*self.desks, *self.desks)]
                assert not any(one.refused or one.differs or one.mended for one in done)
            else:
                for one in self.desks:
                    for other in self.desks:
                        sharing.send(one, other)
            if len({sharing.total(desk) for desk in self.desks}) == 1:
                return
        raise AssertionError("They never have the same.")

    def _all_words(self, desk, article):
        """Those of every version, and of what is being written."""
        with desk.store.read() as reading:
            copy = reading.working_copy(article)
            words = set(_WORD.findall(copy.content.body)) if copy else set()
            return words.union(*map(_words, reading.revisions(article)))

    def check(self):
        first, *others = self.desks
        folds = sharing.folds(first)
        assert all(sharing.folds(desk) == folds for desk in others)
        shown = [self._shown(desk) for desk in self.desks]
        assert all(rows == shown[0] for rows in shown)
        for desk in self.desks:
            assert doctor.examine(desk.store) == [] or self._only_missing_pictures(desk)
            assert desk.read(lambda reading: [row for row, _ in exchange.replication.quarantined_rows(reading)]) == []
        for article, folded in folds.items():
            self._check_article(article, folded)

    def _shown(self, desk):
        """The list, without what somebody goes on writing in a story that was spiked elsewhere."""
        written = {copy.article for one in self.desks for copy in one.read(lambda reading: reading.working_copies())}
        rows = desk.read(lambda reading: reading.rows(limit=1_000))
        return sorted(row._replace(slug="") for row in rows if row.id not in written)

    def _only_missing_pictures(self, desk):
        return all("picture" in why for _, why in doctor.examine(desk.store))

    def _check_article(self, article, folded):
        desk = self.desks[0]
        revisions = {one.id: one for one in desk.read(lambda reading: reading.revisions(article))}
        events = desk.read(lambda reading: reading.events(article))
        everything = set().union(*(workflow.lineage(revisions, head) for head in folded.heads))
        assert everything == set(revisions)
        self.kept -= everything
        for head in folded.heads:
            _check_words(revisions, head)
        for made in [one for one in revisions.values() if one.is_combined]:
            self.counts["combined"] += 1
            _check_combined(revisions, made)
        self.counts["undecided"] += len(folded.heads) > 1
        for event in events:
            if event.step is Step.APPROVE:
                assert desk.read(signatures.signature_problem, event) is None
        if folded.state is State.APPROVED:
            assert (folded.approval.revision, len(folded.heads)) == (folded.head, 1)

    def end(self):
        self.meet()
        self.check()
        assert not self.kept, "A version that somebody was told is kept is nowhere."


def _words(revision):
    return set(_WORD.findall(revision.content.body))


def _check_words(revisions, head):
    """Every word stands in the head unless a person took it out on the way."""
    past = [revisions[name] for name in workflow.lineage(revisions, head)]
    typed = set().union(*map(_words, past))
    taken_out = set()
    for one in past:
        if not one.is_combined:
            taken_out |= set().union(*(_words(revisions[parent]) for parent in one.parents)) - _words(one)
    assert typed - taken_out <= _words(revisions[head])


def _check_combined(revisions, made):
    """No paragraph that both sides touched, and none put together from two."""
    for base in workflow.merge_bases(revisions, *made.parents):
        _check_combined_from(revisions, base, made)


def _check_combined_from(revisions, base, made):
    old, (one, other), new = revisions[base], (revisions[name] for name in made.parents), made
    was, mine, theirs, now = map(_paragraphs, (old, one, other, new))
    for number in {*was, *mine, *theirs}:
        before, my, their = was.get(number), mine.get(number), theirs.get(number)
        assert before in {my, their} or my == their, "Both sides touched it."
        assert now.get(number) == (their if my == before else my)


def _paragraphs(revision):
    return {_PARAGRAPH.match(part)[1]: part for part in revision.content.body.split("\n\n") if part}


PEOPLE = ["start", *["edit"] * 6, "type", "save", "retitle", "picture", "comment", "step", "approve", *["decide"] * 2]
STICKS = [*["write_stick"] * 2, *["read_stick"] * 3, "cut_stick", "killed"]
HUB = [*["sync"] * 5, "cut_sync", "cut_sync"]
