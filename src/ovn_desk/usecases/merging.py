"""Several versions of an article: combined where that is safe, decided by a person where it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, DeviceId, Revision, RevisionId, StaffId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import Step
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.text import merge
from ovn_desk.text.merge import Choice, ConflictId, MergeResult
from ovn_desk.usecases import recording, writing

READ_THIS = Message("combined-automatically")
_TOLD = frozenset({Step.FILE, Step.APPROVE})


@dataclass(frozen=True, slots=True)
class Version:
    """One of several versions of an article.

    `authors` are who made it, of one that was combined those of the versions it was made of. `is_here` says that it was
    made on this computer, `step` that just this text was filed or approved.
    """

    revision: Revision
    authors: tuple[StaffId, ...]
    is_here: bool = False
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Two versions to decide between. `mine` was made on this computer, if one of them was; `more` versions wait.

    `merged` is theirs and mine beside what they were made from; without conflicts it can be decided as it is.
    `is_again` says that they have no one text they were made from: then all that differs is asked. `deciders` are who
    decided of mine and who of theirs, where two decided between the same versions apart.
    """

    mine: Revision
    theirs: Revision
    merged: MergeResult
    more: int = 0
    is_again: bool = False
    deciders: tuple[StaffId, ...] = ()
    versions: Mapping[RevisionId, Version] = field(default_factory=dict)

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
            made += tx.combine_heads(article)
    return made


def undecided_articles(reading: ReadTransaction, articles: Iterable[ArticleId]) -> list[ArticleId]:
    """Those of these articles that have several versions, between which somebody has to decide."""
    found = {article: reading.history(article).article for article in sorted(articles)}
    return [article for article, folded in found.items() if folded is not None and len(folded.heads) > 1]


def needs_reading(reading: ReadTransaction, article: ArticleId, person: Staff) -> bool:
    """Whether this person should read the newest text, which was combined by rule, and nobody wrote on since.

    It is asked of whoever may change the text, and of whoever wrote one of the versions that it was made of, under this
    name or on this computer, until somebody confirms on this computer that it was read.
    """
    if not reading.has_unread_combination(article):
        return False
    if workflow.edit_refusal(reading.article(article), person) is None:
        return True
    return any(one.is_here or person.id in one.authors for one in versions(reading, article))


def confirm_reading(store: Store, article: ArticleId) -> None:
    """Somebody has read what was combined by itself. It is this desk that remembers so: it is no approval."""
    with store.begin() as tx:
        tx.mark_combination_read(article, tx.article(article).head)


def versions(reading: ReadTransaction, article: ArticleId) -> list[Version]:
    """The versions between which somebody has to decide; of a text that was combined, those it was made of."""
    known = {revision.id: revision for revision in reading.revisions(article)}
    heads = reading.article(article).heads
    only = known[heads[0]]
    names = only.parents if len(heads) == 1 and only.is_combined else heads
    return [_version(reading, known, name) for name in names]


def next_decision(reading: ReadTransaction, article: ArticleId) -> Decision:
    """What has to be decided next between the versions of an article; raises DeskError when there is one only."""
    folded = reading.article(article)
    known = {revision.id: revision for revision in reading.revisions(article)}
    heads = sorted((known[head] for head in folded.heads), key=lambda r: r.id)
    if len(heads) < 2:
        raise DeskError("versions-nothing-to-decide")
    own = [head for head in heads if _is_of_device(known, head, reading.device())]
    mine = own[0] if own else heads[0]
    theirs = next(head for head in heads if head is not mine)
    bases = workflow.merge_bases(known, mine.id, theirs.id)
    is_again = len(bases) != 1
    return Decision(
        mine,
        theirs,
        merge.merge_without_base(mine.content, theirs.content)
        if is_again
        else merge.merge(known[bases[0]].content, mine.content, theirs.content),
        more=len(heads) - 2,
        is_again=is_again,
        deciders=_deciders(known, mine.id, theirs.id) if is_again else (),
        versions={one.id: _version(reading, known, one.id) for one in (mine, theirs)},
    )


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
        tx.combine_heads(article)  # a third version may stand in no conflict with what was decided
        tx.drop_choices(article)
    return revision


def _deciders(known: Mapping[RevisionId, Revision], mine: RevisionId, theirs: RevisionId) -> tuple[StaffId, ...]:
    """Who decided last of each of two versions what the other does not know of; nobody where one of them did not."""
    below, beyond = workflow.lineage(known, mine), workflow.lineage(known, theirs)
    made = [
        max((known[name] for name in own if is_decision(known[name])), key=lambda one: (one.at, one.id), default=None)
        for own in (below - beyond, beyond - below)
    ]
    found = [one.by for one in made if one is not None]
    return tuple(found) if len(found) == len(made) else ()


def is_decision(revision: Revision) -> bool:
    """Whether somebody made it of several versions by choosing between them."""
    return len(revision.parents) > 1 and not revision.is_combined


def _version(reading: ReadTransaction, known: Mapping[RevisionId, Revision], name: RevisionId) -> Version:
    revision = known[name]
    steps = [event.step for event in reading.events(revision.article) if event.revision == name]
    step = next((one for one in reversed(steps) if one in _TOLD), None)
    is_here = _is_of_device(known, revision, reading.device())
    return Version(revision, _authors(known, revision), is_here=is_here, step=step)


def _is_of_device(known: Mapping[RevisionId, Revision], revision: Revision, device: DeviceId) -> bool:
    """Whether a version was made on a computer; one that nobody made, whether any was that it was combined from."""
    if not revision.is_combined:
        return revision.device == device
    return any(_is_of_device(known, known[parent], device) for parent in revision.parents)


def _authors(known: Mapping[RevisionId, Revision], revision: Revision) -> tuple[StaffId, ...]:
    """Who made a version; of one that nobody made, who made what it was combined from, each once."""
    if not revision.is_combined:
        return (revision.by,)
    return tuple(dict.fromkeys(one for parent in revision.parents for one in _authors(known, known[parent])))
