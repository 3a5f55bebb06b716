"""Every file of a site by its path."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from ovn_desk.domain.house import House
from ovn_desk.formats.site import account, lists, moving, searching, tombstone, translating, verify
from ovn_desk.formats.site.entry import SiteEntry, address, changed, published
from ovn_desk.formats.site.frame import root_of
from ovn_desk.rendering import feeds
from ovn_desk.rendering.artifact import Artifact, named
from ovn_desk.rendering.page import document, places

KEYS = ".well-known/ovn-keys.json"


def write(
    entries: Sequence[SiteEntry],
    house: House,
    *,
    now: datetime,
    keys: Mapping[str, str] | None = None,
    logged: Mapping[str, str] | None = None,
) -> dict[str, Artifact]:
    """Every file of the site by its path, each after those it leads to.

    `keys` are key ids and public keys (base64) to check approvals with; `now` says what is news to search engines;
    `logged` are the files of the public log.
    """
    placed = moving.with_neighbours(entries, house)
    ordered = sorted(placed, key=lambda entry: published(entry, house), reverse=True)
    live = translating.linked([entry for entry in ordered if entry.withdrawn is None], house)
    gone = [entry for entry in ordered if entry.withdrawn]
    about = named(repr(house))
    made = {
        f"assets/{name}": Artifact(partial(document.font, weight), f"font {weight}") for weight, name in _faces(house)
    }
    for entry in (*live, *gone):
        path, write_one = address(entry, house), tombstone.write if entry.withdrawn else _page
        proved_by = entry.proved_by or "not in the log"
        made_from = named(about, entry.made_from, path, repr(entry.translations), repr(entry.beside), proved_by)
        made[path] = Artifact.text(partial(write_one, entry, house, path), made_from)
    made |= moving.write(ordered, house, about)
    others: dict[str, Artifact] = {}
    for language in house.languages:
        others |= searching.write(live, house, language, about)
        others |= lists.write(live, house, language, about) | account.write(ordered, house, language, about)
        checking = partial(verify.write, house, language, keys or {}, list(logged or ()))
        others[places.verify(language, house)] = Artifact.text(
            checking, named(about, "verify", language, repr(keys), repr(list(logged or ())))
        )
    made |= others
    made["404.html"] = Artifact.text(partial(lists.missing, house), named(about, "404"))
    made |= _feeds(live, list(others), house, now, about)
    made |= {name: Artifact.of(text) for name, text in (logged or {}).items()}
    made[KEYS] = Artifact.of(json.dumps({"keys": dict(keys or {})}, indent=1, sort_keys=True) + "\n")
    return made


def _faces(house: House) -> list[tuple[int, str]]:
    return list(document.URDU_FONTS.items()) if "ur" in house.languages else []


def _page(entry: SiteEntry, house: House, path: str) -> str:
    return document.write(entry.whole, house, root=root_of(path), logged=entry.proof() if entry.proof else "")


def _feeds(
    entries: Sequence[SiteEntry], others: Sequence[str], house: House, now: datetime, about: str
) -> dict[str, Artifact]:
    def newest() -> list[feeds.Item]:
        return [feeds.Item(entry.id, entry.whole, address(entry, house)) for entry in entries[: feeds.NEWEST]]

    def all_pages() -> list[tuple[str, datetime | None]]:
        pages = [(address(entry, house), changed(entry, house)) for entry in entries]
        return pages + [(path, None) for path in sorted(others) if path != "index.html"]

    def all_items() -> list[feeds.Item]:
        return [feeds.Item(entry.id, entry.issue, address(entry, house)) for entry in entries]

    of_newest = named(about, "feeds", *(entry.made_from for entry in entries[: feeds.NEWEST]))
    alternates = {address(entry, house): entry.translations.alternates for entry in entries}
    of_all = named(about, "sitemap", *(entry.made_from for entry in entries), *others, repr(alternates))
    robots = f"User-agent: *\nAllow: /\nSitemap: {house.url}/sitemap.xml\nSitemap: {house.url}/news-sitemap.xml\n"
    return {
        "feed.xml": Artifact.text(lambda: feeds.rss(newest(), house), of_newest),
        "feed.json": Artifact.text(lambda: feeds.json_feed(newest(), house), of_newest),
        "sitemap.xml": Artifact.text(lambda: feeds.sitemap(all_pages(), house, alternates), of_all),
        "news-sitemap.xml": Artifact.text(lambda: feeds.news_sitemap(all_items(), house, now=now)),
        "robots.txt": Artifact.of(robots),
    }
