"""Which address each published article has, and a new one for an article that has none yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ovn_desk.domain import addresses
from ovn_desk.domain.addresses import AddressClaim
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import Article
from ovn_desk.store import ReadTransaction


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article's page is, and where it was before; `is_new`: no record says so yet."""

    path: str
    former: tuple[str, ...] = ()
    is_new: bool = False


class AddressBook:
    """Every address that a record of this newsroom gives to a story, settled among all of them.

    `find` folds an article. A record that does not count claims nothing, so an address that more than one article may
    have is looked up in the folds of these.
    """

    def __init__(self, reading: ReadTransaction, find: Callable[[ArticleId], Article | None]) -> None:
        self._find = find
        self._named = reading.addresses()
        self._paths: dict[str, set[str]] = {}
        for path in self._named:
            self._paths.setdefault(addresses.slug_in(path), set()).add(path)
        self._given: dict[ArticleId, str] = {}
        self._slugs: dict[str, ArticleId] = {}  # those of `_given`

    def path_by_records(self, article: Article) -> str:
        """Where the article's page is by its records; empty when it has no address of its own."""
        return addresses.settle_addresses(self._claims_beside(article)).get(article.id, "")

    def place(self, article: Article, wanted: Callable[[], str]) -> Place:
        """Where the article's page is; one without an address is given the one it wants, or the next free one."""
        path = self.path_by_records(article)
        former = tuple(dict.fromkeys(claim.path for claim in article.claims if claim.path != path))
        if path:
            return Place(path, former)
        if article.id not in self._given:
            given = self._given[article.id] = self._free(former[0] if former else wanted(), article.id)
            self._slugs[addresses.slug_in(given)] = article.id
        return Place(self._given[article.id], former, is_new=True)

    def is_taken(self, slug: str, article: ArticleId) -> bool:
        """Whether another article ever had an address with this slug, in whatever month."""
        is_given = self._slugs.get(slug, article) != article
        return is_given or any(self._others_at(path, article) for path in self._paths.get(slug, ()))

    def _claims_beside(self, article: Article) -> Iterator[AddressClaim]:
        """The claims of an article, of those that claim a path of its own, and so on."""
        seen, waiting = {article.id}, [article]
        while waiting:
            one = waiting.pop()
            yield from one.claims
            for path in {claim.path for claim in one.claims}:
                found = [other for other in self._others_at(path, one.id) if other.id not in seen]
                seen |= {other.id for other in found}
                waiting += found

    def _others_at(self, path: str, article: ArticleId) -> list[Article]:
        """The other articles with a record that counts and says that they had a path."""
        folds = [self._find(other) for other in sorted(self._named.get(path, set()) - {article})]
        return [one for one in folds if one and any(claim.path == path for claim in one.claims)]

    def _free(self, wanted: str, article: ArticleId) -> str:
        slug = addresses.free_slug(addresses.slug_in(wanted), lambda slug: self.is_taken(slug, article))
        return f"{wanted.rpartition('/')[0]}/{slug}.html"
