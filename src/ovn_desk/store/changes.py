"""What one COMMIT changed: which kinds of thing, in which articles, and who asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Flag, auto

from ovn_desk.domain.article import ArticleId


class Kind(Flag):
    """Kinds of thing in a store. TEXTS are revisions and working copies, MARKS what this desk pinned and discarded."""

    NOTHING = 0
    TEXTS = auto()
    EVENTS = auto()
    HOUSE = auto()
    ROSTER = auto()
    SETTINGS = auto()
    MARKS = auto()


EVERY_KIND = Kind.TEXTS | Kind.EVENTS | Kind.HOUSE | Kind.ROSTER | Kind.SETTINGS | Kind.MARKS


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction changed; told to everybody after its COMMIT.

    `asked_by` is what was given to `asking` round the transaction. `is_anything` says that another process wrote:
    what it changed is not known, so it may be anything.
    """

    articles: frozenset[ArticleId] = field(default_factory=frozenset)
    kinds: Kind = Kind.NOTHING
    asked_by: object | None = None
    is_anything: bool = False

    def may_touch(self, article: ArticleId | None) -> bool:
        """Whether an article may have changed: named here, or not known because another process wrote."""
        return article is not None and (self.is_anything or article in self.articles)


ANYTHING = Changes(kinds=EVERY_KIND, is_anything=True)

_asker: ContextVar[object | None] = ContextVar("asker", default=None)


@contextmanager
def asking(asker: object) -> Iterator[None]:
    """Set `Changes.asked_by` for the transactions inside the block, so that a listener can skip its own."""
    token = _asker.set(asker)
    try:
        yield
    finally:
        _asker.reset(token)


def asker() -> object | None:
    """Who asks for the transactions of this thread now; None outside of `asking`."""
    return _asker.get()
