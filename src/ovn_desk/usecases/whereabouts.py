"""Where the newsroom's texts are: what the hub and each copy hold, and what of each story is on this computer alone.

Every word that a user reads about it is made of this one answer. It rests on the store's rows and on what was read
back at each place, not on clocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ovn_desk.domain.article import ArticleId
from ovn_desk.store import ReadTransaction, copy_marks
from ovn_desk.store.copy_marks import HUB_PLACE, NEVER, CopyMark, StoredRow, WrittenText
from ovn_desk.store.session import HUB

MOST_ROWS = 2_000  # counted one by one; with more the numbers are at least these


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not at a place, of one story: its text since `text_since`, versions, and steps (comments, decisions …).

    `since` is when the oldest of it was written, as its records say; None where that is not known. `is_deciding` says
    that somebody began to decide between two versions there, and what they chose and wrote is not there.
    """

    text_since: datetime | None = None
    versions: int = 0
    steps: int = 0
    since: datetime | None = None
    is_deciding: bool = False

    def __bool__(self) -> bool:
        return bool(self.text_since or self.versions or self.steps or self.is_deciding)


NOTHING = Lack()


@dataclass(frozen=True, slots=True)
class Place:
    """A place beside the store. `at` is when it was last seen to hold what it holds; None where it never was.

    `lacks` names the stories of which it does not hold all; under the empty name news of people and settings. `name` is
    the hub's host, or the last part of the folder's path. What `is_same_disk` is lost with this computer.
    """

    name: str
    at: datetime | None
    lacks: Mapping[ArticleId, Lack] = field(default_factory=dict)
    lacks_files: bool = False
    folder: Path | None = None
    is_same_disk: bool = False

    @property
    def is_hub(self) -> bool:
        return self.folder is None

    @property
    def has_everything(self) -> bool:
        return self.at is not None and not self.lacks and not self.lacks_files


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The hub, where there is one, then the copies, the newest first; and what is in none of these places.

    `texts` are the stories with text that is no version yet, with the time since when.
    """

    places: tuple[Place, ...] = ()
    only_here: Mapping[ArticleId, Lack] = field(default_factory=dict)
    texts: Mapping[ArticleId, datetime] = field(default_factory=dict)

    @property
    def hub(self) -> Place | None:
        return next((place for place in self.places if place.is_hub), None)

    @property
    def copies(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if not place.is_hub and place.at)

    @property
    def is_everything_elsewhere(self) -> bool:
        """Whether nothing at all is on this computer alone."""
        return bool(self.places) and not self.only_here

    def copy_in(self, folder: Path) -> Place | None:
        """The newest copy in a folder; None where none is known."""
        return next((place for place in self.copies if place.folder == folder), None)

    def with_typing(self, article: ArticleId, since: datetime) -> "Whereabouts":
        """The same, with a text of an article that was typed since then and is not kept yet."""

        def add(lacks: Mapping[ArticleId, Lack]) -> Mapping[ArticleId, Lack]:
            lack = lacks.get(article, NOTHING)
            return {**lacks, article: replace(lack, text_since=lack.text_since or since, since=lack.since or since)}

        places = tuple(replace(place, lacks=add(place.lacks)) for place in self.places)
        texts = {article: since, **self.texts}
        return replace(self, places=places, only_here=add(self.only_here), texts=texts)


def whereabouts(reading: ReadTransaction) -> Whereabouts:
    """Compares the store with what is known of each place."""
    texts = copy_marks.written_texts(reading)
    marks = sorted(copy_marks.marks(reading), key=lambda mark: mark.at, reverse=True)
    address = reading.setting(HUB)
    hub = [mark for mark in marks if _is_hub(mark) and address and mark.file == address]
    if address and not hub:
        hub = [CopyMark(HUB_PLACE, NEVER, file=address)]
    choices = copy_marks.choice_tokens(reading)
    known = [*hub[:1], *(mark for mark in marks if not _is_hub(mark))]
    places = []
    for mark in known:
        rows = copy_marks.rows_lacking(reading, [mark], limit=MOST_ROWS)
        lacks = _lacks(rows, _texts_lacking(mark, texts), _choices_lacking(mark, choices))
        places.append(_place(mark, _without_untouched(reading, lacks)))
    rows = copy_marks.rows_lacking(reading, known, limit=MOST_ROWS) if known else []
    missing, undecided = texts, set(choices)
    for mark in known:
        missing = _texts_lacking(mark, missing)
        undecided &= _choices_lacking(mark, choices)
    only_here = _without_untouched(reading, _lacks(rows, missing, undecided))
    return Whereabouts(tuple(places), only_here, {text.article: text.since for text in texts})


def _without_untouched(reading: ReadTransaction, lacks: Mapping[ArticleId, Lack]) -> dict[ArticleId, Lack]:
    """The same without stories that were begun and have no word: nobody would miss one."""
    return {
        article: lack
        for article, lack in lacks.items()
        if not (article and replace(lack, since=None) == Lack(versions=1) and reading.history(article).is_untouched)
    }


def _is_hub(mark: CopyMark) -> bool:
    return mark.place.startswith(HUB_PLACE)


def _texts_lacking(mark: CopyMark, texts: Iterable[WrittenText]) -> list[WrittenText]:
    """Those of these texts that a place does not hold as they are; what it holds of one before, is not lacking."""
    missing = [text for text in texts if _is_hub(mark) or mark.texts.get(text.article) != text.token]
    return [text._replace(since=max(text.since, mark.at)) if text.article in mark.texts else text for text in missing]


def _choices_lacking(mark: CopyMark, choices: Mapping[ArticleId, str]) -> set[ArticleId]:
    """The stories whose decision, as far as it was made, a place does not hold."""
    return {article for article, token in choices.items() if mark.choices.get(article) != token}


def _place(mark: CopyMark, lacks: Mapping[ArticleId, Lack]) -> Place:
    if _is_hub(mark):
        return Place(host_of(mark.file), None if mark.at == NEVER else mark.at, lacks, mark.lacks_files)
    folder = Path(mark.place)
    return Place(folder.name or mark.place, mark.at, lacks, mark.lacks_files, folder, mark.is_same_disk)


def _lacks(
    rows: Iterable[StoredRow], texts: Iterable[WrittenText], undecided: Iterable[ArticleId]
) -> dict[ArticleId, Lack]:
    found: dict[ArticleId, Lack] = {}
    for row in rows:
        lack = found.get(row.article, NOTHING)
        counted = replace(lack, versions=lack.versions + 1) if row.is_text else replace(lack, steps=lack.steps + 1)
        found[row.article] = replace(counted, since=min(row.at, lack.since or row.at))
    for text in texts:
        lack = found.get(text.article, NOTHING)
        found[text.article] = replace(lack, text_since=text.since, since=min(text.since, lack.since or text.since))
    for article in undecided:
        found[article] = replace(found.get(article, NOTHING), is_deciding=True)
    return found


def host_of(address: str) -> str:
    """The name of the server in a hub's address, and nothing else of it; empty for a folder on this computer."""
    return urlsplit(address).hostname or ""
