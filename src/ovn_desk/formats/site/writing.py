"""Every file of a site by its path."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from ovn_desk.domain.house import House
from ovn_desk.formats.site import KEYS, account, lists, moving, searching, tombstone, translating, verify
from ovn_desk.formats.site.entry import address, changed_at, order_key
from ovn_desk.formats.site.frame import root_of
from ovn_desk.rendering import feeds
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import document, places


def build(edition: Edition) -> Iterable[Artifact]:
    """Every file of the site, each after those it leads to."""
    house, about = edition.house, edition.house_name
    placed = moving.with_neighbours([*edition.models, *edition.withdrawn], house)
    ordered = sorted(placed, key=lambda entry: order_key(entry, house), reverse=True)
    live = translating.link_translations([entry for entry in ordered if entry.withdrawn is None], house)
    gone = [entry for entry in ordered if entry.withdrawn]
    made = {file.path: file for file in [*_faces(house), *(_page(entry, edition) for entry in (*live, *gone))]}
    made |= moving.write(ordered, house, about)
    others: dict[str, Artifact] = {}
    for language in house.languages:
        others |= searching.write(live, house, language, about)
        others |= lists.write(live, house, language, about) | account.write(ordered, house, language, about)
        others[places.verify(language, house)] = _verify(edition, language)
    made |= others
    missing = Artifact("404.html", partial(lists.missing, house), made_from=name_for(about, "404"))
    made |= {file.path: file for file in (missing, *_feeds(live, list(others), edition))}
    made |= {name: Artifact.of(name, text) for name, text in edition.log.items()}
    made[KEYS] = Artifact.of(KEYS, json.dumps({"keys": dict(edition.keys)}, indent=1, sort_keys=True) + "\n")
    return made.values()


def _faces(house: House) -> Iterable[Artifact]:
    for weight, name in document.URDU_FONTS.items() if "ur" in house.languages else ():
        yield Artifact(f"assets/{name}", partial(document.font, weight), made_from=f"font {weight}")


def _page(entry: PageModel, edition: Edition) -> Artifact:
    """The page of an article, or what stands where a withdrawn one was."""
    path, proof = address(entry, edition.house), edition.proofs.get(entry.id) or "not in the log"
    beside = repr(entry.beside)
    made_from = name_for(edition.house_name, entry.made_from, path, repr(entry.translations), beside, proof)
    write = partial(tombstone.write if entry.withdrawn else _article, edition.house, path)
    return Artifact(path, write, (entry,), made_from, entry.id)


def _article(house: House, path: str, entry: PageModel) -> str:
    return document.write_signed(entry, house, root=root_of(path))


def _verify(edition: Edition, language: str) -> Artifact:
    keys, log = dict(edition.keys), list(edition.log)
    path = places.verify(language, edition.house)
    made_from = name_for(edition.house_name, "verify", language, repr(keys), repr(log))
    return Artifact(path, partial(verify.write, edition.house, language, keys, log), made_from=made_from)


def _feeds(entries: Sequence[PageModel], others: Sequence[str], edition: Edition) -> Iterable[Artifact]:
    house, about = edition.house, edition.house_name
    newest = tuple(entries[: feeds.NEWEST])
    of_newest = name_for(about, "feeds", *(entry.made_from for entry in newest))
    yield Artifact("feed.xml", partial(_rss, house), newest, of_newest)
    yield Artifact("feed.json", partial(_json_feed, house), newest, of_newest)
    pages: list[tuple[str, datetime | None]] = [(address(entry, house), changed_at(entry, house)) for entry in entries]
    pages += [(path, None) for path in sorted(others) if path != "index.html"]
    alternates = {address(entry, house): entry.translations.alternates for entry in entries}
    of_all = name_for(about, "sitemap", *(entry.made_from for entry in entries), *others, repr(alternates))
    yield Artifact("sitemap.xml", partial(feeds.sitemap, pages, house, alternates), made_from=of_all)
    yield Artifact("news-sitemap.xml", partial(feeds.news_sitemap, entries, house, now=edition.now))
    robots = f"User-agent: *\nAllow: /\nSitemap: {house.url}/sitemap.xml\nSitemap: {house.url}/news-sitemap.xml\n"
    yield Artifact.of("robots.txt", robots)


def _rss(house: House, *newest: PageModel) -> str:
    return feeds.rss(newest, house)


def _json_feed(house: House, *newest: PageModel) -> str:
    return feeds.json_feed(newest, house)
