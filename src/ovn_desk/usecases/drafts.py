"""Drafts on this desk: discarding and restoring them, copying one, pinning, and giving stories to another section.

What was signed is never deleted. A discarded draft leaves this desk's list and nothing else; whoever writes on it, here
or elsewhere, brings it back with every word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, State
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.usecases import recording, writing


@dataclass(frozen=True, slots=True)
class Discarded:
    """What was discarded; `empty` are those that had no words, which are not kept to be restored."""

    articles: tuple[ArticleId, ...]
    empty: tuple[ArticleId, ...]


def discard_refusal(reading: ReadTransaction, article: ArticleId, person: Staff) -> Message | None:
    """Why this person may not discard an article; none for a draft of their own that the desk never had.

    So none for one that counts nowhere.
    """
    folded = reading.article(article)
    if folded.state is not State.DRAFT or folded.is_live:
        return Message("discard-no-draft", state=folded.state)
    if folded.filed:
        return Message("discard-was-filed")
    if folded.reporter != person.id and person.role not in EDITORS and not folded.lapse:
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


def keep_texts(
    store: Store, texts: Sequence[Content], files: Mapping[str, tuple[str, bytes]], *, by: Signer
) -> list[ArticleId]:
    """A new draft of this person with each of these texts, and the files that they show: SHA-256 → type and bytes."""
    with store.begin() as tx:
        for media, data in files.values():
            tx.add_blob(data, media)
        return [writing.add(tx, text, by=by) for text in texts]


def make_own(store: Store, article: ArticleId, *, by: Signer) -> None:
    """Goes on with a story that counts nowhere as its writer had left: the same text as a version by this person.

    From then on it is their draft, here and at every desk. Raises StepRefused for a story that counts, and for whoever
    has left themselves or is not let in yet.
    """
    with store.begin() as tx:
        folded = tx.article(article)
        if not folded.lapse:
            raise StepRefused("story-counts")
        content = writing.text_of(tx, article)
        made = recording.new_revision(tx, article, content, parents=(folded.head,), by=by)
        tx.drop_working_copy(article)
        tx.restore_discarded(article)
        tx.add_revision(made)


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
