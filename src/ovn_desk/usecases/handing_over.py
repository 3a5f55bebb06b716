"""What handing over does first, a version of each text, and what it remembers: what was handed to whom, and when."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import Staff
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, replication
from ovn_desk.usecases import merging, queries, recovering, writing

_HANDED = "handed to "  # of the settings' names; a person's id follows


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The stories that somebody was handed as they are here, and when the last of these files was written."""

    stories: frozenset[ArticleId] = frozenset()
    at: datetime | None = None


def state_of(reading: ReadTransaction, articles: Collection[ArticleId] | None) -> dict[str, str]:
    """What these stories, or all, are made of: another text for each as soon as anything of it is new."""
    return {name: total.text for name, total in replication.totals(reading, articles).items() if name}


def remember(store: Store, person: Staff, totals: Mapping[str, str], *, at: datetime) -> None:
    """Remember that somebody was handed stories in this state, `state_of`; that they took them in is not known.

    It is asked before the file is written: what comes meanwhile may not be in it.
    """
    with store.begin() as tx:
        known = json.loads(tx.setting(_HANDED + person.id) or "{}")
        handed = {name: (total, at.isoformat()) for name, total in totals.items()}
        tx.set_setting(_HANDED + person.id, json.dumps(known | handed))


def find_handed_over(reading: ReadTransaction, person: Staff, articles: Collection[ArticleId]) -> HandedOver:
    """Which of these stories somebody was handed as they are here now."""
    known = json.loads(reading.setting(_HANDED + person.id) or "{}")
    here = replication.totals(reading, articles) if known else {}
    stories = {name for name in articles if name in known and name in here and known[name][0] == here[name].text}
    times = [datetime.fromisoformat(known[name][1]) for name in stories]
    return HandedOver(frozenset(stories), max(times, default=None))


def save_texts(store: Store, *, by: Signer) -> None:
    """Makes a version of every text that is none yet and that this person may change; the rest stays as it is."""
    for article in queries.ask(store, stories_with_text, by.person):
        writing.save(store, article, by=by)
        merging.combine(store, [article])


def stories_left(reading: ReadTransaction, by: Staff, articles: Collection[ArticleId] | None) -> list[ArticleId]:
    """Those of these stories, or of all, whose text is no version and that this person may not change."""
    texts = [one for one in recovering.unfinished_texts(reading, by=by) if one.refusal and not one.is_uncounted]
    return [one.article for one in texts if articles is None or one.article in articles]


def stories_with_text(reading: ReadTransaction, by: Staff) -> list[ArticleId]:
    """The stories with text that is no version yet and that this person may change."""
    return [one.article for one in recovering.unfinished_texts(reading, by=by) if one.refusal is None]
