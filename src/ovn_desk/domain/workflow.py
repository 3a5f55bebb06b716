"""Which step an article may take, who may take it, and what state its history adds up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from ovn_desk.domain.article import ArticleId, DeviceId, EventId, Revision, RevisionId, StaffId
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Role, Staff


class State(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    FILED = "filed"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    HELD = "held"
    SPIKED = "spiked"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What staff do with an article; each taken step is an event of the same name."""

    FILE = "file"
    RECALL = "recall"
    TAKE = "take"
    RELEASE = "release"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    HOLD = "hold"
    SPIKE = "spike"
    RESTORE = "restore"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
EVERYBODY = frozenset(Role)
UNPUBLISHED = frozenset({State.DRAFT, State.FILED, State.IN_REVIEW, State.SENT_BACK, State.APPROVED})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the workflow table: from where a step may be taken, by whom, and where it leads.

    `target` None means the state before a hold or spike. `own` asks for the article's reporter, `not_own` for
    anybody else; an editor may stand in for a reporter who is away, but never the other way round.
    """

    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role] = EDITORS
    own: bool = False
    not_own: bool = False
    needs_reason: bool = False


# EVIDENCE_AND_REVIEW.md, Workflow.
RULES: Mapping[Step, Rule] = {
    Step.FILE: Rule(
        frozenset({State.DRAFT, State.SENT_BACK, State.CORRECTING}), State.FILED, roles=EVERYBODY, own=True
    ),
    Step.RECALL: Rule(frozenset({State.FILED}), State.DRAFT, roles=EVERYBODY, own=True),
    Step.TAKE: Rule(frozenset({State.FILED, State.IN_REVIEW}), State.IN_REVIEW),
    Step.RELEASE: Rule(frozenset({State.IN_REVIEW}), State.FILED),
    Step.SEND_BACK: Rule(frozenset({State.FILED, State.IN_REVIEW, State.APPROVED}), State.SENT_BACK, needs_reason=True),
    Step.APPROVE: Rule(frozenset({State.IN_REVIEW}), State.APPROVED, not_own=True),
    Step.HOLD: Rule(UNPUBLISHED, State.HELD, needs_reason=True),
    Step.SPIKE: Rule(UNPUBLISHED | {State.HELD}, State.SPIKED, needs_reason=True),
    Step.RESTORE: Rule(frozenset({State.HELD, State.SPIKED}), None),
    Step.PUBLISH: Rule(frozenset({State.APPROVED, State.PUBLISHED}), State.PUBLISHED),
    Step.CORRECT: Rule(frozenset({State.PUBLISHED}), State.CORRECTING, roles=EVERYBODY, needs_reason=True),
    Step.WITHDRAW: Rule(frozenset({State.PUBLISHED, State.CORRECTING}), State.WITHDRAWN, needs_reason=True),
}

WORDS: Mapping[Step, tuple[str, str]] = {
    Step.FILE: ("file", "filed"),
    Step.RECALL: ("recall", "recalled"),
    Step.TAKE: ("take", "taken"),
    Step.RELEASE: ("release", "released"),
    Step.SEND_BACK: ("send back", "sent back"),
    Step.APPROVE: ("approve", "approved"),
    Step.HOLD: ("hold", "held"),
    Step.SPIKE: ("spike", "spiked"),
    Step.RESTORE: ("restore", "restored"),
    Step.PUBLISH: ("export", "exported"),
    Step.CORRECT: ("correct", "opened for correction"),
    Step.WITHDRAW: ("withdraw", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something staff did about an article; immutable, named by the SHA-256 of its canonical JSON.

    `previous` is the event before it on the same device; `after` are the newest events of this article before it.
    `note` speaks to staff, `reason` is kept with the step. An approval carries the digest it signed, the
    name it was signed under, key and signature.
    """

    id: EventId
    article: ArticleId
    step: Step
    revision: RevisionId
    by: StaffId
    device: DeviceId
    at: datetime
    previous: EventId | None = None
    after: tuple[EventId, ...] = ()
    note: str = ""
    reason: str = ""
    digest: str = ""
    name: str = ""
    key: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What an article's revisions and events add up to. `holder` is the editor who has taken it."""

    id: ArticleId
    reporter: StaffId
    state: State
    heads: tuple[RevisionId, ...]
    holder: StaffId | None = None
    held_since: datetime | None = None
    approval: Event | None = None
    published: Event | None = None
    first_published_at: datetime | None = None
    newest: tuple[EventId, ...] = ()
    resume: State = State.DRAFT
    live_approval: Event | None = None
    authors: frozenset[StaffId] = field(default_factory=frozenset)

    @property
    def head(self) -> RevisionId:
        return self.heads[0]


