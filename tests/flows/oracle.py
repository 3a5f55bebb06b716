"""What laptops, their copies and their hub really hold: read from the rows, with none of the desk's own code.

A store is opened with the library that the desk uses: a second SQLite in one process would drop the first one's locks.
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlcipher3 import dbapi2 as sqlite

WORD = re.compile(r"zq\d+x")
"""The words that tests type: each of them once, so that it can be told where it is."""

STATES = {
    "file": "filed",
    "recall": "draft",
    "take": "in_review",
    "release": "filed",
    "send_back": "sent_back",
    "approve": "approved",
    "hold": "held",
    "spike": "spiked",
    "publish": "published",
    "correct": "correcting",
    "withdraw": "withdrawn",
}
"""Where each step that moves a story leads; `restore` leads back to where it was before."""
LOSSES = {"retire", "retire key"}


@dataclass(frozen=True)
class Draft:
    """What is being written of a story and is no version: `base` is the version it began with."""

    base: str
    content: Mapping
    kept_at: str


@dataclass(frozen=True)
class Facts:
    """The rows of one store. `waiting` are records that came and count for nothing yet."""

    versions: Mapping[str, Mapping] = field(default_factory=dict)
    events: Mapping[str, Mapping] = field(default_factory=dict)
    roster: Mapping[str, Mapping] = field(default_factory=dict)
    houses: Mapping[str, Mapping] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    waiting: Mapping[str, Mapping] = field(default_factory=dict)
    undo: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def records(self):
        """Everything that travels, by id."""
        return {**self.versions, **self.events, **self.roster, **self.houses}

    @property
    def stories(self):
        return {one["article"] for one in self.versions.values()}

    @property
    def names(self):
        """Of everybody who works here, worked here or was let in, by their id."""
        named = {one["person"]: one["name"] for one in self.roster.values() if one.get("name")}
        named.update({one["person"]: one["name"] for one in self.roster.values() if one["act"] == "add"})
        return named

    def of(self, story):
        """The versions of a story."""
        return {name: one for name, one in self.versions.items() if one["article"] == story}

    def heads(self, story):
        """The versions of a story that nothing was made from yet."""
        mine = {name: one for name, one in self.of(story).items() if self.counts(name)}
        parents = {parent for one in mine.values() for parent in one["parents"]}
        return set(mine) - parents

    def newest(self, story):
        """The newest of them, by its claimed time."""
        return max(self.heads(story), key=lambda name: (self.versions[name]["at"], name))

    def headline(self, story):
        return self.versions[self.newest(story)]["content"].get("headline", "")

    def unsaved(self, story):
        """What is being written of it, where that says something else than the version it began with."""
        draft = self.drafts.get(story)
        if draft is None:
            return None
        known = [self.versions[name]["content"] for name in {draft.base, *self.heads(story)} if name in self.versions]
        return None if any(_same(draft.content, one) for one in known) else draft

    def counts(self, name):
        """Whether a record holds against what was taken from its maker, who did not know of that."""
        record = self.records[name]
        for loss in self.roster.values():
            if loss["act"] not in LOSSES:
                continue
            is_hit = record["key"] == loss["about"] if loss["act"] == "retire key" else record["by"] == loss["person"]
            if is_hit and name not in self._past(loss.get("seen", ())):
                return False
        return True

    def _past(self, names):
        """These records and all before them on their devices."""
        found, waiting = set(), list(names)
        while waiting:
            name = waiting.pop()
            if name and name not in found:
                found.add(name)
                waiting.append(self.records.get(name, {}).get("previous", ""))
        return found

    # Where a story stands

    def last_steps(self, story):
        """The steps that moved it and that no other step was taken on top of: several, where desks were apart."""
        every = {name: one for name, one in self.events.items() if one["article"] == story and self.counts(name)}
        movers = {name for name, one in every.items() if one["step"] in {*STATES, "restore"}}
        past, waiting = set(), [before for name in movers for before in every[name].get("after", ())]
        while waiting:
            name = waiting.pop()
            if name in every and name not in past:
                past.add(name)
                waiting += every[name].get("after", ())
        return [every[name] for name in movers - past]

    def states(self, story):
        """Where it may be said to stand; one, unless desks were apart. Empty where that is not known here."""
        last = self.last_steps(story)
        if any(one["step"] == "restore" for one in last):
            return set()
        found = {STATES[one["step"]] for one in last} or {"draft"}
        approved = [one["revision"] for one in last if one["step"] == "approve"]
        if approved and self.heads(story) != set(approved):
            found.add("in_review")
        return found

    def reporter(self, story):
        """Who began it."""
        return next((one["by"] for one in self.of(story).values() if not one["parents"]), "")

    def takers(self, story):
        """Who took it for review, all that did so apart."""
        return {one["by"] for one in self.last_steps(story) if one["step"] in {"take", "approve"}}

    def holders(self, story):
        """The ids of who may be said to have it: who writes it, who reviews it; empty for nobody."""
        found = set()
        for state in self.states(story):
            if state == "in_review":
                found |= self.takers(story)
            elif state in {"draft", "sent_back"}:
                found.add((state == "draft" and self._assigned(story)) or self.reporter(story))
            elif state == "correcting":
                found |= {one["by"] for one in self.last_steps(story)}
        return found

    def _assigned(self, story):
        given = [one for one in self.events.values() if one["article"] == story and one["step"] == "assign"]
        newest = max(given, key=lambda one: one["at"], default={})
        return (newest.get("details") or {}).get("who", "")

    # Which texts are where

    def texts(self):
        """Every text here, as (kind, story, text)."""
        for one in self.versions.values():
            yield "version", one["article"], _text(one["content"])
        for story, draft in self.drafts.items():
            yield "working copy", story, _text(draft.content)
        for one in self.waiting.values():
            yield "quarantine", one.get("article", ""), json.dumps(one, ensure_ascii=False)
        for one in self.events.values():
            yield "step", one["article"], json.dumps(one, ensure_ascii=False)

    def words(self):
        """Every word that a test typed and that stands here."""
        return {word for _, _, text in self.texts() for word in WORD.findall(text)}

    def alone(self, elsewhere):
        """The stories with text that is in none of these other facts: a version, or what is being written."""
        known = {name for one in elsewhere for name in one.versions}
        found = {one["article"] for name, one in self.versions.items() if name not in known}
        for story in self.drafts:
            mine = self.unsaved(story)
            if mine is not None and not any(_has_text(one, story, mine.content) for one in elsewhere):
                found.add(story)
        return found


def read_store(path):
    """What a store holds now, with what still lies in its log beside it."""
    with closing(sqlite.connect(f"file:{path}?mode=ro", uri=True)) as store:
        return _read(store)


def read_file_alone(path):
    """What one would get who carried only the one file away, without what lies beside it; None where it is no store."""
    try:
        with closing(sqlite.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as store:
            return _read(store)
    except sqlite.DatabaseError:
        return None


def read_hub(socket, database):
    """What the hub's PostgreSQL holds."""
    found = {"revision": {}, "event": {}, "roster": {}, "house": {}}
    with psycopg.connect(host=socket, dbname=database, user="postgres") as hub:
        for kind, name, said, packed in hub.execute("SELECT kind, id, said, packed FROM ovn.rows ORDER BY seq"):
            text = zlib.decompress(bytes(packed)).decode() if packed else said
            found[kind.partition("/")[0]].setdefault(name, json.loads(text))
    return Facts(found["revision"], found["event"], found["roster"], found["house"])


