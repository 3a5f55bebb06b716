"""JSON-LD for search engines and readers' tools: the same values as the visible page (schema.org)."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from markupsafe import Markup

from ovn_desk.domain.article import Genre
from ovn_desk.domain.bylines import authors
from ovn_desk.domain.credits import Part, names_by_part
from ovn_desk.domain.evidence import Correction, standing_corrections
from ovn_desk.domain.house import House
from ovn_desk.domain.source import Source, Terms
from ovn_desk.rendering.model import PageModel, Translation, address_of, shown_dates
from ovn_desk.rendering.page import places
from ovn_desk.rendering.page.credits import read_credits
from ovn_desk.text import words

_TYPES = {
    Genre.NEWS: "ReportageNewsArticle",
    Genre.FEATURE: "ReportageNewsArticle",
    Genre.ANALYSIS: "AnalysisNewsArticle",
    Genre.EXPLAINER: "BackgroundNewsArticle",
    Genre.OPINION: "OpinionNewsArticle",
    Genre.EDITORIAL: "OpinionNewsArticle",
}
_MEDIA_TOPIC = "http://cv.iptc.org/newscodes/mediatopic/"
_QUOTATION = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)
_CITED = re.compile(r'href="#ovn-source-(\d+)"')
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(data: Any) -> Markup:
    """JSON that can not end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character, escaped in _UNSAFE.items():  # five times as fast as str.translate
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - <, > and & are escaped


def graph(model: PageModel, house: House, *, backstory: str) -> dict[str, Any]:
    """The article and its publisher as a JSON-LD graph; empty values are left out."""
    content = model.content
    address = house.address(address_of(model, house))
    published, updated = shown_dates(model, house)
    modified = updated or published
    category = house.section(content.category)
    topics = [category.topic] if category and category.topic else []
    topics += [topic for topic in content.topics if topic.startswith("medtop:") and topic not in topics]
    named = named_sources(model)
    specific = _TYPES.get(content.genre)
    article = {
        "@type": ["NewsArticle", specific] if specific else ["NewsArticle"],
        "@id": f"{address}#article",
        "headline": content.headline,
        "description": content.standfirst,
        "datePublished": published.isoformat() if published else "",
        "dateModified": modified.isoformat() if modified else "",
        "author": [
            {"@type": "Person", "name": name, "url": house.address(places.author(name, content.language, house))}
            for name in authors(content.byline)
        ],
        "editor": [{"@type": "Person", "name": name} for name in _editors(model)],
        "publisher": {"@id": f"{house.url}/#organization"},
        "mainEntityOfPage": address,
        "inLanguage": content.language,
        "image": [_image_object(picture) for picture in pictures(model, house)],
        "articleSection": category.name(content.language) if category else "",
        "keywords": list(content.tags),
        "about": [{"@type": "Thing", "@id": _MEDIA_TOPIC + topic.removeprefix("medtop:")} for topic in topics],
        "dateline": content.dateline,
        "wordCount": words.count(content.body),
        "version": model.approval.revision[:12] if model.approval else "",
        "citation": [_citation(source) for source in named],
        "backstory": backstory,
        "hasPart": _quotations(model),
        "correction": [_correction(one) for one in standing_corrections(content.corrections)],
        "translationOfWork": next((_work(one, house) for one in model.translations.others if one.is_original), None),
        "workTranslation": [_work(one, house) for one in model.translations.others if one.is_from_here],
    }
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": f"{house.url}/#organization",
        "name": house.name,
        "url": house.url,
        "slogan": house.tagline,
        **{name: places.policy(name, house, content.language).whole(house) for name in house.policies},
    }
    return {
        "@context": "https://schema.org",
        "@graph": [{key: value for key, value in node.items() if value} for node in (article, publisher)],
    }


def _editors(model: PageModel) -> tuple[str, ...]:
    """Who edited or corrected it by the signed credits; the approver where the approval is older than these are."""
    if model.approval is None:
        return ()
    found = read_credits(model.approval.statement)
    if not found:
        return (model.approval.approved_by,)
    return tuple(dict.fromkeys(names_by_part(found, Part.EDITED) + names_by_part(found, Part.CORRECTED)))


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture as a page tells machines of it: its widest copy's address and size in pixels, and what is said of it.

    Texts are empty where nothing is said; a decorative picture has no description.
    """

    url: str
    width: int
    height: int
    description: str
    caption: str
    credit: str
    rights: str


def pictures(model: PageModel, house: House) -> list[PagePicture]:
    """Each picture that has an address on the site, in the order of the text."""
    made = []
    for shown in model.pictures:
        width, address = shown.copies[-1] if shown.copies else (0, "")
        if not address or ":" in address:
            continue
        image = shown.image
        made.append(
            PagePicture(
                url=house.address(address),
                width=width,
                height=image.height_at(width),
                description="" if image.is_decorative else image.alt,
                caption=image.caption,
                credit=image.credit,
                rights=image.rights,
            )
        )
    return made


def _image_object(picture: PagePicture) -> dict[str, Any]:
    """An ImageObject; empty values are left out."""
    found = {
        "@type": "ImageObject",
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
        "description": picture.description,
        "caption": picture.caption,
        "creditText": picture.credit,
        "copyrightNotice": picture.rights,
    }
    return {name: value for name, value in found.items() if value}


def named_sources(model: PageModel) -> list[Source]:
    """The cited sources a reader may know by name, in the order of their numbers."""
    return [source for source in cited_sources(model) if source.terms == Terms.ON_RECORD]


def cited_sources(model: PageModel) -> list[Source]:
    by_key = {source.key: source for source in model.content.sources}
    return [by_key[key] for key in model.cited]


def _correction(correction: Correction) -> dict[str, str]:
    said = f"We said: {correction.said} In fact: {correction.in_fact}" if correction.said else correction.in_fact
    found = {"@type": "CorrectionComment", "text": said, "datePublished": correction.at}
    return {key: value for key, value in found.items() if value}


def _work(translation: Translation, house: House) -> dict[str, str]:
    return {
        "@type": "NewsArticle",
        "@id": f"{house.address(translation.path)}#article",
        "inLanguage": translation.language,
    }


def _citation(source: Source) -> dict[str, str]:
    found = {
        "@type": "CreativeWork",
        "name": source.label,
        "url": source.url,
        "datePublished": source.published,
    }
    return {key: value for key, value in found.items() if value}


def _quotations(model: PageModel) -> list[dict[str, Any]]:
    """A Quotation for each block quote that cites a named source."""
    sources = cited_sources(model)
    nodes: list[dict[str, Any]] = []
    for inner in _QUOTATION.findall(model.html):
        cited = _CITED.search(inner)
        source = sources[int(cited[1]) - 1] if cited else None
        if source is None or source.terms != Terms.ON_RECORD:
            continue
        text = re.sub(r'<sup class="ovn-cite">.*?</sup>', "", inner)
        spoken = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
        nodes.append({"@type": "Quotation", "text": spoken, "citation": _citation(source)})
    return nodes
