"""A whole site of pages: index and section pages a language, RSS, sitemap, and the newsroom's public keys."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from ovn_desk.domain.house import House
from ovn_desk.formats import feeds
from ovn_desk.formats.page import document, words
from ovn_desk.formats.page.issue import Issue, path_of, shown_dates
from ovn_desk.formats.page.runs import marked

ON_A_PAGE = 30
KEYS = ".well-known/ovn-keys.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article on the site; `id` is the article's, and stays when its address or text changes."""

    id: str
    issue: Issue


def write(entries: Sequence[Entry], house: House, *, keys: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Every file of the site by its path. `keys` are key ids and public keys (base64) to check approvals with."""
    ordered = sorted(entries, key=lambda entry: _published(entry, house), reverse=True)
    files: dict[str, str] = {}
    for entry in ordered:
        path = address(entry, house)
        files[path] = document.write(entry.issue, house, root=_root(path))
    for language in house.languages:
        files |= _lists(ordered, house, language)
    files["404.html"] = _missing(house)
    files["feed.xml"] = feeds.rss([feeds.Item(e.id, e.issue, address(e, house)) for e in ordered], house)
    pages = [(path, _changed(entry, house)) for entry in ordered for path in [address(entry, house)]]
    files["sitemap.xml"] = feeds.sitemap(pages, house)
    files["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {house.url}/sitemap.xml\n"
    files[KEYS] = json.dumps({"keys": dict(keys or {})}, indent=1, sort_keys=True) + "\n"
    made = {path: text.encode() for path, text in files.items()}
    if "ur" in house.languages:
        made |= {f"assets/{name}": document.font(weight) for weight, name in document.URDU_FONTS.items()}
    return made


def address(entry: Entry, house: House) -> str:
    return path_of(entry.issue.content, entry.issue.published_at, house)


def _lists(entries: Sequence[Entry], house: House, language: str) -> dict[str, str]:
    """The front page of a language and its section pages, as many as are needed."""
    mine = [entry for entry in entries if entry.issue.content.language == language]
    spoken = words.of(language)
    used = {entry.issue.content.category for entry in mine}
    sections = [
        {
            "path": f"{_base(house, language)}category/{category.key}.html",
            "name": category.name(language),
            "key": category.key,
        }
        for category in house.categories
        if category.key in used
    ]
    message = "" if mine else spoken["empty"]
    files = dict(_paged(mine, house, language, f"{_base(house, language)}index", spoken["latest"], sections, message))
    for section in sections:
        inside = [entry for entry in mine if entry.issue.content.category == section["key"]]
        files |= dict(_paged(inside, house, language, section["path"].removesuffix(".html"), section["name"], sections))
    return files


def _paged(
    entries: Sequence[Entry],
    house: House,
    language: str,
    stem: str,
    heading: str,
    sections: list[dict[str, str]],
    message: str = "",
) -> Iterator[tuple[str, str]]:
    last = max(1, -(-len(entries) // ON_A_PAGE))
    paths = [f"{stem}.html", *(f"{stem}-{number}.html" for number in range(2, last + 1))]
    for index, path in enumerate(paths):
        shown = entries[index * ON_A_PAGE : (index + 1) * ON_A_PAGE]
        yield (
            path,
            _list_page(
                house,
                language,
                path,
                heading=heading,
                message=message,
                sections=sections,
                items=[_item(entry, house) for entry in shown],
                newer=paths[index - 1] if index else "",
                older=paths[index + 1] if index + 1 < len(paths) else "",
            ),
        )


def _list_page(house: House, language: str, path: str, *, heading: str, **values: Any) -> str:
    root = _root(path)
    style = document.stylesheet(language, root=root or "./")
    spoken = words.of(language)
    name, home = house.name_in(language), f"{_base(house, language)}index.html"
    shown = {
        "sections": [],
        "message": "",
        "items": [],
        "newer": "",
        "older": "",
        "canonical": f"{house.url}/{path}",
        "heading": heading,
        "title": name if path == home else f"{heading} – {name}",
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "words": spoken,
        "house": house,
        "house_name": name,
        "house_tagline": house.tagline_in(language),
        "root": root,
        "home": home,
        "here": path,
        "others": [_front(house, other) for other in house.languages if other != language],
        "style": Markup(style),  # noqa: S704 - our own file
        "csp": document.security_policy(style),
    }
    return document.template("list.html").render(shown | values)


def _missing(house: House) -> str:
    """The page a server shows for an address that does not exist; it may stand anywhere, so its links are absolute."""
    language = house.languages[0]
    spoken = words.of(language)
    return _list_page(
        house,
        language,
        "404.html",
        heading=spoken["not_found"],
        message=spoken["not_found_how"],
        root=f"{house.url}/",
        canonical="",
    )


def _front(house: House, language: str) -> dict[str, str]:
    return {
        "path": f"{_base(house, language)}index.html",
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "name": words.of(language)["language_name"],
    }


def _item(entry: Entry, house: House) -> dict[str, Any]:
    content = entry.issue.content
    language = content.language
    published, _ = shown_dates(entry.issue, house)
    category = next((c for c in house.categories if c.key == content.category), None)
    return {
        "path": address(entry, house),
        "genre": words.genre(content.genre, language),
        "category": category and category.name(language),
        "headline": marked(str(escape(content.headline)), language),
        "standfirst": marked(str(escape(content.standfirst)), language),
        "byline": content.byline,
        "published": published and {"iso": published.isoformat(), "words": words.day_and_time(published, language)},
    }


def _published(entry: Entry, house: House) -> tuple[str, str]:
    published, _ = shown_dates(entry.issue, house)
    return published.isoformat() if published else "", entry.id


def _changed(entry: Entry, house: House) -> datetime | None:
    published, updated = shown_dates(entry.issue, house)
    return updated or published


def _base(house: House, language: str) -> str:
    """The first language stands at the top of the site, another in its own folder."""
    return "" if language == house.languages[0] else f"{language}/"


def _root(path: str) -> str:
    return "../" * path.count("/")
