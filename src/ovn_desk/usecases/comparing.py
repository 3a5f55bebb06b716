"""What a review screen shows: the text now against an earlier one, comments at their places, changes to decide."""

from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain import comments, workflow
from ovn_desk.domain.article import ArticleId, Content, RevisionId, StaffId
from ovn_desk.domain.workflow import Article, Step
from ovn_desk.store import ReadTransaction
from ovn_desk.text.changes import ChangeId, ContentChanges, compare_contents
from ovn_desk.text.comments import PlacedComment, place_comments
from ovn_desk.usecases import suggesting, writing
from ovn_desk.usecases.suggesting import Suggestion


class Since(StrEnum):
    """What the text now is laid over."""

    SEEN = "since I last saw it"
    FILED = "since it was filed"
    APPROVED = "since it was approved"
    LAST = "since the last version"
    SUGGESTED = "suggested by the desk"


@dataclass(frozen=True, slots=True)
class Review:
    """An article as its review screen shows it; `base` is the revision it is laid over, none for the first text.

    `suggestions` are the changes a person may decide, by id.
    """

    article: Article
    base: RevisionId | None
    changes: ContentChanges
    suggestions: dict[ChangeId, Suggestion]
    comments: tuple[PlacedComment, ...]

    @property
    def undecided(self) -> int:
        return sum(one.status is suggesting.Status.UNDECIDED for one in self.suggestions.values())


def review(
    reading: ReadTransaction,
    article: ArticleId,
    since: Since,
    *,
    by: StaffId,
    older: RevisionId | None = None,
    newer: RevisionId | None = None,
    content: Content | None = None,
) -> Review:
    """The text now, or the revision `newer`, laid over the one that `since` or `older` names.

    `content` is the text now where it is ahead of what is kept.
    """
    folded = reading.article(article)
    offered = suggesting.suggestions(reading, article)
    now = reading.revision(newer).content if newer else content or writing.text_of(reading, article)
    if since is Since.SUGGESTED and older is None and newer is None and offered.changes is not None:
        base, changes = offered.base, offered.changes
    else:
        base = older or base_of(reading, article, since, by=by)
        changes = compare_contents(reading.revision(base).content if base else Content(language=now.language), now)
    found = {one.id: one for one in offered.all}
    threads = place_comments(comments.threads(reading.events(article)), now)
    return Review(folded, base, changes, found, tuple(threads))


def base_of(reading: ReadTransaction, article: ArticleId, since: Since, *, by: StaffId) -> RevisionId | None:
    """The revision that the text now is compared with; none where there is no such moment."""
    events = workflow.topological_order(reading.events(article))
    match since:
        case Since.SEEN:
            return workflow.last_seen(events, by)
        case Since.LAST:
            parents = reading.revision(reading.article(article).head).parents
            return parents[0] if parents else None
        case _:
            step = Step.APPROVE if since is Since.APPROVED else Step.FILE
            taken = [event.revision for event in events if event.step is step]
            return taken[-1] if taken else None


def available_comparisons(reading: ReadTransaction, article: ArticleId, *, by: StaffId) -> list[Since]:
    """The comparisons (last read, filed, approved …) that this article has for this person, the most useful first."""
    offered = suggesting.suggestions(reading, article)
    found = [Since.SUGGESTED] if offered.all else []
    wanted = (Since.FILED, Since.SEEN, Since.APPROVED, Since.LAST)
    found += [since for since in wanted if base_of(reading, article, since, by=by)]
    return found
