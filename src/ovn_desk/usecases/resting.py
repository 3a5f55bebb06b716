"""A version of a text that rests, for the round with the hub that is under way: docs/decisions/0023."""

from contextlib import suppress
from datetime import timedelta

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Revision, RevisionId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, records
from ovn_desk.usecases import writing
from ovn_desk.usecases.writing import KeptCopy

RESTED_S = 20  # nobody pressed a key for so long
LEAST_GAP = timedelta(minutes=5)  # between two versions of one person that nobody asked for
_OWN_STATES = frozenset({State.DRAFT, State.SENT_BACK})


def save_rested(
    store: Store, article: ArticleId, *, by: Signer, known: KeptCopy, is_asked: bool = False
) -> Revision | None:
    """Makes a version of a text that its writer left as it is; None where that is not to be done without being asked.

    It moves nothing but the text: no approval lapses, no second version beside another one comes of it, nobody else's
    story is touched. `known` is the text that rested; what was kept after it makes no version. `is_asked` says that the
    writer asked for a round now: then it does not matter how old the last version is.
    """
    with store.begin() as tx:
        if not _may_be_saved(tx, article, by, known) or not (is_asked or _is_due(tx, article, by)):
            return None
        return writing.cut_revision(tx, article, by=by, known=known)


def save_left_texts(store: Store, *, by: Signer, but: ArticleId | None = None) -> None:
    """Makes versions of the texts that nobody has open, for a round that this person asked for; `but` is open.

    A desk that stopped leaves such a text, and a copy brings one back. The rule is that of `save_rested`, and the story
    is one that this person writes or reviews. What cannot become a version stays as it is.
    """
    with store.read() as reading:
        left = [copy for copy in reading.working_copies() if copy.article != but and _is_of(reading, copy.article, by)]
    for copy in left:
        known = KeptCopy(copy.base or RevisionId(""), copy.content, copy.token)
        with suppress(DeskError):
            save_rested(store, copy.article, by=by, known=known, is_asked=True)


def _is_of(reading: ReadTransaction, article: ArticleId, by: Signer) -> bool:
    folded = reading.history(article).article
    return folded is not None and (by.id in folded.authors or folded.holder == by.id)


def _may_be_saved(reading: ReadTransaction, article: ArticleId, by: Signer, known: KeptCopy) -> bool:
    """Whether this very text goes on from the only newest version, in a state that a version does not change."""
    folded, copy = reading.history(article).article, reading.working_copy(article)
    if folded is None or copy is None or copy.token != known.token or not known.is_mine:
        return False
    if reading.discarded_at(article) is not None or folded.heads != (copy.base or folded.head,):
        return False
    is_own = folded.state in _OWN_STATES or (folded.state is State.IN_REVIEW and folded.holder == by.id)
    return is_own and workflow.edit_refusal(folded, by.person) is None


def _is_due(reading: ReadTransaction, article: ArticleId, by: Signer) -> bool:
    """Whether the newest version is another person's, or old enough; a clock that was set back makes it so."""
    newest = reading.revision(reading.article(article).head)
    return newest.by != by.id or not timedelta(0) <= records.now() - newest.at < LEAST_GAP
