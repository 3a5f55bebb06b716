"""Picture files made for tests, with things in them that may not get out."""

import io
import struct

from PIL import Image, PngImagePlugin

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" {credit}>{inside}</rdf:Description>
</rdf:RDF></x:xmpmeta>"""


def photo(size=(120, 80), *, kind="JPEG", mode="RGB", **options):
    """A file with a gradient in it."""
    grey = Image.linear_gradient("L").resize(size)
    image = Image.merge(mode, [grey] * len(mode)) if mode in {"RGB", "RGBA", "CMYK"} else grey.convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def alt_list(name, text, *, language="x-default"):
    return f'<{name}><rdf:Alt><rdf:li xml:lang="{language}">{text}</rdf:li></rdf:Alt></{name}>'


def xmp(*, credit="", inside=""):
    return XMP.format(credit=f'photoshop:Credit="{credit}"' if credit else "", inside=inside).encode()


def iim(**values):
    """Photoshop's resource block with IIM data sets by number, as `n120=b"caption"`."""
    sets = b"".join(
        b"\x1c\x02" + bytes([int(name[1:])]) + struct.pack(">H", len(value)) + value for name, value in values.items()
    )
    padded = sets + b"\0" * (len(sets) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(sets)) + padded


def with_segment(jpeg, marker, data):
    """A JPEG with one more segment after its start."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def exif(**tags):
    """EXIF with these tags by number, as `t271="Canon"`, and a place."""
    made = Image.Exif()
    for name, value in tags.items():
        made[int(name[1:])] = value
    made.get_ifd(0x8825)[1] = "N"
    made.get_ifd(0x8825)[29] = "canary-gps"
    return made.tobytes()


def loaded(kind, canary):
    """A picture with the canary in every place a file of this kind has for words."""
    notes = {"exif": exif(t271=canary, t315=canary, t37510=canary, t42033=canary), "icc_profile": canary.encode() * 9}
    inside = alt_list("dc:description", canary) + f"<dc:canary>{canary}</dc:canary>"
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", canary)
        info.add_text("Author", canary, zip=True)
        info.add_itxt("XML:com.adobe.xmp", xmp(inside=inside).decode())
        info.add(b"caNa", canary.encode())
        return photo(kind=kind, pnginfo=info, **notes) + canary.encode()
    if kind == "WEBP":
        return photo(kind=kind, xmp=xmp(inside=inside), **notes)
    made = photo(kind=kind, comment=canary, xmp=xmp(inside=inside), **notes)
    return with_segment(made, 0xED, iim(n120=canary.encode(), n5=canary.encode())) + canary.encode()
