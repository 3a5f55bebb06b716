"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

_TABLES = [
    "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE staff (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL,
       retired INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE keys (id TEXT NOT NULL PRIMARY KEY, staff TEXT NOT NULL, public TEXT NOT NULL,
       added_at TEXT NOT NULL, retired_at TEXT) STRICT""",
    """CREATE TABLE revisions (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL,
       record TEXT NOT NULL) STRICT""",
    "CREATE INDEX ix_revisions_article ON revisions (article)",
    """CREATE TABLE events (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL,
       device TEXT NOT NULL, record TEXT NOT NULL) STRICT""",
    "CREATE INDEX ix_events_article ON events (article)",
    "CREATE INDEX ix_events_device ON events (device)",
    """CREATE TABLE working_copies (article TEXT NOT NULL PRIMARY KEY, base TEXT, content TEXT NOT NULL,
       kept_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE articles ("row" INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, slug TEXT NOT NULL,
       headline TEXT NOT NULL, state TEXT NOT NULL, category TEXT NOT NULL, language TEXT NOT NULL,
       words INTEGER NOT NULL, reporter TEXT NOT NULL, holder TEXT, problems INTEGER NOT NULL,
       updated_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX ix_articles_slug ON articles (slug)",
    "CREATE INDEX articles_by_state ON articles (state, updated_at, id)",
    "CREATE INDEX articles_by_time ON articles (updated_at, id)",
    """CREATE VIRTUAL TABLE article_search USING fts5(headline, body, content='', contentless_delete=1,
       tokenize='unicode61 remove_diacritics 0', prefix='2 3')""",
]
_TRIGGERS = [
    f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT raise(ABORT, '{table} are never changed'); END"
    for table in ("revisions", "events")
    for verb in ("UPDATE", "DELETE")
]


def upgrade() -> None:
    for statement in (*_TABLES, *_TRIGGERS):
        op.execute(statement)
