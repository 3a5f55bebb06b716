"""Articles as a WordPress export file for its importer: drafts with authors, sections, tags and pictures."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from itertools import count
from typing import Any

from markupsafe import Markup

from ovn_desk.domain.bylines import authors
from ovn_desk.domain.house import House
from ovn_desk.domain.texts import key_for, slug_of
from ovn_desk.rendering import gutenberg
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import PageModel, Shown, address_of, shown_dates
from ovn_desk.rendering.page.templates import fill

_NEVER = datetime.min.replace(tzinfo=UTC)


def build(edition: Edition, suffix: str) -> Iterable[Artifact]:
    """One file of all articles, newest first."""
    newest = sorted(
        edition.models,
        key=lambda one: (one.published_at or _NEVER, one.updated_at or _NEVER, one.id),
        reverse=True,
    )
    yield Artifact(f"wordpress{suffix}", partial(_write_all, edition.house), tuple(newest))


def _write_all(house: House, *items: PageModel) -> str:
    return write(items, house)


def write(items: Sequence[PageModel], house: House, *, status: str = "draft") -> str:
    """WXR 1.2 of these articles, each followed by its pictures; the first picture is the featured one."""
    names = dict.fromkeys(name for item in items for name in authors(item.content.byline))
    logins: dict[str, str] = {}
    for name in names:
        logins[name] = key_for(name, tuple(logins.values()), otherwise="author")
    numbers = count(1)
    posts = [post for item in items for post in _posts(item, house, logins, status, numbers)]
    tags = dict.fromkeys(tag for item in items for tag in item.content.tags)
    values = {
        "house": house,
        "cdata": _cdata,
        "authors": [{"login": login, "name": name} for name, login in logins.items()],
        "categories": _categories(items, house),
        "tags": [{"slug": slug_of(tag), "name": tag} for tag in tags],
        "posts": posts,
    }
    return fill("wxr.xml", values)


def _categories(items: Sequence[PageModel], house: House) -> list[dict[str, str]]:
    used = {house.section_key(item.content.category) for item in items}
    return [{"slug": c.key, "name": c.name(house.languages[0])} for c in house.categories if c.key in used]


def _posts(
    item: PageModel, house: House, logins: dict[str, str], status: str, numbers: Iterator[int]
) -> Iterator[dict[str, Any]]:
    """An article's post, and those of its pictures, which WordPress fetches from the house's site."""
    content = item.content
    published, updated = shown_dates(item, house)
    number = next(numbers)
    pictures = [_picture(shown, next(numbers), number, house) for shown in dict.fromkeys(item.pictures) if shown.copies]
    by = [logins[name] for name in authors(content.byline)]
    category = house.section(content.category)
    terms = [("category", category.key, category.name(house.languages[0]))] if category else []
    terms += [("post_tag", slug_of(tag), tag) for tag in content.tags]
    meta = [("_ovn_id", item.id)] + ([("_thumbnail_id", str(pictures[0]["number"]))] if pictures else [])
    post = {
        "number": number,
        "title": content.headline,
        "link": house.address(address_of(item, house)),
        "guid": item.guid,
        "login": by[0] if by else "",
        "text": gutenberg.write(item, house),
        "excerpt": content.standfirst,
        "name": item.slug,
        "status": status,
        "parent": 0,
        "kind": "post",
        "address": "",
        "terms": terms,
        "meta": meta,
        **_times(published, updated),
    }
    yield post
    for picture in pictures:
        yield picture | {"login": post["login"]} | _times(published, updated)


def _picture(shown: Shown, number: int, parent: int, house: House) -> dict[str, Any]:
    address = house.address(shown.copies[-1][1])
    alt = "" if shown.image.is_decorative else shown.image.alt
    return {
        "number": number,
        "title": shown.image.caption or alt or shown.image.key,
        "link": address,
        "guid": f"urn:sha256:{shown.image.sha256}-{parent}",
        "text": shown.image.credit,
        "excerpt": shown.image.caption,
        "name": f"{shown.image.key}-{number}".lower(),
        "status": "inherit",
        "parent": parent,
        "kind": "attachment",
        "address": address,
        "terms": [],
        "meta": [("_wp_attachment_image_alt", alt)],
    }


def _times(published: datetime | None, updated: datetime | None) -> dict[str, str]:
    """First publication and last change, in the house's time and in UTC, as WordPress writes them."""
    if published is None:
        return dict.fromkeys(("pub_date", "date", "date_gmt", "modified", "modified_gmt"), "")
    changed = updated or published
    return {
        "pub_date": format_datetime(published),
        "date": f"{published:%Y-%m-%d %H:%M:%S}",
        "date_gmt": f"{published.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "modified": f"{changed:%Y-%m-%d %H:%M:%S}",
        "modified_gmt": f"{changed.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    }


def _cdata(text: object) -> Markup:
    """A text that may hold anything; the mark that would end it is parted between two."""
    parted = str(text).replace("]]>", "]]]]><![CDATA[>")
    return Markup(f"<![CDATA[{parted}]]>")  # noqa: S704 - nothing in it is read as XML
