"""Exporting approved articles: only what was signed, written whole, and marked published when it is on disk."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ovn_desk.domain.article import EventId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import State
from ovn_desk.formats import FORMATS
from ovn_desk.formats.site import KEYS, log
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.signing import Signer
from ovn_desk.store import Store
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import printing, recording
from ovn_desk.usecases.printing import PrintFolder
from ovn_desk.usecases.publishing import files, moving
from ovn_desk.usecases.publishing.building import Build, Progress, go_on, prepare
from ovn_desk.usecases.publishing.gate import Leak
from ovn_desk.usecases.publishing.gathering import STOPPED, Refused
from ovn_desk.usecases.publishing.public_log import Folder, Pen
from ovn_desk.usecases.publishing.request import ExportRequest
from ovn_desk.usecases.publishing.sealing import Sealer
from ovn_desk.usecases.publishing.verified import Exports, VerifiedArticle, VerifiedCache

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: paths are relative to its folder. `waiting` were left out, their time has not come.

    `notes` are sentences on what was found there.
    """

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What an export would do, which nobody has done yet."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    waiting: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


def export(
    store: Store,
    asked: ExportRequest,
    *,
    by: Signer,
    renderer: RenderHelper,
    print_folder: PrintFolder = printing.print_nothing,
    progress: Progress = go_on,
) -> Exported:
    """Writes the articles that are asked for and marks them published.

    A site always holds everything published before, too. `print_folder` prints pages as PDF. `progress(done, all)` is
    asked after each article; when it returns False the export stops with nothing written. Raises DeskError when the
    target can not be written.
    """
    there, pen, asking = Folder() if asked.as_zip else _folder(asked.to), Pen.of(by.key), _Asking(progress)

    def write(leaking: Mapping[EventId, str]) -> tuple[Build, files.Plan]:
        more = {"there": there, "pen": pen, "leaking": leaking, "print_folder": print_folder}
        with _prepare(store, asked, by.person, renderer, asking, **more) as build:
            if not build.files:
                return build, files.Plan()
            sealer = Sealer(FORMATS[asked.format], build.keys, build.at, by.key)
            make = build.make if FORMATS[asked.format].weight > 1 else _stoppable(build.make, asking)
            if asked.as_zip:
                return build, files.write_zip(build.files, asked.to, sealer, make)
            return build, files.write_folder(build.files, asked.to, build.hashes, sealer, make)

    build, done = _without_leaks(write, asked)
    if not build.files:
        return Exported(refused=build.refused, waiting=build.waiting)
    mark_published(store, build, by)
    written = (*done.new, *done.changed)
    return Exported(written, done.unchanged, done.removed, build.refused, build.waiting, _notes(build, done))


def plan(
    store: Store,
    asked: ExportRequest,
    *,
    by: Staff,
    renderer: RenderHelper,
    progress: Progress = go_on,
) -> Planned:
    """What `export` would write to a folder, change and remove there; nothing is touched."""

    def look_at(leaking: Mapping[EventId, str]) -> tuple[Build, files.Plan]:
        with _prepare(store, asked, by, renderer, progress, there=_folder(asked.to), leaking=leaking) as build:
            if not build.files:
                return build, files.Plan()
            sealer = Sealer(FORMATS[asked.format], build.keys, build.at)
            return build, files.plan(build.files, asked.to, build.hashes, sealer, build.make)

    build, found = _without_leaks(look_at, asked)
    if not build.files:
        return Planned(refused=build.refused, waiting=build.waiting)
    notes = _notes(build, found)
    return Planned(found.new, found.changed, found.removed, found.unchanged, build.refused, build.waiting, notes)


class _Asking:
    """Progress that can be asked again, at the place it has come to, whether to go on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._far = (0, 0)

    def __call__(self, done: int, whole: int) -> bool:
        self._far = (done, whole)
        return self._progress(done, whole)

    def check(self) -> None:
        """Raises DeskError where the work is to be stopped."""
        if not self._progress(*self._far):
            raise DeskError(STOPPED)


def _stoppable(make: Callable[[Artifact], bytes], asking: _Asking) -> Callable[[Artifact], bytes]:
    """What makes the files, with a question before each whether to go on: none is in its place yet."""

    def make_or_stop(file: Artifact) -> bytes:
        asking.check()
        return make(file)

    return make_or_stop


def _prepare(
    store: Store, asked: ExportRequest, by: Staff, renderer: RenderHelper, progress: Progress, **more: Any
) -> AbstractContextManager[Build]:
    return prepare(store, asked.ids, by, renderer, asked.format, asked.theme, progress, **more)


def _notes(build: Build, found: files.Plan) -> tuple[str, ...]:
    """What is to be told of the folder: of its log in its own words, then of the other files."""
    return (*build.notes, *found.notes(but={log.LINES, log.HEADS} if build.notes else ()))


def _without_leaks(attempt: Callable[[Mapping[EventId, str]], Result], asked: ExportRequest) -> Result:
    """What an attempt comes to without the approvals whose withheld words stand in a file.

    Each attempt is told which to leave out, and why. Raises Leak where it is none that can be: a site's page that is
    live would go with it.
    """
    leaking: dict[EventId, str] = {}
    while True:
        try:
            return attempt(leaking)
        except Leak as leak:
            able = (one for one in leak.articles if one.approval.id not in leaking)
            found = next((one for one in able if _can_wait(one, asked)), None)
            if found is None:
                raise
            leaking[found.approval.id] = leak.reason


def _can_wait(ready: VerifiedArticle, asked: ExportRequest) -> bool:
    newest = ready.article.approval
    is_new = ready.article.state is State.APPROVED and newest is not None and newest.id == ready.approval.id
    return ready.model.withdrawn is None and (is_new or not FORMATS[asked.format].whole_site)


def _folder(to: Path) -> Folder:
    lines, heads = files.text(to / log.LINES), files.text(to / log.HEADS)
    return Folder(lines, heads, is_site=(to / KEYS).is_file())


def mark_published(store: Store, build: Build, by: Signer) -> None:
    """Records what is live now: each newest approval, each address without a record, and the public log's lines."""
    live = [item for item in build.ready if item.article.id in build.wanted and item.article.state is State.APPROVED]
    every = (*build.ready, *build.gathered.gone)
    settled = [one for one in every if one.place.is_new and one.article.published and one not in live]
    logged = build.continued.logged if build.continued else ()
    if not live and not settled and not logged:
        return
    with store.begin() as tx:
        for piece in logged:
            tx.add_house(recording.new_log_record(tx, piece, by, at=build.at))
        stamps = tx.stamps()
        usual = [one for one in live if one.stamp == stamps[one.article.id]]
        ordered = (*usual, *(one for one in live if one.stamp != stamps[one.article.id]))
        exported = [(one.article, one.approval, one.place.path) for one in ordered]
        events = recording.new_exports(tx, exported, by, at=build.at)
        tx.add_exports(events[: len(usual)])
        exports = Exports.of(tx, events[: len(usual)])
        for event in events[len(usual) :]:  # somebody worked on it meanwhile
            tx.add_event(event)
        for one in settled:
            moving.settle(tx, one.article.id, one.place.path, by)
    with BuildCache(store.path) as kept:
        exports.keep(usual, build.memory, VerifiedCache(kept, build.law))
