"""Markdown to clean HTML: one function that preview, export and feeds share."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from functools import lru_cache

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ovn_desk.domain import citing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.text import chunks, direction
from ovn_desk.text.body import RenderedBody, assemble_body, check_length

_DEEPEST = 100
_CITATION = rf"(\s*)({citing.PATTERN})"
_PICTURE = r"!\[[^\]\n]*\]\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)"
# Private letters that mark a citation until it has a number, and a picture until it has its card.
_OWN = str.maketrans(dict.fromkeys("\ue000\ue001\ue002\ue003\ue004"))
_TAGS = set(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code hr br em strong del a table caption thead tbody tr "
    "th td sup sub span bdi figure figcaption cite q abbr div".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "id", "class"},
    "a": {"href", "title", "aria-label", "role"},
    "th": {"scope"},
    "ol": {"start"},
    "abbr": {"title"},
}
_CAPTION = re.compile(r"\s*(?:Table|جدول):\s*")
_HOLDERS = set("ul ol dl blockquote table thead tbody tr".split())
_BLOCKS = _HOLDERS | set("p h1 h2 h3 h4 h5 h6 li dt dd caption th td pre".split())
# Where Python-Markdown keeps HTML and escapes until the end, and where a picture will stand.
_STASHED = re.compile("\u0002[^\u0003]*\u0003|\ue003[^\ue004]*\ue004")
_SCHEMES = {"https", "http", "mailto", "tel"}
_CLASSES = {"ovn-cite", "ovn-unknown-source"}


def render(text: str, sources: Sequence[str] = (), images: Sequence[Image] = ()) -> RenderedBody:
    """A Markdown body as clean HTML, headings from h2; citations of `sources` become numbered links to `#ovn-source-N`.

    `![](image:key)` becomes the picture of `images` with that key: a figure where it is a paragraph of its own.
    Raises DeskError for text over 1 MB or nested deeper than a page can show. It may take very long on hostile input:
    call it through `text.helper` wherever a person waits.
    """
    check_length(text)
    shared, pieces = chunks.shared_definitions(text), chunks.split(text)
    return assemble_body(pieces, [fragment(piece, shared) for piece in pieces], sources, images)


def fragment(piece: str, shared: str = "") -> str:
    """One piece of a text as clean HTML, whose citations, headings and pictures `assemble_body` orders.

    It depends on nothing but the piece and what the text shares, so that it can be kept.
    """
    text = piece.translate(_OWN)
    try:
        raw = _converter().reset().convert(f"{shared}\n\n{text}" if shared else text)
    except RecursionError as error:
        raise DeskError("text-nested-too-deeply") from error
    return clean(raw)


@lru_cache(maxsize=1)  # making one takes longer than a paragraph; not for two threads at once
def _converter() -> markdown.Markdown:
    extensions: list[str | Extension] = [
        "tables",
        "sane_lists",
        "fenced_code",
        "def_list",
        "abbr",
        _Citing(),
        _Picturing(),
        _Structuring(),
    ]
    return markdown.Markdown(extensions=extensions, output_format="html")


def clean(raw: str) -> str:
    """Only the tags, attributes and addresses a page may have; ids carry the prefix `ovn-`."""
    if _depth(raw) > _DEEPEST:
        raise DeskError("text-nested-past-limit", levels=_DEEPEST)
    return nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if value.startswith("ovn-") else f"ovn-{value}" if re.fullmatch(r"[\w-]+", value) else None
    if name == "class":
        return " ".join(part for part in value.split() if part in _CLASSES) or None
    if name in {"href", "src"}:
        bad = value.startswith(("//", "\\")) or re.search(r"[\x00-\x1f\x7f\\]", value)
        return None if bad else value
    if name == "dir":
        return value if value in {"ltr", "rtl", "auto"} else None
    return value


def _depth(raw: str) -> int:
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(ul|ol|li|blockquote|div|span|em|strong|table|dl)\b", raw):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


class _Citing(Extension):
    """Pandoc citations, left for `assemble_body` to number."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(_Citation(_CITATION), "ovn-citation", 175)


class _Citation(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], _data: str
    ) -> tuple[ET.Element, int, int]:
        mark = ET.Element("sup")
        parts = [f"{one.key}\ue001{one.prefix}\ue001{one.locator}" for one in citing.citations(m[2])]
        mark.text = AtomicString("\ue000".join(["", f"{m[1]}\ue001{m[2]}", *parts]) + "\ue002")
        return mark, m.start(0), m.end(0)


class _Picturing(Extension):
    """Pictures of the article, left for `assemble_body` to fill in; any other is shown as what was written."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.inlinePatterns.register(_Picture(_PICTURE), "ovn-picture", 174)
        md.treeprocessors.register(_Pictures(md), "ovn-pictures", 6)


class _Picture(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], _data: str
    ) -> tuple[ET.Element, int, int]:
        mark = ET.Element("span")
        mark.text = AtomicString(f"\ue003{m[1]}\ue004")
        return mark, m.start(0), m.end(0)


class _Pictures(Treeprocessor):
    """A picture alone in its paragraph is a figure; one from elsewhere is not loaded."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter("img"):
            written = f"![{element.get('alt') or ''}]({element.get('src') or ''})"
            element.tag, element.text, element.attrib = "span", AtomicString(written), {"class": "ovn-unknown-source"}
        for paragraph in root.iter("p"):
            if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
                continue
            text = paragraph[0].text or ""
            if paragraph[0].tag == "span" and text.startswith("\ue003"):
                paragraph.tag, paragraph.text = "figure", AtomicString(text)
                paragraph.remove(paragraph[0])


class _Structuring(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.treeprocessors.register(_Structure(md), "ovn-structure", 5)


class _Structure(Treeprocessor):
    """Header cells that say what they head, captions inside their tables, blocks that lie as their words do."""

    def run(self, root: ET.Element) -> None:
        for cell in root.iter("th"):
            cell.set("scope", "col")
        for parent in list(root.iter()):
            _caption_tables(parent)
        for block in root:
            _turn(block)


def _turn(block: ET.Element) -> str:
    """Gives a block, and all inside it, the language it is in; the page takes out what is the article's own."""
    inner = [_turn(child) for child in block if child.tag in _BLOCKS]
    if block.tag in {"pre", "figure"}:
        return ""
    spoken = "" if block.tag in _HOLDERS else direction.language_of(_STASHED.sub("", "".join(_own_words(block))))
    if not spoken and len(set(inner)) == 1:
        spoken = inner[0]
    for name, value in direction.attributes(spoken).items():
        block.set(name, value)
    if block.text:
        block.text = block.text.lstrip(direction.RIGHT + direction.LEFT)  # the mark has done its work
    return spoken


def _own_words(element: ET.Element) -> Iterator[str]:
    """The text of a block without that of blocks inside it, of code and of citations."""
    yield element.text or ""
    for child in element:
        if child.tag not in _BLOCKS and child.tag not in {"code", "sup"}:
            yield from _own_words(child)
        yield child.tail or ""


def _caption_tables(parent: ET.Element) -> None:
    """A paragraph “Table: …” above or below a table becomes its caption, as in Pandoc."""
    for table in [child for child in parent if child.tag == "table"]:
        place = list(parent).index(table)
        near = [parent[i] for i in (place - 1, place + 1) if 0 <= i < len(parent)]
        caption = next((p for p in near if p.tag == "p" and _CAPTION.match(p.text or "")), None)
        if caption is not None:
            parent.remove(caption)
            caption.tag = "caption"
            caption.text = _CAPTION.sub("", caption.text or "", count=1)
            table.insert(0, caption)
