"""What a claim rests on: the sources of an article."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.values import KEY, lines, tidied


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
    """What was agreed with the source about naming it."""

    ON_RECORD = "on record"
    BACKGROUND = "background"
    OFF_RECORD = "off record"


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
    excerpts: tuple[str, ...] = lines(())
    publish_excerpts: bool = False
    note: str = lines()
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


def tidy(source: Source) -> Source:
    """The source as it is stored; raises DeskError for a key that a citation could not hold."""
    if not KEY.fullmatch(source.key):
        raise DeskError(
            f"“{source.key}” can not be a source key: use letters, digits and hyphens, for example dawn-rail."
        )
    made = tidied(source)
    return replace(made, excerpts=tuple(kept for text in made.excerpts if (kept := text.strip())))
