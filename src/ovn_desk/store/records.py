"""The four kinds of records as canonical JSON and back, named by their hash: docs/changing-records.md."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

import rfc8785
import uuid_utils

from ovn_desk.domain.article import ArticleId, Content, DeviceId, EventId, Revision, RevisionId, StaffId, tidy
from ovn_desk.domain.credits import Credit, public_credits
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_record import HouseId, HouseRecord, LogAddition
from ovn_desk.domain.roster import Act, Record, RosterId
from ovn_desk.domain.values import from_dict, to_dict, to_record
from ovn_desk.domain.workflow import DETAILS, Details, Event, Step
from ovn_desk.messages import Message
from ovn_desk.text.cache import Cached

REVISION, EVENT, ROSTER, HOUSE = "revision/2", "event/2", "roster/2", "house/1"
LARGEST_BLOB = 50 * 1024 * 1024

AnyRecord = Revision | Event | Record | HouseRecord
Named = TypeVar("Named", Revision, Event, Record, HouseRecord)

_KINDS: Mapping[type, str] = {Revision: REVISION, Event: EVENT, Record: ROSTER, HouseRecord: HOUSE}
_SIGNED = b"ovn-desk/record-signature/1\n"
_APPROVAL = b"ovn-desk/approval/1\n"
_ARTICLE = b"ovn-desk/article/1\n"
_BESIDE = frozenset({"id", "signature", "newer"})  # of a record's value, and not of its text
_EVENT_KEYS = (frozenset(part.name for part in fields(Event)) - _BESIDE) | {"v"}


class DamagedRecordError(DeskError):
    """A stored record that is not what its name says; carries the record's id."""

    def __init__(self, record: str, reason: Message) -> None:
        super().__init__("record-damaged", record=record[:12], reason=reason)
        self.record = record
        self.reason = reason


def new_id() -> str:
    """A random UUID: ids of people and computers stand in public pages, and tell nobody when anything was begun."""
    return str(uuid_utils.uuid4())


