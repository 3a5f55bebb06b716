"""Suggestions: what an editor changed in a text that was filed, and what became of each change.

Every change is told apart in one fixed pair of revisions: the `base`, which was filed, and the editor's newest one.
Neither ever changes, so an id means the same change however many others were decided. A decision that undoes a change
makes a revision of its own, which is not taken for an editor's text. When an editor writes on, the pair is a new one:
what was accepted stays so where the same words changed at the same place of the base; everything else is asked again.
The base moves on when the text is filed with nothing undecided, or approved.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from graphlib import TopologicalSorter

from ovn_desk.domain import parts, workflow
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, StaffId, tidy
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.source import find_loosened
from ovn_desk.domain.workflow import EDITORS, ChangeDecision, Event, Step, topological_order
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, WriteTransaction
from ovn_desk.text import merge
from ovn_desk.text.cache import TextCache
from ovn_desk.text.changes import Change, ChangeId, ContentChanges, FieldChange, ItemChange, compare_contents
from ovn_desk.usecases import recording, writing

AnyChange = Change | FieldChange | ItemChange
ChangeMark = tuple[str, int, str, str]
"""What tells a change by its base alone: its part, its place there, its words before and after."""
_comparisons = TextCache[ContentChanges]()


class Status(StrEnum):
    """What became of a suggestion."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    AS_EDITED = "as edited"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change by an editor; `part` is the field it is in, `by` who wrote the editor's text."""

    change: AnyChange
    part: str
    by: StaffId
    status: Status = Status.UNDECIDED
    decided_by: StaffId | None = None
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def id(self) -> ChangeId:
        return self.change.id

    @property
    def mark(self) -> ChangeMark:
        return mark_of(self.change, self.part)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The changes between the text that was filed and the editor's newest, in the order they are walked.

    `changes` is all of that difference, the reporter's own later changes included; none of it when nobody edited.
    """

    base: RevisionId | None = None
    edited: RevisionId | None = None
    changes: ContentChanges | None = None
    all: tuple[Suggestion, ...] = ()

    @property
    def undecided(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.all if one.status is Status.UNDECIDED)

    @property
    def rejected(self) -> frozenset[ChangeId]:
        return frozenset(one.id for one in self.all if one.status is Status.REJECTED)

    def text(self, rejected: Collection[ChangeId]) -> Content:
        """The editor's text with these changes undone."""
        if self.changes is None:
            raise DeskError("suggestion-none")
        return self.changes.content({change.id for change in self.changes.all} - set(rejected))

    def find(self, wanted: str) -> Suggestion:
        """The suggestion that a full id or a unique start of one names."""
        found = [one for one in self.all if wanted and one.id.startswith(wanted)]
        if len(found) != 1:
            raise DeskError("suggestion-unknown", wanted=wanted)
        return found[0]


def suggestions(reading: ReadTransaction, article: ArticleId) -> Suggestions:
    """The changes an editor made since the text was filed, each with its decision."""
    revisions = {revision.id: revision for revision in reading.revisions(article)}
    folded = reading.article(article)
    base: RevisionId | None = None
    seen: list[Event] = []
    for event in topological_order(reading.events(article)):
        is_settled = event.step is Step.APPROVE or (
            event.step is Step.FILE
            and not _suggestions_of_revision(revisions, base, event.revision, seen, folded.reporter).undecided
        )
        if is_settled:
            base = event.revision
        seen.append(event)
    return _suggestions_of_revision(revisions, base, folded.head, seen, folded.reporter)


