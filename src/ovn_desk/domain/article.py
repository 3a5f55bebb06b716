"""What an article is: its content at one moment, its sources, and the revision that freezes both."""

import re
import unicodedata
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from ovn_desk.domain.errors import DeskError

ArticleId = NewType("ArticleId", str)
RevisionId = NewType("RevisionId", str)
EventId = NewType("EventId", str)
StaffId = NewType("StaffId", str)
DeviceId = NewType("DeviceId", str)

_SOURCE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs but tab and line feed
_SLUG_BREAK = re.compile(r"[^\w]+")


class SourceKind(StrEnum):
    """What kind of thing a claim rests on."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    DATASET = "dataset"
    OBSERVATION = "observation"
    CALCULATION = "calculation"


class Genre(StrEnum):
    """The type label readers see above the headline."""

    NEWS = "news"
    ANALYSIS = "analysis"
    EXPLAINER = "explainer"
    FEATURE = "feature"
    INTERVIEW = "interview"
    OPINION = "opinion"
    EDITORIAL = "editorial"
    FACT_CHECK = "fact-check"
    OBITUARY = "obituary"
    BRIEF = "brief"


class Terms(StrEnum):
    """What was agreed with the source about naming it."""

    ON_RECORD = "on record"
    BACKGROUND = "background"
    OFF_RECORD = "off record"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from; its key is what `[@key]` in the text names.

    Readers see name, outlet, url, locator and dates; excerpts only with `publish_excerpts`; terms and notes never.
    """

    key: str
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
    excerpts: tuple[str, ...] = ()
    publish_excerpts: bool = False
    note: str = ""

    @property
    def label(self) -> str:
        """The words a reader knows this source by; never empty."""
        named = [part for part in (self.name, self.outlet if self.outlet != self.name else "") if part]
        return ", ".join(named) or self.key


@dataclass(frozen=True, slots=True)
class Content:
    """The whole content of an article: what autosave keeps and a revision freezes. Text is NFC with LF line ends."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    language: str = "en"
    genre: Genre = Genre.NEWS
    category: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    byline: str = ""
    dateline: str = ""
    date: str = ""
    ednote: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.headline.strip() or self.standfirst.strip() or self.body.strip())


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable copy of the content, named by the SHA-256 of its canonical JSON."""

    id: RevisionId
    article: ArticleId
    content: Content
    parents: tuple[RevisionId, ...]
    author: StaffId
    device: DeviceId
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The text being written now: one an article, kept by autosave, never synced."""

    article: ArticleId
    base: RevisionId | None
    content: Content
    kept_at: datetime


def normalised(text: str) -> str:
    """The text as it is stored: NFC, LF line ends, without control characters or lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def tidy(content: Content) -> Content:
    """The content with every text normalised and single-line fields on one line."""
    changes: dict[str, Any] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if field.name in {"body", "ednote", "standfirst"}:
            changes[field.name] = normalised(value)
        elif isinstance(value, str) and not isinstance(value, StrEnum):
            changes[field.name] = one_line(value)
    changes["tags"] = tuple(dict.fromkeys(tag for text in content.tags if (tag := one_line(text))))
    changes["sources"] = tuple(_tidy_source(source) for source in content.sources)
    return replace(content, **changes)


def one_line(text: str) -> str:
    """Normalised text with every run of white space made one space."""
    return " ".join(normalised(text).split())


def _tidy_source(source: Source) -> Source:
    if not _SOURCE_KEY.fullmatch(source.key):
        raise DeskError(
            f"“{source.key}” can not be a source key: use letters, digits and hyphens, for example dawn-rail."
        )
    texts = {
        field.name: one_line(value)
        for field in fields(source)
        if isinstance(value := getattr(source, field.name), str) and not isinstance(value, StrEnum)
    }
    excerpts = tuple(kept for text in source.excerpts if (kept := normalised(text).strip()))
    return replace(replace(source, **texts), excerpts=excerpts, note=normalised(source.note))  # type: ignore[arg-type]


def slug_of(text: str, *, limit: int = 70) -> str:
    """A short readable address for a headline, cut at a word: lower-case letters of any script, digits and hyphens."""
    words = _SLUG_BREAK.sub("-", normalised(text).lower().replace("_", " ").replace("'", "").replace("’", ""))
    words = words.strip("-")
    if len(words) > limit:
        words = words[: limit + 1].rsplit("-", 1)[0][:limit]
    return words or "article"


def source_key_for(label: str, taken: tuple[str, ...] = ()) -> str:
    """A free key made from a source's name, as `dawn` or `dawn-2`."""
    ascii_text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    base = "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower())[:3])[:36] or "source"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def content_to_dict(content: Content) -> dict[str, Any]:
    """Plain lists, strings and booleans: the shape that is hashed, stored and exported as JSON."""
    return asdict(content)


def content_from_dict(data: dict[str, Any]) -> Content:
    """The inverse of `content_to_dict`; fields of a newer program are refused by name."""
    known = {field.name for field in fields(Content)}
    if unknown := sorted(set(data) - known):
        raise DeskError(f"This article was written by a newer OVN Desk (field “{unknown[0]}”). Update to open it.")
    values = dict(data)
    values["genre"] = Genre(values.get("genre", Genre.NEWS))
    values["topics"] = tuple(values.get("topics", ()))
    values["tags"] = tuple(values.get("tags", ()))
    values["sources"] = tuple(_source_from_dict(item) for item in values.get("sources", ()))
    return Content(**values)


def _source_from_dict(data: dict[str, Any]) -> Source:
    values = dict(data)
    values["kind"] = SourceKind(values["kind"])
    values["terms"] = Terms(values["terms"])
    values["excerpts"] = tuple(values["excerpts"])
    return Source(**values)
