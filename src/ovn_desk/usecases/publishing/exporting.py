"""Exporting approved articles: only what was signed, written whole, and marked published when it is on disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.theme import Theme
from ovn_desk.domain.workflow import EDITORS, State
from ovn_desk.formats import site
from ovn_desk.formats.site import log
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, records
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import pictures, recording
from ovn_desk.usecases.printing import PdfPrinter
from ovn_desk.usecases.publishing import clock, files, forms, gathering, moving, public_log, themes
from ovn_desk.usecases.publishing.archive import Archive, Memory, VerifiedArticle
from ovn_desk.usecases.publishing.forms import FORMS
from ovn_desk.usecases.publishing.gate import Leak
from ovn_desk.usecases.publishing.gathering import Gathered, Refused
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.public_log import Continued, Folder, Pen, PublicLog
from ovn_desk.usecases.publishing.rendering import Renderers
from ovn_desk.usecases.publishing.sealing import Sealer

FORMATS = tuple(FORMS)
Progress = Callable[[int, int], bool]
Result = TypeVar("Result")


def _go_on(_done: int, _all: int) -> bool:
    return True


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
    ids: Sequence[ArticleId] | None,
    *,
    to: Path,
    by: Signer,
    renderer: RenderHelper,
    format: str = "site",  # noqa: A002
    as_zip: bool = False,
    theme: str = "",
    progress: Progress = _go_on,
) -> Exported:
    """Writes the chosen articles (None: all that are approved or published) and marks them published.

    A site always holds everything published before, too. `progress(done, all)` is asked after each article; when it
    returns False the export stops with nothing written. `theme` is the name of one that comes with the desk, or a
    folder. Raises DeskError when the target can not be written.
    """
    there, pen = Folder() if as_zip else _folder(to), Pen.of(by.key)

    def write(leaking: Mapping[EventId, str]) -> tuple[Made, files.Plan]:
        made_now = partial(made_for, store, ids, by.person, renderer, format, theme, progress)
        with made_now(there=there, pen=pen, leaking=leaking) as made:
            if not made.files:
                return made, files.Plan()
            sealer = Sealer(format, made.keys, made.at, by.key)
            if as_zip:
                return made, files.write_zip(made.files, to, sealer)
            return made, files.write_folder(made.files, to, made.hashes, sealer)

    made, done = _without_leaks(write, is_site=format == "site")
    if not made.files:
        return Exported(refused=made.refused, waiting=made.waiting)
    mark_published(store, made, by)
    written = (*done.new, *done.changed)
    return Exported(written, done.unchanged, done.removed, made.refused, made.waiting, _notes(made, done))


def plan(
    store: Store,
    ids: Sequence[ArticleId] | None,
    *,
    to: Path,
    by: Staff,
    renderer: RenderHelper,
    format: str = "site",  # noqa: A002
    theme: str = "",
    progress: Progress = _go_on,
) -> Planned:
    """What `export` would write to a folder, change and remove there; nothing is touched."""

    def look_at(leaking: Mapping[EventId, str]) -> tuple[Made, files.Plan]:
        made_now = partial(made_for, store, ids, by, renderer, format, theme, progress)
        with made_now(there=_folder(to), leaking=leaking) as made:
            if not made.files:
                return made, files.Plan()
            return made, files.plan(made.files, to, made.hashes, Sealer(format, made.keys, made.at))

    made, found = _without_leaks(look_at, is_site=format == "site")
    if not made.files:
        return Planned(refused=made.refused, waiting=made.waiting)
    notes = _notes(made, found)
    return Planned(found.new, found.changed, found.removed, found.unchanged, made.refused, made.waiting, notes)


def _notes(made: "Made", found: files.Plan) -> tuple[str, ...]:
    """What is to be told of the folder: of its log in its own words, then of the other files."""
    return (*made.notes, *found.notes(but={log.LINES, log.HEADS} if made.notes else ()))


def _without_leaks(attempt: Callable[[Mapping[EventId, str]], Result], *, is_site: bool) -> Result:
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
            found = next((one for one in able if _can_wait(one, is_site=is_site)), None)
            if found is None:
                raise
            leaking[found.approval.id] = leak.reason


def _can_wait(ready: VerifiedArticle, *, is_site: bool) -> bool:
    newest = ready.article.approval
    is_new = ready.article.state is State.APPROVED and newest is not None and newest.id == ready.approval.id
    return ready.withdrawn is None and (is_new or not is_site)


def _folder(to: Path) -> Folder:
    lines, heads = files.text(to / log.LINES), files.text(to / log.HEADS)
    return Folder(lines, heads, is_site=(to / site.KEYS).is_file())


@dataclass(frozen=True, slots=True)
class Made:
    """The files of an export, which are made when they are written; `batch` is what they are made of.

    `keys` are the public keys that the house publishes, by their ids.
    """

    wanted: frozenset[ArticleId]
    at: datetime
    gathered: Gathered
    hashes: Hashes
    files: Mapping[str, Artifact] = field(default_factory=dict)
    batch: forms.Batch | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    continued: Continued | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        return self.continued.notes if self.continued else ()

    @property
    def ready(self) -> Sequence[VerifiedArticle]:
        return self.gathered.ready

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(self.gathered.refused)

    @property
    def waiting(self) -> tuple[Refused, ...]:
        return tuple(self.gathered.waiting)


@contextmanager
def made_for(
    store: Store,
    ids: Sequence[ArticleId] | None,
    by: Staff,
    renderer: RenderHelper,
    form: str,
    theme: str = "",
    progress: Progress = _go_on,
    *,
    there: Folder | None = None,
    pen: Pen | None = None,
    leaking: Mapping[EventId, str] = MappingProxyType({}),
) -> Iterator[Made]:
    """What an export writes; what is not kept is made while the context lasts.

    `there` is the log that its folder has, `pen` signs the head of what it becomes. `leaking` are approvals that it
    refuses, and why.
    """
    if form not in FORMATS:
        raise DeskError("format-unknown", format=form, formats=tuple(FORMATS))
    if by.role not in EDITORS:
        raise StepRefused("export-editors-only", name=by.name, role=by.role)
    look, now = themes.read(theme) if theme else Theme(), records.now()
    with (
        BuildCache(store.path) as kept,
        closing(Renderers(renderer)) as renderers,
        closing(PdfPrinter()) as press,
        store.read() as reading,
    ):
        clock.check(reading, now)
        album = pictures.ImageLibrary(store, form, kept)
        house = replace(reading.house(), look=look)
        memory = _memory(store, repr((house, reading.roster_records())))
        archive = Archive(reading, renderers, album, kept, memory, now)
        wanted = list(ids) if ids is not None else gathering.exportable(reading)
        gathered = gathering.gather(archive, wanted, by, _first_half(progress) if form == "pdf" else progress)
        gathered = gathering.leave_out(gathered, leaking)
        if ids is not None:  # asked for by name, it is refused
            gathered.refused += gathered.waiting
            gathered.waiting.clear()
        continued: Continued | None = None
        if form == "site":
            gathered = gathering.with_withdrawn(archive, gathering.with_published(archive, gathered))
            continued = _continued(reading, gathered, house, there or Folder(), pen or Pen.of(None), now)
        keys = public_log.published_keys(reading.roster())
        found = Made(frozenset(wanted), now, gathered, Hashes(kept, form), keys=keys, continued=continued)
        if gathered.ready or gathered.gone:
            printed = _printed(press, progress, len(gathered.ready))
            whole, gone = archive.whole, gathered.gone
            logged = continued.log if continued else PublicLog()
            batch = forms.Batch(
                gathered.ready, house, album.files, keys, now, whole, printed, logged, gone, gathered.left_out
            )
            found = replace(found, files=forms.files(form, batch), batch=batch)
        yield found


def _continued(
    reading: ReadTransaction, gathered: Gathered, house: House, there: Folder, pen: Pen, now: datetime
) -> Continued:
    keys = public_log.published_keys(reading.roster())
    return public_log.continued(
        public_log.published(reading.public_log().counted, keys),
        gathering.facts(reading, gathered),
        there,
        house=house,
        keys=keys,
        pen=pen,
        now=now,
        was_live=any(one.article.published for one in (*gathered.ready, *gathered.gone)),
    )


def _first_half(progress: Progress) -> Progress:
    """Pages that are to be printed are half done when they are verified."""
    return lambda done, whole: progress(done, 2 * whole)


def _printed(press: PdfPrinter, progress: Progress, whole: int) -> Callable[[str, Mapping[str, bytes]], bytes]:
    """Prints a page and says how far that is; a stop is asked for after each."""
    numbers = count(whole + 1)

    def print_page(html: str, beside: Mapping[str, bytes]) -> bytes:
        made = press.print(html, beside)
        if not progress(next(numbers), 2 * whole):
            raise DeskError(gathering.STOPPED)
        return made

    return print_page


@lru_cache(maxsize=1)
def _memory(_store: Store, _said: str) -> Memory:
    """What was verified of a store under the same house and roster, while the desk is open."""
    return Memory()


def mark_published(store: Store, made: Made, by: Signer) -> None:
    """Records what is live now: each newest approval, each address without a record, and the public log's lines."""
    live = [item for item in made.ready if item.article.id in made.wanted and item.article.state is State.APPROVED]
    every = (*made.ready, *made.gathered.gone)
    settled = [one for one in every if one.place.is_new and one.article.published and one not in live]
    logged = made.continued.logged if made.continued else ()
    if not live and not settled and not logged:
        return
    with store.begin() as tx:
        for piece in logged:
            tx.add_house(recording.new_log_record(tx, piece, by, at=made.at))
        stamps = tx.stamps()
        usual = [one for one in live if one.stamp == stamps[one.article.id]]
        ordered = (*usual, *(one for one in live if one not in usual))
        exported = [(one.article, one.approval, one.place.path) for one in ordered]
        events = recording.new_exports(tx, exported, by, at=made.at)
        tx.add_exports(events[: len(usual)])
        for event in events[len(usual) :]:  # somebody worked on it meanwhile
            tx.add_event(event)
        for one in settled:
            moving.settle(tx, one.article.id, one.place.path, by)
