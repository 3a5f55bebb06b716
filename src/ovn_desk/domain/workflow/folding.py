"""What an article's records add up to: which of them count, its state, who has it, and which text is approved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ovn_desk.domain.addresses import AddressClaim
from ovn_desk.domain.article import EventId, Revision, RevisionId, StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.standing import Standing
from ovn_desk.domain.workflow import counting
from ovn_desk.domain.workflow.article import Article, UncountedRecord
from ovn_desk.domain.workflow.details import Address
from ovn_desk.domain.workflow.events import Event
from ovn_desk.domain.workflow.rules import RULES, State, Step
from ovn_desk.messages import Message

Record = Revision | Event
Judge = Callable[[Record], Standing]
STRICT = Message("writer-approved")


def fold(revisions: Iterable[Revision], events: Iterable[Event], judge: Judge, *, strict: bool = False) -> Article:
    """Fold the records of one article, in any order, into its state.

    `judge` says who made a record, by its signature and the roster. A record counts when its maker might take that step
    in the article as they knew it; what two desks did apart is then put one after the other, and a step that the one
    before it left no room for comes too late. Where no text counts because who wrote them had left, the newest of
    them is a draft with a `lapse`. Raises DeskError where none is left to show.
    """
    made = _Fold(judge)
    every: list[Record] = [*revisions, *events]
    for record in topological_order(every, _rests_on):
        made.add(record)
    if made.article is None:
        return _lapsed_article(made.lapsed, made.uncounted)
    texts = {one.id: one for one in made.counted if isinstance(one, Revision)}
    ordered = [one for one in made.counted if isinstance(one, Event)]
    article = replace(
        made.article,
        heads=_heads(texts),
        writers=_authors(texts, _heads(texts)[0], _last_approved(ordered)),
        is_strict=strict,
        uncounted=tuple(made.uncounted),
    )
    return _void_stale_approval(_apply_strict_review(_mark_rivals(article, ordered), texts, ordered))


def writers_of(revisions: Iterable[Revision], events: Iterable[Event], approval: Event) -> frozenset[StaffId]:
    """Who wrote any of what this approval approves that the approval before it did not."""
    ordered = topological_order(events)
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


def with_export(article: Article, export: Event) -> Article:
    """The article with one more record, its export on this desk, which was made knowing all others that count.

    It is what `fold` adds up to with that record, which need not be done again for an archive of articles.
    """
    return _apply_record(article, export, article)


def _lapsed_article(lapsed: Sequence[Revision], uncounted: Sequence[UncountedRecord]) -> Article:
    """What can be shown of an article of which nothing counts: the newest text of those who had left."""
    first = next((one for one in lapsed if not one.parents), None)
    if first is None:
        raise DeskError("article-by-strangers")
    texts = {one.id: one for one in lapsed}
    head = next(one for one in _heads(texts) if first.id in lineage(texts, one))
    authors = frozenset(texts[one].by for one in lineage(texts, head))
    begun = Article(first.article, first.by, State.DRAFT, (head,), authors=authors, begun_at=first.at)
    why = {one.id: one.why for one in uncounted}
    return replace(begun, uncounted=tuple(uncounted), lapse=why[head])


class _Fold:
    """The fold under way: what counts so far, and for each record everything it was made on top of."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.article: Article | None = None
        self.counted: list[Record] = []
        self.uncounted: list[UncountedRecord] = []
        self.lapsed: list[Revision] = []
        self._below: dict[str, int] = {}  # as bits, by place in `_all`
        self._all: list[Record] = []
        self._texts: set[str] = set()
        self._done: dict[str, Event] = {}
        self._asked: set[str] = set()
        self._moving = 0

    def add(self, record: Record) -> None:
        bit, below = 1 << len(self._all), 0
        for name in _rests_on(record):
            below |= self._below.get(name, 0)
        self._all.append(record)
        self._below[record.id] = below | bit
        seen = self._article_as_known(below)
        if why := self._refusal(record, seen):
            self.uncounted.append(UncountedRecord(record.id, why, is_forged=True))
            return
        if isinstance(record, Revision):
            self._texts.add(record.id)
        else:
            self._done[record.id] = record
        if not _moves_nothing(record):
            self._moving |= bit
        if late := _too_late(self.article, record):
            self.uncounted.append(UncountedRecord(record.id, late, is_forged=False))
            return
        self.article = self._apply(self.article, record, seen)
        self.counted.append(record)

    def _refusal(self, record: Record, seen: Article | None) -> Message | None:
        standing = self._judge(record)
        if standing.has_left and isinstance(record, Revision):
            self.lapsed.append(record)
        if why := standing.problem or counting.asker_refusal(seen, record, standing):
            return why
        if standing.is_asking:
            self._asked.add(record.id)
        if isinstance(record, Revision):
            return counting.revision_refusal(seen, record, standing, self._texts, self.article)
        if record.revision not in self._texts or seen is None:
            return Message("step-about-other-text", revision=record.revision[:12])
        return counting.event_refusal(seen, record, standing, self._done)

    def _article_as_known(self, below: int) -> Article | None:
        """The article as whoever made a record knew it."""
        if below & self._moving == self._moving:
            return self.article
        article: Article | None = None
        for place, record in enumerate(self._all):
            is_legal = record.id in self._texts or record.id in self._done
            if below >> place & 1 and is_legal and not _too_late(article, record):
                article = self._apply(article, record, article)
        return article

    def _apply(self, article: Article | None, record: Record, seen: Article | None) -> Article:
        after = _apply_record(article, record, seen)
        return replace(after, is_unconfirmed=record.id in self._asked) if article is None else after


