"""The lists that lead to the articles: front page, sections, authors."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import escape

from ovn_desk.domain.bylines import authors
from ovn_desk.domain.house import House
from ovn_desk.formats.page import places, words
from ovn_desk.formats.page.issue import shown_dates
from ovn_desk.formats.page.runs import marked
from ovn_desk.formats.site import frame
from ovn_desk.formats.site.entry import Entry, address

ON_A_PAGE = 30


def write(entries: Sequence[Entry], house: House, language: str) -> dict[str, str]:
    """The front page of a language, its sections and its authors, each as many pages as are needed."""
    mine = [entry for entry in entries if entry.issue.content.language == language]
    spoken = words.of(language)
    used = {entry.issue.content.category for entry in mine}
    sections = [
        {"path": places.section(category.key, language, house), "name": category.name(language), "key": category.key}
        for category in house.categories
        if category.key in used
    ]
    message = "" if mine else spoken["empty"]
    files = dict(
        _paged(mine, house, language, places.front(language, house), spoken["latest"], sections, message=message)
    )
    for section in sections:
        inside = [entry for entry in mine if entry.issue.content.category == section["key"]]
        files |= dict(_paged(inside, house, language, section["path"], section["name"], sections))
    for path, (name, theirs) in _by_author(mine, house, language).items():
        files |= dict(_paged(theirs, house, language, path, spoken["articles_by"].format(name=name), sections))
    return files


def _by_author(entries: Sequence[Entry], house: House, language: str) -> dict[str, tuple[str, list[Entry]]]:
    found: dict[str, tuple[str, list[Entry]]] = {}
    for entry in entries:
        for name in authors(entry.issue.content.byline):
            _, theirs = found.setdefault(places.author(name, language, house), (name, []))
            theirs.append(entry)
    return found


def _paged(
    entries: Sequence[Entry],
    house: House,
    language: str,
    first: str,
    heading: str,
    sections: list[dict[str, str]],
    *,
    message: str = "",
) -> Iterator[tuple[str, str]]:
    last, stem = max(1, -(-len(entries) // ON_A_PAGE)), first.removesuffix(".html")
    paths = [first, *(f"{stem}-{number}.html" for number in range(2, last + 1))]
    for index, path in enumerate(paths):
        shown = entries[index * ON_A_PAGE : (index + 1) * ON_A_PAGE]
        made = frame.write(
            "list.html",
            house,
            language,
            path,
            heading=heading,
            message=message,
            sections=sections,
            items=[_item(entry, house) for entry in shown],
            newer=paths[index - 1] if index else "",
            older=paths[index + 1] if index + 1 < len(paths) else "",
        )
        yield path, made


def missing(house: House) -> str:
    """The page a server shows for an address that does not exist; it may stand anywhere, so its links are absolute."""
    language = house.languages[0]
    spoken = words.of(language)
    return frame.write(
        "list.html",
        house,
        language,
        "404.html",
        heading=spoken["not_found"],
        message=spoken["not_found_how"],
        items=[],
        newer="",
        older="",
        root=f"{house.url}/",
        canonical="",
    )


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
        "authors": [
            {"path": places.author(name, language, house), "name": marked(str(escape(name)), language)}
            for name in authors(content.byline)
        ],
        "published": published and {"iso": published.isoformat(), "words": words.day_and_time(published, language)},
    }
