"""What stories that came mean for a person: what there is to do about each of them, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

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
    NEWS = "news"


_NEEDS = {
    Reason.SENT_BACK: Need.SENT_BACK,
    Reason.MUST_FIX: Need.COMMENT,
    Reason.MENTIONED: Need.COMMENT,
}
_ORDER = list(Need)


@dataclass(frozen=True, slots=True)
class StoryNews:
    """One story that came. `why`, `event`, `by` and `words` are of what concerns the person, where anything does."""

    article: ArticleId
    headline: str
    need: Need
    why: Reason | None = None
    event: EventId | None = None
    by: StaffId | None = None
    words: str = ""


def news_of(reading: ReadTransaction, articles: Iterable[ArticleId], person: Staff) -> list[StoryNews]:
    """What each of these stories wants of a person now, the most pressing first."""
    rows: dict[ArticleId, InboxRow] = {}
    for row in reading.inbox(person):
        rows.setdefault(row.article, row)
    found = [_story_news(reading, article, rows.get(article)) for article in sorted(articles)]
    return sorted((one for one in found if one is not None), key=lambda one: _ORDER.index(one.need))


def _story_news(reading: ReadTransaction, article: ArticleId, row: InboxRow | None) -> StoryNews | None:
    folded = reading.history(article).article
    if folded is None:
        return None
    headline = reading.row(article).headline
    if len(folded.heads) > 1:
        return StoryNews(article, headline, Need.DECIDE)
    if merging.needs_reading(reading, article):
        return StoryNews(article, headline, Need.READ)
    if row is None:
        return StoryNews(article, headline, Need.NEWS)
    return StoryNews(article, headline, _NEEDS.get(row.why, Need.STEP), row.why, row.event, row.by, row.words)