def decide(
    store: Store,
    article: ArticleId,
    change: str,
    *,
    accept: bool,
    by: Signer,
    reason: str = "",
    known: writing.KeptCopy | None = None,
) -> Suggestion:
    """Accepts a change, which keeps the text, or rejects it, which makes a revision without it; each undoes the other.

    The reporter decides; an editor who keeps a change without the reporter says why. Raises DeskError when the words
    round the change were written anew since.
    """
    with store.begin() as tx:
        folded = _check_may_decide(tx, article, by)
        writing.cut_revision(tx, article, by=by, known=known)
        found = suggestions(tx, article)
        one = found.find(change)
        is_kept = one.status in {Status.ACCEPTED, Status.AS_EDITED}
        is_so = is_kept if accept else one.status is Status.REJECTED
        if is_so:
            raise StepRefused("suggestion-decided-already", status=one.status)
        if accept and by.id != folded.reporter and not reason.strip():
            raise StepRefused("suggestion-needs-reason")
        rejected = found.rejected - {one.id} if accept else found.rejected | {one.id}
        made = _rewrite(tx, article, found, rejected, by)
        details = _details(found, one, accepted=accept, made=made, as_edited=accept and by.id != folded.reporter)
        recording.note(tx, article, Step.DECIDE, by, details, reason=reason)
        return suggestions(tx, article).find(one.id)


def withdraw_decision(
    store: Store, article: ArticleId, change: str, *, by: Signer, known: writing.KeptCopy | None = None
) -> Suggestion:
    """Takes a decision back: the text has the change again, and it waits to be decided.

    Raises DeskError when the words round the change were written anew since, StepRefused when nobody decided it.
    """
    with store.begin() as tx:
        _check_may_decide(tx, article, by)
        writing.cut_revision(tx, article, by=by, known=known)
        found = suggestions(tx, article)
        one = found.find(change)
        if one.status is Status.UNDECIDED:
            raise StepRefused("suggestion-not-decided")
        made = _rewrite(tx, article, found, found.rejected - {one.id}, by)
        details = replace(_details(found, one, accepted=True, made=made, as_edited=False), is_withdrawn=True)
        recording.note(tx, article, Step.DECIDE, by, details)
        return suggestions(tx, article).find(one.id)


def take_out(
    store: Store,
    article: ArticleId,
    change: str,
    *,
    base: RevisionId | None,
    by: Signer,
    known: writing.KeptCopy,
) -> Revision | None:
    """Makes a version without one change since the revision `base`, whoever wrote it; without a base nothing was.

    `change` is an id of `compare_contents` from that base to `known`, the text this person has before them. What an
    editor takes out of the reporter's text is a suggestion from then on. Raises StepRefused where the text is another.
    """
    with store.begin() as tx:
        if why := workflow.edit_refusal(tx.article(article), by.person):
            raise StepRefused(why)
        writing.cut_revision(tx, article, by=by, known=known)
        folded = tx.article(article)
        if tx.revision(folded.head).content != known.content:
            raise StepRefused("text-changed-meanwhile")
        before = tx.revision(base).content if base else Content(language=known.content.language)
        changes = compare_contents(before, known.content)
        new = tidy(changes.content({one.id for one in changes.all} - {ChangeId(change)}))
        if new == known.content:
            return None
        _check_terms(known.content, new)
        return writing.add_revision(tx, folded, new, parent=folded.head, by=by)


def keep_as_edited(
    store: Store, article: ArticleId, *, by: Signer, reason: str, known: writing.KeptCopy | None = None
) -> int:
    """An editor keeps every undecided change without the reporter, and says why; returns how many there were."""
    if by.role not in EDITORS:
        raise StepRefused("as-edited-editors-only", name=by.name, role=by.role)
    if not reason.strip():
        raise StepRefused("as-edited-needs-reason")
    with store.begin() as tx:
        writing.cut_revision(tx, article, by=by, known=known)
        found = suggestions(tx, article)
        for one in found.undecided:
            details = _details(found, one, accepted=True, made="", as_edited=True)
            recording.note(tx, article, Step.DECIDE, by, details, reason=reason)
    return len(found.undecided)


