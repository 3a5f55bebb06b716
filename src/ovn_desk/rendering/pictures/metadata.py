"""What a picture file says about itself: caption, credit, rights and alt text, in XMP or else in IPTC's older IIM."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from PIL import ImageFile, IptcImagePlugin

from ovn_desk.domain.texts import one_line
from ovn_desk.text import foreign

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
# IPTC Photo Metadata Standard: the name in XMP, and record and data set in IIM, where it has one.
_NAMES: Mapping[str, tuple[str, tuple[int, int] | None]] = {
    "caption": (f"{_DUBLIN}description", (2, 120)),
    "creator": (f"{_DUBLIN}creator", (2, 80)),
    "credit": ("{http://ns.adobe.com/photoshop/1.0/}Credit", (2, 110)),
    "rights": (f"{_DUBLIN}rights", (2, 116)),
    "alt": ("{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility", None),
}
_UTF_8 = b"\x1b%G"


@dataclass(frozen=True, slots=True)
class ImageMetadata:
    """The words of a picture's maker; empty where the file says nothing."""

    caption: str = ""
    credit: str = ""
    rights: str = ""
    alt: str = ""


def read_metadata(image: ImageFile.ImageFile) -> ImageMetadata:
    """What the file of an opened picture says, XMP before IIM; the credit is the creator with the credit line."""
    xmp, iim = _xmp(image), _iim(image)
    found = {
        name: one_line((_in_xmp(xmp, tag) if xmp is not None else "") or (iim.get(place, "") if place else ""))
        for name, (tag, place) in _NAMES.items()
    }
    creator, credit = found.pop("creator"), found.pop("credit")
    parts = [creator, credit] if creator and creator not in credit else [credit]
    return ImageMetadata(credit=", ".join(part for part in parts if part), **found)


def _xmp(image: ImageFile.ImageFile) -> "etree._Element | None":
    """The packet as a tree; none where there is none that can be read."""
    packet = image.info.get("xmp")
    if not isinstance(packet, bytes):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return foreign.parse_optional(lambda: etree.fromstring(packet.strip(b"\0 \r\n\t"), parser), otherwise=None)


def _in_xmp(root: "etree._Element", tag: str) -> str:
    for about in root.iter(f"{_RDF}Description"):
        if written := about.get(tag):
            return str(written)
        element = about.find(tag)
        if element is not None:
            items = list(element.iter(f"{_RDF}li"))
            chosen = [item for item in items if item.get(_LANGUAGE) == "x-default"][:1]
            if not chosen and element.find(f"{_RDF}Alt") is not None:
                chosen = items[:1]
            return ", ".join(str(item.text) for item in chosen or items or [element] if item.text)
    return ""


def _iim(image: ImageFile.ImageFile) -> dict[tuple[int, int], str]:
    found = foreign.parse_optional(lambda: IptcImagePlugin.getiptcinfo(image), otherwise=None) or {}  # it is but a note
    encodings = ["utf-8"] if found.get((1, 90)) == _UTF_8 else ["utf-8", "cp1252", "latin-1"]
    return {place: _decode(value, encodings) for place, value in found.items()}


def _decode(value: bytes | list[bytes], encodings: list[str]) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(_one(item, encodings) for item in values)


def _one(value: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("utf-8", "replace")
