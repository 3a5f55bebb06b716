"""The lists that lead to the articles: front page, sections, authors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import escape

from ovn_desk.domain.bylines import authors
from ovn_desk.domain.house import House
from ovn_desk.formats.site import frame
from ovn_desk.formats.site.entry import address
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.model import PageModel, shown_dates
from ovn_desk.rendering.page import places, words
from ovn_desk.rendering.page.runs import mark_runs

ON_A_PAGE = 30


def write(entries: Sequence[PageModel], house: House, language: str, about: str) -> dict[str, Artifact]:
    """The front page of a language, its sections and its authors, each as many pages as are needed.

    `about` names the house.
    """
    mine = [entry for entry in entries if entry.content.language == language]
    spoken = words.of(language)
    used = {house.section_key(entry.content.category) for entry in mine}
    sections = [
        {"path": places.section(category.key, language, house), "name": category.name(language), "key": category.key}
        for category in house.categories
        if category.key in used
    ]
    message = "" if mine else spoken["empty"]
    lists = [_List(places.front(language, house), spoken["latest"], mine, message)]
    for section in sections:
        inside = [entry for entry in mine if house.section_key(entry.content.category) == section["key"]]
        lists.append(_List(section["path"], section["name"], inside))
    for path, (name, theirs) in _by_author(mine, house, language).items():
        lists.append(_List(path, spoken["articles_by"].format(name=name), theirs))
    files: dict[str, Artifact] = {}
    for one in lists:
        files |= dict(_pages_of_list(one, house, language, sections, name_for(about, language, repr(sections))))
    return files


@dataclass(frozen=True, slots=True)
class _List:
    """Articles that stand under one heading; `path` is where the first page of them stands."""

    path: str
    heading: str
    entries: Sequence[PageModel]
    message: str = ""


def _by_author(entries: Sequence[PageModel], house: House, language: str) -> dict[str, tuple[str, list[PageModel]]]:
    found: dict[str, tuple[str, list[PageModel]]] = {}
    for entry in entries:
        for name in authors(entry.content.byline):
            _, theirs = found.setdefault(places.author(name, language, house), (name, []))
            theirs.append(entry)
    return found


def _pages_of_list(
    one: _List, house: House, language: str, sections: list[dict[str, str]], about: str
) -> Iterator[tuple[str, Artifact]]:
    last, stem = max(1, -(-len(one.entries) // ON_A_PAGE)), one.path.removesuffix(".html")
    paths = [one.path, *(f"{stem}-{number}.html" for number in range(2, last + 1))]
    for index, path in enumerate(paths):
        shown = one.entries[index * ON_A_PAGE : (index + 1) * ON_A_PAGE]
        ways = {"newer": paths[index - 1] if index else "", "older": paths[index + 1] if index + 1 < last else ""}
        writing = partial(_write, one, shown, house, language, path, sections=sections, **ways)
        made_from = name_for(
            about, path, repr(ways), f"{one.heading}\n{one.message}", *(each.made_from for each in shown)
        )
        yield path, Artifact(path, writing, made_from=made_from)


def _write(one: _List, shown: Sequence[PageModel], house: House, language: str, path: str, **values: Any) -> str:
    items = [_item(entry, house) for entry in shown]
    return frame.write(
        "list.html", house, language, path, heading=one.heading, message=one.message, items=items, **values
    )


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


def _item(entry: PageModel, house: House) -> dict[str, Any]:
    content = entry.content
    language = content.language
    published, _ = shown_dates(entry, house)
    category = house.section(content.category)
    return {
        "path": address(entry, house),
        "genre": words.genre(content.genre, language),
        "category": category and category.name(language),
        "headline": mark_runs(str(escape(content.headline)), language),
        "standfirst": mark_runs(str(escape(content.standfirst)), language),
        "authors": [
            {"path": places.author(name, language, house), "name": mark_runs(str(escape(name)), language)}
            for name in authors(content.byline)
        ],
        "published": published and {"iso": published.isoformat(), "words": words.day_and_time(published, language)},
    }
