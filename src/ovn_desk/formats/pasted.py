"""What comes over the clipboard from Word, Google Docs and web pages, as the Markdown its writer would have typed."""

import re
from urllib.parse import parse_qs, urlsplit

import lxml.html
from lxml import etree

from ovn_desk.domain.texts import normalised_text
from ovn_desk.text import paragraphs
from ovn_desk.text.html_markdown import as_markdown

_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_DROPPED = ("script", "style", "head", "title", "meta", "link", "img", "svg", "button", "input", "iframe", "object")
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list:[^;]*level(\d)", re.IGNORECASE)
_ORDERED = re.compile(r"^\(?(?:\d+|[a-z]|[ivx]+)[.)]", re.IGNORECASE)
_COLUMN = range(38, 130)


def markdown(html: str) -> str:
    """HTML of the clipboard as Markdown: headings, lists, links, tables, bold and italic; nothing else of its look."""
    inner = _FRAGMENT.search(html)
    text = normalised_text(inner[1] if inner else html)
    try:
        root = lxml.html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        element.drop_tree()
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    _words_lists(root)
    for element in list(root.iter("span", "b", "strong", "i", "em", "a", "font")):
        _plain_style(element)
    return as_markdown(root).replace("\u00a0", " ")


def plain(text: str) -> str:
    """Plain text; lines that a PDF or a mail broke at its column are whole paragraphs again."""
    text = normalised_text(text)
    lines = [line for line in text.splitlines() if line.strip()]
    inner = lines[:-1]
    is_column = len(lines) >= 3 and sum(len(line) in _COLUMN for line in inner) >= 0.7 * len(inner)
    return paragraphs.join_broken_lines(text) if is_column else text


def _plain_style(element: lxml.html.HtmlElement) -> None:
    style = element.get("style") or ""
    if element.tag == "a":
        element.set("href", _without_redirect(element.get("href") or ""))
        return
    if element.tag in {"b", "strong"}:
        if _NOT_BOLD.search(style):  # Google Docs wraps everything it copies in one
            element.drop_tag()
        return
    if element.tag in {"i", "em"}:
        return
    if _BOLD.search(style) and _ITALIC.search(style) and element.text:
        inner = etree.SubElement(element, "em")
        inner.text, element.text = element.text, None
        element.remove(inner)
        element.insert(0, inner)
    if _BOLD.search(style):
        element.tag = "strong"
    elif _ITALIC.search(style):
        element.tag = "em"
    else:
        element.drop_tag()


def _without_redirect(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # as “https://[”
        return address
    if parts.hostname == "www.google.com" and parts.path == "/url":
        return parse_qs(parts.query).get("q", [address])[0]
    return address


def _words_lists(root: lxml.html.HtmlElement) -> None:
    """Word writes a list as paragraphs that look like one."""
    for paragraph in list(root.iter("p")):
        level = _LEVEL.search(paragraph.get("style") or "")
        if level is None:
            continue
        mark = ""
        for span in list(paragraph.iter("span")):
            if "mso-list:ignore" in (span.get("style") or "").replace(" ", "").lower():
                mark = span.text_content().strip()
                span.drop_tree()
                break
        kind = "ol" if _ORDERED.match(mark) else "ul"
        _append_item(paragraph, kind, int(level[1]))


def _append_item(paragraph: lxml.html.HtmlElement, kind: str, level: int) -> None:
    before = paragraph.getprevious()
    is_same = before is not None and before.tag in {"ul", "ol"} and before.get("data-list") == "word"
    if is_same and not (paragraph.tail or "").strip() and not (before.tail or "").strip():
        top = before
    else:
        top = etree.Element(kind, {"data-list": "word"})
        paragraph.addprevious(top)
    place = top
    for _ in range(level - 1):
        items = [child for child in place if child.tag == "li"]
        if not items:
            break
        inner = [child for child in items[-1] if child.tag in {"ul", "ol"}]
        place = inner[-1] if inner else etree.SubElement(items[-1], kind)
    paragraph.getparent().remove(paragraph)
    paragraph.tag = "li"
    paragraph.attrib.clear()
    place.append(paragraph)
