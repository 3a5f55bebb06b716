"""Text that is no version yet, of which handing over makes one first: a colleague has not seen it."""

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import Staff
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.usecases import merging, queries, recovering, writing


def save_texts(store: Store, *, by: Signer) -> None:
    """Makes a version of every text that is none yet and that this person may change; the rest stays as it is."""
    for article in queries.ask(store, stories_with_text, by.person):
        writing.save(store, article, by=by)
        merging.combine(store, [article])


def stories_with_text(reading: ReadTransaction, by: Staff) -> list[ArticleId]:
    """The stories with text that is no version yet and that this person may change."""
    return [one.article for one in recovering.unfinished_texts(reading, by=by) if one.refusal is None]
