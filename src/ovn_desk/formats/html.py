"""HTML from a website or a word processor, read as an article."""

from dataclasses import replace

import lxml.html
from lxml import etree

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.texts import one_line
from ovn_desk.text import dates, language
from ovn_desk.text.html_markdown import as_markdown

_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "aside",
    "form",
    "button",
    "iframe",
    "object",
    "svg",
    "footer",
    "img",
    "figure",
)
_BODIES = ('//*[@id="ovn-body"]', "//article", '//*[@role="main"]', "//main", "//body")


def read(html: str, house: House) -> Content:
    """The content of an HTML file: fields from its metadata, text from its article, without menus and scripts."""
    try:
        root = lxml.html.document_fromstring(_without_declaration(html))
    except (etree.ParserError, ValueError) as error:
        raise DeskError("html-missing") from error
    headline = _meta(root, "og:title") or _text_of(root, "//h1") or _meta(root, "title") or _title(root, house)
    standfirst = _text_of(root, '//*[contains(concat(" ", @class, " "), " standfirst ")]') or _meta(root, "description")
    section = house.find_category(_meta(root, "article:section"))
    time = root.xpath("string((//time/@datetime)[1])")
    moment = _meta(root, "article:published_time") or str(time)
    content = Content(
        headline=headline,
        standfirst="" if standfirst == headline else standfirst,
        category=section.key if section else "",
        byline=_meta(root, "author"),
        date=dates.parse_day(moment[:10]),
        tags=tuple(str(tag) for tag in root.xpath('//meta[@property="article:tag"]/@content')),
    )
    body = _body(root, headline)
    stated = (root.get("lang") or "")[:2].lower()
    code = stated if stated in house.languages else language.guess_language(f"{headline} {body}", house.languages)
    return tidy(replace(content, body=body, language=code))


def _without_declaration(html: str) -> str:
    """Lxml refuses a text that also says in which encoding it was."""
    start = html.lstrip("\ufeff \t\r\n")
    return start.partition("?>")[2] if start.startswith("<?xml") else start


def _meta(root: lxml.html.HtmlElement, name: str) -> str:
    found = root.xpath("string((//meta[@name=$name or @property=$name]/@content)[1])", name=name)
    return one_line(str(found))


def _text_of(root: lxml.html.HtmlElement, path: str) -> str:
    found = root.xpath(path)
    return one_line(found[0].text_content()) if found else ""


def _title(root: lxml.html.HtmlElement, house: House) -> str:
    """The title without the site's name at its end."""
    title = _text_of(root, "//title")
    for name in {house.name, *house.names.values()}:
        for mark in ("–", "-", "|", "—", "·"):
            title = title.removesuffix(f" {mark} {name}")
    return title


def _body(root: lxml.html.HtmlElement, headline: str) -> str:
    chosen = next((found[0] for path in _BODIES if (found := root.xpath(path))), root)
    for element in list(chosen.iter(*_NOT_TEXT)):
        element.drop_tree()
    for element in list(chosen.iter("h1", "header")):
        if element.tag == "header" or one_line(element.text_content()) == headline:
            element.drop_tree()
    return as_markdown(chosen)
