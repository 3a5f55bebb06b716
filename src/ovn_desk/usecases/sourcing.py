"""Sources come in: from the clipboard, as files, and from the newsroom's own earlier stories."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from ovn_desk.domain.article import ArticleId, Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Attachment, Source, SourceKind
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message
from ovn_desk.store import Readable, ReadTransaction, Store
from ovn_desk.text import foreign, paragraphs
from ovn_desk.text.decoding import decode_text

MEDIA = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
FILTER = f"Files ({' '.join(f'*{ending}' for ending in MEDIA)})"
_LARGEST = 50 * 1024 * 1024
_ADDRESS = re.compile(r"https?://\S+")
_DAY = re.compile(r"(today|yesterday)(?:,?\s+(\d{1,2}:\d{2}))?", re.IGNORECASE)
_WRITTEN_DAY = re.compile(
    r"(\d{1,2})(?:\s*[/.-]\s*|\s+)(\d{1,2}|[a-z]{3,9}\.?)(?:\s*[/.-]\s*|,?\s+)(\d{4})(?:,?\s+(\d{1,2}:\d{2}))?",
    re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST_LINK = 10_000
_MARKS = "\"'“”‘’«»"


def from_words(words: str, *, today: str, html: str = "", known: Sequence[Source] = ()) -> Source:
    """Make a source of pasted text: an address becomes a web page, anything else the words of a person.

    `html` may name the page. An address at an outlet among the `known` sources is that outlet's.
    """
    words = words.strip()
    link = _Link.of(html)
    address = words if is_address(words) else link.address if link.words == " ".join(words.split()) else ""
    if not address:
        kept = paragraphs.join_broken_lines(words).strip().strip(_MARKS).strip()
        return Source(kind=SourceKind.PERSON, excerpts=(kept,) if kept else ())
    title = link.words if link.address == address and not is_address(link.words) else ""
    host = _host(address)
    page = Source(kind=SourceKind.DOCUMENT, name=title, outlet=host, url=address, retrieved=today)
    outlets = (one for one in known if one.kind is SourceKind.OUTLET and host and _host(one.url) == host)
    if outlet := next(outlets, None):
        return replace(page, kind=SourceKind.OUTLET, outlet=outlet.outlet or outlet.name)
    return page


def is_address(words: str) -> bool:
    """Whether a text is a web address and nothing besides."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def is_quotation(words: str) -> bool:
    """Whether a text stands in quotation marks."""
    words = words.strip()
    return len(words) > 2 and words[0] in _MARKS and words[-1] in _MARKS


def date_said(words: str, *, today: str) -> str:
    """A day as it is stored: an ISO date, with a time or without; what is no day stays as it was written.

    Days are written day first: `31/10/2026`, `31.10.2026`, `31 October 2026`; or `today` and `yesterday`.
    """
    if written := _WRITTEN_DAY.fullmatch(words.strip()):
        number, month, year, time = written.groups()
        try:
            return f"{date(int(year), _month(month), int(number)).isoformat()} {time or ''}".strip()
        except ValueError:
            return words.strip()
    match = _DAY.fullmatch(words.strip())
    if match is None:
        return words.strip()
    day = date.fromisoformat(today) - timedelta(days=0 if match[1].lower() == "today" else 1)
    return f"{day.isoformat()} {match[2] or ''}".strip()


def _month(words: str) -> int:
    """The number of a month, which may be its English name or the first letters of it; 0 for no month."""
    if words.isdecimal():
        return int(words)
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(words.lower().rstrip("."))), 0)


class _Link(HTMLParser):
    """The address and the words of the one link a pasted text is; empty where it is more than that."""

    def __init__(self) -> None:
        super().__init__()
        self.address, self.words = "", ""

    @classmethod
    def of(cls, html: str) -> "_Link":
        link = cls()
        link.feed(html[:_LONGEST_LINK])
        link.words = " ".join(link.words.split())
        return link

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a":
            self.address = address if is_address(address) and not self.address else ""

    def handle_data(self, data: str) -> None:
        self.words += data