def _read(store):
    kinds = [
        {name: json.loads(text) for name, text in store.execute(f"SELECT id, record FROM {table}")}
        for table in ("revisions", "events", "roster", "houses")
    ]
    drafts = store.execute("SELECT article, base, content, kept_at FROM working_copies").fetchall()
    waiting = store.execute("SELECT id, record FROM quarantine").fetchall()
    return Facts(
        *kinds,
        {article: Draft(base, json.loads(content), at) for article, base, content, at in drafts},
        {name: json.loads(record) for name, record in waiting},
        dict(store.execute("SELECT article, steps FROM undo_steps").fetchall()),
        dict(store.execute("SELECT name, value FROM settings").fetchall()),
    )


def _has_text(facts, story, content):
    """Whether what is being written stands there, as a version or as what is being written there."""
    drafts = [facts.drafts[story].content] if story in facts.drafts else []
    return any(_same(one, content) for one in (*(v["content"] for v in facts.of(story).values()), *drafts))


def _same(one, other):
    """Whether two texts say the same; a field left out is an empty one."""
    return _bare(one) == _bare(other)


def _bare(content):
    return {name: value for name, value in content.items() if value not in ("", [], {}, None, 0, False)}


def _text(content):
    return json.dumps(content, ensure_ascii=False)


def copies_in(folder: Path) -> Iterable[Facts]:
    """What each copy in a folder would bring back."""
    return [read_file_alone(one) for one in sorted(folder.glob("*.ovn"))] if folder.is_dir() else []
