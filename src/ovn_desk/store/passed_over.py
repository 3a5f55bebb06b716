"""The rows of a hub that this desk did not take: their places, so that they are neither fetched nor named again."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import ArticleId
from ovn_desk.store import replication, schema
from ovn_desk.store.session import ReadTransaction
from ovn_desk.store.writing import WriteTransaction


class PassedOver(NamedTuple):
    """A row at its place in the hub, filed under an article there; it may be asked for again once `waits_for` is here.

    `waits_for` is a key that is on no roster yet, or a record; empty when nothing will make the row a record.
    """

    seq: int
    id: str
    article: ArticleId
    waits_for: str = ""


def rows(reading: ReadTransaction, hub: str) -> list[PassedOver]:
    """Every row of this hub that was passed over."""
    table = schema.passed_over
    columns = (table.c.seq, table.c.id, table.c.article, table.c.waits_for)
    query = select(*columns).where(table.c.hub == hub).order_by(table.c.seq)
    return [
        PassedOver(seq, name, ArticleId(article), waits)
        for seq, name, article, waits in reading.connection.execute(query)
    ]


def keep(tx: WriteTransaction, hub: str, found: Collection[PassedOver]) -> None:
    """Remembers that these were passed over; what was remembered of their places before holds no longer."""
    for row in found:
        values = {"id": row.id, "article": row.article, "waits_for": row.waits_for}
        statement = upsert(schema.passed_over).values(hub=hub, seq=row.seq, **values)
        tx.connection.execute(statement.on_conflict_do_update(index_elements=["hub", "seq"], set_=values))


def forget(tx: WriteTransaction, hub: str, places: Collection[int] | None = None) -> None:
    """Forgets these places of a hub, or all of them."""
    table = schema.passed_over
    for some in [None] if places is None else replication.batches(places):
        statement = delete(table).where(table.c.hub == hub)
        tx.connection.execute(statement if some is None else statement.where(table.c.seq.in_(some)))
