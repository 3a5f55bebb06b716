"""Whether a row that came from elsewhere is what it says: size, hash, form, and what it rests on."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import Record
from ovn_desk.domain.values import misshapen
from ovn_desk.domain.workflow import DETAILS, Event, Step
from ovn_desk.store import records
from ovn_desk.store.carrying import Row

LARGEST_RECORD = 8 * 1024 * 1024

_KIND = re.compile(r"[a-z]{1,20}/[0-9]{1,4}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[0-9A-Za-z/_-]{1,64}")
_TEXTS = ("article", "by", "device", "step", "revision", "note", "reason", "digest", "name", "key", "signature")


class RowRefused(DeskError):
    """A row that is not what it says; its text is why, as half a sentence."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that is what it says. `needs` are the rows it rests on; `newer` says what can not be read here."""

    row: Row
    data: dict[str, Any]
    article: str = ""
    needs: frozenset[str] = frozenset()
    value: Revision | Event | Record | None = None
    newer: str = ""


def check(row: Row) -> Checked:
    """The row read; raises RowRefused with the reason when it can not be believed."""
    if not _KIND.fullmatch(row.kind) or not _HASH.fullmatch(row.id):
        raise RowRefused("its kind or id is not one")
    try:
        text = row.record.encode()
    except UnicodeEncodeError as error:
        raise RowRefused("its text is not Unicode") from error
    if len(text) > LARGEST_RECORD:
        raise RowRefused(f"it is larger than {LARGEST_RECORD // 1024 // 1024} MB")
    if hashlib.sha256(b"ovn-desk/" + row.kind.encode() + b"\n" + text).hexdigest() != row.id:
        raise RowRefused("its text does not match its hash")
    data = _data(row.record)
    if row.kind not in _READ:
        return Checked(row, data, _article(data), newer=f"a record of the kind {row.kind}")
    return _READ[row.kind](row, data)


def _data(record: str) -> dict[str, Any]:
    try:
        data = json.loads(record)
        is_canonical = _plain(data) == record or records.canonical(data).decode() == record
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise RowRefused("it is not JSON as records have it") from error
    if not is_canonical or not isinstance(data, dict):
        raise RowRefused("it is not JSON as records have it")
    return data


def _plain(data: Any) -> str:
    """The same as the canonical text wherever there are no odd keys or fractions, and much quicker."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _article(data: Mapping[str, Any]) -> str:
    found = data.get("article")
    return found if isinstance(found, str) and _NAME.fullmatch(found) else ""


def _revision(row: Row, data: dict[str, Any]) -> Checked:
    _expect(data, texts=("article", "author", "device"), lists=("parents",), time="made_at")
    if set(data) > {"article", "author", "content", "device", "made_at", "parents"}:
        return Checked(row, data, _article(data), newer="a field of a revision")
    if wrong := misshapen(Content, data.get("content")):
        raise RowRefused(f"its content is not one ({wrong})")
    if len(data["parents"]) != len(set(data["parents"])) or row.id in data["parents"]:
        raise RowRefused("it names a parent twice")
    needs = frozenset(data["parents"])
    try:
        revision = records.read_revision(row.record, id=row.id)
    except DeskError as error:
        return Checked(row, data, _article(data), needs, newer=str(error))
    return Checked(row, data, revision.article, needs, revision)


def _event(row: Row, data: dict[str, Any]) -> Checked:
    _expect(data, texts=_TEXTS, lists=("after",), time="at")
    if not isinstance(data.get("previous", 0), str | None):
        raise RowRefused("its previous is not one")
    event = records.read_event(row.record, id=row.id)
    kind = DETAILS.get(event.step)
    if event.step is not Step.NEWER and kind and event.details and (wrong := misshapen(kind, data["details"])):
        raise RowRefused(f"its details are not those of a step ({wrong})")
    return Checked(row, data, event.article, frozenset({*event.after, event.revision}), event)


def _roster(row: Row, data: dict[str, Any]) -> Checked:
    texts = ("act", "person", "device", "name", "role", "key", "public", "reason", "by", "signer", "signature")
    _expect(data, texts=texts, lists=("after", "seen"), time="at")
    try:
        record = records.read_roster(row.record, id=row.id)
    except DeskError as error:
        return Checked(row, data, newer=str(error))
    return Checked(row, data, "", frozenset(record.after), record)


_READ: Mapping[str, Callable[[Row, dict[str, Any]], Checked]] = {
    "roster/1": _roster,
    "revision/1": _revision,
    "event/1": _event,
}


def _expect(data: dict[str, Any], *, texts: tuple[str, ...], lists: tuple[str, ...], time: str) -> None:
    """Raises RowRefused for a field that is missing or not of its type."""
    for name in texts:
        if not isinstance(data.get(name), str):
            raise RowRefused(f"its {name} is not a text")
    for name in ("article", "device"):
        if name in texts and name in data and not _NAME.fullmatch(data[name]):
            raise RowRefused(f"its {name} is not an id")
    for name in lists:
        if not isinstance(data.get(name), list) or not all(isinstance(item, str) for item in data[name]):
            raise RowRefused(f"its {name} is not a list of ids")
    try:
        is_time = records.time_text(datetime.fromisoformat(data[time])) == data[time]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise RowRefused("its time is not one") from error
    if not is_time:
        raise RowRefused("its time is not one")
