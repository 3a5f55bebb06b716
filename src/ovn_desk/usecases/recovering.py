"""Texts that were being written and never became a version: both texts of each, and the way back to the version."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ovn_desk import files
from ovn_desk.domain import workflow
from ovn_desk.domain.addresses import free_slug
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import slug_of
from ovn_desk.formats import markdown
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction, Store
from ovn_desk.usecases import recording, writing
from ovn_desk.usecases.writing import KeptCopy


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """What was being written of an article, up to `kept_at`, beside its newest version, which `author` made.

    `refusal` says why this person can not decide about it; none where they can.
    """

    article: ArticleId
    written: Content
    kept_at: datetime
    newest: Revision
    author: str
    refusal: Message | None = None


def unfinished_texts(reading: ReadTransaction, *, by: Staff) -> list[UnfinishedText]:
    """Every working copy that says something else than the newest version of its article, the last kept first.

    A draft that was discarded with it is left out: whoever restores that has the text.
    """
    names = {person.id: person.name for person in reading.staff()}
    found = []
    for copy in reading.working_copies():
        if reading.discarded_at(copy.article) is not None:
            continue
        folded = reading.article(copy.article)
        newest = reading.revision(folded.head)
        if copy.content != newest.content:
            refusal = workflow.edit_refusal(folded, by)
            author = names.get(newest.by, "")
            found.append(UnfinishedText(copy.article, copy.content, copy.kept_at, newest, author, refusal))
    return found


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


def write_files(store: Readable, folder: Path, *, by: Staff) -> list[Path]:
    """Writes each text that is no version to a Markdown file, which a desk may import; no file is written over.

    Raises DeskError where one cannot be written.
    """
    written = []
    with store.read() as reading:
        texts = unfinished_texts(reading, by=by)
    for one in texts:
        name = slug_of(one.written.headline, limit=60) or "story"
        file = folder / f"{free_slug(name, lambda slug: (folder / f'{slug}.md').exists())}.md"
        try:
            files.write(file, markdown.write(one.written).encode(), is_private=True)
        except OSError as error:
            raise DeskError("text-not-written", path=file, why=files.reason(error)) from error
        written.append(file)
    return written
