"""Word files, read as articles."""

import io
import zipfile
from dataclasses import replace
from xml.parsers.expat import ExpatError

import lxml.html
import mammoth
from lxml import etree

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.texts import one_line
from ovn_desk.formats.html import as_markdown
from ovn_desk.text import language

_LARGEST = 200 * 1024 * 1024
_MOST_PARTS = 5_000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_CORE = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, house: House, *, name: str) -> Content:
    """The content of a Word file: its title, its text with headings, lists, tables and notes; pictures are left out.

    Raises DeskError for a file that is no Word file, or that unpacks to more than an article can be.
    """
    title, author = _checked(data, name)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            external_file_access=False,
        )
    except (LookupError, AttributeError, ValueError, OSError, ExpatError, zipfile.BadZipFile) as error:
        raise DeskError(f"{name} can not be read as a Word file. Open it in Word and save it again.") from error
    root = lxml.html.fragment_fromstring(made.value or "<p></p>", create_parent="div")
    for element in list(root.iter("img")):
        element.drop_tree()
    for link in list(root.iter("a")):
        if (link.get("href") or "#").startswith("#"):  # notes: their numbers stay, their links led inside the file
            (link.drop_tree if link.text == "↑" else link.drop_tag)()
    first = next(iter(root.iter("h1")), None)
    headline = one_line(first.text_content()) if first is not None else title
    if first is not None:
        first.drop_tree()
    standfirst = next((p for p in root.iter("p") if p.get("class") == "subtitle"), None)
    spoken = one_line(standfirst.text_content()) if standfirst is not None else ""
    if standfirst is not None:
        standfirst.drop_tree()
    body = as_markdown(root)
    content = Content(headline=headline, standfirst=spoken, body=body, byline=author)
    return tidy(replace(content, language=language.guessed(f"{headline} {body}", house.languages)))


def _checked(data: bytes, name: str) -> tuple[str, str]:
    """Title and author from the file's properties, after a look at what it would unpack to."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
                raise DeskError(f"{name} unpacks to far more than an article. Copy its text into a new file.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:4096].upper():
                    raise DeskError(f"{name} defines entities of its own, which no Word does. It was not opened.")
            if "[Content_Types].xml" not in archive.namelist():
                raise DeskError(f"{name} is not a Word file.")
            core = archive.read("docProps/core.xml") if "docProps/core.xml" in archive.namelist() else b"<x/>"
            root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise DeskError(f"{name} is not a Word file, or it is broken or locked by a password.") from error
    return one_line(root.findtext(f"{_CORE}title") or ""), one_line(root.findtext(f"{_CORE}creator") or "")
