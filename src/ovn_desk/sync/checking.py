"""Whether a row that came from elsewhere is what it says: size, hash, form, and what it rests on."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import rfc8785

from ovn_desk.domain.article import Content, DeviceId, Revision, StaffId
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_record import HouseRecord, LogAddition
from ovn_desk.domain.roster import Act, Record
from ovn_desk.domain.values import first_misshapen
from ovn_desk.domain.workflow import DETAILS, Step
from ovn_desk.messages import Message
from ovn_desk.store import records
from ovn_desk.store.records import Named
from ovn_desk.store.replication import RecordRow

LARGEST_RECORD = 8 * 1024 * 1024

_KIND = re.compile(r"[a-z]{1,20}/[0-9]{1,4}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[0-9A-Za-z/_-]{1,64}")


class RowRefused(DeskError):
    """A row that is not what it says; its message is why, as half a sentence."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that is what it says. `needs` are the rows it rests on; `newer` says what can not be read here.

    Who signed it is for the roster to tell: `by`, `key` and `device` are what it says of that.
    """

    row: RecordRow
    data: dict[str, Any]
    article: str = ""
    needs: frozenset[str] = frozenset()
    value: records.AnyRecord | None = None
    newer: Message | None = None

    @property
    def by(self) -> StaffId:
        return StaffId(self.data["by"])

    @property
    def key(self) -> str:
        return str(self.data.get("key", ""))

    @property
    def device(self) -> DeviceId:
        return DeviceId(self.data["device"])

    @property
    def id(self) -> str:
        return self.row.id


def check(row: RecordRow) -> CheckedRow:
    """Parse a row and verify its size, hash and form; raises RowRefused with the reason. Signatures come later."""
    if not _KIND.fullmatch(row.kind) or not _HASH.fullmatch(row.id):
        raise RowRefused("row-kind-wrong")
    try:
        text = row.record.encode()
    except UnicodeEncodeError as error:
        raise RowRefused("row-not-unicode") from error
    if len(text) > LARGEST_RECORD:
        raise RowRefused("row-too-large", most=LARGEST_RECORD // 1024 // 1024)
    if hashlib.sha256(b"ovn-desk/" + row.kind.encode() + b"\n" + text).hexdigest() != row.id:
        raise RowRefused("row-hash-wrong")
    data = _data(row.record)
    _check_envelope(row, data)
    if row.kind in _READ:
        return _READ[row.kind](row, data)
    name, _, version = row.kind.partition("/")
    if any(name == known.partition("/")[0] and int(version) < int(known.partition("/")[2]) for known in _READ):
        raise RowRefused("row-too-old")
    return CheckedRow(row, data, _article(data), newer=Message("newer-kind", kind=row.kind))


def _data(record: str) -> dict[str, Any]:
    try:
        data = json.loads(record)
        is_canonical = _plain_json(data) == record or records.canonical(data).decode() == record
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise RowRefused("row-not-json") from error
    if not is_canonical or not isinstance(data, dict):
        raise RowRefused("row-not-json")
    return data


def _plain_json(data: Any) -> str:
    """The same as the canonical text wherever there are no odd keys or fractions, and much quicker."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _article(data: Mapping[str, Any]) -> str:
    found = data.get("article")
    return found if isinstance(found, str) and _NAME.fullmatch(found) else ""


def _check_envelope(row: RecordRow, data: Mapping[str, Any]) -> None:
    """What every record has, of whatever kind and version: who made it, when, where, and after what."""
    for name in ("by", "device"):
        if not isinstance(data.get(name), str) or not _NAME.fullmatch(data[name]):
            raise RowRefused("row-field-not-id", name=name)
    for name in ("key", "previous", "article"):
        if not isinstance(data.get(name, ""), str) or not _NAME.fullmatch(data.get(name, "-")):
            raise RowRefused("row-field-not-id", name=name)
    if not isinstance(data.get("after", []), list) or not all(isinstance(item, str) for item in data.get("after", [])):
        raise RowRefused("row-after-wrong")
    if data.get("v") != int(row.kind.partition("/")[2]):
        raise RowRefused("row-version-wrong")
    try:
        is_time = records.time_text(datetime.fromisoformat(data["at"])) == data["at"]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise RowRefused("row-time-wrong") from error
    if not is_time:
        raise RowRefused("row-time-wrong")


def _check_written(row: RecordRow, value: records.AnyRecord) -> None:
    """One thing is said in one way: what has its default is left out."""
    if records.text_of(value) != row.record:
        raise RowRefused("row-written-otherwise")


