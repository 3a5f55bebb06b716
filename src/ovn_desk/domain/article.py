"""What an article is: its content at one moment, and the revision that freezes it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from ovn_desk.domain import image, source, values
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.evidence import Correction, Reply, Waiver
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source
from ovn_desk.domain.values import multiline

ArticleId = NewType("ArticleId", str)
RevisionId = NewType("RevisionId", str)
EventId = NewType("EventId", str)
StaffId = NewType("StaffId", str)
DeviceId = NewType("DeviceId", str)


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


@dataclass(frozen=True, slots=True)
class Content:
    """The whole content of an article: what autosave keeps and a revision freezes. Text is NFC with LF line ends.

    `target_words` is the length asked for (0: none), `unverified` tells readers what could not be checked,
    `translates` is the id of the article this one is a translation of, `ai_used` is empty while nothing was declared.
    """

    headline: str = ""
    standfirst: str = multiline()
    body: str = multiline()
    language: str = "en"
    genre: Genre = Genre.NEWS
    category: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    byline: str = ""
    dateline: str = ""
    date: str = ""
    ednote: str = multiline()
    target_words: int = 0
    unverified: str = multiline()
    translates: str = ""
    sources: tuple[Source, ...] = ()
    images: tuple[Image, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    replies: tuple[Reply, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ai_used: tuple[AiUse, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.headline.strip() or self.standfirst.strip() or self.body.strip())


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable copy of the content, named by the SHA-256 of its canonical JSON and signed with the maker's key.

    `previous` is the record of any kind before it on the same device, `after` are the newest events of the article that
    its maker knew. The first of an article carries the `nonce` that the article's id is made of. One that was combined
    by rule has no key and no signature: every desk makes it alike.
    """

    id: RevisionId
    article: ArticleId
    content: Content
    parents: tuple[RevisionId, ...]
    by: StaffId
    device: DeviceId
    at: datetime
    key: str = ""
    previous: str = ""
    after: tuple[EventId, ...] = ()
    nonce: str = ""
    signature: str = ""

    @property
    def is_combined(self) -> bool:
        """Whether nobody made it: it was combined from its parents, and somebody has to read it."""
        return self.device.startswith("combined/") and len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The text being written now: one an article, kept by autosave, never synced.

    `token` names the keep it comes from, no two have the same: a writer compares it before putting another in its
    place. `begun_at` is when the first of it was kept that is in no version.
    """

    article: ArticleId
    base: RevisionId | None
    content: Content
    kept_at: datetime
    token: str = ""
    begun_at: datetime | None = None


def tidy(content: Content) -> Content:
    """The content as it is stored: every text normalised, single-line fields on one line, no tag twice."""
    made = values.tidy_texts(content)
    return replace(
        made,
        tags=tuple(dict.fromkeys(tag for tag in made.tags if tag)),
        sources=tuple(source.tidy(item) for item in made.sources),
        images=tuple(image.tidy(item) for item in made.images),
    )
