"""The records as each device wrote them, one after the other: what is missing, moved, put in or refiled."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from ovn_desk.domain.article import ArticleId, DeviceId
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction
from ovn_desk.store.chain import Link
from ovn_desk.store.session import NEWEST

Problem = tuple[str, str]
_BACKWARDS = timedelta(days=1)


def problems(reading: ReadTransaction) -> list[Problem]:
    """(id, reason) of every record that is missing, moved, put in or refiled by its device's chain."""
    links = reading.links()
    found = [*_broken_links(links, reading.device()), *_forked_chains(links)]
    newest = reading.setting(NEWEST)
    if newest and newest not in {link.id for link in links}:
        found.append((newest, str(Message("last-record-missing"))))
    return found


def problems_of(reading: ReadTransaction, article: ArticleId) -> dict[str, str]:
    """`problems` for the records of one article: id → reason, as far as they show without the other records."""
    return dict(_broken_links(reading.links(article), reading.device()))


def clock_setbacks(reading: ReadTransaction) -> list[Problem]:
    """(id, reason) of records dated over a day before what they follow: a clock was set back. They are not refused."""
    return [
        (link.id, str(Message("clock-stood-before", at=link.at[:16], before=link.previous_at[:16])))
        for link in reading.links()
        if link.previous_at and datetime.fromisoformat(link.previous_at) - datetime.fromisoformat(link.at) > _BACKWARDS
    ]


def detached_records(reading: ReadTransaction) -> list[Problem]:
    """Records of other computers that came without those before them: a bundle of some articles has no others."""
    own = reading.device()
    return [
        (link.id, str(Message("record-before-stayed", record=link.previous[:12])))
        for link in reading.links()
        if link.previous and link.previous_seq is None and link.said_device != own
    ]


def _broken_links(links: Iterable[Link], own: DeviceId) -> Iterator[Problem]:
    """What came from other computers may have come in part, and in another order."""
    for link in links:
        if link[2:5] != link[5:8]:
            yield link.id, str(Message("record-filed-elsewhere"))
        elif not link.previous:
            continue
        elif link.previous_seq is None:
            if link.said_device == own:
                yield link.id, str(Message("record-before-missing", record=link.previous[:12]))
        elif link.previous_device != link.said_device:
            yield link.id, str(Message("record-after-other-computer", record=link.previous[:12]))
        elif link.previous_seq > link.seq and link.said_device == own:
            yield link.id, str(Message("record-order-changed", record=link.previous[:12]))


def _forked_chains(links: Iterable[Link]) -> Iterator[Problem]:
    """Two records of one computer after the same one: a chain has no branches."""
    met: Counter[tuple[str, str]] = Counter()
    for link in links:
        place = (link.said_device, link.previous)
        met[place] += 1
        if met[place] > 1:
            after = Message("the-record", record=link.previous[:12]) if link.previous else Message("no-record")
            yield link.id, str(Message("record-put-in", after=after))
