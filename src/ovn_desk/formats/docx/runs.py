"""Words of a paragraph in a Word file: emphasis, links, citations, and which way they are read."""

from dataclasses import dataclass, replace

import lxml.html
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.styles.style import ParagraphStyle
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BYLINE = "OVN Byline"
_RIGHT_TO_LEFT = frozenset({"ur"})
_LANGUAGES = {"en": "en-GB", "ur": "ur-PK"}
_URDU_FACE = "Noto Nastaliq Urdu"
_CODE_FACE = "Courier New"


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words of an element look, and the address they lead to."""

    language: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    place: str = ""
    address: str = ""


def add(paragraph: Paragraph, element: lxml.html.HtmlElement, language: str, *, bold: bool = False) -> None:
    """Everything that is said in an element, at the end of a paragraph."""
    _add(paragraph, element, _Look(language, bold=bold))


def _add(paragraph: Paragraph, element: lxml.html.HtmlElement, look: _Look) -> None:
    _say(paragraph, element.text, look)
    for child in element:
        inner = _looks(child, look)
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif "ovn-cite" in (child.get("class") or ""):
            _say(paragraph, f"[{child.text_content()}]", replace(inner, place="sup"))
        elif isinstance(child.tag, str):
            _add(paragraph, child, inner)
        _say(paragraph, child.tail, look)


def _looks(element: lxml.html.HtmlElement, look: _Look) -> _Look:
    address = element.get("href") or ""
    return replace(
        look,
        language=element.get("lang") or look.language,
        bold=look.bold or element.tag == "strong",
        italic=look.italic or element.tag in {"em", "cite"},
        struck=look.struck or element.tag == "del",
        code=look.code or element.tag == "code",
        place=element.tag if element.tag in {"sup", "sub"} else look.place,
        address=address if address.startswith(("https://", "http://", "mailto:")) else look.address,
    )


def _say(paragraph: Paragraph, text: str | None, look: _Look) -> None:
    spoken = " ".join((text or "").replace("\n", " ").split(" "))
    if not spoken:
        return
    run = paragraph.add_run(spoken)
    run.bold, run.italic = look.bold or None, look.italic or None
    run.font.strike = look.struck or None
    if look.place:
        setattr(run.font, "superscript" if look.place == "sup" else "subscript", True)
    if look.language in _RIGHT_TO_LEFT:
        run.font.cs_bold, run.font.cs_italic = run.bold, run.italic
    if look.code:
        run.font.name = _CODE_FACE
    _read_as(run, look.language)
    if look.address:
        _link(paragraph, run, look.address)


def _read_as(run: Run, language: str) -> None:
    run.font.rtl = language in _RIGHT_TO_LEFT or None
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the library has no way to say a language
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:bidi" if language in _RIGHT_TO_LEFT else "w:val"), _LANGUAGES.get(language, language))
    if language in _RIGHT_TO_LEFT:
        fonts = properties.get_or_add_rFonts()
        fonts.set(qn("w:cs"), _URDU_FACE)
    properties.append(spoken)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline = True
    paragraph._p.append(link)  # noqa: SLF001 - nor one to make a link
    link.append(run._r)  # noqa: SLF001


def turn(paragraph: Paragraph, language: str) -> None:
    """Lays a paragraph out from the right where its language is read from there."""
    if language in _RIGHT_TO_LEFT:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor one to turn a paragraph
        properties.insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )


def byline_style(document: Document) -> str:
    """The style of the line under the headline, by which it is known when the file is read again."""
    style = document.styles.add_style(BYLINE, WD_STYLE_TYPE.PARAGRAPH)
    if isinstance(style, ParagraphStyle):
        style.base_style = document.styles["Normal"]
        style.font.italic = True
    return BYLINE


def new_numbering(document: Document, style: str, start: int) -> int:
    """The id of a numbering of its own for one list, so that it does not go on from the one before."""
    of_style = document.styles[style].element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == of_style)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def number(paragraph: Paragraph, numbering: int | None) -> None:
    """Puts a paragraph in a list with a numbering of its own."""
    if numbering is None:
        return
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - nor one to number a list anew
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def repeat(row: _Row) -> None:
    """Shows a row of headings again on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def describe(shape: InlineShape, alt: str) -> None:
    """Says what a picture shows to those who can not see it."""
    shape._inline.docPr.set("descr", alt)  # noqa: SLF001


def add_code(paragraph: Paragraph, text: str) -> None:
    """A line of code as it stands."""
    paragraph.add_run(text).font.name = _CODE_FACE


def add_rule(paragraph: Paragraph) -> None:
    """A line across the page."""
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001
