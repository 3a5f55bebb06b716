"""Random histories: steps by random people on a real store, rules kept or broken, and what must hold after each.

No published text is without a valid approval of exactly that text by a person who might give it, as this module keeps
count of it by itself. The list always says what the records add up to. The doctor finds nothing but what was forged.
"""

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import make
from make import content
from ovn_desk.domain import workflow
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import RULES, State, Step, topological_order
from ovn_desk.store import open_store, records
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import (
    commenting,
    doctor,
    housekeeping,
    people,
    planning,
    publishing,
    recording,
    reviewing,
    signatures,
    suggesting,
    writing,
)

NAMES = {
    "Rana Malik": Role.REPORTER,
    "Omar Farooq": Role.REPORTER,
    "Ayesha Khan": Role.EDITOR,
    "Noor Jahan": Role.EDITOR,
    "Bilal Ahmed": Role.CHIEF,
}
WRITERS = ("Rana Malik", "Ayesha Khan", "Bilal Ahmed")
WORDS = "north south east west rain wind snow dust".split()
PLAIN = [
    step for step, row in RULES.items() if not row.stays and step not in {Step.APPROVE, Step.PUBLISH, Step.CORRECT}
]
PEOPLE = st.sampled_from(sorted(NAMES))
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)


def newsroom(folder):
    """A newsroom with five people and their keys, to be copied for each history."""
    store = make.newsroom(folder / "newsroom.ovn")
    people.add_staff_with_key(store, name="Omar Farooq", role=Role.REPORTER)
    people.add_staff_with_key(store, name="Noor Jahan", role=Role.EDITOR)
    store.close()
    return folder


