"""A hostile colleague: what somebody with a key of their own writes in every name, and carries to a desk every way.

`forgeries` gives records as they travel. None of them is by who it says, or none might be taken by them there; a desk
may keep them, and its exported site must stay as it is to the last byte.
"""

import base64
import hashlib
import json
from dataclasses import replace
from itertools import product

from ovn_desk import signing
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.evidence import Correction, CorrectionKind
from ovn_desk.domain.house_record import HouseRecord, LogAddition
from ovn_desk.domain.roster import Act, Record
from ovn_desk.domain.workflow import (
    DETAILS,
    RULES,
    Address,
    ChangeDecision,
    CommentAnswer,
    CommentText,
    Override,
    Takeover,
    edit_refusal,
)
from ovn_desk.domain.workflow.rules import EDITORS
from ovn_desk.formats.site import log
from ovn_desk.store import records, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.text.transparency import Checkpoint, merkle, sign_note
from ovn_desk.usecases import recording
from ovn_desk.usecases.publishing import public_log

MOVING = [step for step in RULES if not RULES[step].stays]


def row_of(record, key=None, signature=None):
    """A record as it travels, signed with a key or with whatever stands there."""
    made = records.with_hash_id(record)
    if key is not None:
        signature = signing.sign(key, records.signed_bytes(made.id))
    return RecordRow(records.kind_of(made), made.id, records.text_of(made), signature or "")


def details_of(step, by, article):
    made = {
        CommentText: CommentText("Forged."),
        CommentAnswer: CommentAnswer("e1"),
        ChangeDecision: ChangeDecision("c", True, "r", "r", as_edited=True),
        Assignment: Assignment(by, "Mine"),
        Plan: Plan("2030-01-01T00:00:00.000+00:00"),
        Takeover: Takeover(by),
        Address: Address("2026/11/forged.html"),
        Override: None,
        Correction: Correction("c", CorrectionKind.CORRECTION, "2026-11-27", "x", "y"),
    }
    return made[DETAILS[step]] if step in DETAILS else None


def in_anothers_name(desk, article, thief, people):
    """Every step of every person, with the thief's key, a stranger's, none, and another record's signature."""
    folded, device = desk.article(article), desk.read(lambda reading: reading.device())
    stranger = signing.generate()
    old = folded.live_approval or folded.approval
    for step, person, after in product(RULES, people, (folded.newest, ())):
        base = old or desk.read(lambda reading: reading.events(article))[0]
        event = replace(
            base,
            step=step,
            by=person.id,
            name=person.name,
            device=device,
            after=after,
            note="Forged.",
            reason="Forged.",
            digest="0" * 64,
            proof="A" * 88,
            details=details_of(step, person.id, article),
        )
        owners = [person.key.id, thief.key.id, stranger.id, ""] if person.id != thief.id else [stranger.id, ""]
        for key in owners:
            event = replace(event, key=key)
            if key != person.key.id or person.id == thief.id:
                yield f"{step} as {person.name}, key {key[:8]}", row_of(event, thief.key)
            yield f"{step} as {person.name}, unsigned", row_of(event)
            yield f"{step} as {person.name}, a stranger's signature", row_of(event, stranger)
            yield f"{step} as {person.name}, another signature", row_of(event, signature=base.signature)


def past_their_right(desk, article, thief):
    """Every step that the thief may not take here, in their own name and with their own key."""
    with desk.store.begin() as tx:
        folded = tx.article(article)
        for step in MOVING:
            if thief.role in RULES[step].roles:
                continue
            event = recording._event(tx, folded, step, thief, previous=tx.newest_record(), at=records.now())
            for after, reason in product((folded.newest, ()), ("Forged.", "")):
                yield f"{step} by {thief.name}", row_of(replace(event, after=after, reason=reason), thief.key)


def replayed(desk, kinds=(records.EVENT, records.REVISION, records.ROSTER, records.HOUSE)):
    """Every record that is there, with each of its fields altered and the signature it had."""
    with desk.store.read() as reading:
        rows = [row for row in replication.rows(reading) if row.kind in kinds]
    for row in rows:
        data = json.loads(row.record)
        for name, value in data.items():
            for other in _others(value):
                text = records.canonical(data | {name: other}).decode()
                forged = RecordRow(row.kind, hashlib.sha256(f"ovn-desk/{row.kind}\n{text}".encode()).hexdigest(), text)
                yield f"{row.kind} with another {name}", forged._replace(signature=row.signature)


