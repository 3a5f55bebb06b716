"""Word files, read as articles."""

import io
import zipfile
import zlib
from dataclasses import replace
from typing import Any

import lxml.html
import mammoth
from lxml import etree
from mammoth.docx.files import InvalidFileReferenceError

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.image import Image, add_images
from ovn_desk.domain.incoming import Incoming
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message
from ovn_desk.rendering import pictures
from ovn_desk.text import foreign, language
from ovn_desk.text.html_markdown import as_markdown

_LARGEST = 200 * 1024 * 1024
_LARGEST_XML = 40 * 1024 * 1024
_MOST_RUNS = 200_000  # pieces of text; a book has fewer, and more take minutes
_MOST_PARTS = 5_000
_LOCKED = 0x1  # the flag of a zip's entry
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='OVN Byline'] => p.byline:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_CORE = "{http://purl.org/dc/elements/1.1/}"


class _Pictures:
    """The pictures of a Word file as they come by: clean, under a key each, with their alt text."""

    def __init__(self, name: str) -> None:
        self._file = name
        self.name = Message("picture-in-file", file=name)
        self.images: tuple[Image, ...] = ()
        self.files: list[tuple[str, bytes]] = []
        self.left_out: list[Message] = []

    def take(self, found: Any) -> dict[str, str]:
        """What Mammoth is to write for one of its images; without an address it is left out."""
        try:
            with found.open() as file:
                picture = pictures.read(file.read(), name=self.name)
        except DeskError as error:
            self.left_out.append(error.message)
            return {"src": ""}
        except (InvalidFileReferenceError, LookupError, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError):
            self.left_out.append(Message("picture-only-linked", file=self._file))
            return {"src": ""}
        image = replace(pictures.as_image(picture, key="image", name=""), alt=found.alt_text or picture.alt)
        self.images, (key,) = add_images(self.images, [image])
        self.files.append((picture.media, picture.data))
        return {"src": f"image:{key}"}


def read(data: bytes, house: House, *, name: str) -> Incoming:
    """What a Word file brings: its title, its text with headings, lists, tables and notes, and its pictures.

    Raises DeskError for a file that is no Word file, or that unpacks to more than an article can be.
    """
    with foreign.reading(name, "docx-unreadable", "advice-docx"):
        return _read(data, house, name)


def _read(data: bytes, house: House, name: str) -> Incoming:
    title, author = _read_properties(data, name)
    came = _Pictures(name)
    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(came.take),
        external_file_access=False,
    )
    root = lxml.html.fragment_fromstring(made.value or "<p></p>", create_parent="div")
    for element in list(root.iter("img")):
        if element.get("src"):
            element.set("alt", "")  # its card says it
        else:
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
    for line in root.xpath('.//p[@class="byline"]'):  # the file's properties say it
        line.drop_tree()
    body = as_markdown(root)
    code = language.guess_language(f"{headline} {body}", house.languages)
    content = Content(headline=headline, standfirst=spoken, body=body, byline=author, language=code, images=came.images)
    return Incoming(tidy(content), tuple(came.files), tuple(dict.fromkeys(came.left_out)))


def _read_properties(data: bytes, name: str) -> tuple[str, str]:
    """Title and author from the file's properties, after a look at what it would unpack to."""
    with _open_archive(data, name) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
            raise DeskError("docx-unpacks-too-far", name=name)
        if any(part.flag_bits & _LOCKED for part in parts):
            raise DeskError("docx-locked", name=name)
        xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        if sum(part.file_size for part in xml) > _LARGEST_XML:
            raise DeskError("docx-unpacks-too-far", name=name)
        runs = 0
        for part in xml:
            data = archive.read(part)
            runs += data.count(b"<w:r>") + data.count(b"<w:r ") + data.count(b"<w:p>") + data.count(b"<w:p ")
            if _defines(data):
                raise DeskError("docx-defines-entities", name=name)
        if runs > _MOST_RUNS:
            raise DeskError("docx-too-long", name=name)
        if "[Content_Types].xml" not in archive.namelist():
            raise DeskError("docx-is-none", name=name)
        core = archive.read("docProps/core.xml") if "docProps/core.xml" in archive.namelist() else b"<x/>"
        root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True))
    return one_line(root.findtext(f"{_CORE}title") or ""), one_line(root.findtext(f"{_CORE}creator") or "")


def _open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise DeskError("docx-broken", name=name) from error


def _defines(part: bytes) -> bool:
    """Whether an XML file defines entities, in whatever encoding it is."""
    return b"<!DOCTYPE" in part[:4096].replace(b"\0", b"").upper()
