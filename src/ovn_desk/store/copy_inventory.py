"""Which records and unfinished texts a store file has: their ids, without reading what they say."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from ovn_desk.domain.article import ArticleId
from ovn_desk.store.chain import TABLES
from ovn_desk.store.connecting import reading_connection
from ovn_desk.store.session import ReadTransaction


@dataclass(frozen=True, slots=True)
class CopyInventory:
    """`newsroom` is the id of the founding record; `versions`, `steps` and `texts` are id (or token) → story.

    A step is anything that was done with a story and is no version of it. `others` are the records of people and
    settings.
    """

    newsroom: str
    versions: Mapping[str, ArticleId]
    steps: Mapping[str, ArticleId]
    texts: Mapping[str, ArticleId]
    others: frozenset[str]


def read_inventory(file: Path) -> CopyInventory:
    """What a copy has; raises the driver's errors for a file that is no store."""
    with closing(reading_connection(file)) as connection:
        founding = connection.execute("SELECT value FROM settings WHERE name = 'newsroom'").fetchone()
        versions = connection.execute("SELECT id, article FROM revisions").fetchall()
        steps = connection.execute("SELECT id, article FROM events").fetchall()
        texts = connection.execute("SELECT token, article FROM working_copies").fetchall()
        people = connection.execute("SELECT id FROM roster UNION ALL SELECT id FROM houses").fetchall()
    return CopyInventory(
        str(founding[0]) if founding else "",
        versions=_by_id(versions),
        steps=_by_id(steps),
        texts=_by_id(texts),
        others=frozenset(str(row[0]) for row in people),
    )


def stored_ids(reading: ReadTransaction) -> frozenset[str]:
    """The id of every record that is here."""
    return frozenset(name for table in TABLES for name in reading.connection.scalars(select(table.c.id)))


def _by_id(rows: Iterable[tuple[object, object]]) -> dict[str, ArticleId]:
    return {str(name): ArticleId(str(story)) for name, story in rows}
