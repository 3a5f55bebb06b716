"""The copies that this computer knows: where each lies, what it holds, and what of that is not here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ovn_desk.domain.article import ArticleId
from ovn_desk.store import Readable, backup, copy_inventory, copy_marks
from ovn_desk.text import foreign
from ovn_desk.usecases import restoring


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy's file. `is_beside` says that it lies in the folder beside the newsroom, on the newsroom's own disk."""

    file: Path
    made_at: datetime
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class KnownCopies:
    """The newest first. `away` are folders of copies that are not there now: of a stick that is not plugged in."""

    copies: tuple[KnownCopy, ...]
    away: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyAmount:
    """So many versions and unfinished texts of so many stories; steps are comments, decisions and the like."""

    stories: int = 0
    versions: int = 0
    texts: int = 0
    steps: int = 0
    has_people_news: bool = False

    def __bool__(self) -> bool:
        return bool(self.versions or self.texts or self.steps or self.has_people_news)


@dataclass(frozen=True, slots=True)
class CopyAccount:
    """What a copy holds, and what of it is not here; None where there is nothing to compare it with.

    `is_foreign` says that it is of another newsroom.
    """

    holds: CopyAmount
    lacking_here: CopyAmount | None = None
    is_foreign: bool = False


def find_copies(path: Path, folders: Iterable[Path], store: Readable | None = None) -> KnownCopies:
    """Looks for copies beside the newsroom at `path`, in these folders, and wherever this store was copied to."""
    wanted = [backup.folder_for(path).absolute(), *(folder.absolute() for folder in folders)]
    if store is not None:
        with store.read() as reading:
            marks = copy_marks.marks(reading)
        wanted += [Path(mark.place) for mark in marks if not mark.place.startswith(copy_marks.HUB_PLACE)]
    found, away = dict[Path, KnownCopy](), list[Path]()
    for folder in dict.fromkeys(wanted):
        try:
            files = sorted(
                file for file in folder.iterdir() if file.suffix == backup.SUFFIX and file != path.absolute()
            )
            found |= {file: KnownCopy(file, restoring.made_at(file), folder == wanted[0]) for file in files}
        except OSError:
            if folder != wanted[0]:
                away.append(folder)
    return KnownCopies(
        tuple(sorted(found.values(), key=lambda copy: (copy.made_at, copy.file.name), reverse=True)), tuple(away)
    )


def take_stock(file: Path, store: Readable | None = None) -> CopyAccount:
    """Counts what a copy holds, and compares it with a store by the ids of its records, whose signatures stay unread.

    Raises DeskError for a file that can not be read.
    """
    with foreign.reading(file.name, "store-file-unreadable", "advice-older-backup"):
        inventory = copy_inventory.read_inventory(file)
        written = backup.contents(file).texts if store is not None and inventory.texts else ()
    holds = _amount(inventory.versions, inventory.texts, inventory.steps)
    if store is None:
        return CopyAccount(holds)
    with store.read() as reading:
        if inventory.newsroom != reading.roster().founding:
            return CopyAccount(holds, is_foreign=True)
        here = copy_inventory.stored_ids(reading)
        texts = restoring.texts_not_here(reading, written)
    lacking = _amount(
        {name: story for name, story in inventory.versions.items() if name not in here},
        {str(story): story for story in texts},
        {name: story for name, story in inventory.steps.items() if name not in here},
        has_people_news=bool(inventory.others - here),
    )
    return CopyAccount(holds, lacking)


def _amount(
    versions: Mapping[str, ArticleId],
    texts: Mapping[str, ArticleId],
    steps: Mapping[str, ArticleId],
    *,
    has_people_news: bool = False,
) -> CopyAmount:
    stories = {*versions.values(), *texts.values(), *steps.values()}
    return CopyAmount(len(stories), len(versions), len(texts), len(steps), has_people_news)
