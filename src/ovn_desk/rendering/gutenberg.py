"""An article's text as WordPress takes it: Gutenberg blocks for a post's body, to be pasted or sent."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import lxml.html
from lxml import etree

from ovn_desk.domain.house import House
from ovn_desk.rendering.feeds import html
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import parts_below
from ovn_desk.rendering.page.runs import mark_runs

_ALIGNED = {"ovn-full": "wide", "ovn-half": "right"}
_HOLDERS = ("ul", "ol", "table", "thead", "tbody", "tr", "blockquote")
_MEDIA = "wp-image-"  # the class by which WordPress knows a picture of its library
_INLINE = frozenset("a abbr bdi br cite code del em img q span strong sub sup".split())


def write(model: PageModel, house: House, *, media: Mapping[str, int] = MappingProxyType({})) -> str:
    """The body of a post: standfirst, text, sources and how they are known; no head, and no headline, which is a field.

    Pictures are those of the house's own site until WordPress has them; `media` are those that it has, by address.
    """
    content = model.content
    pieces = [_standfirst(content.standfirst)] if content.standfirst else []
    language = house.languages[0]
    pieces += [blocks(mark_runs(text, language), media) for text in (html(model, house), parts_below(model))]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def marked_as(body: str, article: str, digest: str) -> str:
    """A post's body with a comment that names its article and what was uploaded: what an upload finds it again by."""
    return f"{body.rstrip()}\n\n{_block('html', f'<!-- urn:uuid:{article} sha256:{digest} -->')}\n"


def read_mark(body: str, article: str) -> str | None:
    """The digest in the mark of this article; None when the post is not marked as its."""
    found = re.search(rf"urn:uuid:{re.escape(article)} sha256:([0-9a-f]{{64}})", body)
    return found[1] if found else None


def blocks(fragment: str, media: Mapping[str, int] = MappingProxyType({})) -> str:
    """Clean HTML as blocks; what no block of text can hold becomes a block of HTML."""
    if not fragment.strip():
        return ""
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    for holder in root.iter(*_HOLDERS):  # a block of these can not say its language; what stands in it can
        for child in holder:
            for name in ("lang", "dir"):
                if holder.get(name) and not child.get(name):
                    child.set(name, holder.get(name))
    for image in root.iter("img"):
        if number := media.get(image.get("src") or ""):
            image.set("class", f"{_MEDIA}{number}")
    return "\n\n".join(_blocks(root))


def _blocks(parent: lxml.html.HtmlElement) -> Iterator[str]:
    """The blocks of an element; a text that stands bare in it is a paragraph."""
    if (parent.text or "").strip():
        yield _block("paragraph", f"<p>{escape(parent.text.strip(), quote=False)}</p>")
    for child in parent:
        make = _BLOCKS.get(child.tag, _html)
        yield make(child)
        if (child.tail or "").strip():
            yield _block("paragraph", f"<p>{escape(child.tail.strip(), quote=False)}</p>")


def _block(name: str, inner: str, attributes: Mapping[str, Any] | None = None) -> str:
    said = f" {_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{said} -->\n{inner}\n<!-- /wp:{name} -->"


