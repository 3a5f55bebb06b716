"""Markdown to clean HTML: one function that preview, export and feeds share."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from ovn_desk.domain.errors import DeskError

LIMIT = 1_000_000
_DEEPEST = 100
_CITATION = r"\s*\[@([A-Za-z0-9][A-Za-z0-9_-]*)([^\]\n]*)\]"
_TAGS = set(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code hr br em strong del a img table caption thead tbody tr th "
    "td sup sub span bdi figure figcaption cite q abbr div".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "id", "class"},
    "a": {"href", "title", "aria-label", "role"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"scope"},
    "ol": {"start"},
    "abbr": {"title"},
}
_CAPTION = re.compile(r"\s*(?:Table|جدول):\s*")
_SCHEMES = {"https", "http", "mailto", "tel"}
_CLASSES = {"ovn-cite", "ovn-unknown-source"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body as HTML, and the keys of the sources it cites in the order of their numbers."""

    html: str
    cited: tuple[str, ...]


def render(text: str, sources: Sequence[str] = ()) -> Rendered:
    """A Markdown body as clean HTML, headings from h2; citations of `sources` become numbered links to `#ovn-source-N`.

    Raises DeskError for text over 1 MB or nested deeper than a page can show. It may take very long on hostile input:
    call it through `text.helper` wherever a person waits.
    """
    if len(text) > LIMIT:
        raise DeskError("This text is over 1 million characters. Split it into several articles.")
    citing = _Citing(sources)
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "fenced_code", "def_list", "abbr", citing, _Headings()],
        output_format="html",
    )
    try:
        raw = converter.convert(text)
    except RecursionError as error:
        raise DeskError("Lists or quotations in this text are nested too deeply. Take some levels out.") from error
    return Rendered(clean(raw), tuple(citing.cited))


def clean(raw: str) -> str:
    """Only the tags, attributes and addresses a page may have; ids carry the prefix `ovn-`."""
    if _depth(raw) > _DEEPEST:
        raise DeskError(f"This text is nested more than {_DEEPEST} levels deep. Take some levels out.")
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
    """Pandoc citations, numbered by first appearance."""

    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__()
        self.known = frozenset(sources)
        self.cited: list[str] = []
        self.uses: dict[str, int] = {}

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.inlinePatterns.register(_Citation(self), "ovn-citation", 175)


class _Citation(InlineProcessor):
    def __init__(self, citing: _Citing) -> None:
        super().__init__(_CITATION)
        self.citing = citing

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], _data: str
    ) -> tuple[ET.Element, int, int]:
        key, locator = m[1], m[2].strip(" ,")
        if key not in self.citing.known:
            unknown = ET.Element("span", {"class": "ovn-unknown-source"})
            unknown.text = m[0].lstrip()
            return unknown, m.end(0) - len(unknown.text), m.end(0)
        if key not in self.citing.cited:
            self.citing.cited.append(key)
        number = self.citing.cited.index(key) + 1
        use = self.citing.uses[key] = self.citing.uses.get(key, 0) + 1
        mark = ET.Element("sup", {"class": "ovn-cite"})
        link = ET.SubElement(mark, "a", {"href": f"#ovn-source-{number}", "id": f"ovn-cite-{number}-{use}"})
        link.set("aria-label", f"Source {number}" + (f", {locator}" if locator else ""))
        link.text = str(number)
        return mark, m.start(0), m.end(0)


class _Headings(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.treeprocessors.register(_Structure(md), "ovn-structure", 5)


class _Structure(Treeprocessor):
    """Headings from h2 without a skipped level, header cells that say what they head, captions inside their tables."""

    def run(self, root: ET.Element) -> None:
        previous = 1
        shift: dict[int, int] = {}
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag or ""):
                written = int(element.tag[1])
                level = shift.get(written) or min(max(2, written), previous + 1)
                level = min(level, previous + 1)
                shift = {k: v for k, v in shift.items() if k <= written} | {written: level}
                element.tag = f"h{level}"
                previous = level
            elif element.tag == "th":
                element.set("scope", "col")
        for parent in list(root.iter()):
            _caption_tables(parent)


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
