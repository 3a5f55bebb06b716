"""What a page is written from: one revision's content, its approval and its dates."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

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
class PageModel:
    """One page's values; times are aware.

    `path` is where its page is, made from its texts where it has none yet; `beside` are all articles that were
    published there, if it was not this one alone. `html` is the clean body, `cited` the source keys by number,
    `pictures` what the body shows, in order; `marked` is `html` with its runs of another script marked, where that was
    done already.
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


def shown_dates(issue: PageModel, house: House) -> tuple[datetime | None, datetime | None]:
    """When the page says it was published and updated, in the house's time zone.

    A story imported with an earlier date keeps that date, at midnight because its hour is not known. Updated is None
    until a later text was approved after the first publication.
    """
    return _dates(issue.published_at, issue.updated_at, issue.content.date, house.zone)


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


def address_of(issue: PageModel, house: House) -> str:
    """Where the page stands on the site, relative to its top."""
    return issue.path or path_of(issue.content, issue.published_at, house)


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