def _moves_nothing(record: Record) -> bool:
    """Whether a record moves no article, so that it is all the same who knew of it."""
    return not isinstance(record, Revision) and record.step in RULES and RULES[record.step].stays


def _rests_on(record: Record) -> tuple[str, ...]:
    if isinstance(record, Revision):
        return (*record.parents, *record.after)
    return (*record.after, record.revision)


def _last_approved(ordered: Iterable[Event]) -> RevisionId | None:
    approved = [event.revision for event in ordered if event.step is Step.APPROVE]
    return approved[-1] if approved else None


def _authors(
    revisions: Mapping[RevisionId, Revision], newest: RevisionId, since: RevisionId | None
) -> frozenset[StaffId]:
    return frozenset(revisions[r].by for r in lineage(revisions, newest) - lineage(revisions, since))


def _heads(revisions: Mapping[RevisionId, Revision]) -> tuple[RevisionId, ...]:
    parents = {parent for revision in revisions.values() for parent in revision.parents}
    heads = [revision for revision in revisions.values() if revision.id not in parents]
    return tuple(r.id for r in sorted(heads, key=lambda r: (r.at, r.id), reverse=True))


def _too_late(article: Article | None, record: Record) -> Message | None:
    """Why a step changes nothing any more: what was done apart from it, and stands before it, left no room for it.

    What readers were given or were told to forget has happened, whatever else was done meanwhile.
    """
    if article is None or isinstance(record, Revision) or record.step in {Step.NEWER, Step.PUBLISH, Step.WITHDRAW}:
        return None
    return counting.state_refusal(article, record.step)


def _apply_record(article: Article | None, record: Record, seen: Article | None) -> Article:
    """The article with one more record; `seen` is the article as its maker knew it."""
    if isinstance(record, Revision):
        if article is None:
            authors = frozenset({record.by})
            return Article(record.article, record.by, State.DRAFT, (record.id,), authors=authors, begun_at=record.at)
        heads = (*(head for head in article.heads if head not in record.parents), record.id)
        return _void_stale_approval(replace(article, heads=heads, authors=article.authors | {record.by}))
    if article is None:
        raise DeskError("article-begins-with-text")
    return _void_stale_approval(_apply_step(article, record, seen or article))


