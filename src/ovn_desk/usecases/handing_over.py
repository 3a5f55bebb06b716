"""What a colleague has not seen, counting the text that is no version yet: handing over makes one of it first."""

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import Staff
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.sync import bundle
from ovn_desk.usecases import merging, queries, recovering, writing


def unseen_stories(reading: ReadTransaction, person: Staff, *, by: Staff) -> list[ArticleId]:
    """The stories that a colleague is not known to have as they will be here once `save_texts` was called."""
    return sorted({*bundle.unseen_articles(reading, person), *_texts(reading, by)})


def save_texts(store: Store, *, by: Signer) -> None:
    """Makes a version of every text that is none yet and that this person may change; the rest stays as it is."""
    for article in queries.ask(store, _texts, by.person):
        writing.save(store, article, by=by)
        merging.combine(store, [article])


def _texts(reading: ReadTransaction, by: Staff) -> list[ArticleId]:
    """The stories with text that becomes a version when this person hands it over."""
    return [one.article for one in recovering.unfinished_texts(reading, by=by) if one.refusal is None]
