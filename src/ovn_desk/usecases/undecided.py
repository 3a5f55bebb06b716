"""How many changes by an editor wait in the stories of a list, which then counts what the open story counts."""

from collections.abc import Mapping

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import RUNNING, State
from ovn_desk.store import ReadTransaction, replication
from ovn_desk.text.cache import TextCache
from ovn_desk.usecases import suggesting

_known = TextCache[int]()
"""By device, article and where its newest record stands: a list is read anew at each autosave and each record."""


def count_undecided(reading: ReadTransaction, states: Mapping[ArticleId, State]) -> dict[ArticleId, int]:
    """Article → how many changes are undecided, of these articles in their states; those without any are left out."""
    asked = [article for article, state in states.items() if state in RUNNING]
    if not asked:
        return {}
    device, places = reading.device(), replication.newest_places(reading, asked)
    keys = {article: (device, article, places.get(article, 0)) for article in asked}
    counts = {article: _known.find(keys[article], 0) for article in asked}
    missing = [article for article, number in counts.items() if number is None]
    edited = reading.edited_by_others(missing) if missing else set[ArticleId]()
    for article in missing:
        found = len(suggesting.suggestions(reading, article).undecided) if article in edited else 0
        _known.keep(keys[article], 0, found)
        counts[article] = found
    return {article: number for article, number in counts.items() if number}
