"""The last gate of an export: each file is read again before it is written, and none carries what is withheld.

What leaves is made from public fields alone (`domain.redaction`); this looks at the bytes that came of it, whatever
made them: text, attributes and metadata of pages, JSON, packed XML, the text of PDFs.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from html import unescape
from urllib.parse import unquote

import ahocorasick
from PIL import Image

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.withheld import Secret, contains_words, is_chance, says_publicly, searchable_text
from ovn_desk.messages import Message
from ovn_desk.rendering.model import PageModel
from ovn_desk.usecases.publishing.verified import VerifiedArticle

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_DEEPEST = 3
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


class Leak(DeskError):
    """A file would carry what is withheld: whose secret it is, and whose page, where it is that of one article."""

    def __init__(self, name: str, secret: Secret, owner: VerifiedArticle, page: VerifiedArticle | None) -> None:
        headline = owner.model.content.headline
        what = Message("secret-of-story", what=secret.what, headline=headline) if headline else secret.what
        leak = Message("would-leak", file=name, what=what)
        self.reason = str(leak)
        self.articles = tuple(one for one in (owner, page) if one is not None)
        super().__init__("export-would-leak", leak=leak)


def _as_it_is(ready: VerifiedArticle) -> PageModel:
    return ready.model


class Gate:
    """Knows what is withheld of the articles of one export, and of those that it leaves out (`others`).

    `whole` reads an article's public text; `empty` makes the files of a house that has no article: what these say is
    said by the desk and the house, and no evidence. Both are asked only when something was found.
    """

    def __init__(
        self,
        live: Sequence[VerifiedArticle],
        others: Sequence[VerifiedArticle] = (),
        *,
        whole: Callable[[VerifiedArticle], PageModel] = _as_it_is,
        empty: Callable[[], Iterable[bytes]] = tuple,
    ) -> None:
        articles = (*live, *others)
        public = {
            searchable_text(key) for one in articles for key in (source.key for source in one.model.content.sources)
        }
        strong = [(secret, one) for one in articles for secret in one.withheld if not secret.is_common]
        self._shared = _Words((secret, one) for secret, one in strong if secret.words not in public)
        self._live = live
        self._whole = whole
        self._empty = empty
        self._said: dict[tuple[str, bool], bool] = {}

    def check(self, name: str, data: bytes, article: VerifiedArticle | None = None) -> None:
        """Raises Leak that names article, field and file where the bytes carry what is withheld."""
        own = _Words((secret, article) for secret in article.withheld) if article and article.withheld else None
        if not self._shared and own is None:
            return
        for text in _texts(data):
            for words in (own, self._shared):
                for secret, owner in words.find(text) if words else ():
                    if not self._is_said_anyway(secret.words, is_own=words is own):
                        raise Leak(name, secret, owner, article)

    def _is_said_anyway(self, words: str, *, is_own: bool) -> bool:
        """Whether the desk or the house says it on every site or, outside the article's own files, another article."""
        known = words, is_own
        if known not in self._said:
            self._said[known] = any(contains_words(text, words) for text in self._house_texts) or (
                not is_own and any(says_publicly(self._whole(one).content, words) for one in self._without(words))
            )
        return self._said[known]

    @cached_property
    def _house_texts(self) -> tuple[str, ...]:
        return tuple(text for data in self._empty() for text in _texts(data))

    def _without(self, words: str) -> Iterator[VerifiedArticle]:
        """The articles of which these words are no secret."""
        return (one for one in self._live if all(secret.words != words for secret in one.withheld))


class _Words:
    """Many words found in one pass over a text, and whose secret each is; of two articles, of the first."""

    def __init__(self, secrets: Iterable[tuple[Secret, VerifiedArticle]]) -> None:
        self._known: dict[str, tuple[Secret, VerifiedArticle]] = {}
        self._automaton = ahocorasick.Automaton()
        for secret, owner in secrets:
            if secret.words not in self._known:
                self._known[secret.words] = secret, owner
                self._automaton.add_word(secret.words, secret.words)
        if self._known:
            self._automaton.make_automaton()

    def __bool__(self) -> bool:
        return bool(self._known)

    def find(self, text: str) -> Iterator[tuple[Secret, VerifiedArticle]]:
        for end, words in self._automaton.iter(text):
            if not is_chance(text, end - len(words) + 1, end + 1):
                yield self._known[words]


def _texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Everything in a file that can be read as words, searchable: as it stands, and without its escapes."""
    if data.startswith(b"PK\x03\x04") and depth < _DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield searchable_text(name)
                yield from _texts(archive.read(name), depth + 1)
        return
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
        return
    if data.startswith(_PICTURES):
        yield from _of_picture(data)
        return
    text = data.decode("utf-8", "replace")
    written = searchable_text(text)
    yield written
    if any(mark in text for mark in "&%\\"):
        plain = searchable_text(_ESCAPED.sub(_unescape, unquote(unescape(unescape(text)))))
        if plain != written:
            yield plain
    if "<" in text:  # words that tags divide: <b>Im</b>ran
        yield searchable_text(unescape(re.sub(r"<[^>]*>", "", text)))


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "


def _of_picture(data: bytes) -> Iterator[str]:
    """What a picture file says beside its pixels."""
    with Image.open(io.BytesIO(data)) as picture:
        found = [*picture.info.items(), *picture.getexif().items()]
    for name, value in found:
        if name != "icc_profile":
            yield searchable_text(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _of_pdf(data: bytes) -> Iterator[str]:
    import pypdf  # only PDFs need it

    reader = pypdf.PdfReader(io.BytesIO(data))
    yield searchable_text(" ".join(map(str, (reader.metadata or {}).values())))
    for page in reader.pages:
        yield searchable_text(page.extract_text())
        for note in page.annotations or ():
            yield searchable_text(str(note.get_object()))
