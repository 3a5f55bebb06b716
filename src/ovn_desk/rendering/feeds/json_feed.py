"""JSON Feed 1.1, the same articles as in RSS."""

import json
from collections.abc import Sequence
from typing import Any

from ovn_desk.domain.bylines import authors
from ovn_desk.domain.house import House
from ovn_desk.rendering.feeds import item as items
from ovn_desk.rendering.feeds.item import NEWEST
from ovn_desk.rendering.model import PageModel, address_of, shown_dates
from ovn_desk.rendering.page import places


def json_feed(entries: Sequence[PageModel], house: House) -> str:
    """JSON Feed 1.1 of the newest articles, newest first, with their whole text."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": house.name,
        "home_page_url": f"{house.url}/",
        "feed_url": f"{house.url}/feed.json",
        "description": house.tagline or house.name,
        "language": house.languages[0],
        "items": [_item(item, house) for item in entries[:NEWEST]],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _item(item: PageModel, house: House) -> dict[str, Any]:
    content = item.content
    published, updated = shown_dates(item, house)
    picture = items.picture(item)
    found = {
        "id": item.guid,
        "url": house.address(address_of(item, house)),
        "title": content.headline,
        "summary": content.standfirst,
        "content_html": items.html(item, house),
        "image": house.address(picture[2]) if picture else "",
        "date_published": published.isoformat() if published else "",
        "date_modified": updated.isoformat() if updated else "",
        "authors": [
            {"name": name, "url": house.address(places.author(name, content.language, house))}
            for name in authors(content.byline)
        ],
        "tags": items.labels(item, house),
        "language": content.language,
    }
    return {name: value for name, value in found.items() if value or name == "content_html"}
