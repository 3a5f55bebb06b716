"""What stories that came mean for a person: what there is to do about each of them, the most pressing first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId, StaffId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.notifications import Reason
from ovn_desk.store import ReadTransaction
from ovn_desk.store.budget_view import InboxRow
from ovn_desk.usecases import merging


class Need(StrEnum):
    """Why a story that came wants to be opened, in the order in which it does."""

    DECIDE = "decide"
    """There are two versions, between which somebody has to decide."""
    READ = "read"
    """Two versions were combined by rule, and nobody has read the outcome."""
    SENT_BACK = "sent back"
    COMMENT = "comment"
    """A comment calls this person."""
    STEP = "step"
    """Something else concerns them: it was filed, given to them, taken over."""
    DECIDED = "decided"
    """Somebody else decided between its two versions."""
    NEWS = "news"


_NEEDS = {
    Reason.SENT_BACK: Need.SENT_BACK,
    Reason.MUST_FIX: Need.COMMENT,
    Reason.MENTIONED: Need.COMMENT,
}
_ORDER = list(Need)


@dataclass(frozen=True, slots=True)
class StoryNews:
    """One story that came. `why`, `event`, `by` and `words` are of what concerns the person, where anything does.

    Of several versions and of what was combined, `makers` are who wrote the versions, `versions` how many there are;
    `is_changed_here` where some of them were written on this computer and some were not. `may_decide` says that this
    person may choose between them.
    """

    article: ArticleId
    headline: str
    need: Need
    why: Reason | None = None
    event: EventId | None = None
    by: StaffId | None = None
    words: str = ""
    makers: tuple[StaffId, ...] = ()
    versions: int = 0
    is_changed_here: bool = False
    may_decide: bool = True


def news_of(reading: ReadTransaction, articles: Iterable[ArticleId], person: Staff) -> list[StoryNews]:
    """What each of these stories wants of a person now, the most pressing first; of two comments the newer one.

    A story that wants nothing is news by itself.
    """
    rows: dict[ArticleId, dict[Need, InboxRow]] = {}
    for row in reading.inbox(person):
        rows.setdefault(row.article, {}).setdefault(_NEEDS.get(row.why, Need.STEP), row)
    found = [
        one for article in sorted(articles) for one in _story_news(reading, article, rows.get(article, {}), person)
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.need))


def _story_news(
    reading: ReadTransaction, article: ArticleId, rows: Mapping[Need, InboxRow], person: Staff
) -> Iterator[StoryNews]:
    folded = reading.history(article).article
    if folded is None:
        return
    headline, is_several = reading.row(article).headline, len(folded.heads) > 1
    is_to_read = not is_several and merging.needs_reading(reading, article, person)
    if is_several or is_to_read:
        found = merging.versions(reading, article)
        yield StoryNews(
            article,
            headline,
            Need.DECIDE if is_several else Need.READ,
            makers=tuple(dict.fromkeys(maker for one in found for maker in one.authors)),
            versions=len(found),
            is_changed_here=len({one.is_here for one in found}) > 1,
            may_decide=workflow.edit_refusal(folded, person) is None,
        )
    for need, row in rows.items():
        yield StoryNews(article, headline, need, row.why, row.event, row.by, row.words)
    if not (is_several or is_to_read or rows):
        newest = reading.revision(folded.head)
        is_decided = merging.is_decision(newest) and newest.by != person.id
        is_decided = is_decided and reading.links(article)[-1].id == newest.id  # nothing has come since
        yield StoryNews(article, headline, Need.DECIDED if is_decided else Need.NEWS, by=newest.by)