def _json(attributes: Mapping[str, Any]) -> str:
    """JSON that can not end the comment it stands in."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    return text.replace("--", "\\u002d\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")


def _standfirst(text: str) -> str:
    return _block("paragraph", f'<p class="standfirst">{escape(text, quote=False)}</p>', {"className": "standfirst"})


def _paragraph(element: lxml.html.HtmlElement) -> str:
    turned = element.get("dir")
    attributes = {"direction": turned} if turned in {"rtl", "ltr"} else {}
    opening = f'<p dir="{turned}">' if attributes else "<p>"
    return _block("paragraph", f"{opening}{_with_language(element, with_direction=False)}</p>", attributes)


def _heading(element: lxml.html.HtmlElement) -> str:
    level = int(element.tag[1])
    inner = f'<{element.tag} class="wp-block-heading"{_anchor(element)}>{_with_language(element)}</{element.tag}>'
    return _block("heading", inner, {} if level == 2 else {"level": level})


def _list(element: lxml.html.HtmlElement) -> str:
    if not all(_is_plain(item) for item in element):
        return _html(element)
    attributes: dict[str, Any] = {"ordered": True} if element.tag == "ol" else {}
    start = element.get("start", "")
    opening = f"<{element.tag}"
    if attributes and start.lstrip("-").isdigit():
        attributes["start"] = int(start)
        opening += f' start="{int(start)}"'
    items = "\n\n".join(_item(item) for item in element)
    return _block("list", f'{opening} class="wp-block-list">{items}</{element.tag}>', attributes)


def _is_plain(item: lxml.html.HtmlElement) -> bool:
    """Whether an item is one line of text and lists below it, which is all that a list of blocks can hold."""
    kinds = [child.tag for child in item if child.tag not in _INLINE]
    lists = [kind for kind in kinds if kind in {"ul", "ol"}]
    texts = kinds[: len(kinds) - len(lists)]
    after = [child.tail for child in item if child.tag in {"ul", "ol"} and (child.tail or "").strip()]
    return item.tag == "li" and kinds == texts + lists and texts in ([], ["p"]) and not after


def _item(item: lxml.html.HtmlElement) -> str:
    lists = [child for child in item if child.tag in {"ul", "ol"}]
    below = "".join(_list(child) for child in lists)
    for child in lists:
        item.remove(child)
    for paragraph in list(item.iter("p")):
        paragraph.drop_tag()
    return _block("list-item", f"<li{_anchor(item)}>{_with_language(item).strip()}{below}</li>")


def _anchor(element: lxml.html.HtmlElement) -> str:
    name = element.get("id")
    return f' id="{escape(name)}"' if name else ""


def _quote(element: lxml.html.HtmlElement) -> str:
    inner = "\n\n".join(_blocks(element))
    return _block("quote", f'<blockquote class="wp-block-quote">{inner}</blockquote>')


def _code(element: lxml.html.HtmlElement) -> str:
    text = escape(element.text_content(), quote=False)
    return _block("code", f'<pre class="wp-block-code"><code>{text}</code></pre>')


def _separator(_element: lxml.html.HtmlElement) -> str:
    return _block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


def _table(element: lxml.html.HtmlElement) -> str:
    caption = element.find("caption")
    words = (
        f'<figcaption class="wp-element-caption">{_with_language(caption)}</figcaption>' if caption is not None else ""
    )
    rows = "".join(
        f"<{part.tag}>{''.join(_row(row) for row in part.iter('tr'))}</{part.tag}>"
        for part in element
        if part.tag in {"thead", "tbody"}
    )
    inner = f'<figure class="wp-block-table"><table>{rows}</table>{words}</figure>'
    return _block("table", inner, {"hasFixedLayout": False})


def _row(row: lxml.html.HtmlElement) -> str:
    cells = ""
    for cell in row:
        scope = f' scope="{escape(cell.get("scope"))}"' if cell.get("scope") else ""
        cells += f"<{cell.tag}{scope}>{_with_language(cell)}</{cell.tag}>"
    return f"<tr>{cells}</tr>"


def _figure(element: lxml.html.HtmlElement) -> str:
    image = element.find("img")
    if image is None or not image.get("src"):
        return _html(element)
    align = _ALIGNED.get(element.get("class") or "", "")
    known = image.get("class") or ""
    number = known.removeprefix(_MEDIA)
    attributes: dict[str, Any] = {"id": int(number)} if known.startswith(_MEDIA) and number.isdigit() else {}
    classed = f' class="{escape(known)}"' if attributes else ""
    attributes |= {"sizeSlug": "large", "linkDestination": "none"} | ({"align": align} if align else {})
    caption = element.find("figcaption")
    words = (
        f'<figcaption class="wp-element-caption">{_with_language(caption)}</figcaption>' if caption is not None else ""
    )
    classes = f"wp-block-image{f' align{align}' if align else ''} size-large"
    source, alt = escape(image.get("src")), escape(image.get("alt") or "")
    inner = f'<figure class="{classes}"><img src="{source}" alt="{alt}"{classed}/>{words}</figure>'
    return _block("image", inner, attributes)


def _html(element: lxml.html.HtmlElement) -> str:
    tail, element.tail = element.tail, None
    text = lxml.html.tostring(element, encoding="unicode")
    element.tail = tail
    return _block("html", text)


def _with_language(element: lxml.html.HtmlElement, *, with_direction: bool = True) -> str:
    """What is inside, in a span with its language where the block itself can not say it."""
    names = ("lang", "dir") if with_direction else ("lang",)
    said = {name: value for name in names if (value := element.get(name))}
    inner = escape(element.text or "", quote=False)
    inner += "".join(lxml.html.tostring(child, encoding="unicode") for child in _without_comments(element))
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
    return f"<span{attributes}>{inner}</span>" if said else inner


def _without_comments(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    return (child for child in element if child.tag is not etree.Comment)


_BLOCKS: Mapping[str, Callable[[lxml.html.HtmlElement], str]] = {
    "p": _paragraph,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "blockquote": _quote,
    "pre": _code,
    "hr": _separator,
    "table": _table,
    "figure": _figure,
}
