"""How many changes by an editor wait in the stories of a list, which then counts what the open story counts."""

from collections.abc import Mapping

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.store import ReadTransaction
from ovn_desk.text.cache import TextCache
from ovn_desk.usecases import suggesting

_MAY_WAIT = frozenset({State.DRAFT, State.SENT_BACK, State.FILED, State.IN_REVIEW})
_known = TextCache[int]()
"""By device, its newest record and article: a list is read anew at each autosave, and only a record changes these."""


def count_undecided(reading: ReadTransaction, states: Mapping[ArticleId, State]) -> dict[ArticleId, int]:
    """Article → how many changes are undecided, of these articles in their states; those without any are left out."""
    asked = [article for article, state in states.items() if state in _MAY_WAIT]
    edited = reading.edited_by_others(asked) if asked else set[ArticleId]()
    if not edited:
        return {}
    place = (reading.device(), reading.last_place())
    counts = {}
    for article in edited:
        found = _known.find((*place, article), 0)
        if found is None:
            found = len(suggesting.suggestions(reading, article).undecided)
            _known.keep((*place, article), 0, found)
        counts[article] = found
    return {article: number for article, number in counts.items() if number}
