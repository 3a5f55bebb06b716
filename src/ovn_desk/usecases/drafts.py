"""Drafts on this desk: discarding and restoring them, copying one, pinning, and giving stories to another section.

What was signed is never deleted. A discarded draft leaves this desk's list and nothing else; whoever writes on it, here
or elsewhere, brings it back with every word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, State
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.usecases import writing


@dataclass(frozen=True, slots=True)
class Discarded:
    """What was discarded; `empty` are those that had no words, which are not kept to be restored."""

    articles: tuple[ArticleId, ...]
    empty: tuple[ArticleId, ...]


def discard_refusal(reading: ReadTransaction, article: ArticleId, person: Staff) -> Message | None:
    """Why this person may not discard an article; none for a draft of their own that the desk never had."""
    folded = reading.article(article)
    if folded.state is not State.DRAFT or folded.is_live:
        return Message("discard-no-draft", state=folded.state)
    if folded.filed:
        return Message("discard-was-filed")
    if folded.reporter != person.id and person.role not in EDITORS:
        return Message("discard-of-other")
    return None


def discard(store: Store, articles: Sequence[ArticleId], *, by: Staff) -> Discarded:
    """Take drafts out of this desk's list, all or none; raises StepRefused where one of them may not be discarded."""
    empty = []
    with store.begin() as tx:
        for article in articles:
            if why := discard_refusal(tx, article, by):
                raise StepRefused(why)
            is_empty = writing.text_of(tx, article).is_empty
            tx.discard(article, is_empty=is_empty)
            if is_empty:
                empty.append(article)
    return Discarded(tuple(articles), tuple(empty))


def restore(store: Store, articles: Iterable[ArticleId]) -> None:
    """Put discarded drafts back into the list, as they were."""
    with store.begin() as tx:
        for article in articles:
            tx.restore_discarded(article)


def duplicate(store: Store, article: ArticleId, *, by: Signer, headline: str) -> ArticleId:
    """A new draft with the text, sources and pictures of another, as it stands now, under a headline of its own.

    What readers were told of the other, and where its page is, stays with that one.
    """
    with store.begin() as tx:
        content = writing.text_of(tx, article)
        made = replace(content, headline=headline, slug="", date="", corrections=())
        return writing.add(tx, made, by=by)


def set_category(store: Store, articles: Sequence[ArticleId], category: str, *, by: Signer) -> None:
    """Give stories to another section of the newsroom, all or none; raises StepRefused where one can not be changed."""
    with store.begin() as tx:
        tx.house().category(category)
        for article in articles:
            writing.change(tx, article, by=by, category=category)


def set_pinned(store: Store, articles: Iterable[ArticleId], person: Staff, *, is_pinned: bool) -> None:
    """Keep articles at the top of a person's list on this desk, or no longer."""
    with store.begin() as tx:
        for article in articles:
            if is_pinned:
                tx.pin(article, person.id)
            else:
                tx.unpin(article, person.id)