def _apply_step(article: Article, event: Event, seen: Article) -> Article:
    newest = (*(e for e in article.newest if e not in event.after), event.id)
    changed = replace(article, newest=newest)
    if event.step is Step.NEWER:
        return replace(changed, newer=(*article.newer, event.id))
    rule = RULES[event.step]
    if rule.stays:
        return _apply_details(changed, event)
    if event.step is Step.PUBLISH:
        return _apply_export(changed, event, seen)
    changed = replace(changed, state=rule.target or article.resume, moved=event)
    match event.step:
        case Step.TAKE:
            return replace(changed, holder=event.by, held_since=event.at)
        case Step.APPROVE:
            return replace(changed, approval=event)
        case Step.HOLD | Step.SPIKE:
            resume = article.resume if article.state is State.HELD else article.state
            return replace(changed, resume=resume)
        case Step.RESTORE:
            return changed
        case Step.FILE:
            return replace(changed, holder=None, held_since=None, approval=None, filed=event.revision)
        case Step.RECALL if article.published:
            return replace(changed, state=State.CORRECTING, holder=None, held_since=None, approval=None)
        case _:
            return replace(changed, holder=None, held_since=None, approval=None)


def _apply_export(article: Article, event: Event, seen: Article) -> Article:
    """Readers have what was approved where it was exported; who went on with the article meanwhile goes on."""
    first, approval = article.first_published_at or event.at, seen.approval or seen.live_approval
    live = replace(article, published=event, live_approval=approval, first_published_at=first)
    if isinstance(event.details, Address):
        live = _add_address_claim(live, event, event.details)
    is_same = article.state in {State.APPROVED, State.PUBLISHED}
    return replace(live, state=State.PUBLISHED, holder=None, moved=event) if is_same else live


def _mark_rivals(article: Article, ordered: Sequence[Event]) -> Article:
    """Two takes made apart stand beside each other until somebody takes a step knowing of both; no clock decides."""
    if article.state is not State.IN_REVIEW:
        return article
    movers = [event for event in ordered if event.step in RULES and not RULES[event.step].stays]
    past = predecessors(ordered, movers)
    takers = {event.by for event in movers if event.step is Step.TAKE and event.id not in past}
    return replace(article, rivals=tuple(sorted(takers - {article.holder})))


def predecessors(ordered: Sequence[Event], movers: Iterable[Event]) -> set[EventId]:
    """Everything among `ordered` that any of these was taken on top of."""
    known = {event.id: event for event in ordered}
    found: set[EventId] = set()
    waiting = [name for event in movers for name in event.after]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += known[name].after
    return found


def _apply_details(article: Article, event: Event) -> Article:
    match event.details:
        case Assignment():
            return replace(article, assignment=None if event.details.is_empty else event.details)
        case Plan():
            return replace(article, plan=event.details)
        case Address():
            return _add_address_claim(article, event, event.details)
        case _:
            return article


def _add_address_claim(article: Article, event: Event, address: Address) -> Article:
    """The article with one more address; a clock set back does not put it before the approval, which others gave."""
    before = [claim.at for claim in article.claims] + ([article.live_approval.at] if article.live_approval else [])
    is_move = event.step is Step.MOVE and not address.settles
    claim = AddressClaim(address.path, article.id, max([event.at, *before]), event.id, len(article.claims), is_move)
    return replace(article, claims=(*article.claims, claim))


def _apply_strict_review(article: Article, texts: Mapping[RevisionId, Revision], ordered: Sequence[Event]) -> Article:
    """In a strict house an approval that is not live yet does not stand by somebody who wrote part of the text."""
    approval = article.approval
    if not article.is_strict or approval is None or approval == article.live_approval:
        return article
    if approval.by not in writers_of(texts.values(), ordered, approval):
        return article
    uncounted = (*article.uncounted, UncountedRecord(approval.id, STRICT, is_forged=True))
    state = State.IN_REVIEW if article.state is State.APPROVED else article.state
    return replace(article, state=state, approval=None, uncounted=uncounted)


def _void_stale_approval(article: Article) -> Article:
    """Any new revision voids the approval, also one beside what was approved: the article is back in review."""
    if article.state is State.APPROVED and (article.approval is None or article.heads != (article.approval.revision,)):
        return replace(article, state=State.IN_REVIEW, approval=None)
    return article
