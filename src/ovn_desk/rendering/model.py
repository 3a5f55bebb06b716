"""What pages, feeds and every other format are written from: one article as readers see it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from ovn_desk.domain import addresses
from ovn_desk.domain.article import Content
from ovn_desk.domain.house import House
from ovn_desk.domain.image import Image
from ovn_desk.domain.texts import slug_of


@dataclass(frozen=True, slots=True)
class Approval:
    """What lets a reader check the page: the signed statement as it was signed, key id and signature (base64).

    `lines` names each line of what was signed, by which a reader is told where a changed page differs.
    """

    revision: str
    digest: str
    approved_by: str
    key: str
    statement: str
    signature: str
    lines: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page, and its copies: width in pixels and address, narrowest first.

    An address is relative to the top of the site, or whole, as in the preview.
    """

    image: Image
    copies: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The same article in another language on this site; `path` is its page.

    `is_original`: this article was translated from it; `is_from_here`: it was translated from this article.
    """

    language: str
    path: str
    is_original: bool = False
    is_from_here: bool = False


@dataclass(frozen=True, slots=True)
class Translations:
    """What a page leads to in other languages.

    `alternates` are the language codes and paths that search engines are given of all of them, this page with them, and
    of the one for everybody else (`x-default`).
    """

    others: tuple[Translation, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """An article that was published at an address where another page is now; `path` is its own page."""

    headline: str
    path: str
    language: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A published text that was put right: when the new one was approved, and how many hours that took."""

    at: datetime
    hours: float


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an article was taken off, when, and the reason that readers are given."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PageModel:
    """Everything that readers see of one article: pure data, made once from its approved text; times are aware.

    `html` is the clean body, `cited` the source keys by number, `pictures` what the body shows, in order; `marked` is
    `html` with its runs of another script marked, where that was done already. `path` is where its page is, made from
    its texts where it has none yet; `beside` are all articles that were published there, if it was not this one alone,
    and `former` the paths that this one was published at before. `id` is the article's, and stays when its address or
    text changes. `repairs` are its changes after publication, `overrides` the times it was published before a full
    check. One that was `withdrawn` has no text any more. `proof` is the JSON that shows that it is in the public log.

    An archive is held in memory without its texts (`content.body`, `html`, `marked`) and proofs, which are added when
    the page is written (`Artifact.task`). `made_from` names all of it, also what is not read yet; empty where that is
    not known.
    """

    content: Content
    html: str
    cited: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    approval: Approval | None = None
    pictures: tuple[Shown, ...] = ()
    marked: str = ""
    translations: Translations = field(default_factory=Translations)
    path: str = ""
    beside: tuple[Beside, ...] = ()
    id: str = ""
    former: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    overrides: tuple[datetime, ...] = ()
    withdrawn: Withdrawal | None = None
    proof: str = ""
    made_from: str = ""

    @property
    def guid(self) -> str:
        """What feeds and other newsrooms know the article by."""
        return f"urn:uuid:{self.id}"

    @property
    def slug(self) -> str:
        """What names it in addresses: the end of its path, or what its reporter wrote where it has none yet."""
        return addresses.slug_in(self.path) if self.path else self.content.slug


def shown_dates(model: PageModel, house: House) -> tuple[datetime | None, datetime | None]:
    """When the page says it was published and updated, in the house's time zone.

    A story imported with an earlier date keeps that date, at midnight because its hour is not known. Updated is None
    until a later text was approved after the first publication.
    """
    return _dates(model.published_at, model.updated_at, model.content.date, house.zone)


@lru_cache(maxsize=16_000)  # lists, feeds and sitemaps ask for those of every article again
def _dates(
    first: datetime | None, newest: datetime | None, day: str, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    published = first.astimezone(zone).replace(microsecond=0) if first else None  # HTML knows three digits of them
    updated = newest.astimezone(zone).replace(microsecond=0) if newest else None
    if published and updated and (updated - published).total_seconds() < 60:
        updated = None
    written = _day(day)
    if written and (published is None or written < published.date()):
        published = datetime.combine(written, time(), zone)
    return published, updated


def address_of(model: PageModel, house: House) -> str:
    """Where the page stands on the site, relative to its top."""
    return model.path or path_of(model.content, model.published_at, house)


def path_of(content: Content, first_published_at: datetime | None, house: House) -> str:
    """The address that a page is given when it is first exported, as `2025/07/slug.html`, and keeps."""
    published, _ = shown_dates(PageModel(content, "", published_at=first_published_at), house)
    folder = f"{published.year:04}/{published.month:02}" if published else "draft"
    return f"{folder}/{slug_of(content.slug or content.headline)}.html"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
