"""What a claim rests on: the sources of an article."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.values import KEY, multiline, tidy_texts


class SourceKind(StrEnum):
    """What kind of thing a claim rests on."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    DATASET = "dataset"
    OBSERVATION = "observation"
    CALCULATION = "calculation"


class Terms(StrEnum):
    """What was agreed with the source about naming it, the loosest first."""

    ON_RECORD = "on record"
    BACKGROUND = "background"
    OFF_RECORD = "off record"

    def is_looser_than(self, other: "Terms") -> bool:
        """Whether readers may learn more under these terms than under the other."""
        order = list(Terms)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file a source came as: its SHA-256 in the store, the name it had and its media type. Never exported."""

    sha256: str = ""
    name: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from; its key is what `[@key]` in the text names.

    Readers see name, role, outlet, url, locator and dates; excerpts only with `publish_excerpts`. Terms, files,
    contact, notes and what is known of an unnamed source never leave the newsroom.
    """

    key: str = ""
    kind: SourceKind = SourceKind.DOCUMENT
    name: str = ""
    role: str = ""
    outlet: str = ""
    url: str = ""
    locator: str = ""
    published: str = ""
    retrieved: str = ""
    medium: str = ""
    language: str = ""
    terms: Terms = Terms.ON_RECORD
    excerpts: tuple[str, ...] = multiline(())
    publish_excerpts: bool = False
    note: str = multiline()
    files: tuple[Attachment, ...] = ()
    contact: str = ""
    is_independent: bool = True
    why_unnamed: str = ""
    how_they_know: str = ""
    known_to: str = ""

    @property
    def label(self) -> str:
        """The words a reader knows this source by; never empty."""
        named = [part for part in (self.name, self.outlet if self.outlet != self.name else "") if part]
        return ", ".join(named) or self.key


def find_loosened(before: Iterable[Source], after: Iterable[Source]) -> tuple[Source, Source] | None:
    """The first source, as it was and as it would be, whose terms would be looser; none when all keep what was agreed.

    Sources are the same by their key. Whoever loosens terms has to have said so in words.
    """
    was = {source.key: source for source in before}
    pairs = ((was[source.key], source) for source in after if source.key in was)
    return next(((old, new) for old, new in pairs if new.terms.is_looser_than(old.terms)), None)


def with_stricter_terms(sources: Iterable[Source], others: Iterable[Source]) -> tuple[Source, ...]:
    """The sources, each under the stricter of its own terms and those that its namesake among the others has."""
    known = {source.key: source.terms for source in others}
    return tuple(
        replace(source, terms=known[source.key])
        if source.terms.is_looser_than(known.get(source.key, source.terms))
        else source
        for source in sources
    )


def with_tightened_terms(
    sources: Iterable[Source], base: Iterable[Source], sides: Iterable[Iterable[Source]]
) -> tuple[Source, ...]:
    """The sources of a merge; one that is new keeps what a side has agreed since with the same person or body.

    A side that gave a source another key made a new one of it, and knows nothing of what the other side agreed.
    """
    was = {source.key: source for source in base}
    agreed: dict[str, Terms] = {}
    for source in (source for side in sides for source in side):
        old = was.get(source.key)
        if old and old.terms.is_looser_than(source.terms):
            agreed[source.label] = max(source.terms, agreed.get(source.label, source.terms), key=list(Terms).index)
    return tuple(
        replace(source, terms=agreed[source.label])
        if source.key not in was and source.terms.is_looser_than(agreed.get(source.label, source.terms))
        else source
        for source in sources
    )


def with_changes(now: Source, before: Source, after: Source) -> Source:
    """The source as it is now with the fields that were changed between two others."""
    changed = {part.name: getattr(after, part.name) for part in fields(after)}
    return replace(now, **{name: value for name, value in changed.items() if value != getattr(before, name)})


def tidy(source: Source) -> Source:
    """The source as it is stored; raises DeskError for a key that a citation could not hold."""
    if not KEY.fullmatch(source.key):
        raise DeskError("source-key-wrong", key=source.key)
    made = tidy_texts(source)
    return replace(made, excerpts=tuple(kept for text in made.excerpts if (kept := text.strip())))
