"""An article as a Word file: fields above, text with its pictures, numbered citations and their sources below."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC

import lxml.html
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Inches
from docx.text.paragraph import Paragraph
from PIL import Image as Pillow

from ovn_desk.domain.house import House
from ovn_desk.formats.docx import runs
from ovn_desk.rendering.model import shown_dates
from ovn_desk.rendering.page import PageModel, parts_below, words
from ovn_desk.rendering.page.figures import address_pictures
from ovn_desk.rendering.page.runs import mark_runs

_WIDEST = 6.0  # inches between the margins of the page
_DEEPEST_LIST = 3  # as many levels have a style in Word


def write(model: PageModel, house: House, pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of one article, the same bytes for the same one; `pictures` are files by address.

    Title, author and dates stand in the file's properties, too, where `read` finds the author again.
    """
    document = Document()
    content = model.content
    _say_who(document, model, house)
    writer = _Writer(document, content.language, pictures)
    writer.line(content.headline, "Title")
    if content.standfirst:
        writer.line(content.standfirst, "Subtitle")
    byline = [content.byline and f"{words.of(content.language)['by']} {content.byline}", content.dateline]
    if any(byline):
        writer.line(" · ".join(part for part in byline if part), runs.byline_style(document))
    for html in (address_pictures(model.html, model.pictures, root=""), parts_below(model)):
        root = lxml.html.fragment_fromstring(str(mark_runs(html, content.language)), create_parent="div")
        for element in root:
            writer.block(element)
    return _always_the_same(document)


def _say_who(document: WordDocument, model: PageModel, house: House) -> None:
    said = document.core_properties
    published, updated = shown_dates(model, house)
    said.title, said.author, said.comments = model.content.headline, model.content.byline, ""
    said.last_modified_by, said.language = "", model.content.language
    said.keywords = ", ".join(model.content.tags)[:255]
    if published:
        said.created = published.astimezone(UTC).replace(tzinfo=None)
        said.modified = (updated or published).astimezone(UTC).replace(tzinfo=None)


class _Writer:
    """Writes elements of clean HTML one after the other into a Word file."""

    def __init__(self, document: WordDocument, language: str, pictures: Mapping[str, bytes]) -> None:
        self._document = document
        self._language = language
        self._pictures = pictures
        self._kinds: dict[str, Callable[[lxml.html.HtmlElement], None]] = {
            **{f"h{level}": self._heading for level in range(2, 7)},
            **dict.fromkeys(("ul", "ol"), self._list),
            "blockquote": self._quote,
            "table": self._table,
            "figure": self._figure,
            "pre": self._code,
            "dl": self._meanings,
            "hr": lambda _element: runs.add_rule(self._document.add_paragraph()),
        }

    def line(self, text: str, style: str) -> None:
        """One paragraph of plain text."""
        element = lxml.html.fromstring(str(mark_runs("<p></p>", self._language)))
        element.text = text
        self._paragraph(element, style)

    def block(self, element: lxml.html.HtmlElement) -> None:
        """One block and all that is in it; one of no known kind is a paragraph."""
        self._kinds.get(element.tag, self._paragraph)(element)

    def _paragraph(self, element: lxml.html.HtmlElement, style: str | None = None) -> Paragraph:
        made = self._document.add_paragraph(style=style)
        language = element.get("lang") or self._language
        runs.turn(made, language)
        runs.add(made, element, language)
        for picture in element.iter("img"):
            self._picture(picture)
        return made

    def _heading(self, element: lxml.html.HtmlElement) -> None:
        self._paragraph(element, f"Heading {element.tag[1]}")

    def _list(self, element: lxml.html.HtmlElement, depth: int = 1) -> None:
        kind = "List Number" if element.tag == "ol" else "List Bullet"
        style = kind if depth == 1 else f"{kind} {min(depth, _DEEPEST_LIST)}"
        start = element.get("start") or "1"
        number = runs.new_numbering(self._document, style, int(start)) if element.tag == "ol" else None
        for item in element:
            blocks = [child for child in item if child.tag in self._kinds or child.tag == "p"]
            lists = {child for child in blocks if child.tag in {"ul", "ol"}}
            for child in blocks:
                item.remove(child)
            first = next((child for child in blocks if child.tag == "p"), None)
            bare = bool(item.text_content().strip())
            made = self._paragraph(item if bare or first is None else first, style)
            runs.number(made, number)
            for child in blocks:
                if child in lists:
                    self._list(child, depth + 1)
                elif child is not first or bare:
                    self.block(child)

    def _quote(self, element: lxml.html.HtmlElement) -> None:
        for child in element:
            if child.tag == "p":
                self._paragraph(child, "Quote")
            else:
                self.block(child)

    def _table(self, element: lxml.html.HtmlElement) -> None:
        caption = element.find("caption")
        if caption is not None:
            self._paragraph(caption, "Caption")
        rows = list(element.iter("tr"))
        table = self._document.add_table(len(rows), max((len(row) for row in rows), default=1), "Table Grid")
        for row, shown in zip(rows, table.rows, strict=True):
            for cell, place in zip(row, shown.cells, strict=False):
                paragraph = place.paragraphs[0]
                language = cell.get("lang") or self._language
                runs.turn(paragraph, language)
                runs.add(paragraph, cell, language, bold=cell.tag == "th")
            if len(row) and all(cell.tag == "th" for cell in row):
                runs.repeat(shown)

    def _figure(self, element: lxml.html.HtmlElement) -> None:
        for picture in element.iter("img"):
            self._picture(picture)
        caption = element.find("figcaption")
        if caption is not None:
            self._paragraph(caption, "Caption")

    def _picture(self, element: lxml.html.HtmlElement) -> None:
        data = self._pictures.get(element.get("src") or "")
        if data is None:
            return
        file, width = _for_word(data)
        shape = self._document.add_picture(file, width=Inches(min(_WIDEST, width / 150)))
        runs.describe(shape, element.get("alt") or "")

    def _code(self, element: lxml.html.HtmlElement) -> None:
        for text in element.text_content().rstrip("\n").split("\n"):
            runs.add_code(self._document.add_paragraph(style="No Spacing"), text)

    def _meanings(self, element: lxml.html.HtmlElement) -> None:
        for child in element:
            made = self._paragraph(child, "List Continue" if child.tag == "dd" else None)
            for run in made.runs if child.tag == "dt" else ():
                run.bold = True


def _for_word(data: bytes) -> tuple[io.BytesIO, int]:
    """A picture as Word can show it, and its width in pixels: WebP it can not."""
    with Pillow.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.format != "WEBP":
            return io.BytesIO(data), picture.width
        file = io.BytesIO()
        picture.save(file, "PNG")
        file.seek(0)
        return file, picture.width


def _always_the_same(document: WordDocument) -> bytes:
    """The file without the moment it was packed."""
    packed, made = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for part in archive.infolist():
            plain = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            again.writestr(plain, archive.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()
