"""What an export writes, made ready: verified articles, the edition that they are, and the files of a format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import count
from types import MappingProxyType

from ovn_desk.domain.article import ArticleId, Content, EventId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.theme import Theme
from ovn_desk.domain.workflow import EDITORS, State
from ovn_desk.formats import FORMATS, SITE
from ovn_desk.rendering import page
from ovn_desk.rendering.artifact import Artifact, Complete, name_for
from ovn_desk.rendering.format import Edition, Format, Images
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import structured
from ovn_desk.store import ReadTransaction, Store, records
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import pictures, printing
from ovn_desk.usecases.printing import PrintFolder
from ovn_desk.usecases.publishing import clock, gathering, public_log, themes
from ovn_desk.usecases.publishing.archive import Archive
from ovn_desk.usecases.publishing.gate import Gate
from ovn_desk.usecases.publishing.gathering import Gathered, Refused
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.public_log import Continued, Folder, Pen, PublicLog
from ovn_desk.usecases.publishing.rendering import Renderers
from ovn_desk.usecases.publishing.verified import Memory, VerifiedArticle, VerifiedCache

Progress = Callable[[int, int], bool]


def go_on(_done: int, _all: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Build:
    """An export under way: its files are made when they are written, while `prepare` lasts.

    `known` are the articles by id, `edition` is what they are made of, `complete` adds its text to a page model, and
    `gate` lets no file pass that carries what is withheld. `keys` are the public keys that the house publishes, by id.
    `memory` holds what was verified, under the law of this fingerprint.
    """

    wanted: frozenset[ArticleId]
    at: datetime
    gathered: Gathered
    known: Mapping[str, VerifiedArticle]
    hashes: Hashes
    edition: Edition
    gate: Gate
    complete: Complete
    files: Sequence[Artifact] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    continued: Continued | None = None
    memory: Memory = field(default_factory=Memory)
    law: str = ""

    def make(self, file: Artifact) -> bytes:
        """A file as it leaves, made in this process; raises Leak where it would carry what is withheld."""
        data = file.make(self.complete)
        self.gate.check(file.path, data, self.known.get(file.article))
        return data

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
def prepare(
    store: Store,
    ids: Sequence[ArticleId] | None,
    by: Staff,
    renderer: RenderHelper,
    format: str,  # noqa: A002
    theme: str = "",
    progress: Progress = go_on,
    *,
    print_folder: PrintFolder = printing.print_nothing,
    there: Folder | None = None,
    pen: Pen | None = None,
    leaking: Mapping[EventId, str] = MappingProxyType({}),
) -> Iterator[Build]:
    """Everything that an export writes; what is not kept is made while the context lasts.

    `print_folder` prints pages where the format asks for that. `there` is the log that its folder has, `pen` signs the
    head of what it becomes. `leaking` are approvals that it refuses, and why. Raises DeskError for an unknown format or
    theme, and where this person may not export.
    """
    if format not in FORMATS:
        raise DeskError("format-unknown", format=format, formats=tuple(FORMATS))
    if by.role not in EDITORS:
        raise StepRefused("export-editors-only", name=by.name, role=by.role)
    chosen, look, now = FORMATS[format], themes.read(theme) if theme else Theme(), records.now()
    with (
        BuildCache(store.path) as kept,
        closing(Renderers(renderer)) as renderers,
        closing(printing.PdfPrinter(print_folder)) as press,
        store.read() as reading,
    ):
        clock.check(reading, now)
        images = pictures.ImageLibrary(store, kept, has_copies=chosen.needs_images is not Images.NONE)
        house = replace(reading.house(), look=look)
        memory = _memory(store, repr((house, reading.roster_records())))
        law = reading.law_fingerprint()
        cache = VerifiedCache(kept, law)
        archive = Archive(reading, renderers, images, kept, cache, memory, now)
        wanted = list(ids) if ids is not None else gathering.exportable(reading)
        gathered = gathering.gather(archive, wanted, by, _of_more(progress, chosen))
        gathered = gathering.leave_out(gathered, leaking)
        if ids is not None:  # asked for by name, it is refused
            gathered.refused += gathered.waiting
            gathered.waiting.clear()
        continued: Continued | None = None
        if chosen.whole_site:
            gathered = gathering.with_withdrawn(archive, gathering.with_published(archive, gathered))
            continued = _continue_log(reading, gathered, house, there or Folder(), pen or Pen.of(None), now)
        log = continued.log if continued else PublicLog()
        proofs = _Proofs(log, gathered)
        edition = Edition(
            house,
            now,
            tuple(one.model for one in gathered.ready),
            tuple(one.model for one in gathered.gone),
            images=images.files,
            keys=public_log.published_keys(reading.roster()),
            log=log.files,
            proofs=proofs.names,
            printer=_Printer(press, progress, len(gathered.ready)),
        )
        archive.keep(one for one in (*gathered.ready, *gathered.gone) if one.article.state is not State.APPROVED)
        known: dict[str, VerifiedArticle] = {one.article.id: one for one in (*gathered.ready, *gathered.gone)}
        complete = _completing(archive, known, proofs)
        yield Build(
            frozenset(wanted),
            now,
            gathered,
            known,
            Hashes(kept, chosen.name),
            edition,
            gate_of(gathered, edition, complete),
            complete,
            chosen.files(edition) if gathered.ready or gathered.gone else (),
            edition.keys,
            continued,
            memory,
            law,
        )


def gate_of(gathered: Gathered, edition: Edition, complete: Complete) -> Gate:
    """What knows all that no file of this export may carry."""

    def whole(one: VerifiedArticle) -> PageModel:
        return complete(one.model)

    def of_no_article() -> list[bytes]:
        """What the house's pages say whatever is published."""
        bare = Edition(edition.house, edition.now, keys=edition.keys)
        blank = [page.write(PageModel(Content(language=language), ""), edition.house) for language in ("en", "ur")]
        return [*(file.make() for file in SITE.files(bare)), *(text.encode() for text in blank)]

    return Gate(gathered.ready, (*gathered.gone, *gathered.left_out), whole=whole, empty=of_no_article)


