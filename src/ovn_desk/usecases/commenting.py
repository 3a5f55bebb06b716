"""Comments on an article, and who has seen which text of it."""

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.comments import Comment, people_mentioned, resolve_refusal, threads
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.notifications import NEWS
from ovn_desk.domain.texts import normalised_text
from ovn_desk.domain.workflow import CommentAnswer, CommentText, Event, Quote, Step
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, WriteTransaction
from ovn_desk.usecases import recording


def comment(
    store: Store, article: ArticleId, text: str, *, by: Signer, on: Quote | None = None, must_fix: bool = False
) -> Event:
    """Says something about the story, or about words of it (`text.comments.quote` makes them); @Name calls a person.

    What must be fixed stops approval until it is settled. The event's id is the comment's.
    """
    with store.begin() as tx:
        said = CommentText(_words(text), on or Quote(), must_fix, people_mentioned(text, tx.staff()))
        return recording.note(tx, article, Step.COMMENT, by, said)


def reply(store: Store, article: ArticleId, to: EventId, text: str, *, by: Signer) -> Event:
    """Answers a comment."""
    with store.begin() as tx:
        return _answer(tx, article, Step.REPLY, find(tx, article, to), _words(text), by)


def resolve(store: Store, article: ArticleId, to: EventId, *, by: Signer, text: str = "") -> Event:
    """Settles a comment, with a last word or without; raises StepRefused when this person may not."""
    with store.begin() as tx:
        found = find(tx, article, to)
        if why := resolve_refusal(found, tx.article(article), by.person):
            raise StepRefused(why)
        return _answer(tx, article, Step.RESOLVE, found, normalised_text(text).strip(), by)


def reopen(store: Store, article: ArticleId, to: EventId, *, by: Signer, text: str = "") -> Event:
    """Opens a settled comment again."""
    with store.begin() as tx:
        found = find(tx, article, to)
        if found.is_open:
            raise StepRefused("comment-open-already")
        return _answer(tx, article, Step.REOPEN, found, normalised_text(text).strip(), by)


def comments(reading: ReadTransaction, article: ArticleId) -> tuple[Comment, ...]:
    """The comments on an article, oldest first."""
    return threads(reading.events(article))


def find(reading: ReadTransaction, article: ArticleId, wanted: str) -> Comment:
    """The comment that a full id or a unique start of one names."""
    found = [comment for comment in comments(reading, article) if wanted and comment.id.startswith(wanted)]
    if len(found) != 1:
        raise DeskError("comment-unknown", wanted=wanted, article=article)
    return found[0]


def mark_read(store: Store, article: ArticleId, *, by: Signer) -> None:
    """Record that this person has read the newest revision; nothing is written when that is on record.

    So it is where they have read what became of the story, as that it was taken over: no other notice tells it again.
    """
    with store.begin() as tx:
        is_news = any(row.article == article and row.why in NEWS for row in tx.inbox(by.person))
        if is_news or workflow.last_seen(tx.events(article), by.id) != tx.article(article).head:
            recording.note(tx, article, Step.READ, by, None)


def _answer(tx: WriteTransaction, article: ArticleId, step: Step, to: Comment, text: str, by: Signer) -> Event:
    return recording.note(tx, article, step, by, CommentAnswer(to.id, text, people_mentioned(text, tx.staff())))


def _words(text: str) -> str:
    words = normalised_text(text).strip()
    if not words:
        raise DeskError("comment-empty")
    return words
