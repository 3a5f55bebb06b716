"""Posts of a WordPress export file as articles; attachments and pages are left out."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.incoming import Archive, Incoming
from ovn_desk.domain.texts import one_line
from ovn_desk.formats.wxr import posts
from ovn_desk.messages import Message
from ovn_desk.text import dates, foreign, language
from ovn_desk.text.body import check_length

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_YET = frozenset({"trash", "auto-draft", "inherit"})
_KINDS = {"attachment": "attachments-left-out", "page": "pages-left-out"}


def read(text: str, house: House, *, name: str) -> Archive:
    """The posts of a WordPress export file; raises DeskError for any other XML, and for one that defines anything."""
    with foreign.reading(name, "wxr-unreadable", "advice-wxr"):
        return _read(text, house, name)


def _read(text: str, house: House, name: str) -> Archive:
    channel = _channel(text, name)
    people = {
        _text(author, "{*}author_login"): _text(author, "{*}author_display_name")
        for author in channel.findall("{*}author")
    }
    articles: list[Incoming] = []
    failed: list[Message] = []
    others: Counter[str] = Counter()
    for item in channel.findall("item"):
        kind, status = _text(item, "{*}post_type"), _text(item, "{*}status")
        if kind not in {"post", ""} or status in _NOT_YET:
            others[kind if kind in _KINDS else ""] += 1
            continue
        title = Message("post-title", title=one_line(item.findtext("title") or "") or Message("post-without-title"))
        try:
            with foreign.reading(title, "post-unreadable"):
                came = _article(item, people, house)
                check_length(came.content.body)
        except DeskError as error:
            failed.append(error.message)
            continue
        if not came.content.is_empty:
            articles.append(came)
    return Archive(tuple(articles), tuple(_what_was_left_out(others)), tuple(failed))


def _channel(text: str, name: str) -> etree._Element:
    if "<!DOCTYPE" in text.partition("<rss")[0].upper():
        raise DeskError("wxr-defines-entities", name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, etree.XMLSyntaxError) and error.lineno:
            raise DeskError("wxr-broken-in-line", name=name, number=error.lineno) from error
        raise DeskError("wxr-broken", name=name) from error
    channel = root.find("channel")
    version = _text(channel, "{*}wxr_version") if channel is not None else ""
    if channel is None or not re.fullmatch(r"\d+\.\d+", version):
        raise DeskError("wxr-without-version", name=name)
    return channel


def _article(item: etree._Element, people: dict[str, str], house: House) -> Incoming:
    post = posts.read(item.findtext(_CONTENT) or "")
    headline = one_line(item.findtext("title") or "")
    excerpt = next((found.text for found in item if _is_excerpt(found)), "") or ""
    terms = [(term.get("domain"), one_line(term.text or "")) for term in item.findall("category")]
    sections = (house.find_category(name) for domain, name in terms if domain == "category")
    section = next((found for found in sections if found), None)
    creator = one_line(item.findtext(_CREATOR) or "")
    content = Content(
        headline=headline,
        standfirst=post.standfirst or posts.plain(excerpt),
        body=post.body,
        language=language.guess_language(f"{headline} {post.body}", house.languages),
        category=section.key if section else "",
        tags=tuple(name for domain, name in terms if domain == "post_tag"),
        slug=_text(item, "{*}post_name"),
        byline=people.get(creator) or creator,
        date=dates.parse_day(_text(item, "{*}post_date")[:10]),
        sources=post.sources,
    )
    return Incoming(tidy(content), left_out=post.left_out)


def _is_excerpt(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("excerpt/}encoded")


def _text(parent: etree._Element, name: str) -> str:
    return one_line(parent.findtext(name) or "")


def _what_was_left_out(others: Counter[str]) -> Iterator[Message]:
    for kind, number in sorted(others.items()):
        yield Message(_KINDS.get(kind, "others-left-out"), count=number)
