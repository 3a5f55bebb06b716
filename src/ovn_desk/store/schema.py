"""The tables. `revisions`, `events`, `roster` and `blobs` are the record; the others are made anew from them.

The search index `article_search` (FTS5, contentless: words come folded by `text.words`) and the triggers that keep
the record as it is stand in the migrations only; SQLAlchemy has no words for them.
"""

from sqlalchemy import Column, Index, MetaData, Table, text
from sqlalchemy.types import BLOB, INTEGER, TEXT

metadata = MetaData()

settings = Table(
    "settings",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
    sqlite_strict=True,
)

staff = Table(
    "staff",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("retired", INTEGER, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)

keys = Table(
    "keys",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("staff", TEXT, nullable=False),
    Column("public", TEXT, nullable=False),
    Column("added_at", TEXT, nullable=False),
    Column("retired_at", TEXT),
    Column("device", TEXT, nullable=False, server_default=""),
    sqlite_strict=True,
)

_CHAINED = ("device", "previous")


def _records(name: str, *filed: str) -> Table:
    """A table of records of one kind; `seq` is one numbering for all kinds, in the order they came."""
    return Table(
        name,
        metadata,
        Column("seq", INTEGER, primary_key=True),
        Column("id", TEXT, nullable=False, unique=True),
        *(Column(column, TEXT, nullable=False, index=True) for column in (*filed, *_CHAINED)),
        Column("record", TEXT, nullable=False),
        Column("signature", TEXT, nullable=False),
        sqlite_strict=True,
    )


roster = _records("roster")
houses = _records("houses")
revisions = _records("revisions", "article")
events = _records("events", "article")

verified = Table(
    "verified",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("seal", BLOB, nullable=False),
    sqlite_strict=True,
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", TEXT, primary_key=True),
    Column("media", TEXT, nullable=False),
    Column("data", BLOB, nullable=False),
    sqlite_strict=True,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("article", TEXT, nullable=False, index=True),
    Column("record", TEXT, nullable=False),
    Column("signature", TEXT, nullable=False, server_default=""),
    Column("is_newer", INTEGER, nullable=False),
    Column("why", TEXT, nullable=False),
    sqlite_strict=True,
)

passed_over = Table(
    "passed_over",
    metadata,
    Column("hub", TEXT, primary_key=True),
    Column("seq", INTEGER, primary_key=True),
    *(Column(name, TEXT, nullable=False) for name in ("id", "article", "waits_for")),
    sqlite_strict=True,
)

peers = Table(
    "peers",
    metadata,
    Column("person", TEXT, primary_key=True),
    Column("article", TEXT, primary_key=True),
    Column("total", TEXT, nullable=False),
    sqlite_strict=True,
)

working_copies = Table(
    "working_copies",
    metadata,
    Column("article", TEXT, primary_key=True),
    Column("base", TEXT),
    Column("content", TEXT, nullable=False),
    Column("kept_at", TEXT, nullable=False),
    Column("token", TEXT, nullable=False, server_default=""),
    Column("begun_at", TEXT, nullable=False, server_default=""),
    sqlite_strict=True,
)

named_sources = Table(
    "named_sources",
    metadata,
    Column("label", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("outlet", TEXT, nullable=False),
    Column("url", TEXT, nullable=False),
    Column("used_at", TEXT, nullable=False),
    sqlite_strict=True,
)

undo_steps = Table(
    "undo_steps",
    metadata,
    Column("article", TEXT, primary_key=True),
    Column("steps", TEXT, nullable=False),
    sqlite_strict=True,
)

articles = Table(
    "articles",
    metadata,
    Column("row", INTEGER, primary_key=True),
    Column("id", TEXT, nullable=False, unique=True),
    Column("slug", TEXT, nullable=False, index=True),
    Column("headline", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("category", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("words", INTEGER, nullable=False),
    Column("reporter", TEXT, nullable=False),
    Column("holder", TEXT),
    Column("problems", INTEGER, nullable=False),
    Column("updated_at", TEXT, nullable=False),
    *(Column(name, TEXT, nullable=False, server_default="") for name in ("assigned", "due", "planned_at")),
    Column("embargo_until", TEXT, nullable=False, server_default=""),
    *(Column(name, INTEGER, nullable=False, server_default=text("0")) for name in ("aim", "claims", "supported")),
    Column("must_fix", INTEGER, nullable=False, server_default=text("0")),
    Column("head", TEXT, nullable=False, server_default=""),
    Column("versions", INTEGER, nullable=False, server_default=text("1")),
    *(
        Column(name, TEXT, nullable=False, server_default="")
        for name in ("custodian", "since", "left_by", "left_through", "rivals")
    ),
    Column("is_changed", INTEGER, nullable=False, server_default=text("0")),
    *(Column(name, INTEGER, nullable=False, server_default=text("0")) for name in ("is_unconfirmed", "is_lapsed")),
    Index("articles_by_state", "state", "updated_at", "id"),
    Index("articles_by_time", "updated_at", "id"),
    Index("articles_by_due", "due", sqlite_where=text("due != ''")),
    sqlite_strict=True,
)

concerns = Table(
    "concerns",
    metadata,
    *(Column(name, TEXT, primary_key=True) for name in ("article", "person", "why", "event")),
    *(Column(name, TEXT, nullable=False) for name in ("by", "at", "words")),
    Index("concerns_by_person", "person"),
    sqlite_strict=True,
)

discarded = Table(
    "discarded",
    metadata,
    Column("article", TEXT, primary_key=True),
    *(Column(name, TEXT, nullable=False) for name in ("head", "at")),
    Column("is_empty", INTEGER, nullable=False),
    sqlite_strict=True,
)

pins = Table(
    "pins",
    metadata,
    *(Column(name, TEXT, primary_key=True) for name in ("article", "person")),
    Column("at", TEXT, nullable=False),
    sqlite_strict=True,
)

read_combinations = Table(
    "read_combinations",
    metadata,
    Column("article", TEXT, primary_key=True),
    Column("head", TEXT, nullable=False),
    sqlite_strict=True,
)

choices = Table(
    "choices",
    metadata,
    *(Column(name, TEXT, primary_key=True) for name in ("article", "conflict")),
    Column("choice", TEXT, nullable=False),
    sqlite_strict=True,
)
