"""HTML from a website or a word processor, read as an article."""

import re
from dataclasses import replace

import lxml.html
from lxml import etree
from markdownify import ATX, MarkdownConverter

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.texts import one_line
from ovn_desk.text import dates, language, paragraphs

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
_WITH_PICTURES = [*(f"h{level}" for level in range(1, 7)), "td", "th", "p", "a", "em", "strong"]
_DEEPEST = 200
_MOST_ELEMENTS = 20_000  # an article of a million letters has fewer; more take minutes
# An angle that was a word of the page would be an element in Markdown; in code it is what it is.
_CODE_OR_ANGLE = re.compile(r"<(pre|code)\b.*?</\1>|&lt;(?=[A-Za-z/!?])", re.DOTALL)


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
        date=dates.day(moment[:10]),
        tags=tuple(str(tag) for tag in root.xpath('//meta[@property="article:tag"]/@content')),
    )
    body = _body(root, headline)
    stated = (root.get("lang") or "")[:2].lower()
    code = stated if stated in house.languages else language.guessed(f"{headline} {body}", house.languages)
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


def as_markdown(element: lxml.html.HtmlElement) -> str:
    """An element's text as Markdown, paragraphs whole; raises DeskError when there is too much in it, or too deep."""
    if sum(1 for _ in element.iter()) > _MOST_ELEMENTS:
        raise DeskError("html-too-large", most=_MOST_ELEMENTS)
    if _depth(element) > _DEEPEST:
        raise DeskError("html-nested-too-deeply", levels=_DEEPEST)
    inner = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    inner = _CODE_OR_ANGLE.sub(lambda match: "&amp;lt;" if match[0] == "&lt;" else match[0], inner)
    writer = _Writer(heading_style=ATX, bullets="-", escape_misc=False, keep_inline_images_in=_WITH_PICTURES)
    text = writer.convert(inner)
    return paragraphs.joined("\n".join(line.rstrip() for line in text.splitlines()))


class _Writer(MarkdownConverter):
    """Lists whose inner lines stand four spaces in, which is what keeps them inside."""

    def convert_li(self, el: object, text: str, parent_tags: set[str]) -> str:
        made: str = super().convert_li(el, text, parent_tags)  # type: ignore[misc] # its stubs leave it out
        first, *rest = made.split("\n")
        more = " " * (4 - len(first.partition(" ")[0]) - 1)
        has_blocks = "" in rest[:-1]  # without an empty line the next item would be in its last paragraph
        return "\n".join([first, *(f"{more}{line}" if line else line for line in rest)]) + "\n" * has_blocks


def _depth(element: lxml.html.HtmlElement) -> int:
    deepest = 0
    stack = [(element, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in node]
    return deepest