def article_id(by: StaffId, nonce: str) -> ArticleId:
    """The id of an article that a person begins: a UUID of version 8 made of who and a random text.

    Nobody else can begin an article of that id, and it does not tell when it was begun.
    """
    made = bytearray(hashlib.sha256(_ARTICLE + f"{by}\n{nonce}".encode()).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x80, made[8] & 0x3F | 0x80
    return ArticleId(str(uuid_utils.UUID(bytes=bytes(made))))


def now() -> datetime:
    """The claimed time: UTC, to the millisecond, as records keep it."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def time_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def canonical(data: dict[str, Any]) -> bytes:
    """RFC 8785 JSON."""
    return rfc8785.dumps(data)


def kind_of(record: AnyRecord) -> str:
    """Kind and format number, as the tag its hash begins with has them."""
    return _KINDS[type(record)]


def text_of(record: AnyRecord) -> str:
    """A record as canonical JSON, without its id and signature: what is stored, carried and hashed."""
    kind = kind_of(record)
    data = {name: value for name, value in to_record(record).items() if name not in _BESIDE}
    return canonical({**data, "at": time_text(record.at), "v": int(kind.rpartition("/")[2])}).decode()


def with_hash_id(record: Named) -> Named:
    """Give a record the id that its text hashes to; it is not signed yet."""
    name: Any = name_of(kind_of(record), text_of(record))
    return replace(record, id=name, signature="")


def name_of(kind: str, text: str) -> str:
    """The id of a record's text: SHA-256 behind the tag of its kind."""
    return hashlib.sha256(f"ovn-desk/{kind}\n{text}".encode()).hexdigest()


def signed_bytes(name: str) -> bytes:
    """The bytes that a record's signature signs, made of its id alone."""
    return _SIGNED + bytes.fromhex(name)


def combined_revision(
    content: Content,
    *,
    article: ArticleId,
    parents: tuple[RevisionId, ...],
    by: StaffId,
    device: DeviceId,
    at: datetime,
) -> Revision:
    """A revision that nobody signs, because every desk makes the same one."""
    return with_hash_id(Revision(RevisionId(""), article, tidy(content), parents, by, device, at))


def read_revision(record: str, *, id: str, signature: str = "") -> Revision:  # noqa: A002
    """The revision a stored record is; raises DamagedRecordError when its hash is another, or it is no revision."""
    return _revision(record, id, signature)


@Cached  # a record never changes: the same text and name give the same revision
def _revision(record: str, id: str, signature: str) -> Revision:  # noqa: A002
    data = _read_checked_json(REVISION, record, id)
    with _refuse_misshapen(id):
        content = from_dict(Content, data.pop("content"))
        return Revision(
            id=RevisionId(id),
            content=content,
            parents=tuple(RevisionId(parent) for parent in data.pop("parents")),
            signature=signature,
            **_common_fields(data),
        )


def read_event(record: str, *, id: str, signature: str = "") -> Event:  # noqa: A002
    """The event a stored record is; raises DamagedRecordError when its hash is another, or it is no event.

    What a newer desk wrote and this one can not read is an event of step NEWER that says so.
    """
    data = _read_checked_json(EVENT, record, id)
    with _refuse_misshapen(id):
        step, details, newer = _read_step(data)
        named, unreadable = _read_credits(data)
        if unreadable and not newer:
            step, details, newer = Step.NEWER, None, unreadable
        known = {name: value for name, value in data.items() if name in _EVENT_KEYS - {"step", "details", "credits"}}
        return Event(
            id=EventId(id),
            step=step,
            details=details,
            newer=newer,
            signature=signature,
            credits=named,
            **_common_fields(known),
        )


@lru_cache(maxsize=1024)  # a record never changes
def read_roster(record: str, *, id: str, signature: str = "") -> Record:  # noqa: A002
    """The record of the roster that a stored text is; raises DamagedRecordError when it is another."""
    data = _read_checked_json(ROSTER, record, id)
    with _refuse_misshapen(id):
        act, seen = Act(data.pop("act")), tuple(data.pop("seen", ()))
        return Record(id=RosterId(id), act=act, seen=seen, signature=signature, **_common_fields(data))


@lru_cache(maxsize=64)  # a record never changes
def read_house_record(record: str, *, id: str, signature: str = "") -> HouseRecord:  # noqa: A002
    """The record of the house that a stored text is; raises DamagedRecordError when it is another."""
    data = _read_checked_json(HOUSE, record, id)
    with _refuse_misshapen(id):
        log = data.pop("log", None)
        logged = None if log is None else from_dict(LogAddition, log)
        return HouseRecord(id=HouseId(id), signature=signature, log=logged, **_common_fields(data))


def _common_fields(data: dict[str, Any]) -> dict[str, Any]:
    """The fields that every kind has, as values."""
    given = {name: value for name, value in data.items() if name != "v"}
    return {**given, "at": datetime.fromisoformat(given["at"]), "after": tuple(given.get("after", ()))}


@contextmanager
def _refuse_misshapen(name: str) -> Iterator[None]:
    """A record whose hash fits, and that still is not what such a record is: nobody's desk wrote it."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedRecordError(name, Message("record-holds-otherwise")) from error


def _read_step(data: dict[str, Any]) -> tuple[Step, Details | None, str]:
    """The step and its details, or NEWER and the name of what is not known here."""
    if unknown := sorted(set(data) - _EVENT_KEYS):
        return Step.NEWER, None, unknown[0]
    if data["step"] not in set(Step) - {Step.NEWER}:
        return Step.NEWER, None, data["step"]
    step = Step(data["step"])
    if data.get("details") is None:
        return step, None, ""
    if step not in DETAILS:
        return Step.NEWER, None, "details"
    try:
        return step, from_dict(DETAILS[step], data["details"]), ""
    except (DeskError, TypeError):
        return Step.NEWER, None, f"details of {step}"


def _read_credits(data: dict[str, Any]) -> tuple[tuple[Credit, ...], str]:
    """The credits of an event; or none, and the name of the field, where a newer desk wrote a part not known here."""
    try:
        return tuple(from_dict(Credit, one) for one in data.get("credits", ())), ""
    except DeskError:
        return (), "credits"


def approval_statement(event: Event) -> str:
    """The statement of an approval for readers, as canonical JSON: everything its proof covers.

    `override` is there only when a chief passed over the checks, `credits` (name and part of each) where it has any.
    """
    said: dict[str, Any] = {
        "article": event.article,
        "at": time_text(event.at),
        "by": event.by,
        "decision": "approve",
        "device": event.device,
        "digest": event.digest,
        "key": event.key,
        "name": event.name,
        "previous": event.previous,
        "revision": event.revision,
    }
    if event.credits:
        said["credits"] = public_credits(event.credits)
    return canonical(said | ({"override": True} if event.override else {})).decode()


def approval_bytes(event: Event) -> bytes:
    """The bytes that the proof of an approval signs."""
    return statement_bytes(approval_statement(event))


def statement_bytes(text: str) -> bytes:
    """The bytes a page's statement was signed as."""
    return _APPROVAL + text.encode()


def blob_name(data: bytes) -> str:
    """The name of a stored file: its SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_blob(data: bytes, *, sha256: str) -> bytes:
    """The file itself; raises DamagedRecordError when its hash is another."""
    if blob_name(data) != sha256:
        raise DamagedRecordError(sha256, Message("file-hash-wrong"))
    return data


def content_text(content: Content) -> str:
    """A working copy as JSON; nothing is named by its hash, so it need not be canonical."""
    return json.dumps(to_dict(content), ensure_ascii=False)


def read_content(text: str) -> Content:
    """The inverse of `content_text`."""
    return from_dict(Content, json.loads(text))


def _read_checked_json(kind: str, record: str, name: str) -> dict[str, Any]:
    if name_of(kind, record) != name:
        raise DamagedRecordError(name, Message("record-hash-wrong"))
    data: dict[str, Any] = json.loads(record)
    return data
