"""Sources come in: from the clipboard, as files, and from the newsroom's own earlier stories."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from ovn_desk.domain.article import Content, tidy
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
_MARKS = "\"'“”‘’«»"


def from_words(words: str, *, today: str) -> Source:
    """Make a source of pasted text: an address becomes its `url`, anything else an excerpt."""
    words = words.strip()
    if _ADDRESS.fullmatch(words):
        return Source(kind=SourceKind.OUTLET, outlet=_host(words), url=words, retrieved=today)
    kept = paragraphs.join_broken_lines(words).strip().strip(_MARKS).strip()
    return Source(kind=SourceKind.PERSON, excerpts=(kept,) if kept else ())


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
    with store.begin() as tx:
        return Attachment(tx.add_blob(data, media), one_line(path.name), media)


def attach_all(store: Store, paths: Sequence[Path]) -> tuple[list[Attachment], list[str]]:
    """Store those of these files that can be; returns the attachments, and a message for each other file."""
    kept, refused = list[Attachment](), list[str]()
    for path in paths:
        try:
            kept.append(attach(store, path))
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