def _revision(row: RecordRow, data: dict[str, Any]) -> CheckedRow:
    _expect(data, texts=("article",), lists=("parents",), optional=("nonce",))
    if set(data) - _REVISION_KEYS:
        return CheckedRow(row, data, _article(data), newer=Message("newer-field-of-revision"))
    if wrong := first_misshapen(Content, data.get("content")):
        raise RowRefused("row-content-wrong", part=wrong)
    if len(data["parents"]) != len(set(data["parents"])) or row.id in data["parents"]:
        raise RowRefused("row-parent-twice")
    needs = frozenset({*data["parents"], *data.get("after", ())})
    try:
        revision = records.read_revision(row.record, id=row.id, signature=row.signature)
    except records.DamagedRecordError as error:
        raise RowRefused(error.reason) from error
    except DeskError as error:
        return CheckedRow(row, data, _article(data), needs, newer=error.message)
    _check_written(row, revision)
    if not revision.parents and revision.article != records.article_id(revision.by, revision.nonce):
        raise RowRefused("row-article-id-wrong")
    return CheckedRow(row, data, revision.article, needs, revision)


def _event(row: RecordRow, data: dict[str, Any]) -> CheckedRow:
    _expect(data, texts=("article", "step", "revision"), optional=_EVENT_TEXTS)
    event = _parse_record(row, records.read_event)
    kind = DETAILS.get(event.step)
    if event.step is not Step.NEWER:
        if kind and event.details and (wrong := first_misshapen(kind, data["details"])):
            raise RowRefused("row-details-wrong", part=wrong)
        for one in data.get("credits", ()):
            if wrong := first_misshapen(Credit, one):
                raise RowRefused("row-credits-wrong", part=wrong)
        _check_written(row, event)
    return CheckedRow(row, data, event.article, frozenset({*event.after, event.revision}), event)


def _roster(row: RecordRow, data: dict[str, Any]) -> CheckedRow:
    _expect(data, texts=("act", "person"), optional=_ROSTER_TEXTS)
    if set(data) - _ROSTER_KEYS or data["act"] not in set(Act):
        return CheckedRow(row, data, newer=Message("newer-record-of-roster"))
    if not isinstance(data.get("seen", []), list) or not all(isinstance(item, str) for item in data.get("seen", [])):
        raise RowRefused("row-seen-wrong")
    record = _parse_record(row, records.read_roster)
    _check_written(row, record)
    return CheckedRow(row, data, "", frozenset(record.after), record)


def _house(row: RecordRow, data: dict[str, Any]) -> CheckedRow:
    _expect(data, texts=("text",))
    log = data.get("log")
    if set(data) - _HOUSE_KEYS or (isinstance(log, dict) and set(log) - _LOG_KEYS):
        return CheckedRow(row, data, newer=Message("newer-record-of-house"))
    if "log" in data and (wrong := first_misshapen(LogAddition, log)):
        raise RowRefused("row-log-wrong", part=wrong)
    record = _parse_record(row, records.read_house_record)
    _check_written(row, record)
    return CheckedRow(row, data, "", frozenset(record.after), record)


def _parse_record(row: RecordRow, read: Callable[..., Named]) -> Named:
    try:
        return read(row.record, id=row.id, signature=row.signature)
    except records.DamagedRecordError as error:
        raise RowRefused(error.reason) from error


_EVENT_TEXTS = ("note", "reason", "digest", "name", "proof")
_ROSTER_TEXTS = ("name", "role", "about", "public", "expires", "reason")
_REVISION_KEYS, _ROSTER_KEYS, _HOUSE_KEYS = (
    {part.name for part in fields(kind)} - {"id", "signature"} | {"v"} for kind in (Revision, Record, HouseRecord)
)

_LOG_KEYS = {part.name for part in fields(LogAddition)}

_READ: Mapping[str, Callable[[RecordRow, dict[str, Any]], CheckedRow]] = {
    records.ROSTER: _roster,
    records.HOUSE: _house,
    records.REVISION: _revision,
    records.EVENT: _event,
}


def _expect(
    data: Mapping[str, Any], *, texts: tuple[str, ...], lists: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> None:
    """Raises RowRefused for a field that is missing or not of its type; an optional one may be left out."""
    for name in (*texts, *(name for name in optional if name in data)):
        if not isinstance(data.get(name), str):
            raise RowRefused("row-field-not-text", name=name)
    for name in lists:
        if not isinstance(data.get(name), list) or not all(isinstance(item, str) for item in data[name]):
            raise RowRefused("row-field-not-ids", name=name)
