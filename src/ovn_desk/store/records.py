"""Revisions, events and records of the roster as canonical JSON and back, named by their hash."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import rfc8785
import uuid_utils

from ovn_desk.domain.article import ArticleId, Content, DeviceId, EventId, Revision, RevisionId, StaffId, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import Act, Record, RosterId
from ovn_desk.domain.values import from_dict, to_dict
from ovn_desk.domain.workflow import DETAILS, Details, Event, Step
from ovn_desk.text.cache import Cached

_REVISION = b"ovn-desk/revision/1\n"
_EVENT = b"ovn-desk/event/1\n"
_ROSTER = b"ovn-desk/roster/1\n"
_ROSTER_SIGNED = b"ovn-desk/roster-signature/1\n"
_APPROVAL = b"ovn-desk/approval/1\n"
_NOT_STORED = frozenset({"id", "newer"})
_EVENT_KEYS = frozenset(part.name for part in fields(Event)) - _NOT_STORED
LARGEST_BLOB = 50 * 1024 * 1024


class DamagedRecordError(DeskError):
    """A stored record that is not what its name says; carries the record's id."""

    def __init__(self, record: str, reason: str) -> None:
        super().__init__(f"Record {record[:12]} in the store is damaged: {reason}. Restore a backup to get it back.")
        self.record = record
        self.reason = reason


def new_id() -> str:
    """A UUIDv7: time in front for locality, never for order."""
    return str(uuid_utils.uuid7())


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


def make_revision(
    content: Content,
    *,
    article: ArticleId,
    parents: tuple[RevisionId, ...],
    author: StaffId,
    device: DeviceId,
    made_at: datetime,
) -> Revision:
    """A revision of the tidied content, named by its hash."""
    unnamed = Revision(RevisionId(""), article, tidy(content), parents, author, device, made_at)
    return replace(unnamed, id=RevisionId(_hash(_REVISION, _revision_data(unnamed))))


def name_event(event: Event) -> Event:
    """The event with the id that its canonical JSON has."""
    return replace(event, id=EventId(_hash(_EVENT, _event_data(event))))


def revision_record(revision: Revision) -> str:
    return canonical(_revision_data(revision)).decode()


def event_record(event: Event) -> str:
    return canonical(_event_data(event)).decode()


def read_revision(record: str, *, id: str) -> Revision:  # noqa: A002
    """The revision a stored record is; raises DamagedRecordError when its hash is another, or it is no revision."""
    return _revision(record, id)


@Cached  # a record never changes: the same text and name give the same revision
def _revision(record: str, id: str) -> Revision:  # noqa: A002
    data = _checked(_REVISION, record, id)
    with _shaped(id):
        return Revision(
            id=RevisionId(id),
            article=ArticleId(data["article"]),
            content=from_dict(Content, data["content"]),
            parents=tuple(RevisionId(parent) for parent in data["parents"]),
            author=StaffId(data["author"]),
            device=DeviceId(data["device"]),
            made_at=datetime.fromisoformat(data["made_at"]),
        )


def read_event(record: str, *, id: str) -> Event:  # noqa: A002
    """The event a stored record is; raises DamagedRecordError when its hash is another, or it is no event.

    What a newer desk wrote and this one can not read is an event of step NEWER that says so.
    """
    data = _checked(_EVENT, record, id)
    with _shaped(id):
        step, details, newer = _understood(data)
        known = {
            name: value for name, value in data.items() if name in _EVENT_KEYS - {"step", "details", "at", "after"}
        }
        return Event(
            id=EventId(id),
            step=step,
            at=datetime.fromisoformat(data["at"]),
            after=tuple(EventId(name) for name in data["after"]),
            details=details,
            newer=newer,
            **known,
        )


@contextmanager
def _shaped(name: str) -> Iterator[None]:
    """A record whose hash fits, and that still is not what such a record is: nobody's desk wrote it."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedRecordError(name, "it does not hold what such a record holds") from error


def _understood(data: dict[str, Any]) -> tuple[Step, Details | None, str]:
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


def approval(event: Event) -> str:
    """What an approval says, as canonical JSON: everything the signature covers.

    `override` is there only when a chief passed over the checks, so that other approvals keep the bytes they had.
    """
    said = {
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
    return canonical(said | ({"override": True} if event.override else {})).decode()


def approval_bytes(event: Event) -> bytes:
    """What an approval is signed as."""
    return statement_bytes(approval(event))


def statement_bytes(text: str) -> bytes:
    """The bytes a page's statement was signed as."""
    return _APPROVAL + text.encode()


def name_roster(record: Record) -> Record:
    """The record of the roster with the id that its canonical JSON has."""
    return replace(record, id=RosterId(_hash(_ROSTER, _roster_data(record))))


def roster_record(record: Record) -> str:
    return canonical(_roster_data(record)).decode()


def roster_bytes(record: Record) -> bytes:
    """What a record of the roster is signed as: everything but its signature."""
    return _ROSTER_SIGNED + canonical({**_roster_data(record), "signature": ""})


@lru_cache(maxsize=1024)  # a record never changes
def read_roster(record: str, *, id: str) -> Record:  # noqa: A002
    """The record of the roster that a stored text is; raises DamagedRecordError when it is another."""
    data = _checked(_ROSTER, record, id)
    with _shaped(id):
        return Record(
            id=RosterId(id),
            act=Act(data.pop("act")),
            at=datetime.fromisoformat(data.pop("at")),
            after=tuple(data.pop("after")),
            seen=tuple(data.pop("seen")),
            **data,
        )


def blob_name(data: bytes) -> str:
    """What a file is kept under: its SHA-256, as other programs say it, too."""
    return hashlib.sha256(data).hexdigest()


def read_blob(data: bytes, *, sha256: str) -> bytes:
    """The file itself; raises DamagedRecordError when its hash is another."""
    if blob_name(data) != sha256:
        raise DamagedRecordError(sha256, "the file does not match its hash")
    return data


def content_text(content: Content) -> str:
    """A working copy as JSON; nothing is named by its hash, so it need not be canonical."""
    return json.dumps(to_dict(content), ensure_ascii=False)


def read_content(text: str) -> Content:
    return from_dict(Content, json.loads(text))


def _revision_data(revision: Revision) -> dict[str, Any]:
    return {
        "article": revision.article,
        "author": revision.author,
        "content": to_dict(revision.content),
        "device": revision.device,
        "made_at": time_text(revision.made_at),
        "parents": list(revision.parents),
    }


def _event_data(event: Event) -> dict[str, Any]:
    data = {name: value for name, value in asdict(event).items() if name not in _NOT_STORED}
    if event.details is None:
        del data["details"]  # so that records keep the names they had before there were details
    return {**data, "at": time_text(event.at), "after": list(event.after)}


def _roster_data(record: Record) -> dict[str, Any]:
    data = asdict(record)
    del data["id"]
    return {**data, "at": time_text(record.at), "after": list(record.after), "seen": list(record.seen)}


def _hash(tag: bytes, data: dict[str, Any]) -> str:
    return hashlib.sha256(tag + canonical(data)).hexdigest()


def _checked(tag: bytes, record: str, name: str) -> dict[str, Any]:
    if hashlib.sha256(tag + record.encode()).hexdigest() != name:
        raise DamagedRecordError(name, "its text does not match its hash")
    data: dict[str, Any] = json.loads(record)
    return data
