"""Which records and unfinished texts a store file has: their ids, without reading what they say."""

from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup, records
from ovn_desk.store.chain import TABLES
from ovn_desk.store.connecting import reading_connection
from ovn_desk.store.session import ReadTransaction


@dataclass(frozen=True, slots=True)
class CopyInventory:
    """`newsroom` is the id of the founding record; `versions`, `steps` and `texts` are id (or token) → story.

    A step is anything that was done with a story and is no version of it, a text one that says something else than
    every version of it. `others` are the records of people and settings.
    """

    newsroom: str
    versions: Mapping[str, ArticleId]
    steps: Mapping[str, ArticleId]
    texts: Mapping[str, ArticleId]
    others: frozenset[str]


def read_inventory(file: Path) -> CopyInventory:
    """What a copy has; raises the driver's errors for a file that is no store."""
    with closing(reading_connection(file)) as connection:
        founding = backup.founding_of(connection)
        versions = connection.execute("SELECT id, article FROM revisions").fetchall()
        steps = connection.execute("SELECT id, article FROM events").fetchall()
        written = connection.execute("SELECT token, article, content FROM working_copies").fetchall()
        texts = [(token, article) for token, article, text in written if not _is_version(connection, article, text)]
        people = connection.execute("SELECT id FROM roster UNION ALL SELECT id FROM houses").fetchall()
    return CopyInventory(
        founding,
        versions=_by_id(versions),
        steps=_by_id(steps),
        texts=_by_id(texts),
        others=frozenset(str(row[0]) for row in people),
    )


def _is_version(connection: Any, article: object, text: object) -> bool:
    """Whether a text says what a version of its story says; one that cannot be read does not."""
    found = connection.execute("SELECT json_extract(record, '$.content') FROM revisions WHERE article = ?", (article,))
    with suppress(ValueError, TypeError, DeskError):
        said = records.read_content(str(text))
        return any(records.read_content(version) == said for (version,) in found)
    return False


def stored_ids(reading: ReadTransaction) -> frozenset[str]:
    """The id of every record that is here."""
    return frozenset(name for table in TABLES for name in reading.connection.scalars(select(table.c.id)))


def _by_id(rows: Iterable[tuple[object, object]]) -> dict[str, ArticleId]:
    return {str(name): ArticleId(str(story)) for name, story in rows}