def put_source(sources: Sequence[Source], source: Source, *, replaces: str = "") -> tuple[Source, ...]:
    """The sources with one more, or with the one whose key is `replaces` changed; no two can have one key."""
    tidied = tidy(Content(sources=(source,))).sources[0]
    if any(old.key == tidied.key != replaces for old in sources):
        raise DeskError("source-key-taken", key=tidied.key)
    if not replaces:
        return (*sources, tidied)
    return tuple(tidied if old.key == replaces else old for old in sources)


def move_source(sources: Sequence[Source], key: str, by: int) -> tuple[Source, ...]:
    """The sources with one of them `by` places further down; at the ends it stays."""
    moved = list(sources)
    place = next(number for number, source in enumerate(moved) if source.key == key)
    if 0 <= place + by < len(moved):
        moved.insert(place + by, moved.pop(place))
    return tuple(moved)


def remove_source(sources: Sequence[Source], key: str) -> tuple[Source, ...]:
    return tuple(source for source in sources if source.key != key)


def _host(address: str) -> str:
    """The host of an address, without www; empty where there is none to be made out."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def attach(store: Store, path: Path) -> Attachment:
    """Stores a file by its SHA-256; raises DeskError for a kind or a size the desk does not keep."""
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        raise DeskError("source-file-kind-unknown", name=path.name, media=sorted(MEDIA))
    data = foreign.read_bytes(path, most=_LARGEST)
    if not data:
        raise DeskError("source-file-empty", name=path.name)
    return _keep_file(store, data, name=path.name, media=media)


def _keep_file(store: Store, data: bytes, *, name: str, media: str) -> Attachment:
    with store.begin() as tx:
        return Attachment(tx.add_blob(data, media), one_line(name), media)


def attach_all(store: Store, files: Sequence[Path | bytes], *, unnamed: str) -> tuple[list[Attachment], list[str]]:
    """Store those of these files, and PNGs that are no file, that can be; returns them, and a message for each other.

    `unnamed` is what a picture that is no file is called.
    """
    kept, refused = list[Attachment](), list[str]()
    for file in files:
        try:
            if isinstance(file, bytes):
                kept.append(_keep_file(store, file, name=unnamed, media="image/png"))
            else:
                kept.append(attach(store, file))
        except DeskError as error:
            refused.append(str(error))
    return kept, refused


def file_of(store: Readable, attachment: Attachment) -> bytes:
    """The file as it came; raises DeskError where this desk does not have it."""
    with store.read() as reading:
        _, data = reading.blob(attachment.sha256)
    return data


def words_of(data: bytes, attachment: Attachment) -> str:
    """The words of a text or HTML file; for sound, what to do with it."""
    if attachment.media.startswith("audio/"):
        return str(Message("source-is-recording"))
    text = decode_text(data, name=attachment.name)
    if attachment.media != "text/html":
        return text
    from ovn_desk.formats import pasted  # its parsers would make every start slower

    with foreign.reading(attachment.name, "html-page-unreadable"):
        return pasted.markdown(text)


def earlier_sources(reading: ReadTransaction) -> list[Source]:
    """People, bodies and outlets that earlier stories named, newest first, each once."""
    return reading.named_sources()


@dataclass(frozen=True, slots=True)
class EarlierUse:
    """How many stories rest on a source, and when the newest of them was last written in; `is_all`: no more do."""

    stories: int
    last_at: datetime
    is_all: bool = True


def earlier_use(
    reading: ReadTransaction, source: Source, *, but: ArticleId | None, most: int = 50
) -> EarlierUse | None:
    """Where else a source of this label is used; None for nowhere. Of more than `most` stories the newest count."""
    rows = reading.rows(search=source.name or source.outlet, limit=most)
    found = [row for row in rows if row.id != but and _rests_on(reading, row.id, source.label)]
    if not found:
        return None
    return EarlierUse(len(found), max(row.updated_at for row in found), is_all=len(rows) < most)


def _rests_on(reading: ReadTransaction, article: ArticleId, label: str) -> bool:
    listed = reading.listed_state(article)
    return listed is not None and any(one.label == label for one in reading.revision(listed[1]).content.sources)
