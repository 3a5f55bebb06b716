"""A transaction that writes: records, working copies and what is derived from them; it knows what it changed."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import ArticleId, Revision, WorkingCopy
from ovn_desk.domain.comments import threads
from ovn_desk.domain.concerns import concerns
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import Record, Roster
from ovn_desk.domain.workflow import Event, Step
from ovn_desk.store import histories, listing, planned, records, schema
from ovn_desk.store.changes import Kind
from ovn_desk.store.session import NEWEST_EVENT, Reading

HOUSE = "house"  # the setting in which the house file is kept


class Writing(Reading):
    """A transaction that may also write; `touched` and `kinds` are announced after its COMMIT."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.touched: set[ArticleId] = set()
        self.kinds = Kind.NOTHING

    def set(self, name: str, value: str) -> None:
        self.kinds |= Kind.HOUSE if name == HOUSE else Kind.SETTINGS
        self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        statement = upsert(schema.settings).values(name=name, value=value)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def add_roster(self, record: Record) -> None:
        """Stores a record of the roster; who works here now is written with `keep_roster`."""
        self.kinds |= Kind.ROSTER
        statement = upsert(schema.roster).values(id=record.id, record=records.roster_record(record))
        self.connection.execute(statement.on_conflict_do_nothing())

    def keep_roster(self, roster: Roster) -> None:
        """Writes who is on the roster with which keys, as its records add up to."""
        self.kinds |= Kind.ROSTER
        self.connection.execute(delete(schema.staff))
        self.connection.execute(delete(schema.keys))
        people = [
            {"id": one.id, "name": one.name, "role": one.role, "retired": int(one.is_retired)}
            for one in roster.people.values()
        ]
        keys = [
            {
                "id": key.id,
                "staff": key.person,
                "public": key.public,
                "device": key.device,
                "added_at": records.time_text(key.added_at),
                "retired_at": records.time_text(key.retired_at) if key.retired_at else None,
            }
            for key in roster.keys.values()
        ]
        for table, rows in ((schema.staff, people), (schema.keys, keys)):
            if rows:
                self.connection.execute(insert(table), rows)

    def add_revision(self, revision: Revision) -> None:
        """Stores a revision and refreshes what is derived; the working copy stays, it may hold another text."""
        self.kinds |= Kind.TEXTS
        record = records.revision_record(revision)
        statement = upsert(schema.revisions).values(id=revision.id, article=revision.article, record=record)
        self.connection.execute(statement.on_conflict_do_nothing())
        self.project(revision.article)

    def add_event(self, event: Event) -> None:
        self.kinds |= Kind.EVENTS
        record = records.event_record(event)
        statement = upsert(schema.events).values(id=event.id, article=event.article, device=event.device, record=record)
        self.connection.execute(statement.on_conflict_do_nothing())
        self._set(NEWEST_EVENT, event.id)
        self._chains.clear()
        self.project(event.article, with_text=False)

    def add_exports(self, exports: Sequence[Event]) -> None:
        """Stores that each of many approved articles was exported. It concerns nobody, and their texts stay."""
        rows = [
            {"id": one.id, "article": one.article, "device": one.device, "record": records.event_record(one)}
            for one in exports
        ]
        if rows:
            self.kinds |= Kind.EVENTS
            self.connection.execute(upsert(schema.events).on_conflict_do_nothing(), rows)
            listing.publish(self.connection, exports)
            self._set(NEWEST_EVENT, exports[-1].id)
            self._chains.clear()
            self.touched.update(one.article for one in exports)

    def add_blob(self, data: bytes, media: str) -> str:
        """Keeps a file and returns its SHA-256; the same bytes are kept once. Raises DeskError over 50 MB."""
        if len(data) > records.LARGEST_BLOB:
            most = records.LARGEST_BLOB // 1024 // 1024
            raise DeskError(f"A file may have up to {most} MB; this one has {len(data) / 1024 / 1024:.0f}.")
        name = records.blob_name(data)
        statement = upsert(schema.blobs).values(sha256=name, media=media, data=data)
        self.connection.execute(statement.on_conflict_do_nothing())
        return name

    def keep(self, copy: WorkingCopy) -> None:
        """Autosave: the working copy and its list row; the search index waits for a revision."""
        self.kinds |= Kind.TEXTS
        values = {
            "base": copy.base,
            "content": records.content_text(copy.content),
            "kept_at": records.time_text(copy.kept_at),
            "token": copy.token,
        }
        statement = upsert(schema.working_copies).values(article=copy.article, **values)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_=values))
        listing.show_working_copy(self.connection, copy)
        self.touched.add(copy.article)

    def keep_undo(self, article: ArticleId, steps: str) -> None:
        statement = upsert(schema.undo_steps).values(article=article, steps=steps)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_={"steps": steps}))

    def drop_working_copy(self, article: ArticleId) -> None:
        """The article is its newest revision again; whoever calls this has made a revision of what was in it."""
        self.kinds |= Kind.TEXTS
        self.connection.execute(delete(schema.working_copies).where(schema.working_copies.c.article == article))
        self.touched.add(article)

    def project(self, article: ArticleId, *, with_text: bool = True) -> None:
        """Writes the list row, and with the text the search index, anew from the records."""
        folded, revisions, events = self._folded(article)
        head = next(revision for revision in revisions if revision.id == folded.head)
        times = [head.made_at, *(event.at for event in events if event.step is not Step.READ)]
        comments = threads(events)
        must_fix = sum(comment.stops_approval for comment in comments)
        listing.project(
            self.connection,
            folded,
            head.content,
            max(times),
            self.house(),
            named_by=histories.first_published(revisions, events) or head.content,
            must_fix=must_fix,
            with_text=with_text,
        )
        planned.keep(self.connection, article, concerns(folded, events, comments))
        copy = self.working_copy(article)
        if copy is not None:
            listing.show_working_copy(self.connection, copy)
        self.touched.add(article)

    def rebuild(self) -> None:
        """Drops everything derived and makes it anew from the records."""
        listing.clear(self.connection)
        for article in self.article_ids():
            self.project(article)