class History(RuleBasedStateMachine):
    """One article through the hands of five people, some of whom cheat."""

    template: Path
    renderer: RenderHelper
    counts: ClassVar = Counter()

    @initialize(name=st.sampled_from(WRITERS), steps=st.integers(0, 5), order=st.permutations(sorted(NAMES)))
    def start(self, name, steps, order):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "here")
        self.store = open_store(self.folder / "here" / "newsroom.ovn")
        self.forged = set()
        self.texts = {}  # what each approval was given for, by whom it was signed and in which role: kept by hand
        self.roles = dict(NAMES)
        self.retired = set()
        self.reporter = name
        self.article = writing.start(self.store, content(body=self.body("to begin with")), by=self.person(name))
        for _ in range(steps):
            self.go_on(order)

    def body(self, words):
        return f"The groups meet in July [@dawn-rail].\n\nOver there it is {words} again."

    def person(self, name):
        with self.store.read() as reading:
            person = reading.person(name)
        return people.signer(self.store, person)

    def folded(self):
        with self.store.read() as reading:
            return reading.article(self.article)

    @rule(name=PEOPLE, step=st.sampled_from(PLAIN), override=st.booleans())
    def step(self, name, step, override):
        with suppress(DeskError):
            reviewing.take_step(
                self.store,
                self.article,
                step,
                by=self.person(name),
                reason="Because.",
                override="Now." if override and step is Step.FILE else "",
            )

    @rule(order=st.permutations(sorted(NAMES)))
    def go_on(self, order):
        """The first who can takes the step they would most likely take: without it few histories get far."""
        able = [(name, step) for name in order if (step := workflow.next_step(self.folded(), self.person(name)))]
        if not able:
            return
        name, step = able[0]
        if step is Step.APPROVE:
            self.approve(name, override=False, with_key_of=name, is_own=True)
        elif step is Step.PUBLISH:
            self.export(name)
        else:
            self.step(name, step, override=False)

    @rule(name=PEOPLE, words=TEXTS)
    def write(self, name, words):
        with suppress(DeskError):
            with self.store.read() as reading:
                now = writing.text_of(reading, self.article)
            writing.keep(self.store, self.article, replace(now, body=self.body(words)), by=self.person(name))
            writing.save(self.store, self.article, by=self.person(name))

    @rule(name=PEOPLE, override=st.booleans(), with_key_of=PEOPLE, is_own=st.sampled_from([True, True, True, False]))
    def approve(self, name, override, with_key_of, is_own):
        person = self.person(name)
        with suppress(DeskError):
            by = person if is_own else replace(person, key=self.person(with_key_of).key)
            reason = "Now." if override else ""
            event = reviewing.approve(self.store, self.article, by=by, renderer=self.renderer, override=reason)
            with self.store.read() as reading:
                body = reading.revision(event.revision).content.body
            self.texts[event.id] = (body, name, self.roles[name])

    @rule(name=PEOPLE)
    def export(self, name):
        with suppress(DeskError):
            publishing.export(
                self.store,
                publishing.ExportRequest((self.article,), self.folder / "out", "page"),
                by=self.person(name),
                renderer=self.renderer,
            )

    @rule(name=PEOPLE, kind=st.sampled_from(CorrectionKind))
    def correct(self, name, kind):
        with suppress(DeskError):
            reviewing.correct(self.store, self.article, by=self.person(name), kind=kind, said="Rain.", in_fact="Snow.")

    @rule(name=PEOPLE, must_fix=st.booleans())
    def comment(self, name, must_fix):
        commenting.comment(self.store, self.article, "@Rana, really?", by=self.person(name), must_fix=must_fix)

    @rule(name=PEOPLE, text=st.sampled_from(["", "Done."]))
    def settle(self, name, text):
        with self.store.read() as reading:
            open_ = [one for one in commenting.comments(reading, self.article) if one.is_open]
        with suppress(DeskError):
            if open_:
                commenting.resolve(self.store, self.article, open_[0].id, by=self.person(name), text=text)

    @rule(name=PEOPLE, accept=st.booleans(), which=st.integers(0, 5), reason=st.sampled_from(["", "Fine."]))
    def decide(self, name, accept, which, reason):
        with self.store.read() as reading:
            all_ = suggesting.suggestions(reading, self.article).all
        with suppress(DeskError):
            if all_:
                change = all_[which % len(all_)].id
                suggesting.decide(self.store, self.article, change, accept=accept, by=self.person(name), reason=reason)

    @rule(name=PEOPLE)
    def keep_as_edited(self, name):
        with suppress(DeskError):
            suggesting.keep_as_edited(self.store, self.article, by=self.person(name), reason="Fine.")

    @rule(name=PEOPLE)
    def read(self, name):
        commenting.mark_read(self.store, self.article, by=self.person(name))
        with suppress(DeskError):
            planning.assign(self.store, self.article, by=self.person(name), to=self.person(name))

    @rule(name=st.sampled_from(["Noor Jahan", "Omar Farooq"]), role=st.sampled_from([Role.REPORTER, Role.EDITOR]))
    def change_role(self, name, role):
        with suppress(DeskError):
            people.change_role(self.store, name, role)
            self.roles[name] = role

    @rule(name=st.sampled_from(["Ayesha Khan", "Noor Jahan"]))
    def replace_key(self, name):
        people.replace_key(self.store, self.person(name).person)

    @rule(name=PEOPLE)
    def forge(self, name):
        """Signs past every rule; who has no right to it gains nothing by it."""
        person = self.person(name)
        with self.store.begin() as tx:
            head = tx.article(self.article).head
            body = tx.revision(head).content
            digest = signatures.body(body, self.renderer).digest
            event = recording.new_event(tx, self.article, Step.APPROVE, person, digest=digest)
            tx.add_event(event)
        self.texts[event.id] = (body.body, name, self.roles[name])
        self.forged.add(event.id)

    @rule()
    def replay(self):
        """Uses an old signature again."""
        with self.store.begin() as tx:
            old = [event for event in tx.events(self.article) if event.step is Step.APPROVE]
            if old:
                new = replace(old[-1], after=tx.article(self.article).newest, previous=tx.newest_record())
                new = replace(records.with_hash_id(new), signature=old[-1].signature)
                tx.add_event(new)
                self.forged.add(new.id)

    @invariant()
    def what_is_published_was_approved_just_so(self):
        if not hasattr(self, "store"):
            return
        article = self.folded()
        pages = list((self.folder / "out").glob("*.html"))
        if article.published is None:
            assert pages == []
            return
        with self.store.read() as reading:
            exports = [e for e in topological_order(reading.events(self.article)) if e.step is Step.PUBLISH]
            keys = {name: public for name, (_, public) in reading.public_keys(with_retired=True).items()}
            approval = article.live_approval
            assert approval is not None
            assert exports
            assert signatures.signature_problem(reading, approval) is None
            text = reading.revision(approval.revision).content
        body, signer, role = self.texts[approval.id]
        assert text.body == body
        assert signer != self.reporter
        assert role in {Role.EDITOR, Role.CHIEF}
        assert approval.digest == signatures.body(text, self.renderer, approval.credits).digest
        for page in pages:
            text, file, *_ = publishing.verify(page.read_bytes(), keys)
            assert (text.code, text.values["name"], file.code) == ("intact", signer, "intact")
            assert body.split(" it is ")[1].removesuffix(" again.") in page.read_text(encoding="utf-8")

    @invariant()
    def the_list_says_what_the_records_add_up_to(self):
        if not hasattr(self, "store"):
            return
        article = self.folded()
        with self.store.read() as reading:
            shown = reading.listed_state(self.article)
        assert shown == (article.state, article.head, article.reporter, article.holder)
        assert (article.state is State.APPROVED) <= (article.approval is not None)

    def count(self):
        with self.store.read() as reading:
            events = reading.events(self.article)
        self.counts["histories"] += 1
        self.counts["events"] += len(events)
        self.counts["approvals"] += sum(event.step is Step.APPROVE for event in events)
        self.counts["forged"] += len(self.forged)
        self.counts["exports"] += sum(event.step is Step.PUBLISH for event in events)
        self.counts["published"] += self.folded().published is not None

    def teardown(self):
        if not hasattr(self, "store"):
            return
        ask = lambda reading: (reading.rows(), [reading.inbox(person) for person in reading.staff()])  # noqa: E731
        with self.store.read() as reading:
            before = ask(reading)
        housekeeping.rebuild(self.store)
        with self.store.read() as reading:
            assert ask(reading) == before
        found = [(record, str(why)) for record, why in doctor.examine(self.store) if record not in self.forged]
        assert found == [], found
        self.count()
        self.store.close()
        shutil.rmtree(self.folder)
