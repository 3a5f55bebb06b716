"""What a review screen shows: the text now against an earlier one, what was said with it, changes to decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, RevisionId, StaffId
from ovn_desk.domain.workflow import Article, Event, State, Step
from ovn_desk.store import ReadTransaction
from ovn_desk.text.changes import ChangeId, ContentChanges, compare_contents
from ovn_desk.usecases import suggesting, writing
from ovn_desk.usecases.suggesting import Suggestion, Suggestions


class Since(StrEnum):
    """What the text now is laid over: a version that an article had at some moment."""

    PUBLISHED = "published"
    DESK = "the desk's first change"
    SENT_BACK = "sent back"
    FILED = "filed"
    FIRST = "first filed"
    SEEN = "seen"
    APPROVED = "approved"
    LAST = "the last version"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody said when a story changed hands: a reporter's note at filing, an editor's reason to return it."""

    step: Step
    by: StaffId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """An article as its review screen shows it; `base` is the revision it is laid over, none for the first text.

    `suggestions` has the desk's changes by the id of the change that is shown; those in `absent` are not in the text:
    they were rejected, or their words were written anew. `is_version` is true where the text that is shown is a version
    that counts, word by word. `settled` is what was decided of the desk's changes before the text was filed again.
    """

    article: Article
    base: RevisionId | None
    changes: ContentChanges
    suggestions: dict[ChangeId, Suggestion]
    absent: tuple[Suggestion, ...] = ()
    notes: tuple[Note, ...] = ()
    is_version: bool = True
    settled: Mapping[ChangeId, suggesting.Status] = field(default_factory=dict[ChangeId, suggesting.Status])

    @property
    def ids(self) -> list[ChangeId]:
        """Every change in the order it is walked, those that are not in the text last."""
        return [change.id for change in self.changes.all] + [one.id for one in self.absent]

    @property
    def undecided(self) -> list[ChangeId]:
        """The changes by the desk that nobody has decided, in the order they are walked."""
        return [one for one in self.ids if self.status(one) is suggesting.Status.UNDECIDED]

    def suggestion(self, change: ChangeId) -> Suggestion | None:
        """The desk's change behind a change that is shown; none where it is the reporter's own."""
        found = self.suggestions.get(change)
        return found or next((one for one in self.absent if one.id == change), None)

    def author_of(self, change: ChangeId) -> StaffId | None:
        """Who made a change: somebody of the desk, or else the reporter; None where somebody else may have made it.

        So it is with two versions that were combined, and with words that are no version, or none that counts.
        """
        if found := self.suggestion(change):
            return found.by
        reporter = self.article.reporter
        return reporter if self.is_version and self.article.authors == {reporter} else None

    def status(self, change: ChangeId) -> suggesting.Status | None:
        """How the desk's change stands; none for any other."""
        found = self.suggestion(change)
        return found.status if found else self.settled.get(change)


def review(
    reading: ReadTransaction,
    article: ArticleId,
    *,
    older: RevisionId | None,
    newer: RevisionId | None = None,
    content: Content | None = None,
) -> Review:
    """The text now, or the revision `newer`, laid over the revision `older`; without one nothing in it is a change.

    `content` is the text now where it is ahead of what is kept.
    """
    now = reading.revision(newer).content if newer else content or writing.text_of(reading, article)
    changes = compare_contents(reading.revision(older).content if older else now, now)
    offered = suggesting.suggestions(reading, article)
    found = _match_suggestions(changes, offered, is_same_base=offered.base == older)
    shown = {one.id for one in found.values()}
    absent = tuple(one for one in offered.all if one.id not in shown) if offered.base == older and not newer else ()
    folded = reading.article(article)
    is_counted = (newer or folded.head) not in {one.id for one in folded.uncounted}
    is_version = is_counted and (newer is not None or now == reading.revision(folded.head).content)
    statuses = _settled_statuses(reading, article, older) if older else {}
    settled = {change: statuses[mark] for change, mark in _marks(changes) if change not in found and mark in statuses}
    return Review(folded, older, changes, found, absent, notes_of(reading, article), is_version, settled)


