"""What a bundle would do beyond adding: whom it retires, what counts no more, and who takes a story over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.roster import Act, Roster
from ovn_desk.store import ReadTransaction, Store, WriteTransaction
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import exchange
from ovn_desk.sync.exchange import IngestReport


@dataclass(frozen=True, slots=True)
class Retirement:
    """Somebody of this newsroom whom another desk took off its list, by whom and when."""

    person: StaffId
    by: StaffId
    at: datetime


@dataclass(frozen=True, slots=True)
class Loss:
    """A story that is in the list here and of which something would count no more; `is_whole` where nothing would."""

    article: ArticleId
    headline: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class TakingOver:
    """A story that is in the list here and would be `by` another than `before`."""

    article: ArticleId
    headline: str
    by: StaffId
    before: StaffId


@dataclass(frozen=True, slots=True)
class Effects:
    """All of that; empty where a bundle only adds."""

    retired: tuple[Retirement, ...] = ()
    losses: tuple[Loss, ...] = ()
    taken_over: tuple[TakingOver, ...] = ()


def retirements(before: Roster, after: Roster) -> tuple[Retirement, ...]:
    """Who is on the roster `before` and has left by what was added to it."""
    left = {one.id for one in before.people.values() if not one.is_retired and after.people[one.id].is_retired}
    acts = {one.person: one for one in after.records if one.act is Act.RETIRE and one.person in left}
    return tuple(Retirement(one.person, one.by, one.at) for one in acts.values())


def story_effects(
    store: Store, rows: Iterable[RecordRow], *, keeps_strangers: bool
) -> tuple[tuple[Loss, ...], tuple[TakingOver, ...]]:
    """What these rows would change of the stories here, found by taking them in and taking all of it back."""
    with store.rehearse() as tx, store.read() as before:
        came = IngestReport()
        for page in exchange.pages(rows):
            came += exchange.absorb_into(tx, page, keeps_strangers=keeps_strangers)
        losses = [_loss(before, tx, article) for article in sorted(came.uncounted)]
        moved = [_taking_over(before, tx, article) for article in sorted(came.articles)]
    return tuple(one for one in losses if one), tuple(one for one in moved if one)


def _loss(before: ReadTransaction, tx: WriteTransaction, article: ArticleId) -> Loss | None:
    """None for a story that was not in the list."""
    if before.listed_state(article) is None:
        return None
    folded = tx.history(article).article
    return Loss(article, before.row(article).headline, folded is None or bool(folded.lapse))


def _taking_over(before: ReadTransaction, tx: WriteTransaction, article: ArticleId) -> TakingOver | None:
    """Of a story that another writes than did, or another reviews."""
    was, folded = before.listed_state(article), tx.history(article).article
    if was is None or folded is None:
        return None
    _, _, reporter, holder = was
    if folded.reporter != reporter:
        return TakingOver(article, before.row(article).headline, folded.reporter, reporter)
    if holder and folded.holder and folded.holder != holder:
        return TakingOver(article, before.row(article).headline, folded.holder, holder)
    return None
