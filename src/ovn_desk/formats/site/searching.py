"""The pages on which a reader finds an article without a server: all headlines, and what else each is found by."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from ovn_desk import assets
from ovn_desk.domain.house import House
from ovn_desk.formats.site import frame
from ovn_desk.formats.site.entry import address
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.model import PageModel, shown_dates
from ovn_desk.rendering.page import places, words
from ovn_desk.rendering.page.runs import mark_runs
from ovn_desk.rendering.page.structured import script_json
from ovn_desk.text.words import search_tokens

# So many articles on a page of their own, counted from the oldest, so that what is full stays as it is; the newest page
# holds fewer than twice as many. A phone opens it, however long a newsroom has been at work.
ON_A_PAGE = 1_000
_JOINED = re.compile(r"['-]")


def write(entries: Sequence[PageModel], house: House, language: str, about: str) -> dict[str, Artifact]:
    """The search of a language: `search.html` for the newest articles, and pages for older ones where there are many.

    `entries` are newest first, `about` names the house. A page that was opened from a file may fetch no other, so each
    carries what it searches; its script is inside, and named by its hash in the page's security policy.
    """
    mine = [entry for entry in entries if entry.content.language == language]
    newest, older = places.search(language, house), max(0, len(mine) // ON_A_PAGE - 1)
    first = len(mine) - older * ON_A_PAGE
    parts = {newest: mine[:first]}
    for number in range(older, 0, -1):
        start = first + (older - number) * ON_A_PAGE
        parts[f"{newest.removesuffix('.html')}-{number}.html"] = mine[start : start + ON_A_PAGE]
    names = {path: _years(part, house, language) for path, part in parts.items()}
    files: dict[str, Artifact] = {}
    for path, part in parts.items():
        ways = [{"path": other, "name": name} for other, name in names.items() if other != path]
        made_from = name_for(about, path, repr(ways), *(entry.made_from for entry in part))
        files[path] = Artifact(path, partial(_page, part, house, language, path, ways), made_from=made_from)
    return files


def _page(entries: Sequence[PageModel], house: House, language: str, path: str, ways: list[dict[str, str]]) -> str:
    spoken, script = words.of(language), assets.text("scripts/search.js").strip()
    said = {name: spoken[f"search_{name}"] for name in ("one", "many", "none")}
    said["digits"] = words.number("0123456789", language)
    index = script_json({"index": [found_by(entry, house) for entry in entries], "spoken": said})
    return frame.write(
        "search.html",
        house,
        language,
        path,
        heading=spoken["search"],
        message=spoken["search_how"] if entries else spoken["empty"],
        scripts=[script, index],
        items=[_item(entry, house) for entry in entries],
        ways=ways,
        index=index,
        script=Markup(script),  # noqa: S704 - our own file
    )


def found_by(entry: PageModel, house: House) -> str:
    """The words an article is found by, folded, each after a space: what a reader typed is looked for with one before.

    They are those of its headline, standfirst, byline, place, section and tags; its text would make the page too long.
    """
    content = entry.content
    category = house.section(content.category)
    section = category.name(content.language) if category else ""
    texts = (content.headline, content.standfirst, content.byline, content.dateline, section, *content.tags)
    return "".join(f" {word}" for word in dict.fromkeys(_words(" ".join(texts))))


def _words(text: str) -> Iterator[str]:
    """Each word, and the parts of one that is put together."""
    for token in search_tokens(text.replace("’", "'")):
        yield token
        if _JOINED.search(token):
            yield from filter(None, _JOINED.split(token))


def _item(entry: PageModel, house: House) -> dict[str, Any]:
    content = entry.content
    published, _ = shown_dates(entry, house)
    category = house.section(content.category)
    return {
        "path": address(entry, house),
        "headline": mark_runs(str(escape(content.headline)), content.language),
        "category": category and category.name(content.language),
        "day": published.date().isoformat() if published else "",
        "words": words.day(published, content.language) if published else "",
    }


def _years(entries: Sequence[PageModel], house: House, language: str) -> str:
    """From when to when these articles are."""
    dates = [published for entry in entries if (published := shown_dates(entry, house)[0])]
    years = sorted({date.year for date in dates})
    return words.number("–".join(dict.fromkeys(map(str, (years[0], years[-1])))), language) if years else ""