def notes_of(reading: ReadTransaction, article: ArticleId) -> tuple[Note, ...]:
    """What was said since the story was last sent back, the newest first: a note at filing, the reason before it.

    A note at an earlier filing was answered by that reason. A step that nothing was said with has no note, but a filing
    that answers a reason: who reads the reason first would take the story for sent back.
    """
    found: list[Note] = []
    for event in workflow.topological_order(reading.events(article)):
        words = {Step.FILE: event.note, Step.SEND_BACK: event.reason}.get(event.step)
        if words is not None:
            before = [note for note in found if note.step is Step.SEND_BACK and event.step is Step.FILE]
            found = [Note(event.step, event.by, event.at, words.strip()), *before]
    return tuple(note for note in found if note.text or (note.step is Step.FILE and len(found) > 1))


def base_of(reading: ReadTransaction, article: ArticleId, since: Since, *, by: StaffId) -> RevisionId | None:
    """The revision that the text now is compared with; none where there is no such moment."""
    events = workflow.topological_order(reading.events(article))
    match since:
        case Since.PUBLISHED:
            return next(reversed(_revisions_at(events, Step.PUBLISH)), None)
        case Since.DESK:
            return suggesting.suggestions(reading, article).base
        case Since.SEEN:
            return workflow.last_seen(events, by)
        case Since.LAST:
            return next(iter(reading.revision(reading.article(article).head).parents), None)
        case Since.SENT_BACK:
            return _sent_back_with(events) if reading.article(article).state is not State.SENT_BACK else None
        case Since.APPROVED:
            return next(reversed(_revisions_at(events, Step.APPROVE)), None)
        case Since.FIRST:
            return next(iter(_revisions_at(events, Step.FILE)), None)
        case _:
            return next(reversed(_revisions_at(events, Step.FILE)), None)


def available_comparisons(reading: ReadTransaction, article: ArticleId, *, by: StaffId) -> dict[Since, RevisionId]:
    """The comparisons that this article has for this person and the version each is with, the most useful first.

    Of two with the same version only the first is offered. What readers have comes first; last comes the text as it
    is now, in which changes that are still to be decided could not be seen.
    """
    folded = reading.article(article)
    is_reporter = folded.reporter == by
    offered = suggesting.suggestions(reading, article)
    order = [Since.SENT_BACK, Since.FILED, Since.DESK, *Since]
    if is_reporter and offered.undecided:
        order = [Since.FILED if offered.base == base_of(reading, article, Since.FILED, by=by) else Since.DESK, *order]
    if folded.is_live:
        order = [Since.PUBLISHED, *order]
    found: dict[Since, RevisionId] = {}
    for since in order:
        base = base_of(reading, article, since, by=by)
        if base and base not in found.values():
            found[since] = base
    if offered.undecided:
        return dict(sorted(found.items(), key=lambda one: one[1] == folded.head))
    return found


def _revisions_at(events: Sequence[Event], step: Step) -> list[RevisionId]:
    return [event.revision for event in events if event.step is step]


def _sent_back_with(events: Sequence[Event]) -> RevisionId | None:
    """The text as the reporter got it back last."""
    return next(reversed(_revisions_at(events, Step.SEND_BACK)), None)


def _match_suggestions(
    changes: ContentChanges, offered: Suggestions, *, is_same_base: bool
) -> dict[ChangeId, Suggestion]:
    """Which change that is shown is which of the desk's: by its id, or by its place and words in the same base."""
    by_id = {one.id: one for one in offered.all}
    found = {change.id: by_id[change.id] for change in changes.all if change.id in by_id}
    if is_same_base:
        left = {one.mark: one for one in offered.all if one.id not in found}
        found |= {name: left[mark] for name, mark in _marks(changes) if name not in found and mark in left}
    return found


def _marks(changes: ContentChanges) -> Iterator[tuple[ChangeId, suggesting.ChangeMark]]:
    for change, part in suggesting.changes_with_part(changes):
        yield change.id, suggesting.mark_of(change, part)


def _settled_statuses(
    reading: ReadTransaction, article: ArticleId, base: RevisionId
) -> dict[suggesting.ChangeMark, suggesting.Status]:
    """How the desk's changes of this base were kept by the last decision about each, also before a later filing."""
    found: dict[suggesting.ChangeMark, suggesting.Status] = {}
    for event in workflow.topological_order(reading.events(article)):
        decided = event.details
        if isinstance(decided, workflow.ChangeDecision) and decided.base == base:
            found[suggesting.mark_of_decision(decided)] = suggesting.status_of_decision(decided)
    kept = {suggesting.Status.ACCEPTED, suggesting.Status.AS_EDITED}
    return {mark: status for mark, status in found.items() if status in kept}
