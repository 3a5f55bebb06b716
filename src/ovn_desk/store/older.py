"""What a store of OVN Desk 0.1 holds, whose records nobody signed: its house, and the newest text of each article."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.values import from_dict
from ovn_desk.store import records
from ovn_desk.store.connecting import reading_connection

SUFFIX = ".ovn"


def house(path: Path) -> str:
    """The house file in such a store; raises DeskError when it is not one."""
    with closing(_open_unsigned_store(path)) as store:
        row = store.execute("SELECT value FROM settings WHERE name = 'house'").fetchone()
    if row is None:
        raise DeskError("store-without-house", path=path)
    return str(row[0])


def texts(path: Path) -> Iterator[tuple[Content, list[tuple[str, bytes]]]]:
    """Every article of such a store with its files: its working copy, or else its newest versions."""
    with closing(_open_unsigned_store(path)) as store:
        blobs = dict(_rows(store, "SELECT sha256, media FROM blobs"))
        for content in _contents(store):
            names = [image.sha256 for image in content.images]
            names += [file.sha256 for source in content.sources for file in source.files]
            found = [name for name in dict.fromkeys(names) if name in blobs]
            query = "SELECT data FROM blobs WHERE sha256 = ?"
            files = [(blobs[name], store.execute(query, (name,)).fetchone()[0]) for name in found]
            yield content, [file for name, file in zip(found, files, strict=True) if records.blob_name(file[1]) == name]


def _contents(store: Any) -> Iterator[Content]:
    written = dict(_rows(store, "SELECT article, content FROM working_copies"))
    for article in [row[0] for row in _rows(store, "SELECT DISTINCT article FROM revisions ORDER BY article")]:
        if article in written:
            yield from_dict(Content, json.loads(written[article]))
            continue
        rows = _rows(store, "SELECT id, record FROM revisions WHERE article = ? ORDER BY seq", article)
        made = {name: json.loads(record) for name, record in rows}
        parents = {parent for data in made.values() for parent in data["parents"]}
        yield from (from_dict(Content, data["content"]) for name, data in made.items() if name not in parents)


def _rows(store: Any, query: str, *given: str) -> list[Any]:
    return list(store.execute(query, given).fetchall())


def _open_unsigned_store(path: Path) -> Any:
    refused = DeskError("store-is-none", path=path)
    try:
        store = reading_connection(path)
    except driver.Error as error:
        raise refused from error
    try:
        version = store.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except driver.Error as error:
        store.close()
        raise refused from error
    if version >= "0010":
        store.close()
        raise DeskError("store-of-today", path=path)
    return store
