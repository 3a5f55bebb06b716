"""Exporting approved articles: only what was signed, written whole, and marked published when it is on disk."""

import base64
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.assignments import too_early
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import EDITORS, MAY_BE_LIVE, Article, Event, State, Step
from ovn_desk.formats import markdown, page, site
from ovn_desk.store import Reading, Store, records
from ovn_desk.text.body import Rendered
from ovn_desk.text.canonical import digest
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import approvals, pictures, recording

FORMATS = ("site", "page", "markdown")
MANIFEST = ".ovn-manifest.json"
Showing = Callable[[Image], page.Shown]


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that was not exported, and why."""

    id: ArticleId
    reason: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: paths are relative to its folder. `waiting` were left out, their time has not come."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[Refused, ...] = ()


class _TooEarly(StepRefused):
    """An approved article under embargo, or planned for later."""


@dataclass(frozen=True, slots=True)
class _Ready:
    article: Article
    approval: Event
    issue: page.Issue
    slug: str


@dataclass(slots=True)
class _Gathered:
    ready: list[_Ready] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: list[Refused] = field(default_factory=list)


def export(
    store: Store,
    ids: Sequence[ArticleId] | None,
    *,
    to: Path,
    by: Staff,
    renderer: RenderHelper,
    format: str = "site",  # noqa: A002
    as_zip: bool = False,
    progress: Callable[[int, int], bool] = lambda _done, _all: True,
) -> Exported:
    """Writes the chosen articles (None: all that are approved or published) and marks them published.

    A site always holds everything published before, too. `progress(done, all)` is asked after each article; when it
    returns False the export stops with nothing written. Raises DeskError when the target can not be written.
    """
    if format not in FORMATS:
        raise DeskError(f"“{format}” is not a format of this desk. Choose {', '.join(FORMATS)}.")
    if by.role not in EDITORS:
        raise StepRefused(f"Only an editor may export; {by.name} is a {by.role}.")
    album = pictures.Album(store, format)
    with store.read() as reading:
        house = reading.house()
        wanted = list(ids) if ids is not None else _exportable(reading)
        gathered = _gather(reading, wanted, by, renderer, album, progress)
        if ids is not None:  # asked for by name, it is refused
            gathered = replace(gathered, refused=gathered.refused + gathered.waiting, waiting=[])
        if format == "site":
            gathered = _with_published(reading, gathered, renderer, album)
        keys = {name: public for name, (_, public) in reading.public_keys(with_retired=True).items()}
    files = _files(gathered.ready, house, format, keys) | album.files
    if not gathered.ready:
        return Exported(refused=tuple(gathered.refused), waiting=tuple(gathered.waiting))
    done = _write_zip(files, to) if as_zip else _write_folder(files, to)
    _mark_published(store, gathered.ready, set(wanted), by)
    return replace(done, refused=tuple(gathered.refused), waiting=tuple(gathered.waiting))


def preview(
    content: Content, house: House, renderer: RenderHelper, *, show: Showing = page.Shown, card: str = ""
) -> str:
    """The page as it would be exported now, without an approval, or one of the cards that lead to it.

    `show` gives its pictures addresses.
    """
    issue = _drafted(content, approvals.rendered(content, renderer), show)
    return page.cards.write(issue, house, card) if card else page.write(issue, house)


def preview_parts(
    content: Content, house: House, renderer: RenderHelper, *, show: Showing = page.Shown, card: str = ""
) -> page.Parts:
    """The parts of that page that change while it is being written; one changed paragraph costs one paragraph."""
    rendered = approvals.rendered(content, renderer)
    issue = _drafted(content, rendered, show)
    return page.cards.parts(issue, house, card) if card else page.parts(issue, rendered, house)


def _drafted(content: Content, rendered: Rendered, show: Showing) -> page.Issue:
    shown = tuple(show(image) for image in pictures.shown(content, rendered))
    return page.Issue(content, rendered.html, rendered.cited, pictures=shown)


def verify(document: str, keys: dict[str, str]) -> tuple[str, str]:
    """Who approved exactly this page and why it does not hold: (approver, "") or ("", reason).

    `keys` maps key ids to public keys the reader trusts, from somewhere else than the page.
    """
    approval = page.read_approval(document)
    if approval is None:
        return "", "This page carries no approval."
    public = keys.get(approval.key)
    if public is None:
        return "", f"The key {approval.key} is not among the outlet's published keys."
    if signing.key_id(public) != approval.key:
        return "", f"The published key is not the one that its id {approval.key} names."
    if not signing.is_valid(public, records.statement_bytes(approval.statement), approval.signature):
        return "", "The signature does not match the approval."
    stated = json.loads(approval.statement)
    if stated.get("digest") != digest(document):
        return "", "The text of this page is not the text that was approved."
    shown = {"key": approval.key, "revision": approval.revision, "name": approval.approved_by}
    if any(stated.get(name) != value for name, value in shown.items()) or not page.names_approver(document, approval):
        return "", "The approval shown on the page is not the one that was signed."
    return approval.approved_by, ""


def _exportable(reading: Reading) -> list[ArticleId]:
    found: list[ArticleId] = []
    for state in (State.APPROVED, State.PUBLISHED):
        below = None
        while rows := reading.rows(states=[state], below=below):
            found += [row.id for row in rows]
            below = rows[-1].place
    return found


def _gather(
    reading: Reading,
    ids: Sequence[ArticleId],
    by: Staff,
    renderer: RenderHelper,
    album: pictures.Album,
    progress: Callable[[int, int], bool],
) -> _Gathered:
    gathered = _Gathered()
    for number, id in enumerate(ids, 1):  # noqa: A001
        try:
            gathered.ready.append(_ready(reading, reading.article(id), by, renderer, album))
        except _TooEarly as error:
            gathered.waiting.append(Refused(id, str(error)))
        except DeskError as error:
            gathered.refused.append(Refused(id, str(error)))
        if not progress(number, len(ids)):
            raise DeskError("The export was stopped. Nothing was written.")
    return gathered


def _with_published(reading: Reading, gathered: _Gathered, renderer: RenderHelper, album: pictures.Album) -> _Gathered:
    """Adds what is live already, each as it was approved, so that a site is never written without its archive."""
    have = {ready.article.id for ready in gathered.ready}
    for state in MAY_BE_LIVE:
        below = None
        while rows := reading.rows(states=[state], below=below):
            for row in rows:
                article = reading.article(row.id)
                if article.is_live and article.live_approval and row.id not in have:
                    gathered.ready.append(_issue(reading, article, article.live_approval, renderer, album))
            below = rows[-1].place
    return gathered


def _ready(reading: Reading, article: Article, by: Staff, renderer: RenderHelper, album: pictures.Album) -> _Ready:
    workflow.check(article, Step.PUBLISH, by)
    if article.state is State.APPROVED and (why := too_early(article.plan, datetime.now(UTC), reading.house().zone)):
        raise _TooEarly(why)
    copy = reading.working_copy(article.id)
    if copy is not None and copy.content != reading.revision(article.head).content:
        raise StepRefused("Its text was changed after the approval. Review and approve it again.")
    approval = article.approval if article.state is State.APPROVED else article.live_approval
    if approval is None or approval.revision != article.head:
        raise StepRefused("It has no approval of the newest text.")
    return _issue(reading, article, approval, renderer, album)


def _issue(
    reading: Reading, article: Article, approval: Event, renderer: RenderHelper, album: pictures.Album
) -> _Ready:
    """The page's values; verified from the signature, not from a flag."""
    if why := approvals.signature_problem(reading, approval):
        raise StepRefused(f"Its approval does not hold: {why}")
    content = reading.revision(approval.revision).content
    rendered = approvals.rendered(content, renderer)
    if digest(page.signed_fragment(content, rendered.html, rendered.cited)) != approval.digest:
        raise StepRefused("Its approval was given for another text. Review and approve it again.")
    first = article.first_published_at or approval.at
    public = page.Approval(
        revision=approval.revision,
        digest=approval.digest,
        approved_by=approval.name,
        key=approval.key,
        statement=records.approval(approval),
        signature=approval.signature,
    )
    shown = tuple(album.shown(image) for image in pictures.shown(content, rendered))
    issue = page.Issue(content, rendered.html, rendered.cited, first, approval.at, public, shown)
    return _Ready(article, approval, issue, reading.row(article.id).slug)


