"""What stories that came mean for a person: what there is to do about each of them, the most pressing first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId, Revision, RevisionId, StaffId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.notifications import Reason
from ovn_desk.store import ReadTransaction
from ovn_desk.store.budget_view import InboxRow
from ovn_desk.usecases import merging


class Need(StrEnum):
    """Why a story that came wants to be opened, in the order in which it does."""

    LAPSED = "lapsed"
    """Nothing of it counts: its writer had left the newsroom, and this desk did not know."""
    UNDONE = "undone"
    """What somebody who had left did with it counts no more: it stands as it did before."""
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
    person may choose between them. Of what counts no more, `version` is the text that was lost to the list.
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
    version: RevisionId | None = None


def news_of(
    reading: ReadTransaction, articles: Iterable[ArticleId], person: Staff, *, uncounted: Collection[ArticleId] = ()
) -> list[StoryNews]:
    """What each of these stories wants of a person now, the most pressing first; of two comments the newer one.

    A story that wants nothing is news by itself. Of the `uncounted` it is said first that something counts no more.
    """
    rows: dict[ArticleId, dict[Need, InboxRow]] = {}
    for row in reading.inbox(person):
        rows.setdefault(row.article, {}).setdefault(_NEEDS.get(row.why, Need.STEP), row)
    found = [
        one
        for article in sorted(set(articles) - set(uncounted))
        for one in _story_news(reading, article, rows.get(article, {}), person)
    ]
    found += [one for article in sorted(uncounted) if (one := _loss(reading, article)) is not None]
    return sorted(found, key=lambda one: _ORDER.index(one.need))


def _loss(reading: ReadTransaction, article: ArticleId) -> StoryNews | None:
    """What of a story counts no more; none where all that is here of it is nobody's."""
    history = reading.history(article)
    folded = history.article
    if folded is None:
        return None
    headline = reading.row(article).headline
    if folded.lapse:
        by = reading.revision(folded.head).by
        return StoryNews(article, headline, Need.LAPSED, by=by, words=str(folded.lapse), version=folded.head)
    why = {one.id: one.why for one in folded.uncounted if one.is_forged}
    lost = [one for one in history.others if one.id in why]
    every = {one.id: one for one in (*history.revisions, *lost) if isinstance(one, Revision)}
    later = [one for one in lost if one.id in every and folded.head in workflow.lineage(every, RevisionId(one.id))]
    last = max(later or lost, key=lambda one: one.at, default=None)
    if last is None:
        return StoryNews(article, headline, Need.NEWS, by=reading.revision(folded.head).by)
    version = RevisionId(last.id) if later else None
    return StoryNews(article, headline, Need.UNDONE, by=last.by, words=str(why[last.id]), version=version)


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
