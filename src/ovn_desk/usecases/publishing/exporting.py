"""Exporting approved articles: only what was signed, written whole, and marked published when it is on disk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, State, Step
from ovn_desk.store import Store, records
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import pictures, reviewing
from ovn_desk.usecases.publishing import files, forms, gathering
from ovn_desk.usecases.publishing.forms import FORMS
from ovn_desk.usecases.publishing.gathering import Ready, Refused

FORMATS = tuple(FORMS)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: paths are relative to its folder."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


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
        wanted = list(ids) if ids is not None else gathering.exportable(reading)
        gathered = gathering.gather(reading, wanted, by, renderer, album, progress)
        if format == "site":
            gathered = gathering.with_published(reading, gathered, renderer, album)
        keys = {name: public for name, (_, public) in reading.public_keys(with_retired=True).items()}
    if not gathered.ready:
        return Exported(refused=tuple(gathered.refused))
    made = forms.files(format, forms.Batch(gathered.ready, house, album.files, keys, records.now()))
    done = files.write_zip(made, to) if as_zip else files.write_folder(made, to)
    _mark_published(store, gathered.ready, set(wanted), by)
    return Exported(done.written, done.unchanged, done.removed, tuple(gathered.refused))


def _mark_published(store: Store, ready: Sequence[Ready], wanted: set[ArticleId], by: Staff) -> None:
    """One event for each article whose newest approval is now live."""
    with store.begin() as tx:
        for item in ready:
            if item.article.id in wanted and item.article.state is State.APPROVED:
                tx.add_event(reviewing.new_event(tx, item.article.id, Step.PUBLISH, by))