def _files(ready: Sequence[_Ready], house: House, format: str, keys: dict[str, str]) -> dict[str, bytes]:  # noqa: A002
    if format == "page":
        return {f"{item.slug}.html": page.write(_slugged(item), house).encode() for item in ready}
    if format == "markdown":
        return {f"{item.slug}.md": markdown.write(item.issue.content).encode() for item in ready}
    return site.write([site.Entry(item.article.id, _slugged(item)) for item in ready], house, keys=keys)


def _slugged(item: _Ready) -> page.Issue:
    return replace(item.issue, content=replace(item.issue.content, slug=item.slug))


def _mark_published(store: Store, ready: Sequence[_Ready], wanted: set[ArticleId], by: Staff) -> None:
    """One event for each article whose newest approval is now live."""
    with store.begin() as tx:
        for item in ready:
            if item.article.id in wanted and item.article.state is State.APPROVED:
                tx.add_event(recording.new_event(tx, item.article.id, Step.PUBLISH, by))


def _write_folder(files: dict[str, bytes], to: Path) -> Exported:
    """Writes only what changed; removes what an earlier export wrote and this one does not."""
    if to.exists() and not to.is_dir():
        raise DeskError(f"{to} is a file. Name a folder for the export.")
    before = _manifest(to)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    changed = [name for name in files if before.get(name) != hashes[name] or not (to / name).is_file()]
    removed = [name for name in before if name not in files and (to / name).is_file()]
    try:
        for name in changed:
            write_file(to / name, files[name])
        for name in removed:
            (to / name).unlink()
        write_file(to / MANIFEST, json.dumps(hashes, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise DeskError(
            f"The export to {to} stopped: {error.strerror or error}. "
            "Pages already there are whole; export again to finish."
        ) from error
    return Exported(tuple(changed), len(files) - len(changed), tuple(removed))


def _write_zip(files: dict[str, bytes], to: Path) -> Exported:
    target = to if to.suffix == ".zip" else to.with_name(to.name + ".zip")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in sorted(files.items()):
                    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    except OSError as error:
        raise DeskError(f"The zip {target} can not be written: {error.strerror or error}.") from error
    return Exported((target.name,))


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    inside = {
        name: value for name, value in data.items() if not Path(name).is_absolute() and ".." not in Path(name).parts
    }
    return inside if isinstance(data, dict) else {}


def write_file(path: Path, data: bytes) -> None:
    """Temporary, fsync, rename: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Checked:
    """One page against its signature."""

    path: str
    ok: bool
    approved_by: str
    reason: str


def verify_files(target: Path, key_file: Path | None = None) -> list[Checked]:
    """Checks a page, or every article page of a site; keys come from `key_file` or else the site's own key file."""
    if not target.exists():
        raise DeskError(f"There is nothing at {target}.")
    root = target if target.is_dir() else target.parent
    pages = sorted(target.rglob("*.html")) if target.is_dir() else [target]
    keys = _published_keys(key_file, root)
    checked = []
    for path in pages:
        try:
            document = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            checked.append(Checked(str(path), ok=False, approved_by="", reason=f"It can not be read: {error}."))
            continue
        if target.is_dir() and "data-ovn-signed" not in document:
            continue  # an index or category page: nothing on it was signed
        by, reason = verify(document, keys)
        checked.append(Checked(str(path), ok=not reason, approved_by=by, reason=reason))
    if not checked:
        raise DeskError(f"There are no article pages in {target}.")
    return checked


def _published_keys(key_file: Path | None, root: Path) -> dict[str, str]:
    folders = [root, *root.resolve().parents]
    found = [key_file] if key_file else [folder / ".well-known" / "ovn-keys.json" for folder in folders]
    for path in found:
        if path.is_file():
            return read_keys(path.read_text(encoding="utf-8"))
    raise DeskError("No published keys were found. Name the outlet's key file with --key.")


def read_keys(text: str) -> dict[str, str]:
    """Key ids and public keys from an outlet's published key file; raises DeskError when it is not one."""
    try:
        data = json.loads(text)
        keys = data["keys"] if isinstance(data, dict) and "keys" in data else data
        return {str(name): base64.b64encode(base64.b64decode(public)).decode() for name, public in keys.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DeskError("That is not a file of published keys (.well-known/ovn-keys.json of a site).") from error