def _completing(archive: Archive, known: Mapping[str, VerifiedArticle], proofs: "_Proofs") -> Complete:
    """Adds text and proof to the model of an article of this export; a withdrawn one has no text any more."""

    def complete(model: PageModel) -> PageModel:
        proved = replace(model, proof=proofs.of(model.id))
        return proved if model.withdrawn else archive.with_text(known[model.id], proved)

    return complete


class _Proofs:
    """What shows that articles are in the public log: the newest that it says is the approval, or the withdrawal."""

    def __init__(self, log: PublicLog, gathered: Gathered) -> None:
        every = (*gathered.ready, *gathered.gone)
        self._log = log
        self._places: dict[str, tuple[int, str]] = {
            one.article.id: place for one in every if one.facts and (place := log.place(one.facts[-1]))
        }
        self.names = {article: name_for(str(index), head) for article, (index, head) in self._places.items()}

    def of(self, article: str) -> str:
        """The JSON that a page carries; empty where its article is not in the log."""
        if article not in self._places:
            return ""
        index, head = self._places[article]
        return structured.script_json({"line": self._log.lines[index], "proof": self._log.proof(index, head).text})


def _continue_log(
    reading: ReadTransaction, gathered: Gathered, house: House, there: Folder, pen: Pen, now: datetime
) -> Continued:
    keys = public_log.published_keys(reading.roster())
    return public_log.continue_log(
        public_log.published_logs(reading.public_log().counted, keys),
        gathering.facts(reading, gathered),
        there,
        house=house,
        keys=keys,
        pen=pen,
        now=now,
        was_live=any(one.article.published for one in (*gathered.ready, *gathered.gone)),
    )


def _of_more(progress: Progress, chosen: Format) -> Progress:
    """The progress of verifying, where an article takes more steps than that."""
    return lambda done, whole: progress(done, chosen.weight * whole)


class _Printer:
    """Prints pages and says how far that is, behind their verification; a stop is asked for after each."""

    address = printing.ADDRESS

    def __init__(self, press: printing.PdfPrinter, progress: Progress, whole: int) -> None:
        self._press, self._progress, self._whole = press, progress, whole
        self._numbers = count(whole + 1)

    @property
    def engine(self) -> str:
        return printing.engine_fingerprint()

    def print(self, html: str, beside: Mapping[str, bytes]) -> bytes:
        made = self._press.print(html, beside)
        if not self._progress(next(self._numbers), 2 * self._whole):
            raise DeskError(gathering.STOPPED)
        return made


@lru_cache(maxsize=1)
def _memory(_store: Store, _said: str) -> Memory:
    """What was verified of a store under the same house and roster, while the desk is open."""
    return Memory()