def _others(value):
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1]
        case str():
            return [value + "x", ""]
        case list():
            return [[], [*value, "0" * 64]]
        case dict():
            return [{}, value | {"headline": "Forged"}]
        case _:
            return []


def of_the_roster(desk, thief):
    """Changes of the roster and the house that only a chief signs, by the thief, in their own name and the chief's."""
    roster = desk.read(lambda reading: reading.roster())
    device, newest = desk.read(lambda reading: reading.device()), roster.newest
    stranger = signing.generate()
    for act, by, key, after in product(
        Act, (thief, desk.chief), (thief.key, desk.chief.key, stranger), (newest, (), (roster.founding,))
    ):
        if by is thief and key is thief.key and act in {Act.ADD_KEY, Act.RETIRE_KEY}:
            continue  # their own keys are theirs to add and to retire
        for role in ("chief", "editor"):
            about = {"about": stranger.id, "public": stranger.public}
            record = Record(
                "", act, thief.id, by.id, key.id, device, records.now(), after=after, name="X", role=role, **about
            )
            yield f"{act} by {by.name}", row_of(record, thief.key if key is desk.chief.key else key)


def of_the_log(desk, thief, people):
    """Lines of the public log: whole in themselves, after those that are there and as if there were none."""
    device, found = desk.read(lambda reading: reading.device()), desk.read(lambda reading: reading.public_log())
    keys = {key.id: key.public for key in (one.key for one in people)}
    for known, after in product(({}, public_log.published_logs(found.counted, keys)[0]), (found.newest, ())):
        size, root = (known.size, known.root) if known else (0, merkle.EMPTY_ROOT)
        lines = log.write_lines([log.Fact("2026", "published", "urn:uuid:forged")], known.last if known else "")
        tree = log.tree_of([*(known.lines if known else ()), *lines])
        head = Checkpoint("post.example", size + 1, tree.root())
        for person in people:
            for key in (thief.key, signing.generate()):
                note = sign_note(head.text, head.origin, base64.b64decode(key.public), key.private.sign)
                added = LogAddition(size, root.hex(), tuple(lines), (note,))
                record = HouseRecord("", "", person.id, person.key.id, device, records.now(), after=after, log=added)
                if person.id != thief.id:
                    yield f"the log as {person.name}", row_of(record, key)
                    yield f"the log as {person.name}, own key", row_of(replace(record, key=key.id), key)
                elif thief.role not in EDITORS:
                    yield f"the log by {person.name}", row_of(record, person.key)


def of_texts(desk, article, thief, people):
    """Texts in everybody's name over the thief's signature, and by the thief where they may not write."""
    folded = desk.article(article)
    head = desk.read(lambda reading: reading.revision(folded.head))
    forged = replace(head.content, headline="Forged", body="Forged [@dawn-rail].")
    for person, parents, after in product(people, ((head.id,), ()), (folded.newest, ())):
        made = replace(head, content=forged, by=person.id, parents=parents, after=after, key=person.key.id)
        if person.id != thief.id:
            yield f"a text as {person.name}", row_of(made, thief.key)
            yield f"a text as {person.name}, own key", row_of(replace(made, key=thief.key.id), thief.key)
        yield f"a text as {person.name}, unsigned", row_of(made)
        yield f"a text as {person.name}, the old signature", row_of(made, signature=head.signature)
        yield "a text that nobody made", row_of(replace(made, device="combined/1", key="", parents=(head.id, head.id)))
    own = replace(
        head, content=forged, by=thief.id, key=thief.key.id, parents=(head.id,), after=folded.newest, nonce=""
    )
    if edit_refusal(folded, thief.person):
        yield "a text where another has the story", row_of(own, thief.key)


def forgeries(desk, articles, thief):
    """Everything that this module can think of: what it is, and the row."""
    people = (desk.reporter, desk.editor, desk.chief)
    for article in articles:
        yield from in_anothers_name(desk, article, thief, people)
        yield from past_their_right(desk, article, thief)
        yield from of_texts(desk, article, thief, people)
    yield from of_the_roster(desk, thief)
    yield from of_the_log(desk, thief, people)
    yield from replayed(desk)


def site(folder):
    """Every file of an exported site and its bytes, but for the time of the export itself."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