def fold(revisions: Iterable[Revision], events: Iterable[Event]) -> Article:
    """The article that one article's records add up to, whatever order they arrived in; needs at least one revision."""
    by_id = {revision.id: revision for revision in revisions}
    heads = _heads(by_id)
    root = min((r for r in by_id.values() if not r.parents), key=lambda r: (r.made_at, r.id))
    article = Article(
        id=root.article,
        reporter=root.author,
        state=State.DRAFT,
        heads=heads,
        authors=frozenset(r.author for r in by_id.values()),
    )
    for event in in_order(events):
        article = _take(article, event)
    return _void_stale_approval(article)


def _heads(revisions: Mapping[RevisionId, Revision]) -> tuple[RevisionId, ...]:
    parents = {parent for revision in revisions.values() for parent in revision.parents}
    heads = [revision for revision in revisions.values() if revision.id not in parents]
    return tuple(r.id for r in sorted(heads, key=lambda r: (r.made_at, r.id), reverse=True))


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events after everything they were taken on top of; equals by claimed time, then id, alike on every machine."""
    waiting = {event.id: event for event in events}
    known = set(waiting)
    done: set[EventId] = set()
    ordered: list[Event] = []
    while waiting:
        ready = [e for e in waiting.values() if all(a in done or a not in known for a in e.after)]
        event = min(ready, key=lambda e: (e.at, e.id))
        ordered.append(event)
        done.add(event.id)
        del waiting[event.id]
    return ordered


def _take(article: Article, event: Event) -> Article:
    rule = RULES[event.step]
    newest = (*(e for e in article.newest if e not in event.after), event.id)
    changed = replace(article, newest=newest, state=rule.target or article.resume)
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
        case _:
            return replace(changed, holder=None, held_since=None, approval=None)


def _void_stale_approval(article: Article) -> Article:
    """Any new revision voids the approval: the article is back in review."""
    if article.state is State.APPROVED and (article.approval is None or article.approval.revision != article.head):
        return replace(article, state=State.IN_REVIEW, approval=None)
    return article


def refusal(article: Article, step: Step, staff: Staff) -> str:
    """Why this person may not take this step now, in a sentence; empty when they may."""
    rule, (verb, _) = RULES[step], WORDS[step]
    if staff.is_retired:
        return f"{staff.name} is retired from the roster and may not {verb} an article."
    if staff.role not in rule.roles:
        return f"Only an editor may {verb} an article; {staff.name} is a {staff.role}."
    if len(article.heads) > 1 and step in {Step.APPROVE, Step.PUBLISH}:
        return f"There are {len(article.heads)} versions of this article. Decide between them first."
    if article.state not in rule.sources:
        states = " or ".join(sorted(state_words(state) for state in rule.sources))
        return f"This article is {state_words(article.state)}; only one that is {states} can be {WORDS[step][1]}."
    if rule.own and staff.id != article.reporter and staff.role not in EDITORS:
        return f"Only its reporter or an editor may {verb} this article."
    if rule.not_own and staff.id == article.reporter:
        return f"{staff.name} reported this article, so another editor has to {verb} it."
    if step is Step.APPROVE and article.holder != staff.id:
        return "Take the article before approving it: somebody else has it now."
    if step is Step.TAKE and article.holder == staff.id:
        return f"{staff.name} has this article already."
    return ""


def allowed(article: Article, step: Step, staff: Staff) -> bool:
    return not refusal(article, step, staff)


def check(article: Article, step: Step, staff: Staff, *, reason: str = "") -> None:
    """Raises StepRefused with the reason when this person may not take this step now."""
    if why := refusal(article, step, staff):
        raise StepRefused(why)
    if RULES[step].needs_reason and not reason.strip():
        raise StepRefused(f"Say why: to {WORDS[step][0]} an article needs a reason.")


def edit_refusal(article: Article, staff: Staff) -> str:
    """Why this person may not change the text now; empty when they may."""
    if article.state in {State.SPIKED, State.WITHDRAWN}:
        return f"This article is {state_words(article.state)}. Restore it to change it."
    if article.state is State.PUBLISHED:
        return "This article is published. Open a correction to change it."
    if staff.role in EDITORS:
        return ""
    if article.state in {State.FILED, State.IN_REVIEW, State.APPROVED, State.HELD}:
        return (
            f"This article is {state_words(article.state)}: the desk has it. Recall it or wait until it is sent back."
        )
    if staff.id not in article.authors:
        return "This is another reporter's draft."
    return ""


def next_step(article: Article, staff: Staff) -> Step | None:
    """The one step this person would most likely take now: what the main button offers."""
    for step in (Step.FILE, Step.APPROVE, Step.TAKE, Step.PUBLISH):
        if step is Step.PUBLISH and article.state is not State.APPROVED:
            continue
        if allowed(article, step, staff):
            return step
    return None


def state_words(state: State) -> str:
    """A state as people say it."""
    return {
        State.DRAFT: "a draft",
        State.IN_REVIEW: "in review",
        State.SENT_BACK: "sent back",
        State.CORRECTING: "open for correction",
    }.get(state, state.value)
