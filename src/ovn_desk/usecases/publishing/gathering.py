"""Which articles an export writes, and whether the approval of each holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.assignments import too_early_refusal
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import HAS_A_PAGE, Article, State, Step
from ovn_desk.formats.site.log import Fact
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction
from ovn_desk.usecases.publishing import clock
from ovn_desk.usecases.publishing.archive import Archive, log_facts
from ovn_desk.usecases.publishing.verified import VerifiedArticle

STOPPED = Message("export-stopped")
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that was not exported, and why."""

    id: ArticleId
    reason: str


@dataclass(slots=True)
class Gathered:
    """What is to be exported, and what is not; `waiting` is what may not go out yet, `gone` what was withdrawn.

    `left_out` are the refused of whose withheld words an earlier attempt found some in a file.
    """

    ready: list[VerifiedArticle] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: list[Refused] = field(default_factory=list)
    gone: list[VerifiedArticle] = field(default_factory=list)
    left_out: list[VerifiedArticle] = field(default_factory=list)


class _TooEarly(StepRefused):
    """An approved article under embargo, or planned for later."""


def exportable(reading: ReadTransaction) -> list[ArticleId]:
    return [id for state in (State.APPROVED, State.PUBLISHED) for id in reading.ids(state)]  # noqa: A001


def gather(archive: Archive, ids: Sequence[ArticleId], by: Staff, progress: Callable[[int, int], bool]) -> Gathered:
    gathered = Gathered()
    for number, id in enumerate(_fetch_ahead(archive, ids), 1):  # noqa: A001
        try:
            gathered.ready.append(_ready(archive, archive.article(id), by))
        except _TooEarly as error:
            gathered.waiting.append(Refused(id, str(error)))
        except DeskError as error:
            gathered.refused.append(Refused(id, str(error)))
        if not progress(number, len(ids)):
            raise DeskError(STOPPED)
    return gathered


def _fetch_ahead(archive: Archive, ids: Sequence[ArticleId]) -> Iterator[ArticleId]:
    """The ids, the records of each read when its turn comes: those of the next while these are worked on."""
    chunks = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
    for number, chunk in enumerate(chunks):
        for coming in chunks[number : number + 2] if number == 0 else chunks[number + 1 : number + 2]:
            archive.fetch(coming)
        yield from chunk
        archive.drop(chunk)


def with_published(archive: Archive, gathered: Gathered) -> Gathered:
    """Adds what is live already, each as it was approved, so that a site is never written without its archive."""
    have = {ready.article.id for ready in gathered.ready}
    ids = [id for state in HAS_A_PAGE - {State.WITHDRAWN} for id in archive.reading.ids(state) if id not in have]  # noqa: A001
    for id in _fetch_ahead(archive, ids):  # noqa: A001
        article = archive.find(id)
        if article and article.is_live and article.live_approval:
            gathered.ready.append(archive.ready(article, article.live_approval))
    return gathered


def with_withdrawn(archive: Archive, gathered: Gathered) -> Gathered:
    """Adds what readers had before it was withdrawn: its address stays, and says so."""
    for id in _fetch_ahead(archive, list(archive.reading.ids(State.WITHDRAWN))):  # noqa: A001
        try:
            article = archive.article(id)
            if article.published and article.live_approval:
                gathered.gone.append(archive.withdrawn_article(article, article.live_approval))
        except DeskError as error:
            gathered.refused.append(Refused(id, str(error)))
    return gathered


def _ready(archive: Archive, article: Article, by: Staff) -> VerifiedArticle:
    workflow.check(article, Step.PUBLISH, by)
    if article.state is State.APPROVED and (why := too_early_refusal(article.plan, archive.now, archive.zone)):
        raise _TooEarly(why)
    if archive.is_changed(article):
        raise StepRefused("text-changed-after-approval")
    approval = article.approval if article.state is State.APPROVED else article.live_approval
    if approval is None or approval.revision != article.head:
        raise StepRefused("text-without-approval")
    if article.state is State.APPROVED:
        clock.check_approval(archive.reading, archive.made_at(article, approval), archive.now)
    return archive.ready(article, approval)


def leave_out(gathered: Gathered, leaking: Mapping[EventId, str]) -> Gathered:
    """Refuses the approvals whose articles have withheld words in a file, each with its reason."""
    for ready in [one for one in gathered.ready if one.approval.id in leaking]:
        gathered.ready.remove(ready)
        gathered.left_out.append(ready)
        gathered.refused.append(Refused(ready.article.id, leaking[ready.approval.id]))
    return gathered


def facts(reading: ReadTransaction, gathered: Gathered) -> list[Fact]:
    """What the public log says of these articles, and of those that were withdrawn."""
    found = [fact for ready in gathered.ready for fact in ready.facts]
    for id in reading.ids(State.WITHDRAWN):  # noqa: A001
        found += log_facts(reading.events(id), None)
    return found
