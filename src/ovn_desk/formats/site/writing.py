"""Every file of a site by its path."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.formats import feeds
from ovn_desk.formats.page import document, places
from ovn_desk.formats.site import account, lists, log, verify
from ovn_desk.formats.site.entry import Entry, address, changed, published
from ovn_desk.formats.site.frame import root_of

KEYS = ".well-known/ovn-keys.json"


def write(
    entries: Sequence[Entry],
    house: House,
    *,
    now: datetime,
    keys: Mapping[str, str] | None = None,
    logged: str = "",
) -> dict[str, bytes]:
    """Every file of the site by its path, each after those it leads to.

    `keys` are key ids and public keys (base64) to check approvals with; `now` says what is news to search engines;
    `logged` is the public log.
    """
    ordered = sorted(entries, key=lambda entry: published(entry, house), reverse=True)
    files: dict[str, str] = {}
    for entry in ordered:
        path = address(entry, house)
        files[path] = document.write(entry.issue, house, root=root_of(path))
    lists_made: dict[str, str] = {}
    for language in house.languages:
        lists_made |= lists.write(ordered, house, language) | account.write(ordered, house, language)
        lists_made[places.verify(language, house)] = verify.write(house, language, keys or {})
    files |= lists_made
    files["404.html"] = lists.missing(house)
    files |= _feeds(ordered, lists_made, house, now)
    files[log.NAME] = logged
    files[KEYS] = json.dumps({"keys": dict(keys or {})}, indent=1, sort_keys=True) + "\n"
    faces = document.URDU_FONTS.items() if "ur" in house.languages else ()
    made = {f"assets/{name}": document.font(weight) for weight, name in faces}
    return made | {path: text.encode() for path, text in files.items()}


def _feeds(entries: Sequence[Entry], others: Mapping[str, str], house: House, now: datetime) -> dict[str, str]:
    items = [feeds.Item(entry.id, entry.issue, address(entry, house)) for entry in entries]
    pages: list[tuple[str, datetime | None]] = [(address(entry, house), changed(entry, house)) for entry in entries]
    pages += [(path, None) for path in sorted(others) if path != "index.html"]
    return {
        "feed.xml": feeds.rss(items, house),
        "feed.json": feeds.json_feed(items, house),
        "sitemap.xml": feeds.sitemap(pages, house),
        "news-sitemap.xml": feeds.news_sitemap(items, house, now=now),
        "robots.txt": (
            f"User-agent: *\nAllow: /\nSitemap: {house.url}/sitemap.xml\nSitemap: {house.url}/news-sitemap.xml\n"
        ),
    }