def _check_may_decide(tx: WriteTransaction, article: ArticleId, by: Signer) -> workflow.Article:
    """The article; raises StepRefused where this person may decide nothing in it."""
    folded = tx.article(article)
    workflow.check(folded, Step.DECIDE, by.person)
    if why := workflow.edit_refusal(folded, by.person):
        raise StepRefused(why)
    return folded


def _suggestions_of_revision(
    revisions: Mapping[RevisionId, Revision],
    base: RevisionId | None,
    head: RevisionId,
    events: Sequence[Event],
    reporter: StaffId,
) -> Suggestions:
    """The suggestions in a text made from the base, by the decisions taken so far."""
    if base is None or base not in workflow.lineage(revisions, head):
        return Suggestions(base)
    decided = [(event, event.details) for event in events if isinstance(event.details, ChangeDecision)]
    made = {details.made for _, details in decided}
    edits = _edits(revisions, _origin(revisions, base, head), reporter, made)
    if not edits:
        return Suggestions(base)
    first, edited, own = revisions[base], edits[-1], set[ChangeMark]()
    for revision in _origin(revisions, base, edited.id):
        if revision.by == reporter and revision.id not in made and not revision.is_combined:
            before = revision.parents if len(revision.parents) == 1 else ()  # of two combined, all is their choice
            own |= _marks(first, revision).difference(*(_marks(first, revisions[name]) for name in before))
    changes = _compare_revisions(first, edited)
    here = [(event, details) for event, details in decided if details.base == base]
    found = [
        _apply_decision(Suggestion(change, part, _author(first, edits, change, part)), edited, here)
        for change, part in changes_with_part(changes)
        if mark_of(change, part) not in own and not _is_settled_elsewhere(change, part, events)
    ]
    return Suggestions(base, edited.id, changes, tuple(found))


def _edits(
    revisions: Mapping[RevisionId, Revision], origin: Sequence[Revision], reporter: StaffId, made: Collection[str]
) -> list[Revision]:
    """The texts with an editor's changes that wait to be decided; the last of them has all the others in it.

    What the reporter combined with their own text they have decided. A text that was combined by rule is nobody's own.
    """
    merges = [one for one in origin if one.by == reporter and len(one.parents) > 1 and not one.is_combined]
    settled, edits = (
        {*made}.union(*(workflow.lineage(revisions, one.id) for one in merges)),
        dict[RevisionId, Revision](),
    )
    for one in origin:
        is_edit = workflow.lineage(revisions, one.id) & edits.keys() if one.is_combined else one.by != reporter
        if is_edit and one.id not in settled:
            edits[one.id] = one
    return list(edits.values())


def _is_settled_elsewhere(change: AnyChange, part: str, events: Sequence[Event]) -> bool:
    """Whether it is why a claim may stand, or the correction that the story was opened with, in its text already."""
    opened = [event.details for event in events if event.step is Step.CORRECT]
    return part == "waivers" or (isinstance(change, ItemChange) and change.before is None and change.after in opened)


def _author(base: Revision, edits: Sequence[Revision], change: AnyChange, part: str) -> StaffId:
    """Which editor's text had the change first; the newest editor where two changes became one."""
    mark = mark_of(change, part)
    signed = [edit for edit in edits if not edit.is_combined]
    return next((edit.by for edit in signed if mark in _marks(base, edit)), signed[-1].by)


def _origin(revisions: Mapping[RevisionId, Revision], base: RevisionId, newest: RevisionId) -> list[Revision]:
    """What a revision was made of since the base, each after its parents: both versions where two were combined."""
    since = workflow.lineage(revisions, newest) - workflow.lineage(revisions, base)
    before = {name: [one for one in revisions[name].parents if one in since] for name in sorted(since)}
    return [revisions[name] for name in TopologicalSorter(before).static_order()]


