"""Texts that were being written and never became a version: both texts of each, and the way back to the version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ovn_desk import files
from ovn_desk.domain import workflow
from ovn_desk.domain.addresses import free_slug
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import slug_of
from ovn_desk.formats import markdown
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction, Store, replication
from ovn_desk.usecases import recording, writing
from ovn_desk.usecases.whereabouts import whereabouts
from ovn_desk.usecases.writing import KeptCopy


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """What was being written of an article, up to `kept_at`, beside its newest version, which `author` made.

    `newest` is none where no version counts. `refusal` says why this person can not decide about it; none where they
    can. It `is_uncounted` where it was a version, or of a story, that no desk counts.
    """

    article: ArticleId
    written: Content
    kept_at: datetime
    newest: Revision | None
    author: str
    refusal: Message | None = None
    is_uncounted: bool = False


def unfinished_texts(reading: ReadTransaction, *, by: Staff) -> list[UnfinishedText]:
    """Every working copy that says something else than the newest version of its article, the last kept first.

    A draft that was discarded with it is left out: whoever restores that has the text. After them come the versions of
    somebody who has left that count for nobody: no other desk shows them.
    """
    names = {person.id: person.name for person in reading.staff()}
    found = []
    for copy in reading.working_copies():
        if reading.discarded_at(copy.article) is not None:
            continue
        folded = reading.history(copy.article).article
        if folded is None or folded.lapse:
            why = Message("story-counts-nowhere")
            found.append(UnfinishedText(copy.article, copy.content, copy.kept_at, None, "", why, is_uncounted=True))
            continue
        newest = reading.revision(folded.head)
        if copy.content != newest.content:
            refusal = workflow.edit_refusal(folded, by)
            author = names.get(newest.by, "")
            found.append(UnfinishedText(copy.article, copy.content, copy.kept_at, newest, author, refusal))
    if by.is_retired:
        found += _uncounted_versions(reading, by, names, {one.article for one in found})
    return found


def _uncounted_versions(
    reading: ReadTransaction, by: Staff, names: Mapping[StaffId, str], others: Collection[ArticleId]
) -> list[UnfinishedText]:
    """The last text of each line of versions by this person that counts for nobody, in all but these `others`."""
    found = []
    for some in replication.batches(replication.by_people(reading, {by.id}) - set(others)):
        for article, history in reading.histories([ArticleId(one) for one in some]).items():
            texts = [one for one in history.others if isinstance(one, Revision) and one.by == by.id]
            built_on = {parent for one in texts for parent in one.parents}
            folded = history.article
            newest = reading.revision(folded.head) if folded and not folded.lapse else None
            author = names.get(newest.by, "") if newest else ""
            why = Message("version-counts-nowhere" if newest else "story-counts-nowhere")
            found += [
                UnfinishedText(article, one.content, one.at, newest, author, why, is_uncounted=True)
                for one in texts
                if one.id not in built_on
            ]
    return sorted(found, key=lambda one: one.kept_at, reverse=True)


def use_newest(store: Store, article: ArticleId, *, by: Signer, known: KeptCopy) -> RevisionId:
    """Makes the newest version the text again; what was being written becomes a version before it: returns its id.

    The two are no fork that somebody would have to decide: this is the decision.
    """
    with store.begin() as tx:
        newest = tx.revision(tx.article(article).head)
        written = writing.cut_revision(tx, article, by=by, known=known)
        if written is None:
            return newest.id
        parents = {written.id} | ({newest.id} - set(written.parents))
        after = tx.article(article).newest
        standing = recording.new_revision(
            tx, article, newest.content, parents=tuple(sorted(parents)), by=by, after=after
        )
        tx.add_revision(standing)
        return written.id


def text_file(reading: ReadTransaction, article: ArticleId) -> bytes:
    """The text of a story as a Markdown file, which a desk may import."""
    return markdown.write(writing.text_of(reading, article)).encode()


def write_files(store: Readable, folder: Path, *, by: Staff, is_kept_out: bool = False) -> list[Path]:
    """Writes each text that is no version to a Markdown file, which a desk may import; no file is written over.

    Where the hub lets this desk in no more, `is_kept_out`, also the text of every story of which it lacks versions.
    Raises DeskError where one cannot be written.
    """
    written = []
    with store.read() as reading:
        unfinished = unfinished_texts(reading, by=by)
        texts = [one.written for one in unfinished]
        hub = whereabouts(reading).hub if is_kept_out else None
        lacking = {article for article, lack in hub.lacks.items() if lack.versions} if hub else set()
        others = sorted(lacking - {one.article for one in unfinished})
        texts += [writing.text_of(reading, one) for one in others if reading.history(one).article is not None]
    for text in texts:
        name = slug_of(text.headline, limit=60) or "story"
        file = folder / f"{free_slug(name, lambda slug: (folder / f'{slug}.md').exists())}.md"
        try:
            files.write(file, markdown.write(text).encode(), is_private=True)
        except OSError as error:
            raise DeskError("text-not-written", path=file, why=files.reason(error)) from error
        written.append(file)
    return written
