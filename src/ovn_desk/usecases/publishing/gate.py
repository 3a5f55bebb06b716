"""The last gate of an export: each file is read again before it is written, and none carries what is withheld.

What leaves is made from public fields alone (`domain.public`); this looks at the bytes that came of it, whatever made
them: text, attributes and metadata of pages, JSON, packed XML, the text of PDFs.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import ahocorasick
from PIL import Image

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.withheld import Secret, is_chance, searchable
from ovn_desk.formats.outgoing import Outgoing
from ovn_desk.usecases.publishing.archive import Ready

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_DEEPEST = 3
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


class Gate:
    """Knows what is withheld of the articles of one export."""

    def __init__(self, live: Sequence[Ready], gone: Sequence[Ready] = ()) -> None:
        articles = (*live, *gone)
        public = {searchable(key) for one in articles for key in (source.key for source in one.issue.content.sources)}
        strong = [secret for one in articles for secret in one.withheld if not secret.is_common]
        self._shared = _Words(secret for secret in strong if secret.words not in public)

    def guarded(self, files: Mapping[str, Outgoing], own: Mapping[str, Ready]) -> dict[str, Outgoing]:
        """The files, each of which refuses to be made while it carries a secret; `own` are those of one article."""
        return {name: self._guard(name, file, own.get(name)) for name, file in files.items()}

    def check(self, name: str, data: bytes, article: Ready | None = None) -> None:
        """Raises DeskError that names file and field where the bytes carry what is withheld."""
        own = _Words(article.withheld) if article and article.withheld else None
        if not self._shared and own is None:
            return
        for text in _texts(data):
            for words in (self._shared, own):
                if words and (secret := words.find(text)):
                    raise DeskError(
                        f"Nothing was exported: {name} would carry {secret.what}, which is withheld. Take it out of "
                        "the text, or report this with the log: the desk itself should never have written it."
                    )

    def _guard(self, name: str, file: Outgoing, article: Ready | None) -> Outgoing:
        def make() -> bytes:
            data = file.make()
            self.check(name, data, article)
            return data

        return replace(file, make=make)


class _Words:
    """Many words found in one pass over a text."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._known = {secret.words: secret for secret in secrets}
        self._automaton = ahocorasick.Automaton()
        for words in self._known:
            self._automaton.add_word(words, words)
        if self._known:
            self._automaton.make_automaton()

    def __bool__(self) -> bool:
        return bool(self._known)

    def find(self, text: str) -> Secret | None:
        for end, words in self._automaton.iter(text):
            if not is_chance(text, end - len(words) + 1, end + 1):
                return self._known[words]
        return None


def _texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Everything in a file that can be read as words, searchable: as it stands, and without its escapes."""
    if data.startswith(b"PK\x03\x04") and depth < _DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield searchable(name)
                yield from _texts(archive.read(name), depth + 1)
        return
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
        return
    if data.startswith(_PICTURES):
        yield from _of_picture(data)
        return
    text = data.decode("utf-8", "replace")
    written = searchable(text)
    yield written
    if any(mark in text for mark in "&%\\"):
        plain = searchable(_ESCAPED.sub(_unescaped, unquote(unescape(unescape(text)))))
        if plain != written:
            yield plain
    if "<" in text:  # words that tags divide: <b>Im</b>ran
        yield searchable(unescape(re.sub(r"<[^>]*>", "", text)))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "


def _of_picture(data: bytes) -> Iterator[str]:
    """What a picture file says beside its pixels."""
    with Image.open(io.BytesIO(data)) as picture:
        found = [*picture.info.items(), *picture.getexif().items()]
    for name, value in found:
        if name != "icc_profile":
            yield searchable(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _of_pdf(data: bytes) -> Iterator[str]:
    import pypdf  # only PDFs need it

    reader = pypdf.PdfReader(io.BytesIO(data))
    yield searchable(" ".join(map(str, (reader.metadata or {}).values())))
    for page in reader.pages:
        yield searchable(page.extract_text())
        for note in page.annotations or ():
            yield searchable(str(note.get_object()))
