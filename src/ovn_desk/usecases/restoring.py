"""Bringing back what a copy has: into the newsroom that is here, or where there is none any more."""

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, WorkingCopy
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import (
    Kind,
    ReadTransaction,
    Store,
    WriteTransaction,
    backup,
    check_store,
    copy_marks,
    creating,
    open_store,
)
from ovn_desk.store.backup import CopyContents
from ovn_desk.text import foreign
from ovn_desk.usecases import hub_password, store_settings, writing

_TEXTS_MET = "texts met in copies"  # the name of a setting


@dataclass(frozen=True, slots=True)
class Restored:
    """What a copy brought. `stories` are those with versions or steps that were not here, `words` what they have now.

    `texts` are the stories whose unfinished text came back; `beside` those where it became a version beside what is
    written here; `left` those where it is not known to be newer than what is here, and stays in the copy.
    `records` counts everything, news of people and settings, too. `made_at` is when the copy was made.
    """

    records: int
    stories: tuple[ArticleId, ...]
    words: int
    made_at: datetime
    texts: tuple[ArticleId, ...] = ()
    beside: tuple[ArticleId, ...] = ()
    left: tuple[ArticleId, ...] = ()
    is_new_home: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.texts or self.beside)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What came back, and what did not, each a sentence."""
        said = []
        if self.stories:
            said.append(Message("restored-stories", count=len(self.stories), words=self.words))
        elif self.records:
            said.append(Message("restored-people-only"))
        elif self.is_nothing:
            said.append(Message("restored-nothing"))
        if self.texts:
            said.append(Message("restored-texts", count=len(self.texts)))
        if self.beside:
            said.append(Message("restored-beside", count=len(self.beside)))
        if self.left:
            said.append(Message("restored-left", count=len(self.left)))
        if self.is_new_home:
            said.append(Message("restored-without-keys"))
        elif not self.is_nothing:
            said.append(Message("restored-beside-all"))
        return tuple(said)


def restore(store: Store, file: Path, *, by: Signer | None = None) -> Restored:
    """Merges a copy into the store: adds what is missing, overwrites nothing, undoes no decision made since.

    A text that was being written comes back where nothing of it is here. Where another is being written it becomes a
    version beside that if `by` may make one. What the desk that made the copy wrote further itself, or what was
    discarded here, stays as it is here.
    """
    if not file.is_file():
        raise DeskError("backup-missing", file=file)
    with store.begin() as tx, foreign.reading(file.name, "store-file-unreadable", "advice-older-backup"):
        damaged = backup.check_readable(file)
        check_store(file)
        added, articles = backup.merge(tx, file)
        tx.kinds |= Kind.TEXTS | Kind.EVENTS | Kind.HOUSE
        tx.keep_roster()
        for article in articles:
            tx.project(article)
        texts, beside, left = _bring_texts(tx, backup.contents(file), by)
        _remember_merged(tx, store.path, file, damaged)
        stories = sorted(articles)
        return Restored(added, tuple(stories), _words(tx, stories), made_at(file), texts, beside, left)


def recover(path: Path, file: Path) -> Restored:
    """Puts a copy where there is no store any more: everything that was typed up to when it was made, without keys."""
    if not file.is_file():
        raise DeskError("backup-missing", file=file)
    with foreign.reading(file.name, "store-file-unreadable", "advice-older-backup"):
        backup.check_readable(file)
        check_store(file)
        is_good = not backup.find_damage(file)
    if not is_good:
        raise DeskError("backup-bad", file=file)
    with creating(path, source=file) as store, store.begin() as tx:
        for name in (store_settings.SYNCED_AT, hub_password.SETTING):  # of the computer that made the copy
            tx.set_setting(name, "")
        tx.begin_chain()  # what was done after the backup was made goes on in another chain
        _remember_texts(tx, [copy.token for copy in tx.working_copies()])
        _remember_source(tx, path, file)
        stories = tx.listed_ids()
        texts = tuple(text.article for text in copy_marks.written_texts(tx))
        return Restored(
            tx.last_place(), tuple(sorted(stories)), _words(tx, stories), made_at(file), texts, is_new_home=True
        )


def _remember_source(tx: WriteTransaction, path: Path, file: Path) -> None:
    """The copy that all of this came from is a copy of it, unless it lies beside the store, where none counts.

    What was on the disk of the computer that made the copy is not on the disk of this one.
    """
    for mark in copy_marks.marks(tx):
        if mark.is_same_disk:
            copy_marks.forget(tx, mark.place)
    folder = file.parent.absolute()
    if folder != backup.folder_for(path).absolute():
        is_same_disk = file.stat().st_dev == path.parent.stat().st_dev
        mark = copy_marks.read_copy(file, str(folder), made_at(file))
        copy_marks.keep(tx, replace(mark, is_same_disk=is_same_disk))


def _remember_merged(tx: WriteTransaction, path: Path, file: Path, damaged: Collection[str]) -> None:
    """What came out of a copy is in that copy, and not on this computer alone; none counts that lies beside the store.

    Of each folder one copy is known: where that one is there still and holds what this one does not, it stays that one.
    """
    folder = file.parent.absolute()
    if folder == backup.folder_for(path).absolute():
        return
    mark = copy_marks.read_merged_copy(tx, file, str(folder), made_at(file), damaged=damaged)
    known = copy_marks.mark_of(tx, str(folder))
    is_other = known is not None and known.file != file.name and (folder / known.file).is_file()
    if known is not None and is_other and not copy_marks.covers(mark, known):
        return
    copy_marks.keep(tx, replace(mark, is_same_disk=file.stat().st_dev == path.parent.stat().st_dev))


def recover_and_open(path: Path, file: Path) -> tuple[Store, Restored]:
    """`recover`, and the store that is there then."""
    came = recover(path, file)
    return open_store(path), came


def _bring_texts(
    tx: WriteTransaction, copy: CopyContents, by: Signer | None
) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """The articles whose unfinished text came back, those where it became a version, and those where it stays there."""
    back, beside, left = list[ArticleId](), list[ArticleId](), list[ArticleId]()
    met = set(json.loads(tx.setting(_TEXTS_MET) or "[]"))
    for text in copy.texts:
        here = tx.working_copy(text.article)
        if _is_here(tx, text):
            continue
        if not _is_unknown_here(tx, text, copy, met):
            left.append(text.article)
        elif here is None:
            tx.keep_working_copy(text)
            back.append(text.article)
        elif by is not None and _may_add(tx, text, by):
            base = text.base or tx.article(text.article).head
            writing.add_revision(tx, tx.article(text.article), text.content, parent=base, by=by)
            beside.append(text.article)
        else:
            left.append(text.article)
    _remember_texts(tx, [text.token for text in copy.texts if text.article in {*back, *beside}])
    return tuple(back), tuple(beside), tuple(left)


def texts_not_here(reading: ReadTransaction, texts: Iterable[WorkingCopy]) -> tuple[ArticleId, ...]:
    """The stories of those unfinished texts of a copy that are here neither as a version nor as they are written."""
    return tuple(text.article for text in texts if not _is_here(reading, text))


def _is_here(reading: ReadTransaction, text: WorkingCopy) -> bool:
    here = reading.working_copy(text.article)
    known = [one.content for one in reading.history(text.article).revisions]
    return text.content in known or (here is not None and here.content == text.content)


def _is_unknown_here(tx: ReadTransaction, text: WorkingCopy, copy: CopyContents, met: set[str]) -> bool:
    """Whether nobody can have written on from a text here: else what is here was meant to stand in its place."""
    history = tx.history(text.article)
    if history.article is None or text.token in met or tx.discarded_at(text.article) is not None:
        return False
    if text.base is not None and text.base not in {one.id for one in history.revisions}:
        return False
    if copy.device == tx.device() and tx.working_copy(text.article) is not None:
        return False
    return all(one.id in copy.revisions or one.device != copy.device for one in history.revisions)


def _may_add(tx: ReadTransaction, text: WorkingCopy, by: Signer) -> bool:
    return workflow.edit_refusal(tx.article(text.article), by.person) is None


def _remember_texts(tx: WriteTransaction, tokens: list[str]) -> None:
    met = set(json.loads(tx.setting(_TEXTS_MET) or "[]"))
    tx.set_setting(_TEXTS_MET, json.dumps(sorted(met | set(tokens))))


def _words(tx: ReadTransaction, articles: list[ArticleId]) -> int:
    words = 0
    for article in articles:
        with suppress(DeskError):  # one of which no text counts has no row
            words += tx.row(article).words
    return words


def made_at(file: Path) -> datetime:
    """When a copy was made, as its name says, or else its file."""
    for part in file.stem.split("-"):
        with suppress(ValueError):
            return datetime.strptime(part, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
