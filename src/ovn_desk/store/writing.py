"""What can be written to the store, and what is made anew when it is: one object a transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.addresses import slug_in
from ovn_desk.domain.article import ArticleId, Revision, RevisionId, StaffId, WorkingCopy
from ovn_desk.domain.comments import threads
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_record import HouseRecord
from ovn_desk.domain.notifications import notifications
from ovn_desk.domain.roster import Record
from ovn_desk.domain.workflow import Address, Event, State, Step
from ovn_desk.store import article_index, budget_view, chain, choices, marks, records, schema
from ovn_desk.store.automerge import merge_heads
from ovn_desk.store.changes import Kind
from ovn_desk.store.records import AnyRecord
from ovn_desk.store.session import DEVICE, NEWEST, NEWSROOM, ReadTransaction
from ovn_desk.store.verification import VerifiedSignatures

_CHANGED = {"roster": Kind.ROSTER, "houses": Kind.HOUSE, "revisions": Kind.TEXTS, "events": Kind.EVENTS}


class WriteTransaction(ReadTransaction):
    """A transaction that may also write; `touched` and `kinds` are announced after its COMMIT."""

    def __init__(self, connection: Connection, verified: VerifiedSignatures) -> None:
        super().__init__(connection, verified)
        self.touched: set[ArticleId] = set()
        self.kinds = Kind.NOTHING

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting of this computer."""
        self.kinds |= Kind.SETTINGS
        self._write_setting(name, value)

    def _write_setting(self, name: str, value: str) -> None:
        statement = upsert(schema.settings).values(name=name, value=value)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def begin_chain(self) -> None:
        """Give this computer a new device id: what it writes from now on is a chain of its own."""
        self._write_setting(DEVICE, records.new_id())
        self._write_setting(NEWEST, "")

    def add_roster(self, record: Record) -> None:
        """Stores a record of the roster, and who works here now."""
        self._add(schema.roster, record)
        self.keep_roster()

    def add_house(self, record: HouseRecord) -> None:
        """Stores a record of the house."""
        self._add(schema.houses, record)

    def keep_roster(self) -> None:
        """Writes who is on the roster with which keys, as its records add up to."""
        self.kinds |= Kind.ROSTER
        self.forget()
        roster = self.roster()
        if roster.founding and not self.setting(NEWSROOM):
            self._write_setting(NEWSROOM, roster.founding)
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

    def forget(self) -> None:
        """Drop the cached roster, house and articles: they are folded anew when asked for."""
        self._roster = self._houses = None
        self._histories.clear()
        self._chains.forget()

    def forget_article(self, article: ArticleId) -> None:
        """Drop one cached article: a record was added to it."""
        self._histories.pop(article, None)
        self._chains.forget()

    def add_revision(self, revision: Revision) -> None:
        """Stores a revision and refreshes what is derived; the working copy stays, it may hold another text."""
        self._add(schema.revisions, revision)
        self.project(revision.article)

    def combine_heads(self, article: ArticleId) -> list[Revision]:
        """Store what an article's versions add up to without anybody's decision, pair by pair; returns what it made."""
        made: list[Revision] = []
        while revision := self._next_combination(article):
            self.add_revision(revision)
            made.append(revision)
        return made

    def _next_combination(self, article: ArticleId) -> Revision | None:
        """Of the first two heads, by id, that can be combined."""
        folded = self.history(article).article
        heads = sorted(folded.heads) if folded else []
        if len(heads) < 2:
            return None
        known = {revision.id: revision for revision in self.revisions(article)}
        pairs = ((one, other) for one in heads for other in heads if one < other)
        return next((found for one, other in pairs if (found := merge_heads(known, one, other))), None)

    def add_event(self, event: Event) -> None:
        """Store an event and refresh what is derived from the article."""
        self._add(schema.events, event)
        self.project(event.article, with_text=False)

    def add_exports(self, exports: Sequence[Event]) -> None:
        """Stores that each of many approved articles was exported. It concerns nobody, and their texts stay."""
        self._add_all(schema.events, exports)
        if exports:
            article_index.publish(self.connection, exports)
            named = article_index.slugs(self.connection)
            for one in exports:  # a list that is made anew names them by their addresses
                if isinstance(one.details, Address) and slug_in(one.details.path) != named.get(one.article):
                    self.project(one.article, with_text=False)
            self.touched.update(one.article for one in exports)

    def _add(self, table: Table, record: AnyRecord) -> None:
        """Stores a record of this desk as the newest of its chain; what nobody made stands in no chain."""
        self._add_all(table, [record])

    def _add_all(self, table: Table, added: Sequence[AnyRecord]) -> None:
        """Stores records of this desk, each as the newest of its chain, in their order."""
        if not added:
            return
        self.kinds |= _CHANGED[table.name]
        place = chain.next_place(self.connection)
        rows = [
            {
                "seq": seq,
                "id": record.id,
                "device": record.device,
                "previous": getattr(record, "previous", ""),
                "record": records.text_of(record),
                "signature": record.signature,
            }
            | ({"article": ArticleId(getattr(record, "article", ""))} if "article" in table.c else {})
            for seq, record in enumerate(added, place)
        ]
        self.connection.execute(upsert(table).on_conflict_do_nothing(), rows)
        if "article" in table.c:
            for row in rows:
                self.forget_article(ArticleId(str(row["article"])))
        else:
            self.forget()
        if own := [record.id for record in added if record.key]:
            self._write_setting(NEWEST, own[-1])
        roster = self.roster()
        for record in added:
            key = roster.bearer(record.key)
            if key is not None and self.verified.holds(record.id, key.public, record.signature):
                self.verified.remember(self.connection, record.id, key.public, record.signature)

    def add_blob(self, data: bytes, media: str) -> str:
        """Keeps a file and returns its SHA-256; the same bytes are kept once. Raises DeskError over 50 MB."""
        if len(data) > records.LARGEST_BLOB:
            most = records.LARGEST_BLOB // 1024 // 1024
            raise DeskError("file-past-limit", most=most, megabytes=len(data) / 1024 / 1024)
        name = records.blob_name(data)
        statement = upsert(schema.blobs).values(sha256=name, media=media, data=data)
        self.connection.execute(statement.on_conflict_do_nothing())
        return name

    def keep_working_copy(self, copy: WorkingCopy) -> None:
        """Autosave: the working copy, its list row, and its words for the search."""
        self.kinds |= Kind.TEXTS
        values = {
            "base": copy.base,
            "content": records.content_text(copy.content),
            "kept_at": records.time_text(copy.kept_at),
            "token": copy.token,
            "begun_at": records.time_text(copy.begun_at or copy.kept_at),
        }
        statement = upsert(schema.working_copies).values(article=copy.article, **values)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_=values))
        self._show_working_copy(copy)
        marks.restore(self.connection, copy.article)
        self.touched.add(copy.article)

    def keep_undo(self, article: ArticleId, steps: str) -> None:
        """Store the undo steps of an article's text, as JSON."""
        statement = upsert(schema.undo_steps).values(article=article, steps=steps)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_={"steps": steps}))

    def discard(self, article: ArticleId, *, is_empty: bool) -> None:
        """Take a draft out of this desk's list, until somebody writes on it."""
        marks.discard(self.connection, article, self.article(article).head, at=records.now(), is_empty=is_empty)
        self._mark(article)

    def restore_discarded(self, article: ArticleId) -> None:
        """Put a discarded draft back into the list."""
        marks.restore(self.connection, article)
        self._mark(article)

    def pin(self, article: ArticleId, person: StaffId) -> None:
        """Keep an article at the top of a person's list on this desk."""
        marks.pin(self.connection, article, person, at=records.now())
        self._mark(article)

    def unpin(self, article: ArticleId, person: StaffId) -> None:
        """Undo `pin`."""
        marks.unpin(self.connection, article, person)
        self._mark(article)

    def mark_combination_read(self, article: ArticleId, head: RevisionId) -> None:
        """Remember on this desk that somebody read what was combined by itself."""
        marks.mark_combination_read(self.connection, article, head)
        self._mark(article)

    def keep_choice(self, article: ArticleId, conflict: str, choice: str) -> None:
        """Remember what is chosen about a conflict until the decision is made; an empty text forgets it."""
        choices.keep(self.connection, article, conflict, choice)

    def drop_choices(self, article: ArticleId) -> None:
        """Forget what was chosen: the decision is made."""
        choices.drop(self.connection, article)

    def _mark(self, article: ArticleId) -> None:
        self.kinds |= Kind.MARKS
        self.touched.add(article)

    def drop_working_copy(self, article: ArticleId) -> None:
        """Delete the working copy; its text must be in a revision already."""
        self.kinds |= Kind.TEXTS
        self.connection.execute(delete(schema.working_copies).where(schema.working_copies.c.article == article))
        self.touched.add(article)

    def project(self, article: ArticleId, *, with_text: bool = True) -> None:
        """Writes the list row, and with the text the search index, anew from the records that count."""
        self._histories.pop(article, None)
        history = self.history(article)
        folded = history.article
        self.touched.add(article)
        if folded is None:
            article_index.leave_out(self.connection, article)
            return
        head = self.revision(folded.head)
        times = [head.at, *(event.at for event in history.events if event.step is not Step.READ)]
        comments = threads(history.events)
        must_fix = sum(comment.stops_approval for comment in comments)
        live = folded.live_approval.revision if folded.live_approval else None
        article_index.project(
            self.connection,
            folded,
            head.content,
            max(times),
            self.house(),
            slug=slug_in(folded.claims[0].path) if folded.claims else "",
            must_fix=must_fix,
            published=next((one.content for one in history.revisions if one.id == live), None),
            with_text=with_text,
        )
        marks.restore_if_written(self.connection, folded)
        forged = {one.id for one in folded.uncounted if one.is_forged}
        late = [one for one in history.others if isinstance(one, Event) and one.id not in forged]
        concerned = notifications(folded, history.events, comments, late)
        budget_view.write_notifications(self.connection, article, concerned)
        copy = self.working_copy(article)
        if copy is not None:
            self._show_working_copy(copy)

    def _show_working_copy(self, copy: WorkingCopy) -> None:
        folded = self.history(copy.article).article
        is_approved = folded is not None and folded.state is State.APPROVED
        is_changed = is_approved and folded is not None and copy.content != self.revision(folded.head).content
        article_index.show_working_copy(self.connection, copy, is_changed=is_changed)

    def rebuild(self) -> None:
        """Drops everything derived and makes it anew from the records."""
        article_index.clear(self.connection)
        for article in self.article_ids():
            self.project(article)
