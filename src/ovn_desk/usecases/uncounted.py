"""Records that are kept, carried on and move nothing, because whoever signed them had no right to what they say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.workflow import Event, step_done
from ovn_desk.messages import Message
from ovn_desk.store import History, ReadTransaction, records, replication
from ovn_desk.usecases.publishing import public_log


@dataclass(frozen=True, slots=True)
class UncountedEntry:
    """One of them: who it says made it and when, what it says, and why it does not count."""

    record: str
    by: str
    at: str
    what: str
    why: Message
    article: ArticleId | None = None
    headline: str = ""


def uncounted_entries(reading: ReadTransaction) -> list[UncountedEntry]:
    """Every record that does not count: of the roster, the house file, the public log and each article."""
    names = {str(person.id): person.name for person in reading.staff()}
    return [*_of_the_roster(reading, names), *_of_articles(reading, names)]


def _of_the_roster(reading: ReadTransaction, names: dict[str, str]) -> Iterator[UncountedEntry]:
    made = {record.id: record for record in reading.roster_records()}
    for name, why in reading.roster().problems:
        record = made[name]
        what = f"{record.act.replace('-', ' ')} {record.name}".strip()
        yield UncountedEntry(name, names.get(record.by, record.by), records.time_text(record.at), what, why)
    for house, why in reading.houses().problems:
        yield UncountedEntry(house, "", "", "house settings", why)
    log = reading.public_log()
    for published, why in log.problems:
        yield UncountedEntry(published, "", "", "public log", why)
    added = {one.id: one for one in log.counted}
    for unfit in public_log.fold(log.counted, public_log.published_keys(reading.roster()))[1]:
        by, at = added[unfit].by, records.time_text(added[unfit].at)
        why = Message("log-lines-do-not-follow")
        yield UncountedEntry(unfit, names.get(by, by), at, "public log", why)


def _of_articles(reading: ReadTransaction, names: dict[str, str]) -> Iterator[UncountedEntry]:
    for articles in replication.batches(reading.article_ids()):
        for article, history in reading.histories(articles).items():
            yield from _of_article(reading, article, history, names)


def _of_article(
    reading: ReadTransaction, article: ArticleId, history: History, names: dict[str, str]
) -> Iterator[UncountedEntry]:
    folded = history.article
    why = {one.id: one.why for one in folded.uncounted if one.is_forged} if folded else {}
    headline = reading.revision(folded.head).content.headline if folded and why else ""
    if folded is None:
        why = dict.fromkeys(_ids(history.others), Message("record-of-strangers-article"))
    for one in history.others:
        if one.id in why:
            at, by = records.time_text(one.at), names.get(one.by, one.by)
            yield UncountedEntry(one.id, by, at, _record_words(one), why[one.id], article, headline)


def _ids(others: Iterable[Revision | Event]) -> Iterator[str]:
    return (one.id for one in others)


def _record_words(record: Revision | Event) -> str:
    return str(step_done(record.step)) if isinstance(record, Event) else "a text"