def _apply_decision(one: Suggestion, edited: Revision, decisions: Sequence[tuple[Event, ChangeDecision]]) -> Suggestion:
    """The suggestion with the newest decision about it.

    One taken when the editor's text was an older one counts only if it kept the change: a change that is there again
    after it was rejected is a new question.
    """
    for event, decided in reversed(decisions):
        is_same = (
            decided.change == one.id
            if decided.edited == edited.id
            else mark_of_decision(decided) == mark_of(one.change, one.part)
        )
        if not is_same:
            continue
        status = status_of_decision(decided)
        if status is Status.UNDECIDED or (decided.edited != edited.id and status is Status.REJECTED):
            return one
        return Suggestion(one.change, one.part, one.by, status, event.by, event.at, event.reason)
    return one


def _rewrite(
    tx: WriteTransaction, article: ArticleId, found: Suggestions, rejected: Collection[ChangeId], by: Signer
) -> str:
    """Makes the revision in which just these changes are undone; its id, or empty when the text is so already."""
    folded = tx.article(article)
    head = tx.revision(folded.head).content
    now, wanted = tidy(found.text(found.rejected)), tidy(found.text(rejected))
    if head == now:
        new = wanted
    else:
        merged = merge.merge(now, head, wanted)
        if merged.conflicts:
            raise DeskError("suggestion-outdated")
        new = tidy(merge.resolve(merged))
    if new == head:
        return ""
    _check_terms(head, new)
    return writing.add_revision(tx, folded, new, parent=folded.head, by=by).id


def _check_terms(head: Content, new: Content) -> None:
    """Raises StepRefused where a decision would make a source's terms looser than they are now."""
    if loosened := find_loosened(head.sources, new.sources):
        old, after = loosened
        raise StepRefused("suggestion-loosens-terms", label=old.label, terms=old.terms, new_terms=after.terms)


def _details(found: Suggestions, one: Suggestion, *, accepted: bool, made: str, as_edited: bool) -> ChangeDecision:
    if found.base is None or found.edited is None:
        raise DeskError("suggestion-none")
    part, start, before, after = mark_of(one.change, one.part)
    return ChangeDecision(
        one.id,
        accepted,
        found.base,
        found.edited,
        made=made,
        as_edited=as_edited,
        part=part,
        start=start,
        before=before,
        after=after,
    )


def _compare_revisions(base: Revision, other: Revision) -> ContentChanges:
    """What changed from one revision to another, which never changes itself."""
    key, length = (base.id, other.id), len(base.content.body) + len(other.content.body)
    found = _comparisons.find(key, length)
    if found is None:
        found = compare_contents(base.content, other.content)
        _comparisons.keep(key, length, found)
    return found


def changes_with_part(changes: ContentChanges) -> list[tuple[AnyChange, str]]:
    """Every change with the part it is in, in the order they are walked."""
    texts: list[tuple[AnyChange, str]] = [(change, part) for part in parts.TEXTS for change in changes.texts[part].all]
    return [*texts, *((field, field.part) for field in changes.fields), *((item, item.part) for item in changes.items)]


def _marks(base: Revision, other: Revision) -> set[ChangeMark]:
    return {mark_of(change, part) for change, part in changes_with_part(_compare_revisions(base, other))}


def mark_of(change: AnyChange, part: str) -> ChangeMark:
    """What tells a change from others by the base alone: its part, its place there, and its words.

    Values and things of lists have no place; their ids are made of what they were and became.
    """
    if isinstance(change, Change):
        return part, change.old[0], change.before, change.after
    return part, 0, change.id, ""


def status_of_decision(decided: ChangeDecision) -> Status:
    """What a decision makes of a change; one that was taken back leaves it to be decided."""
    if decided.is_withdrawn:
        return Status.UNDECIDED
    if not decided.accepted:
        return Status.REJECTED
    return Status.AS_EDITED if decided.as_edited else Status.ACCEPTED


def mark_of_decision(decided: ChangeDecision) -> ChangeMark:
    """What tells the change that was decided, as `mark_of` tells it."""
    return decided.part, decided.start, decided.before, decided.after
