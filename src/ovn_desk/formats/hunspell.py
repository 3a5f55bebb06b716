"""Hunspell dictionaries, an `.aff` and a `.dic` file: whether they are what they say, and what script they are in."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import spelling

_SET = re.compile(rb"^(?:\xef\xbb\xbf)?SET[ \t]+(\S+)", re.MULTILINE)
_NUMBER = re.compile(r"\ufeff?\s*\d{1,8}\s*$")
_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The script a dictionary is for, as `text.spelling` names it, and some of its words."""

    script: str
    sample: tuple[str, ...]


def read(aff: bytes, dic: bytes, *, name: str) -> Dictionary:
    """What a pair of files is; raises DeskError saying why it can not be used."""
    said = _SET.search(aff)
    encoding = said[1].decode("ascii", "replace") if said else "ISO8859-1"
    _decode(aff, encoding, f"{name}.aff")
    lines = _decode(dic, encoding, f"{name}.dic").splitlines()
    if not lines or not _NUMBER.match(lines[0]):
        raise DeskError("hunspell-without-count", name=name)
    sample = tuple(word for _, word in zip(range(_SAMPLE), _words(lines), strict=False))
    if not sample:
        raise DeskError("hunspell-without-words", name=name)
    script = Counter(spelling.script(word) for word in sample).most_common(1)[0][0]
    return Dictionary(script, tuple(word for word in sample if spelling.script(word) == script))


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(codecs.lookup(encoding).name)
    except (LookupError, ValueError) as error:
        raise DeskError("hunspell-encoding-wrong", name=name, encoding=encoding) from error


def _words(lines: list[str]) -> Iterator[str]:
    """Words spread over the whole list: its beginning is often numbers and names."""
    step = max(1, len(lines) // (2 * _SAMPLE))
    for line in lines[1::step]:
        word = line.partition("/")[0].partition("\t")[0].strip()
        if len(word) > 1 and spelling.script(word):
            yield word
