"""Several versions of an article: combined where that is safe, decided by a person where it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Revision, RevisionId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, WriteTransaction
from ovn_desk.store.automerge import merge_heads
from ovn_desk.text import merge
from ovn_desk.text.merge import Choice, ConflictId, MergeResult
from ovn_desk.usecases import recording, writing

READ_THIS = Message("combined-automatically")


@dataclass(frozen=True, slots=True)
class Decision:
    """Two versions to decide between. `mine` was made on this computer, if one of them was; `more` versions wait.

    `merged` is theirs and mine beside what they were made from; without conflicts it can be decided as it is.
    """

    mine: Revision
    theirs: Revision
    merged: MergeResult
    more: int = 0

    @property
    def between(self) -> tuple[RevisionId, RevisionId]:
        return self.mine.id, self.theirs.id


def combine(store: Store, articles: Iterable[ArticleId]) -> list[Revision]:
    """Combines the versions of these articles as far as nobody has to decide; returns what was made, to be read."""
    made: list[Revision] = []
    for article in articles:
        with store.read() as reading:
            folded = reading.history(article).article
            if folded is None or len(folded.heads) < 2:
                continue
        with store.begin() as tx:
            made += _combine(tx, article)
    return made


def undecided_articles(reading: ReadTransaction, articles: Iterable[ArticleId]) -> list[ArticleId]:
    """Those of these articles that have several versions, between which somebody has to decide."""
    found = {article: reading.history(article).article for article in sorted(articles)}
    return [article for article, folded in found.items() if folded is not None and len(folded.heads) > 1]


def needs_reading(reading: ReadTransaction, article: ArticleId) -> bool:
    """Whether the newest text was combined by no one, and nobody wrote on it since."""
    return reading.revision(reading.article(article).head).is_combined


def next_decision(reading: ReadTransaction, article: ArticleId) -> Decision:
    """What has to be decided next between the versions of an article; raises DeskError when there is one only."""
    folded = reading.article(article)
    revisions = {revision.id: revision for revision in reading.revisions(article)}
    heads = sorted((revisions[head] for head in folded.heads), key=lambda r: r.id)
    if len(heads) < 2:
        raise DeskError("versions-nothing-to-decide")
    own = [head for head in heads if head.device == reading.device()]
    mine = own[0] if own else heads[0]
    theirs = next(head for head in heads if head is not mine)
    bases = workflow.merge_bases(revisions, mine.id, theirs.id)
    base = revisions[bases[0]].content if len(bases) == 1 else merge.shared_content(mine.content, theirs.content)
    return Decision(mine, theirs, merge.merge(base, mine.content, theirs.content), more=len(heads) - 2)


def decide(
    store: Store,
    article: ArticleId,
    choices: Mapping[ConflictId, Choice],
    *,
    between: tuple[RevisionId, RevisionId],
    by: Signer,
) -> Revision:
    """Makes one version of the two that were decided between; what neither side disputes is combined.

    Raises DeskError when something is not decided, when the versions are others by now, or when this person may not
    change the text.
    """
    with store.begin() as tx:
        folded = tx.article(article)
        if why := workflow.edit_refusal(folded, by.person):
            raise StepRefused(why)
        found = next_decision(tx, article)
        if set(found.between) != set(between):
            raise DeskError("versions-came-meanwhile")
        copy = tx.working_copy(article)
        if copy and copy.content != tx.revision(copy.base or folded.head).content:
            raise DeskError("versions-text-unsaved")
        content = merge.resolve(found.merged, choices)
        writing.check_kept(tx, folded, content)
        parents = tuple(sorted(between))
        revision = recording.new_revision(tx, article, content, parents=parents, by=by, after=folded.newest)
        tx.drop_working_copy(article)
        tx.add_revision(revision)
    return revision


def _combine(tx: WriteTransaction, article: ArticleId) -> list[Revision]:
    made = []
    while revision := _next(tx, article):
        tx.add_revision(revision)
        made.append(revision)
    return made


def _next(reading: ReadTransaction, article: ArticleId) -> Revision | None:
    """The first two heads, by id, that can be combined."""
    heads = sorted(reading.article(article).heads)
    revisions = {revision.id: revision for revision in reading.revisions(article)}
    pairs = ((one, other) for one in heads for other in heads if one < other)
    return next((found for one, other in pairs if (found := merge_heads(revisions, one, other))), None)
