"""Which articles an export writes, and whether the approval of each holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ovn_desk.domain import public, workflow
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.assignments import too_early
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import MAY_BE_LIVE, Article, Event, Override, State, Step
from ovn_desk.formats import page, site
from ovn_desk.store import Reading, records
from ovn_desk.text.canonical import digest
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import approvals, pictures


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that was not exported, and why."""

    id: ArticleId
    reason: str


@dataclass(frozen=True, slots=True)
class Ready:
    """An article whose approval holds, and what its page is written from."""

    article: Article
    approval: Event
    issue: page.Issue
    slug: str
    repairs: tuple[site.Repair, ...] = ()
    overrides: tuple[datetime, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What is to be exported, and what is not; `waiting` is what may not go out yet."""

    ready: list[Ready] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: list[Refused] = field(default_factory=list)


class _TooEarly(StepRefused):
    """An approved article under embargo, or planned for later."""


def exportable(reading: Reading) -> list[ArticleId]:
    return [id for state in (State.APPROVED, State.PUBLISHED) for id in _ids(reading, state)]  # noqa: A001


def _ids(reading: Reading, state: State) -> Iterator[ArticleId]:
    below = None
    while rows := reading.rows(states=[state], below=below):
        yield from (row.id for row in rows)
        below = rows[-1].place


def gather(
    reading: Reading,
    ids: Sequence[ArticleId],
    by: Staff,
    renderer: RenderHelper,
    album: pictures.Album,
    progress: Callable[[int, int], bool],
) -> Gathered:
    gathered = Gathered()
    for number, id in enumerate(ids, 1):  # noqa: A001
        try:
            gathered.ready.append(_ready(reading, reading.article(id), by, renderer, album))
        except _TooEarly as error:
            gathered.waiting.append(Refused(id, str(error)))
        except DeskError as error:
            gathered.refused.append(Refused(id, str(error)))
        if not progress(number, len(ids)):
            raise DeskError("The export was stopped. Nothing was written.")
    return gathered


def with_published(reading: Reading, gathered: Gathered, renderer: RenderHelper, album: pictures.Album) -> Gathered:
    """Adds what is live already, each as it was approved, so that a site is never written without its archive."""
    have = {ready.article.id for ready in gathered.ready}
    for state in MAY_BE_LIVE:
        for id in _ids(reading, state):  # noqa: A001
            article = reading.article(id)
            if article.is_live and article.live_approval and id not in have:
                gathered.ready.append(_issue(reading, article, article.live_approval, renderer, album))
    return gathered


def _ready(reading: Reading, article: Article, by: Staff, renderer: RenderHelper, album: pictures.Album) -> Ready:
    workflow.check(article, Step.PUBLISH, by)
    if article.state is State.APPROVED and (why := too_early(article.plan, records.now(), reading.house().zone)):
        raise _TooEarly(why)
    copy = reading.working_copy(article.id)
    if copy is not None and copy.content != reading.revision(article.head).content:
        raise StepRefused("Its text was changed after the approval. Review and approve it again.")
    approval = article.approval if article.state is State.APPROVED else article.live_approval
    if approval is None or approval.revision != article.head:
        raise StepRefused("It has no approval of the newest text.")
    return _issue(reading, article, approval, renderer, album)


def _issue(reading: Reading, article: Article, approval: Event, renderer: RenderHelper, album: pictures.Album) -> Ready:
    """The page's values, of what is public; verified from the signature, not from a flag."""
    if why := approvals.signature_problem(reading, approval):
        raise StepRefused(f"Its approval does not hold: {why}")
    written = reading.revision(approval.revision).content
    rendered = approvals.rendered(written, renderer)
    content, keys = public.public(written), public.public_keys(written)
    cited = tuple(keys[key] for key in rendered.cited)
    if digest(page.signed_fragment(content, rendered.html, cited)) != approval.digest:
        raise StepRefused("Its approval was given for another text. Review and approve it again.")
    first = article.first_published_at or approval.at
    carried = page.Approval(
        revision=approval.revision,
        digest=approval.digest,
        approved_by=approval.name,
        key=approval.key,
        statement=records.approval(approval),
        signature=approval.signature,
    )
    shown = tuple(album.shown(image) for image in pictures.shown(content, rendered))
    issue = page.Issue(content, rendered.html, cited, first, approval.at, carried, shown)
    events = reading.events(article.id)
    repairs = _repairs(events, approval) if article.published else ()
    return Ready(article, approval, issue, reading.row(article.id).slug, repairs, _overrides(events, approval))


def facts(reading: Reading, gathered: Gathered) -> list[site.Fact]:
    """What the public log says of these articles, and of those that were withdrawn."""
    found = [fact for ready in gathered.ready for fact in _facts(reading, ready.article, ready.approval)]
    for id in _ids(reading, State.WITHDRAWN):  # noqa: A001
        found += _facts(reading, reading.article(id), None)
    return found


def _facts(reading: Reading, article: Article, newest: Event | None) -> list[site.Fact]:
    """Each text that was live, the one this export makes so, and a withdrawal; an approval says which and when."""
    found: list[site.Fact] = []
    approval: Event | None = None
    for event in workflow.in_order(reading.events(article.id)):
        if event.step is Step.APPROVE:
            approval = event
        if (event.step is Step.PUBLISH or event == newest) and approval:
            found.append(_fact(approval, "changed" if found else "published"))
        elif event.step is Step.WITHDRAW:
            found.append(site.Fact(records.time_text(event.at), "withdrawn", f"urn:uuid:{article.id}"))
        if event == newest:
            break
    return list(dict.fromkeys(found))


def _fact(approval: Event, what: str) -> site.Fact:
    at = records.time_text(approval.at)
    return site.Fact(at, what, f"urn:uuid:{approval.article}", approval.digest, approval.key)


def _repairs(events: Sequence[Event], newest: Event) -> tuple[site.Repair, ...]:
    """How long each correction took, from when a published text was opened to the approval, up to the newest."""
    found: list[site.Repair] = []
    opened: datetime | None = None
    for event in workflow.in_order(events):
        if event.step is Step.CORRECT:
            opened = event.at
        elif event.step is Step.APPROVE and opened:
            found.append(site.Repair(event.at, (event.at - opened).total_seconds() / 3600))
            opened = None
        if event.id == newest.id:
            break
    return tuple(found)


def _overrides(events: Sequence[Event], newest: Event) -> tuple[datetime, ...]:
    """When each text went out that a chief had approved over the checks, up to the newest."""
    found: list[datetime] = []
    approval: Event | None = None
    for event in workflow.in_order(events):
        if event.step is Step.APPROVE:
            approval = event
        if event.step is Step.PUBLISH and approval and isinstance(approval.details, Override):
            found.append(event.at)
        if event.id == newest.id:
            break
    if newest == approval and isinstance(newest.details, Override):
        found.append(newest.at)
    return tuple(found)
