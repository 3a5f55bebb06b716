"""What an article's records add up to: its state, who has it, and which text is approved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ovn_desk.domain.article import ArticleId, EventId, Revision, RevisionId, StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.ordering import in_order
from ovn_desk.domain.workflow.events import Event
from ovn_desk.domain.workflow.rules import RULES, State, Step


@dataclass(frozen=True, slots=True)
class Article:
    """What an article's revisions and events add up to.

    `holder` is the editor who has taken it, `rivals` others who took it at a desk that did not know of that; `writers`
    wrote any of it since the last approval; `is_strict`: none of them may approve it. `filed` is the revision last
    handed to the desk, `newer` what a newer desk wrote.
    """

    id: ArticleId
    reporter: StaffId
    state: State
    heads: tuple[RevisionId, ...]
    holder: StaffId | None = None
    rivals: tuple[StaffId, ...] = ()
    held_since: datetime | None = None
    approval: Event | None = None
    published: Event | None = None
    first_published_at: datetime | None = None
    newest: tuple[EventId, ...] = ()
    resume: State = State.DRAFT
    live_approval: Event | None = None
    authors: frozenset[StaffId] = field(default_factory=frozenset)
    writers: frozenset[StaffId] = field(default_factory=frozenset)
    is_strict: bool = False
    filed: RevisionId | None = None
    assignment: Assignment | None = None
    plan: Plan = field(default_factory=Plan)
    newer: tuple[EventId, ...] = ()

    @property
    def head(self) -> RevisionId:
        return self.heads[0]

    @property
    def is_live(self) -> bool:
        """Whether readers have a text of it, be it an older one."""
        return self.published is not None and self.state is not State.WITHDRAWN

    @property
    def override(self) -> str:
        """Why the text that is approved, or else the one readers have, was approved before full check."""
        approval = self.approval or self.live_approval
        return approval.override if approval else ""


def fold(revisions: Iterable[Revision], events: Iterable[Event], *, strict: bool = False) -> Article:
    """The article that one article's records add up to, whatever order they arrived in; needs at least one revision."""
    by_id = {revision.id: revision for revision in revisions}
    heads = _heads(by_id)
    ordered = in_order(events)
    roots = [r for r in by_id.values() if not r.parents] or by_id.values()  # of a damaged store: the oldest there is
    root = min(roots, key=lambda r: (r.made_at, r.id))
    article = Article(
        id=root.article,
        reporter=root.author,
        state=State.DRAFT,
        heads=heads,
        authors=frozenset(r.author for r in by_id.values()),
        writers=_authors(by_id, heads[0], _last_approved(ordered)),
        is_strict=strict,
    )
    for event in ordered:
        article = _take(article, event)
    return _void_stale_approval(_contested(article, ordered))


def writers_of(revisions: Iterable[Revision], events: Iterable[Event], approval: Event) -> frozenset[StaffId]:
    """Who wrote any of what this approval approves that the approval before it did not."""
    ordered = in_order(events)
    before = [event for event in ordered[: ordered.index(approval)] if event.step is Step.APPROVE]
    return _authors({r.id: r for r in revisions}, approval.revision, _last_approved(before))


def lineage(revisions: Mapping[RevisionId, Revision], newest: RevisionId | None) -> set[RevisionId]:
    """A revision and everything it was made from."""
    found: set[RevisionId] = set()
    waiting = [newest] if newest in revisions else []
    while waiting:
        revision = waiting.pop()
        if revision is None or revision in found:
            continue
        found.add(revision)
        waiting += [parent for parent in revisions[revision].parents if parent in revisions]
    return found


def merge_bases(revisions: Mapping[RevisionId, Revision], one: RevisionId, other: RevisionId) -> list[RevisionId]:
    """The newest revisions that both were made from, by id; none of them was made from another one of them."""
    common = lineage(revisions, one) & lineage(revisions, other)
    older = {parent for name in common for parent in revisions[name].parents}
    return sorted(common - older)


def _last_approved(ordered: Iterable[Event]) -> RevisionId | None:
    approved = [event.revision for event in ordered if event.step is Step.APPROVE]
    return approved[-1] if approved else None


def _authors(
    revisions: Mapping[RevisionId, Revision], newest: RevisionId, since: RevisionId | None
) -> frozenset[StaffId]:
    return frozenset(revisions[r].author for r in lineage(revisions, newest) - lineage(revisions, since))


def _heads(revisions: Mapping[RevisionId, Revision]) -> tuple[RevisionId, ...]:
    parents = {parent for revision in revisions.values() for parent in revision.parents}
    heads = [revision for revision in revisions.values() if revision.id not in parents]
    return tuple(r.id for r in sorted(heads, key=lambda r: (r.made_at, r.id), reverse=True))


def _take(article: Article, event: Event) -> Article:
    newest = (*(e for e in article.newest if e not in event.after), event.id)
    changed = replace(article, newest=newest)
    if event.step is Step.NEWER:
        return replace(changed, newer=(*article.newer, event.id))
    rule = RULES[event.step]
    if rule.stays:
        return _noted(changed, event)
    changed = replace(changed, state=rule.target or article.resume)
    match event.step:
        case Step.TAKE:
            return replace(changed, holder=event.by, held_since=event.at)
        case Step.APPROVE:
            return replace(changed, approval=event)
        case Step.HOLD | Step.SPIKE:
            resume = article.resume if article.state is State.HELD else article.state
            return replace(changed, resume=resume)
        case Step.PUBLISH:
            first = article.first_published_at or event.at
            return replace(
                changed, published=event, live_approval=article.approval, first_published_at=first, holder=None
            )
        case Step.RESTORE:
            return changed
        case Step.FILE:
            return replace(changed, holder=None, held_since=None, approval=None, filed=event.revision)
        case Step.RECALL if article.published:
            return replace(changed, state=State.CORRECTING, holder=None, held_since=None, approval=None)
        case _:
            return replace(changed, holder=None, held_since=None, approval=None)


def _contested(article: Article, ordered: Sequence[Event]) -> Article:
    """Two takes made apart stand beside each other until somebody takes a step knowing of both; no clock decides."""
    if article.state is not State.IN_REVIEW:
        return article
    movers = [event for event in ordered if event.step in RULES and not RULES[event.step].stays]
    past = _past(ordered, movers)
    takers = {event.by for event in movers if event.step is Step.TAKE and event.id not in past}
    return replace(article, rivals=tuple(sorted(takers - {article.holder})))


def _past(ordered: Sequence[Event], movers: Iterable[Event]) -> set[EventId]:
    """Everything that any of these was taken on top of."""
    known = {event.id: event for event in ordered}
    found: set[EventId] = set()
    waiting = [name for event in movers for name in event.after]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += known[name].after
    return found


def _noted(article: Article, event: Event) -> Article:
    match event.details:
        case Assignment():
            return replace(article, assignment=event.details if event.details.who else None)
        case Plan():
            return replace(article, plan=event.details)
        case _:
            return article


def _void_stale_approval(article: Article) -> Article:
    """Any new revision voids the approval, also one beside what was approved: the article is back in review."""
    if article.state is State.APPROVED and (article.approval is None or article.heads != (article.approval.revision,)):
        return replace(article, state=State.IN_REVIEW, approval=None)
    return article
