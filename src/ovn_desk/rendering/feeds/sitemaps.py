"""Sitemaps: every page for search engines, and the news of two days for those that show news."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from ovn_desk.domain.house import House
from ovn_desk.rendering.feeds.xml import add, write
from ovn_desk.rendering.model import PageModel, address_of, shown_dates

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_NOTHING: Mapping[str, Sequence[tuple[str, str]]] = {}
_NEWS_AGE = timedelta(days=2)  # search engines leave out what is older, and refuse more than so many
_MOST_NEWS = 1_000


def sitemap(
    pages: Sequence[tuple[str, datetime | None]],
    house: House,
    alternates: Mapping[str, Sequence[tuple[str, str]]] = _NOTHING,
) -> str:
    """The front page and every other, with the time of its last change where one is known.

    `alternates` are by path the language codes and paths of the same page in every language.
    """
    ET.register_namespace("xhtml", _XHTML)
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for path, changed in [("", None), *pages]:
        url = ET.SubElement(root, "url")
        add(url, "loc", house.address(path))
        if changed:
            add(url, "lastmod", changed.isoformat())
        for code, other in alternates.get(path, ()):
            ET.SubElement(
                url, f"{{{_XHTML}}}link", {"rel": "alternate", "hreflang": code, "href": house.address(other)}
            )
    return write(root)


def news_sitemap(items: Sequence[PageModel], house: House, *, now: datetime) -> str:
    """The articles first published in the last two days, newest first."""
    ET.register_namespace("news", _NEWS)
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    news = [(item, published) for item in items if (published := shown_dates(item, house)[0])]
    recent = [(item, published) for item, published in news if now - _NEWS_AGE <= published <= now]
    for item, published in recent[:_MOST_NEWS]:
        url = ET.SubElement(root, "url")
        add(url, "loc", house.address(address_of(item, house)))
        part = ET.SubElement(url, f"{{{_NEWS}}}news")
        publication = ET.SubElement(part, f"{{{_NEWS}}}publication")
        add(publication, f"{{{_NEWS}}}name", house.name_in(item.content.language))
        add(publication, f"{{{_NEWS}}}language", item.content.language)
        add(part, f"{{{_NEWS}}}publication_date", published.isoformat())
        add(part, f"{{{_NEWS}}}title", item.content.headline)
    return write(root)
