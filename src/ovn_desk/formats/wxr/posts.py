"""The text of a WordPress post, of blocks or from before them, as clean Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import lxml.html
from lxml import etree

from ovn_desk.domain.source import Source, Terms
from ovn_desk.domain.texts import key_for, normalised_text, one_line
from ovn_desk.messages import Message
from ovn_desk.rendering.page import words
from ovn_desk.text.html_markdown import as_markdown

# Shortcodes that come with WordPress; any other is known by its attributes, for a text may hold “[sic]”.
_KNOWN = "audio|caption|embed|gallery|playlist|video|wp_caption"
_ATTRIBUTE = r"""\s+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s\]"']+)"""
_SHORTCODE = re.compile(rf"\[/?(?:({_KNOWN})\b[^\]]*|([a-z][\w-]*)(?:{_ATTRIBUTE})+\s*/?)\]")
_BLOCK = re.compile(r"\s*</?(?:p|div|h[1-6]|ul|ol|li|dl|table|blockquote|pre|figure|hr|form|section)\b", re.IGNORECASE)
_WITHHELD = frozenset(words.of(language)["withheld"] for language in words.DIRECTION)
_OURS = ("ovn-corrections", "ovn-sources", "ovn-how")
_NOT_TEXT = ("script", "style", "noscript", "template", "form", "button", "iframe", "object", "svg", "video", "audio")


@dataclass(frozen=True, slots=True)
class Post:
    """A post's text as an article has it; what the desk itself had added below is read back, not kept as text."""

    standfirst: str = ""
    body: str = ""
    sources: tuple[Source, ...] = ()
    left_out: tuple[Message, ...] = ()


def read(html: str) -> Post:
    """Blocks and paragraphs as Markdown, without shortcodes, scripts and pictures; captions stay as paragraphs."""
    text, shortcodes = _without_shortcodes(normalised_text(html))
    if "<!-- wp:" not in text:
        text = _with_paragraphs(text)
    if not text.strip():
        return Post(left_out=_what_was_left_out(0, shortcodes))
    root = lxml.html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        element.drop_tree()
    for element in list(root.iter(*_NOT_TEXT)):
        element.drop_tree()
    sources = _take_sources(root)
    standfirst = _take_standfirst(root)
    pictures = _take_pictures(root)
    return Post(standfirst, as_markdown(root), sources, _what_was_left_out(pictures, shortcodes))


def plain(html: str) -> str:
    """A short HTML text without its tags."""
    if not html.strip():
        return ""
    return one_line(lxml.html.fragment_fromstring(normalised_text(html), create_parent="div").text_content())


def _without_shortcodes(text: str) -> tuple[str, list[str]]:
    found: list[str] = [match[1] or match[2] for match in _SHORTCODE.finditer(text)]
    for code in dict.fromkeys(found):
        text = text.replace(f"[/{code}]", "")
    return _SHORTCODE.sub("", text), list(dict.fromkeys(found))


def _with_paragraphs(text: str) -> str:
    """Text from before blocks, where an empty line began a paragraph and a line end was one."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return "\n".join(part if _BLOCK.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def _take_sources(root: lxml.html.HtmlElement) -> tuple[Source, ...]:
    """The sources of a post that came from a desk; their numbers in the text are citations again."""
    sources: list[Source] = []
    for item in root.xpath('.//li[starts-with(@id, "ovn-source-")]'):
        link = item.find(".//a")
        label = one_line(item.text_content())
        taken = tuple(source.key for source in sources)
        if label in _WITHHELD:
            sources.append(Source(key_for("withheld", taken), name=label, terms=Terms.BACKGROUND))
            continue
        url = (link.get("href") or "") if link is not None else ""
        sources.append(Source(key_for(label, taken), name=label, url=url))
    keys = {f"#ovn-source-{number}": source.key for number, source in enumerate(sources, 1)}
    for mark in root.xpath('.//sup[contains(@class, "ovn-cite")]'):
        link = mark.find("a")
        cited = keys.get(link.get("href") or "", "") if link is not None else ""
        mark.tail = f"{f' [@{cited}]' if cited else ''}{mark.tail or ''}"
        mark.drop_tree()
    for name in _OURS:
        for heading in root.xpath(f'.//*[@id="{name}"]'):
            _drop_section(heading)
    return tuple(sources)


def _drop_section(heading: lxml.html.HtmlElement) -> None:
    following = heading.getnext()
    while following is not None and following.tag not in {"h1", "h2"}:
        after = following.getnext()
        following.drop_tree()
        following = after
    heading.drop_tree()


def _take_standfirst(root: lxml.html.HtmlElement) -> str:
    found = root.xpath('./p[@class="standfirst"]')
    if not found:
        return ""
    text = one_line(found[0].text_content())
    found[0].drop_tree()
    return text


def _take_pictures(root: lxml.html.HtmlElement) -> int:
    pictures = list(root.iter("img"))
    for picture in pictures:
        picture.drop_tree()
    for caption in list(root.iter("figcaption")):
        caption.tag = "p"
        holder = caption.getparent()
        if holder.tag == "figure":
            caption.tail = None
            if holder.find(".//table") is not None:
                holder.addprevious(caption)  # above: a paragraph before it that begins so is not taken for it
                caption.text = f"Table: {caption.text or ''}"
            else:
                holder.addnext(caption)
    for figure in list(root.iter("figure")):
        (figure.drop_tag if len(figure) else figure.drop_tree)()
    return len(pictures)


def _what_was_left_out(pictures: int, shortcodes: Sequence[str]) -> tuple[Message, ...]:
    said = []
    if pictures:
        said.append(Message("post-pictures-left-out", count=pictures))
    if shortcodes:
        said.append(Message("shortcodes-taken-out", shortcodes=shortcodes))
    return tuple(said)
