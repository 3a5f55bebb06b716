"""Giving a published page another address: a chief's decision, or because two stories were given the same one."""

from ovn_desk.domain import addresses, workflow
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.domain.texts import slug_of
from ovn_desk.domain.workflow import Address, Step
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, WriteTransaction
from ovn_desk.usecases import recording
from ovn_desk.usecases.publishing.addressing import AddressBook

_SETTLED = "Two stories were given this address, or none was written down, before desks met."


def address(reading: ReadTransaction, article: ArticleId) -> str:
    """Where an article's page is by the records; empty when it has none of its own yet."""
    book = AddressBook(reading, lambda other: reading.history(other).article)
    return book.path_by_records(reading.article(article))


def move(store: Store, article: ArticleId, new: str, *, by: Signer, reason: str) -> str:
    """Gives a published page another address, for a chief, and returns it; the old one leads on from the next export.

    `new` is a whole path (`2026/07/rail-groups.html`) or its readable part alone, which stays in the same month.
    """
    if by.role is not Role.CHIEF:
        raise StepRefused("move-chiefs-only", name=by.name)
    with store.begin() as tx:
        folded = tx.article(article)
        workflow.check(folded, Step.MOVE, by.person, reason=reason)
        book = AddressBook(tx, lambda other: tx.history(other).article)
        now = book.path_by_records(folded)
        if not now:
            raise StepRefused("move-without-page")
        path = new.strip() if "/" in new else f"{now.rpartition('/')[0]}/{slug_of(new.removesuffix('.html'))}.html"
        if why := addresses.path_problem(path):
            raise DeskError(why)
        if path == now:
            raise DeskError("move-to-same-place", path=path)
        if book.is_taken(addresses.slug_in(path), article):
            raise DeskError("move-to-other-page", slug=addresses.slug_in(path))
        tx.add_event(recording.new_event(tx, article, Step.MOVE, by, reason=reason, details=Address(path)))
    return path


def settle(tx: WriteTransaction, article: ArticleId, path: str, by: Signer) -> None:
    """Writes down where a page is that has no address of its own; it was exported there."""
    details = Address(path, settles=True)
    tx.add_event(recording.new_event(tx, article, Step.MOVE, by, reason=_SETTLED, details=details))
