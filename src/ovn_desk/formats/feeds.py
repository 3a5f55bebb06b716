"""RSS 2.0 and the sitemap, from the same values as the pages."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from ovn_desk.domain.house import House
from ovn_desk.formats.page import figures
from ovn_desk.formats.page.issue import Issue, shown_dates

NEWEST = 50
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
}
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Item:
    """One article in a feed; `id` never changes, `path` is its place on the site."""

    id: str
    issue: Issue
    path: str


def rss(items: Sequence[Item], house: House) -> str:
    """RSS 2.0 of the newest articles, newest first, with their whole text."""
    for prefix, address in _NAMES.items():
        ET.register_namespace(prefix, address)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", house.name)
    _add(channel, "link", f"{house.url}/")
    _add(channel, "description", house.tagline)
    _add(channel, "language", house.languages[0])
    own = {"href": f"{house.url}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_NAMES['atom']}}}link", own)
    shown = list(items[:NEWEST])
    dates = [moment for item in shown for moment in shown_dates(item.issue, house) if moment]
    if dates:
        _add(channel, "lastBuildDate", format_datetime(max(dates)))
    for item in shown:
        _add_item(channel, item, house)
    return _text(root)


def sitemap(pages: Sequence[tuple[str, datetime | None]], house: House) -> str:
    """The front page and every article, with the time of its last change."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for path, changed in [("", None), *pages]:
        url = ET.SubElement(root, "url")
        _add(url, "loc", f"{house.url}/{path}")
        if changed:
            _add(url, "lastmod", changed.isoformat())
    return _text(root)


def _add_item(channel: ET.Element, item: Item, house: House) -> None:
    content = item.issue.content
    node = ET.SubElement(channel, "item")
    _add(node, "title", content.headline)
    _add(node, "link", f"{house.url}/{item.path}")
    _add(node, "guid", f"urn:uuid:{item.id}").set("isPermaLink", "false")
    published, _ = shown_dates(item.issue, house)
    if published:
        _add(node, "pubDate", format_datetime(published))
    if content.byline:
        _add(node, f"{{{_NAMES['dc']}}}creator", content.byline)
    _add(node, f"{{{_NAMES['dc']}}}language", content.language)
    category = next((c for c in house.categories if c.key == content.category), None)
    for name in ([category.name(content.language)] if category else []) + list(content.tags):
        _add(node, "category", name)
    if content.standfirst:
        _add(node, "description", content.standfirst)
    _add(
        node,
        f"{{{_NAMES['content']}}}encoded",
        figures.addressed(item.issue.html, item.issue.pictures, root=f"{house.url}/"),
    )


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, name)
    node.text = text
    return node


def _text(root: ET.Element) -> str:
    ET.indent(root)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
