"""One article as ninjs 3.1, the JSON news agencies exchange (IPTC)."""

import json
from typing import Any

from ovn_desk.domain.bylines import authors
from ovn_desk.domain.house import House
from ovn_desk.rendering import feeds
from ovn_desk.rendering.model import PageModel, Shown, address_of, shown_dates
from ovn_desk.rendering.page import words
from ovn_desk.rendering.page.structured import named_sources
from ovn_desk.text import plain
from ovn_desk.text import words as counting

_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
_MEDIA_TOPIC = "http://cv.iptc.org/newscodes/mediatopic/"


def write(model: PageModel, house: House) -> str:
    """The article with its text as HTML and plain, its sources and its pictures; what is empty is left out."""
    content = model.content
    published, updated = shown_dates(model, house)
    found = {
        "uri": model.guid,
        "standard": _STANDARD,
        "type": "text",
        "representationType": "full",
        "version": model.approval.revision[:12] if model.approval else "",
        "firstCreated": published.isoformat() if published else "",
        "versionCreated": (updated or published).isoformat() if published else "",
        "pubStatus": "usable",
        "copyrightHolder": house.name,
        "language": content.language,
        "slugline": model.slug,
        "title": content.headline,
        "headlines": [{"role": "main", "value": content.headline}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": content.standfirst}]
        if content.standfirst
        else [],
        "bodies": _bodies(model, house),
        "by": content.byline,
        "people": [{"name": name, "rel": "author"} for name in authors(content.byline)],
        "located": content.dateline,
        "genres": [{"name": words.genre(content.genre, "en"), "literal": str(content.genre)}],
        "subjects": _subjects(model, house),
        "infoSources": [_source(source.label, source.url) for source in named_sources(model)],
        "renditions": [{"name": "web", "href": house.address(address_of(model, house)), "contentType": "text/html"}],
        "associations": [_picture(shown, number, house) for number, shown in enumerate(model.pictures, 1)],
    }
    return json.dumps(_without_empty(found), ensure_ascii=False, indent=1) + "\n"


def _bodies(model: PageModel, house: House) -> list[dict[str, Any]]:
    html = feeds.html(model, house)
    text = plain.from_html(model.html)
    spoken = counting.count(text)
    return [
        {"role": role, "contentType": kind, "charCount": len(value), "wordCount": spoken, "value": value}
        for role, kind, value in (("html", "text/html", html), ("text", "text/plain", text))
    ]


def _subjects(model: PageModel, house: House) -> list[dict[str, Any]]:
    """The section with its Media Topic, the article's own topics, and its tags."""
    content = model.content
    category = house.section(content.category)
    found: dict[str, dict[str, Any]] = {}
    if category:
        found[category.topic or category.key] = {"name": category.name(content.language)} | _topic(category.topic)
    for topic in content.topics:
        found.setdefault(topic, _topic(topic) or {"name": topic})
    for tag in content.tags:
        found.setdefault(tag, {"name": tag})
    return list(found.values())


def _topic(topic: str) -> dict[str, Any]:
    if not topic.startswith("medtop:"):
        return {}
    return {"uri": _MEDIA_TOPIC + topic.removeprefix("medtop:"), "literal": topic}


def _source(name: str, url: str) -> dict[str, str]:
    return {"name": name, "uri": url} if url.startswith(("https://", "http://")) and url.isascii() else {"name": name}


def _picture(shown: Shown, number: int, house: House) -> dict[str, Any]:
    image = shown.image
    found = {
        "name": f"picture-{number}",
        "uri": f"urn:sha256:{image.sha256}",
        "type": "picture",
        "by": image.credit,
        "copyrightNotice": image.rights,
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": value}
            for role, value in (("caption", image.caption), ("alt", "" if image.is_decorative else image.alt))
            if value
        ],
        "renditions": [
            {
                "name": f"w{width}",
                "href": house.address(address),
                "contentType": image.media,
                "width": width,
                "height": image.height_at(width),
            }
            for width, address in shown.copies
            if ":" not in address
        ],
    }
    return _without_empty(found)


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
