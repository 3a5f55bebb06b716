"""The seal of an exported page: one comment after its end, which names the SHA-256 of all bytes before it.

    <!-- ovn-seal {"at":…,"file":…,"key":…,"parts":{…},"pictures":[…],"v":1} SIGNATURE -->

The Ed25519 signature is over the JSON as it stands, behind a tag. `file` alone tells whether a page was changed;
`parts` holds the beginning of the SHA-256 of each part of it, by which a reader is told where, and `pictures` the
SHA-256 of each picture file that the page shows. `resources/scripts/verify/seals.js` reads the same.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VERSION = 1
ARTICLE = "article"  # a part of pages that have one, and of no other
_TAG = b"ovn-desk/page-seal/1\n"
_START = b"<!-- ovn-seal "
_SEAL = re.compile(rb"<!-- ovn-seal (\{[\x20-\x3b\x3d\x3f-\x7e]*\}) ([A-Za-z0-9+/]{86}==) -->\n")
_FIELDS = {"at": str, "file": str, "key": str, "parts": dict, "pictures": list, "v": int}
_HINT = 16
_DATE = re.compile(rb"<time\b[^>]*>[^<]*</time>")
_PICTURE = re.compile(rb"assets/images/([0-9a-f]{64})-")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal says, unchecked, and the bytes that it was signed as."""

    statement: str
    signature: str
    at: str
    file: str
    key: str
    parts: dict[str, str]
    pictures: tuple[str, ...]
    version: int

    @property
    def message(self) -> bytes:
        return _TAG + self.statement.encode()


@dataclass(frozen=True, slots=True)
class SealedPage:
    """A page as it came: the bytes before its seal, what stands behind it, and the seal where it can be read.

    `is_marked`: something in it begins as a seal does.
    """

    page: bytes
    after: bytes = b""
    seal: Seal | None = None
    is_marked: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is what the seal names, to the byte."""
        return self.seal is not None and not self.after and self.seal.file == hashlib.sha256(self.page).hexdigest()

    @property
    def changed_parts(self) -> tuple[str, ...]:
        """The parts that are not what the seal names."""
        if self.seal is None:
            return ()
        now = hints(self.page)
        found = [name for name in (*now, *self.seal.parts) if now.get(name) != self.seal.parts.get(name)]
        return tuple(dict.fromkeys(found + (["end"] if self.after else [])))


def read_sealed_page(data: bytes) -> SealedPage:
    """Split a page from its seal: from the last of several, since everything before it is sealed. Never raises."""
    start = data.rfind(_START)
    if start < 0:
        return SealedPage(data)
    match = _SEAL.match(data, start)
    if match is None:
        return SealedPage(data[:start], is_marked=True)
    return SealedPage(data[:start], data[match.end() :], _seal(match), is_marked=True)


def _seal(match: re.Match[bytes]) -> Seal | None:
    statement = match[1].decode("ascii")
    try:
        said: Any = json.loads(statement, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not all(type(said.get(name)) is kind for name, kind in _FIELDS.items()):
        return None
    if not all(isinstance(text, str) for text in (*said["parts"].values(), *said["pictures"])):
        return None
    named = {name: said[name] for name in ("at", "file", "key", "parts")}
    return Seal(statement, match[2].decode("ascii"), **named, pictures=tuple(said["pictures"]), version=said["v"])


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def add(page: bytes, *, key: str, at: datetime, sign: Callable[[bytes], str]) -> bytes:
    """The page with its seal; `sign` gives the signature of a message as base64."""
    said = {
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "file": hashlib.sha256(page).hexdigest(),
        "key": key,
        "parts": hints(page),
        "pictures": [name.decode() for name in dict.fromkeys(_PICTURE.findall(page))],
        "v": VERSION,
    }
    statement = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return b"%b%b%b %b -->\n" % (page, _START, statement, sign(_TAG + statement).encode())


def hints(page: bytes) -> dict[str, str]:
    """The beginning of the SHA-256 of each part of a page, by the name of the part."""
    return {name: hashlib.sha256(part).hexdigest()[:_HINT] for name, part in _parts(page).items()}


def _parts(page: bytes) -> dict[str, bytes]:
    """The parts of a page, every byte in one of them: its head without its style, its style, and what follows.

    That is what stands above, in and below its article, or else its main part; the dates in it are a part besides.
    """
    body = _place_or(page.find(b"<body"), len(page))
    style = _place_or(page.find(b"<style", 0, body), body)
    styled = _place_or(page.find(b"</style>", style, body), style)
    parts = {"head": page[:style] + page[styled:body], "style": page[style:styled]}
    for name in (ARTICLE, "main"):
        start, end = page.find(f"<{name}".encode(), body), page.rfind(f"</{name}>".encode())
        if 0 <= start < end:
            inside = page[start:end]
            dates, undated = b"\n".join(_DATE.findall(inside)), _DATE.sub(b"", inside)
            return parts | {"above": page[body:start], name: undated, "dates": dates, "below": page[end:]}
    return parts | {"main": page[body:]}


def _place_or(place: int, otherwise: int) -> int:
    return place if place >= 0 else otherwise
