"""RSS 2.0 with whole texts."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from email.utils import format_datetime

from ovn_desk.domain.house import House
from ovn_desk.rendering.feeds import item as items
from ovn_desk.rendering.feeds.item import NEWEST
from ovn_desk.rendering.feeds.xml import add, write
from ovn_desk.rendering.model import PageModel, address_of, shown_dates

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
}


def rss(entries: Sequence[PageModel], house: House) -> str:
    """RSS 2.0 of the newest articles, newest first, with their whole text."""
    for prefix, address in _NAMES.items():
        ET.register_namespace(prefix, address)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    add(channel, "title", house.name)
    add(channel, "link", f"{house.url}/")
    add(channel, "description", house.tagline or house.name)
    add(channel, "language", house.languages[0])
    own = {"href": f"{house.url}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_NAMES['atom']}}}link", own)
    shown = list(entries[:NEWEST])
    dates = [moment for item in shown if (moment := items.modified_at(item, house))]
    if dates:
        add(channel, "lastBuildDate", format_datetime(max(dates)))
    for item in shown:
        _add_item(channel, item, house)
    return write(root)


def _add_item(channel: ET.Element, item: PageModel, house: House) -> None:
    content = item.content
    node = ET.SubElement(channel, "item")
    add(node, "title", content.headline)
    add(node, "link", house.address(address_of(item, house)))
    add(node, "guid", item.guid).set("isPermaLink", "false")
    published, updated = shown_dates(item, house)
    if published:
        add(node, "pubDate", format_datetime(published))
    if updated:
        add(node, f"{{{_NAMES['atom']}}}updated", updated.isoformat())
    if content.byline:
        add(node, f"{{{_NAMES['dc']}}}creator", content.byline)
    add(node, f"{{{_NAMES['dc']}}}language", content.language)
    for name in items.labels(item, house):
        add(node, "category", name)
    if content.standfirst:
        add(node, "description", content.standfirst)
    add(node, f"{{{_NAMES['content']}}}encoded", items.html(item, house))
    _add_picture(node, item, house)


def _add_picture(node: ET.Element, item: PageModel, house: House) -> None:
    found = items.picture(item)
    if found is None:
        return
    shown, width, address = found
    media = {
        "url": house.address(address),
        "type": shown.image.media,
        "medium": "image",
        "width": str(width),
        "height": str(shown.image.height_at(width)),
    }
    part = ET.SubElement(node, f"{{{_NAMES['media']}}}content", media)
    for name, text in (("description", shown.image.alt), ("credit", shown.image.credit)):
        if text:
            add(part, f"{{{_NAMES['media']}}}{name}", text)
