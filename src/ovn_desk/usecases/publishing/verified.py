"""What was verified of the articles of a store, kept so that an export verifies again only what is new since."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.withheld import Secret
from ovn_desk.domain.workflow import Article, Event
from ovn_desk.formats.site.log import Fact
from ovn_desk.rendering.artifact import name_for
from ovn_desk.rendering.model import PageModel
from ovn_desk.store import ReadTransaction, Stamp
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases.program import program_fingerprint
from ovn_desk.usecases.publishing.addressing import Place

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class VerifiedArticle:
    """An article whose approval holds, and what readers see of it.

    `model` is without its text, which `Archive.with_text` adds when the page is written. `stamp` is that of the records
    it was read from, `place` where its page is, `facts` what the public log says of it. `withheld` is what no exported
    file may carry.
    """

    article: Article
    stamp: Stamp
    approval: Event
    model: PageModel
    place: Place
    facts: tuple[Fact, ...] = ()
    withheld: tuple[Secret, ...] = ()


@dataclass(slots=True)
class Memory:
    """What was verified while the desk is open; it holds until a record is added to the article."""

    articles: dict[ArticleId, tuple[Stamp, Article]] = field(default_factory=dict)
    ready: dict[EventId, VerifiedArticle] = field(default_factory=dict)

    def learn(self, stamp: Stamp, article: Article, verified: VerifiedArticle) -> None:
        self.articles[article.id] = stamp, article
        self.ready[verified.approval.id] = replace(verified, article=article, stamp=stamp)


class VerifiedCache:
    """The same for another run: a sealed piece an article, which holds for its records as they are stored, each byte.

    It holds as well only under the same law (`ReadTransaction.law_fingerprint`) and for the same program. Pieces are
    pickled, which would run whatever a forger writes: `BuildCache` gives out only what this desk has sealed.
    """

    def __init__(self, kept: BuildCache, law: str) -> None:
        self._kept = kept
        self._law = law

    def find(self, fingerprints: Mapping[ArticleId, str]) -> dict[ArticleId, tuple[Article, VerifiedArticle]]:
        """What is kept of some hundred articles by the fingerprints of their records."""
        pieces = self._kept.find_some([_place(article) for article in fingerprints])
        found: dict[ArticleId, tuple[Article, VerifiedArticle]] = {}
        for article, fingerprint in fingerprints.items():
            made_from, data = pieces.get(_place(article), ("", b""))
            if data and made_from == self._made_from(fingerprint):
                found[article] = pickle.loads(data)  # noqa: S301 - sealed by this desk
        return found

    def put(self, fingerprint: str, article: Article, verified: VerifiedArticle) -> None:
        """Keeps what was verified of an article with these records."""
        self._kept.put(_place(article.id), self._made_from(fingerprint), pickle.dumps((article, verified)))

    def _made_from(self, fingerprint: str) -> str:
        return name_for(program_fingerprint(), self._law, fingerprint)


def _place(article: ArticleId) -> str:
    return f"verified/{article}"


@dataclass(frozen=True, slots=True)
class Exports:
    """Articles and the exports of them that are about to be recorded, with what their records will be then."""

    events: Sequence[Event]
    stamps: Mapping[ArticleId, Stamp]
    fingerprints: Mapping[ArticleId, str]

    @classmethod
    def of(cls, tx: ReadTransaction, events: Sequence[Event]) -> "Exports":
        """Read in the transaction that records them, so that nobody else's record is among theirs."""
        ids = [one.article for one in events]
        fingerprints: dict[ArticleId, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            fingerprints |= tx.fingerprints(ids[start : start + _AT_ONCE])
        return cls(events, tx.stamps(), fingerprints)

    def keep(self, ready: Iterable[VerifiedArticle], memory: Memory, cache: VerifiedCache) -> None:
        """Keeps what was verified of these articles across their own export, which changes nothing of it."""
        known = {one.article.id: one for one in ready}
        for event in self.events:
            before = memory.ready.get(known[event.article].approval.id)
            if before is None:
                continue
            article = workflow.with_export(before.article, event)
            stamp = self.stamps[event.article]
            place = replace(before.place, is_new=False)
            verified = replace(before, article=article, stamp=stamp, place=place)
            memory.learn(stamp, article, verified)
            cache.put(self.fingerprints[event.article], article, verified)
