"""Small things tests are made of: a house, people, an article that may be approved."""

from dataclasses import replace
from functools import cached_property

from ovn_desk.domain.article import Content
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.workflow import Step
from ovn_desk.signing import Signer
from ovn_desk.usecases import housekeeping, people, reviewing, writing

HOUSE = """
name = "The Testing Post"
tagline = "Checked. Twice."
url = "https://post.example"
time_zone = "Asia/Karachi"
languages = ["en", "ur"]

[[categories]]
key = "politics"
name = { en = "Politics & Government", ur = "سیاست و حکومت" }
topic = "medtop:11000000"

[[categories]]
key = "business"
name = "Business"

[[roster]]
name = "Rana Malik"
role = "reporter"

[[roster]]
name = "Ayesha Khan"
role = "editor"

[[roster]]
name = "Bilal Ahmed"
role = "chief"
"""

DAWN = Source(
    "dawn-rail", SourceKind.OUTLET, name="Dawn", url="https://dawn.example/rail", excerpts=("The groups meet in July.",)
)


def content(**changes):
    made = Content(
        headline="Rail groups to meet in Baku",
        standfirst="Working groups follow talks.",
        body="The groups meet in July [@dawn-rail].\n\nA second paragraph stands here.",
        category="politics",
        byline="Rana Malik",
        dateline="Islamabad",
        date="2025-07-20",
        sources=(DAWN,),
    )
    return replace(made, **changes)


def newsroom(path, house=HOUSE, **options):
    """A store of a house on which everybody in its file has an open key on this computer."""
    made = housekeeping.create_newsroom(path, house_text=house, **options)
    with made.store.read() as reading:
        others = [person for person in reading.staff() if person.id != made.chief.id]
    for person in others:
        people.make_key(made.store, person, by=made.chief)
    return made.store


class Desk:
    """A store with its three people, and the way through the workflow in one call each."""

    def __init__(self, store, renderer):
        self.store = store
        self.renderer = renderer

    @cached_property
    def reporter(self):
        return self.signer("Rana")

    @cached_property
    def editor(self):
        return self.signer("Ayesha")

    @cached_property
    def chief(self):
        return self.signer("Bilal")

    def signer(self, name, **options) -> Signer:
        """The person with their key on this computer opened."""
        return people.signer(self.store, self.person(name), **options)

    def person(self, name):
        with self.store.read() as reading:
            return reading.person(name)

    def article(self, article):
        with self.store.read() as reading:
            return reading.article(article)

    def draft(self, **changes):
        return writing.start(self.store, content(**changes), by=self.reporter)

    def in_review(self, **changes):
        article = self.draft(**changes)
        self.step(article, Step.FILE, self.reporter)
        self.step(article, Step.TAKE, self.editor)
        return article

    def step(self, article, step, by, **words):
        return reviewing.take_step(self.store, article, step, by=by, **words)

    def approve(self, article, by=None):
        return reviewing.approve(self.store, article, by=by or self.editor, renderer=self.renderer)

    def approved(self, **changes):
        article = self.in_review(**changes)
        self.approve(article)
        return article

    def edit(self, article, by=None, **changes):
        """Writes on and saves, as this person; the changed fields stand in the working text."""
        by = by or self.editor
        known = self.read(writing.open_text, article)
        writing.keep(self.store, article, replace(known.content, **changes), by=by, known=known)
        return writing.save(self.store, article, by=by)

    def read(self, function, *given, **named):
        """What a use case that only reads says."""
        with self.store.read() as reading:
            return function(reading, *given, **named)

    def correct(self, article, by=None, **words):
        words = {"kind": CorrectionKind.CORRECTION, "said": "In July.", "in_fact": "In August."} | words
        return reviewing.correct(self.store, article, by=by or self.reporter, **words)
