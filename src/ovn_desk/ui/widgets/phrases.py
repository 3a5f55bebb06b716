"""Numbers with their word, how long ago something was, how long it still takes, and the names of versions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.workflow import minutes_ago

_JOIN = "\u2060"
_AHEAD = timedelta(minutes=2)


def quantity(number: int, one: str, many: str) -> str:
    """`1 word`, `2 words`, `1,204 words`."""
    said = QCoreApplication.translate("Phrases", one if number == 1 else many)
    return f"{number:,} {said}"


def join_parts(parts: Sequence[str]) -> str:
    """`1 story`, `1 story and 2 files`, `1 story, 2 files and news`."""
    *others, last = parts
    said = QCoreApplication.translate("Phrases", "{others} and {last}")
    return said.format(others=", ".join(others), last=last) if others else last


def way_name(kind: WaiverKind) -> str:
    """Why a claim may stand, as somebody chooses it."""
    name = {
        WaiverKind.NOT_FACTUAL: "No factual claim",
        WaiverKind.COMMON_KNOWLEDGE: "Common knowledge",
        WaiverKind.TRANSLATED: "Translated",
        WaiverKind.CONDENSED: "Condensed",
        WaiverKind.CLEANED: "Put right",
        WaiverKind.STYLE: "Style",
    }[kind]
    return QCoreApplication.translate("Phrases", name)


def age(moment: datetime, now: datetime) -> str:
    """How long ago, as people say it by the clock of `now`: `now`, `12 min`, `5 h`, `Mon`, `3 Nov`."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{minutes_ago(moment, now)} min"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h"
    local = moment.astimezone(now.tzinfo)
    if seconds < 6 * 86_400:
        return f"{local:%a}"
    return f"{local.day} {local:%b}" + (f" {local.year}" if local.year != now.year else "")


def day_and_time(moment: datetime, now: datetime) -> str:
    """When it was by the clock of `now`: `today 09:06`, `yesterday 18:20`, `3 May 09:06`, `27 Nov 2025 09:06`."""
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days in {0, 1}:
        day = QCoreApplication.translate("Phrases", "yesterday" if days else "today")
    else:
        day = f"{local.day} {local:%b}" + (f" {local.year}" if local.year != now.year else "")
    return f"{day} {local:%H:%M}"


def clock_time(moment: datetime, now: datetime) -> str:
    """When it was, as short as it is clear by the clock of `now`: `09:06`, `yesterday 18:20`, `3 May 09:06`.

    Empty for a moment that lies ahead: one of the clocks is wrong, and no time is better than a false one.
    """
    if moment - now > _AHEAD:
        return ""
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else day_and_time(moment, now)


def time_left(seconds: float) -> str:
    """How long something still takes, no more exact than that is known: `about 20 seconds left`."""
    if seconds < 8:
        return QCoreApplication.translate("Phrases", "a few seconds left")
    if seconds < 55:
        rounded = 10 * max(1, round(seconds / 10))
        return QCoreApplication.translate("Phrases", "about {number} seconds left").format(number=rounded)
    minutes = max(1, round(seconds / 60))
    one, many = "about a minute left", "about {number} minutes left"
    return QCoreApplication.translate("Phrases", one if minutes == 1 else many).format(number=minutes)


def short_id(name: str) -> str:
    """The ends of a long id, which stay on one line: `9f3c…41`."""
    return name if len(name) <= 8 else f"{name[:4]}{_JOIN}…{_JOIN}{name[-2:]}"
