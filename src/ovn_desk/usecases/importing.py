"""Bringing articles in from files: each is imported, skipped or failed, with the reason."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from ovn_desk.domain.article import ArticleId, Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.incoming import Archive, Incoming
from ovn_desk.formats import markdown, plain
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Store, older
from ovn_desk.text import foreign
from ovn_desk.text.body import check_length
from ovn_desk.text.decoding import decode_text
from ovn_desk.usecases import writing

LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a file becomes articles: from its bytes, name, house and language; and the codes of its refusals."""

    refusal: str
    read: Callable[[bytes, str, House, str], Archive]
    advice: str = ""


def _word(data: bytes, name: str, house: House, _language: str) -> Archive:
    from ovn_desk.formats import docx  # its parsers, and those of HTML, would make every start slower

    return Archive((docx.read(data, house, name=name),))


def _wordpress(data: bytes, name: str, house: House, _language: str) -> Archive:
    from ovn_desk.formats import wxr

    return wxr.read(decode_text(data, name=name), house, name=name)


def _markdown(data: bytes, name: str, house: House, _language: str) -> Archive:
    return Archive((Incoming(markdown.read(decode_text(data, name=name), house)),))


def _html(data: bytes, name: str, house: House, _language: str) -> Archive:
    from ovn_desk.formats import html

    return Archive((Incoming(html.read(decode_text(data, name=name), house)),))


def _plain(data: bytes, name: str, house: House, language: str) -> Archive:
    return Archive((Incoming(plain.read(decode_text(data, name=name), house, language=language)),))


_MARKDOWN = FileKind("markdown-file-unreadable", _markdown)
_TEXT = FileKind("text-file-unreadable", _plain)
_PAGE = FileKind("html-file-unreadable", _html, "advice-html-file")
READERS = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": _TEXT,
    ".text": _TEXT,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".docx": FileKind("word-file-unreadable", _word, "advice-word-file"),
    ".xml": FileKind("wordpress-file-unreadable", _wordpress, "advice-wordpress-file"),
}


class Status(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an article in a file; `reason` says why it was not imported, or what of it was left out."""

    path: Path
    status: Status
    id: ArticleId | None = None
    headline: str = ""
    reason: str = ""


def counts(reports: Sequence[Report]) -> dict[Status, int]:
    """How many there are of each status, all of them named."""
    return {status: sum(report.status is status for report in reports) for status in Status}


def import_files(
    store: Store,
    paths: Iterable[Path],
    *,
    by: Signer,
    language: str = "",
    progress: Callable[[int, int], bool] = lambda _done, _all: True,
) -> list[Report]:
    """Imports files and folders as drafts; a text that is in the store already is skipped.

    `progress(done, all)` is asked after each file; when it returns False the rest is left out.
    """
    store.check_writable()
    with store.read() as reading:
        house = reading.house()
        known = {_story_key(writing.text_of(reading, id)): id for id in reading.listed_ids()}  # noqa: A001
    files, reports = _files(paths)
    if known and files:
        store.back_up(reason="before-import")
    for number, path in enumerate(files, 1):
        reports += _bring_in(store, path, known, house, by, language)
        if not progress(number, len(files)):
            break
    return reports


def read_article(path: Path, house: House, *, language: str = "") -> Content:
    """Read a file that holds one article; raises DeskError for one that holds more, or can not be read."""
    came = read_all(path, house, language=language).articles
    if len(came) != 1:
        raise DeskError("import-many-articles", name=path.name, count=len(came))
    return came[0].content


def read_all(path: Path, house: House, *, language: str = "") -> Archive:
    """Every article in a file; only an export of WordPress has more than one, or none.

    Raises DeskError, a sentence that names the file, whatever is wrong with it.
    """
    if path.suffix.lower() == older.SUFFIX:  # it is read where it lies, and only when it is named
        return Archive(tuple(Incoming(content, tuple(files)) for content, files in older.texts(path)))
    kind = READERS.get(path.suffix.lower())
    if kind is None:
        raise DeskError("import-kind-unknown", kind=path.suffix or path.name, readers=sorted(READERS))
    data = foreign.read_bytes(path, most=LARGEST)
    with foreign.reading(path.name, kind.refusal, kind.advice):
        came = kind.read(data, path.name, house, language)
        for each in came.articles:
            if each.content.is_empty:
                raise DeskError("import-without-text", name=path.name)
            check_length(each.content.body)
    if not language:
        return came
    spoken = (replace(each, content=replace(each.content, language=language)) for each in came.articles)
    return replace(came, articles=tuple(spoken))


def _bring_in(
    store: Store, path: Path, known: dict[Content, ArticleId], house: House, by: Signer, language: str
) -> list[Report]:
    """One report an article, and one more for what in the file is none."""
    if path.suffix.lower() not in {*READERS, older.SUFFIX}:
        kinds = sorted(READERS)
        return [Report(path, Status.SKIPPED, reason=str(Message("import-desk-reads", name=path.name, kinds=kinds)))]
    try:
        came = read_all(path, house, language=language)
    except DeskError as error:
        return [Report(path, Status.FAILED, reason=str(error))]
    reports = [_add(store, path, each, known, by) for each in came.articles]
    reports += [Report(path, Status.FAILED, reason=str(reason)) for reason in came.failed]
    if came.left_out or not reports:
        reason = " ".join(map(str, came.left_out)) or str(Message("import-no-articles", name=path.name))
        reports.append(Report(path, Status.SKIPPED, reason=reason))
    return reports


def _add(store: Store, path: Path, came: Incoming, known: dict[Content, ArticleId], by: Signer) -> Report:
    content = came.content
    if already := known.get(_story_key(content)):
        return Report(path, Status.SKIPPED, already, content.headline, str(Message("import-here-already")))
    try:
        with store.begin() as tx:
            for media, file in came.files:
                tx.add_blob(file, media)
            article = writing.add(tx, content, by=by)
    except DeskError as error:
        return Report(path, Status.FAILED, headline=content.headline, reason=str(error))
    known[_story_key(content)] = article
    return Report(path, Status.IMPORTED, article, content.headline, reason=" ".join(map(str, came.left_out)))


def _story_key(content: Content) -> Content:
    """What makes two imports the same story: headline and text; a file may end in other blank lines than the story."""
    return tidy(Content(headline=content.headline, body=content.body.strip()))


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Report]]:
    """Named files as they are; folders by what the desk can read in them, in order of name, and what is none."""
    files, reports = list[Path](), list[Report]()

    def refuse(error: OSError) -> None:
        folder = Path(error.filename)
        reports.append(
            Report(
                folder,
                Status.FAILED,
                reason=str(Message("import-folder-unreadable", folder=folder, strerror=error.strerror or error)),
            )
        )

    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        before = len(files) + len(reports)
        for folder, folders, names in os.walk(path, onerror=refuse):
            folders.sort()
            files += [Path(folder) / name for name in sorted(names) if Path(name).suffix.lower() in READERS]
        if len(files) + len(reports) == before:
            kinds = sorted(READERS)
            reports.append(Report(path, Status.SKIPPED, reason=str(Message("import-nothing-readable", kinds=kinds))))
    return files, reports
