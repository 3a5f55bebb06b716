"""One record of each kind and version, written once: their ids and signatures never change (docs/changing-records.md).

A test that fails here says that a change of the program makes something else of records that are there already. The
records stay; the program has to be mended.
"""

import base64
import json
from dataclasses import field, make_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kinds import CORRECTED, DOCUMENT, QUIET
from make import DAWN, HOUSE, content
from ovn_desk import signing
from ovn_desk.domain.ai_use import AiTask, AiUse
from ovn_desk.domain.article import Revision
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.credits import Credit, Part
from ovn_desk.domain.house_record import HouseRecord, LogAddition
from ovn_desk.domain.image import Image
from ovn_desk.domain.roster import Act, Record
from ovn_desk.domain.values import to_record
from ovn_desk.domain.workflow import (
    Address,
    ChangeDecision,
    CommentAnswer,
    CommentText,
    Event,
    Override,
    Quote,
    Step,
    Takeover,
)
from ovn_desk.store import records
from ovn_desk.text import signatures

GOLDEN = Path(__file__).with_name("golden-records.json")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = signing._key(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
READ = {
    records.REVISION: records.read_revision,
    records.EVENT: records.read_event,
    records.ROSTER: records.read_roster,
    records.HOUSE: records.read_house_record,
}
SAID = {"by": "person", "device": "device", "at": NOON, "key": KEY.id, "previous": "before"}


def made():
    """A record of every kind, and of every kind of step and act."""
    text = content(sources=(DAWN, QUIET, DOCUMENT), corrections=CORRECTED, images=(Image("train", "ab" * 32, alt="A"),))
    yield Revision("", records.article_id("person", "nonce"), text, (), nonce="nonce", **SAID)
    yield Revision("", "article", content(language="ur", headline="ریل"), ("parent",), after=("e1", "e2"), **SAID)
    details = {
        Step.COMMENT: CommentText("Who?", Quote("body", "a b", "x ", " y", 2, 5), must_fix=True, mentions=("rana",)),
        Step.RESOLVE: CommentAnswer("e1", "Thanks."),
        Step.DECIDE: ChangeDecision("c", True, "r1", "r2", part="body", start=7, before="a", after="b"),
        Step.ASSIGN: Assignment("rana", "Rail", "2026-11-25T10:00:00+00:00", 600),
        Step.PLAN: Plan("2026-11-25T10:00:00+00:00"),
        Step.TAKE: Takeover("ayesha"),
        Step.APPROVE: Override(("claims",)),
        Step.CORRECT: CORRECTED[0],
    }
    for step in Step:
        if step not in {Step.NEWER, Step.MOVE}:
            said = SAID | {"note": "n", "reason": "Why.", "details": details.get(step), "after": ("e1",)}
            said |= {"digest": "d", "name": "N", "proof": "p"} if step is Step.APPROVE else {}
            yield Event("", "article", step, "revision", **said)
    for act in [one for one in Act if one is not Act.ASK]:
        yield Record("", act, "person", after=("r1",), seen=("x", "y"), name="N", role="chief", about="k", **SAID)
    yield HouseRecord("", HOUSE, after=("h1",), **SAID)
    used = (AiUse(AiTask.TRANSLATION, "DeepL", "first version"), AiUse(AiTask.SUMMARY, "Claude"))
    yield Revision("", "article", content(ai_used=used), ("parent",), **SAID)
    yield HouseRecord("", "", after=("h1",), log=LogAddition(2, "ab" * 32, ("three", "four"), ("a head",)), **SAID)
    # Added later
    address = Address("2026/11/rail-groups.html")
    yield Event("", "article", Step.PUBLISH, "revision", details=address, after=("e1",), **SAID)
    yield Event("", "article", Step.MOVE, "revision", reason="A name.", details=address, after=("e2",), **SAID)
    settled = replace(address, settles=True)
    yield Event("", "article", Step.MOVE, "revision", reason="Two.", details=settled, after=("e2",), **SAID)
    withdrawn = replace(details[Step.DECIDE], is_withdrawn=True)
    yield Event("", "article", Step.DECIDE, "revision", details=withdrawn, after=("e1",), **SAID)
    yield Record("", Act.ASK, "person", after=("r1",), name="N", about=KEY.id, public=KEY.public, **SAID)
    named = (Credit("ayesha", "Ayesha Khan", Part.EDITED), Credit("person", "N", Part.APPROVED))
    approved = SAID | {"digest": "d", "name": "N", "proof": "p"}
    yield Event("", "article", Step.APPROVE, "revision", credits=named, after=("e1",), **approved)


def written(record):
    named = records.with_hash_id(record)
    return {
        "kind": records.kind_of(named),
        "id": named.id,
        "record": records.text_of(named),
        "signature": signing.sign(KEY, records.signed_bytes(named.id)),
    }


def golden():
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", golden(), ids=lambda one: one["id"][:8])
def test_a_record_that_was_written_once_keeps_its_id_its_signature_and_what_it_says(one):
    read = READ[one["kind"]](one["record"], id=one["id"], signature=one["signature"])
    assert records.text_of(read) == one["record"]
    assert records.with_hash_id(read).id == one["id"]
    assert signatures.is_valid(KEY.public, records.signed_bytes(one["id"]), one["signature"])


def test_what_is_written_today_is_what_was_written_then():
    assert [written(record) for record in made()] == golden()


def test_a_field_that_is_added_later_changes_no_record_that_is_there():
    later = make_dataclass("Later", [("mood", str, field(default=""))], bases=(type(DAWN),), frozen=True, slots=True)
    values = {name: getattr(DAWN, name) for name in DAWN.__slots__}
    assert to_record(later(**values)) == to_record(DAWN)
    assert to_record(later(**values, mood="good")) == to_record(DAWN) | {"mood": "good"}


def test_an_altered_field_is_another_record_under_another_signature():
    for record in made():
        named = records.with_hash_id(record)
        other = records.with_hash_id(replace(named, at=datetime(2015, 1, 1, tzinfo=UTC)))
        signature = signing.sign(KEY, records.signed_bytes(named.id))
        assert other.id != named.id
        assert not signatures.is_valid(KEY.public, records.signed_bytes(other.id), signature)


def test_an_id_is_the_hash_of_kind_version_and_canonical_json():
    one = golden()[0]
    assert records.name_of(one["kind"], one["record"]) == one["id"]
    assert json.loads(one["record"])["v"] == int(one["kind"].rpartition("/")[2])
    assert base64.b64decode(one["signature"])
