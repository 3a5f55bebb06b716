"""Bytes of a file as text: UTF-8 and its kin surely, older encodings by what reads as language."""

import codecs
import re

from ovn_desk.domain.errors import DeskError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BINARY = re.compile(rb"\x00|^(%PDF|PK\x03\x04|\x89PNG|\xff\xd8\xff|\x1f\x8b|\xd0\xcf\x11\xe0|GIF8)")
_CANDIDATES = ["cp1252", "cp1256", "iso8859_6", "latin_1", "mac_roman", "utf_16_le", "utf_16_be"]


def decode_text(data: bytes, *, name: str) -> str:
    """The text of a file; raises DeskError for a file that is empty, binary or in no encoding the desk can tell."""
    if not data.strip():
        raise DeskError("file-empty", name=name)
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if _BINARY.search(data[:4096]):
        raise DeskError("file-not-text", name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # only a file in an older encoding needs it

        found = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if found is None:
        raise DeskError("encoding-unknown", name=name)
    return str(found)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DeskError("encoding-does-not-fit", name=name, encoding=encoding, byte=error.start) from error
