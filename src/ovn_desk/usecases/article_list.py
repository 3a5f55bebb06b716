"""The list of articles as a window shows it: by state, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.store import Readable
from ovn_desk.store.article_index import ArticleRow


@dataclass(slots=True)
class Section:
    """The articles of one state: how many there are, and those that were read, the newest first."""

    state: State
    count: int
    rows: list[ArticleRow] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return len(self.rows) >= self.count


def sections(store: Readable, order: Sequence[State], *, search: str, page: int) -> list[Section]:
    """The states that have articles with these words, in an order, with the first `page` rows in all."""
    with store.read() as reading:
        counts = reading.counts(search=search)
        found = [Section(state, counts[state]) for state in order if counts.get(state)]
        for section in found:
            room = page - sum(len(other.rows) for other in found)
            if room > 0:
                section.rows = reading.rows(states=[section.state], search=search, limit=room)
    return found


def more(store: Readable, section: Section, *, search: str, page: int) -> list[ArticleRow]:
    """The next rows below those that a section has."""
    below = section.rows[-1].place if section.rows else None
    with store.read() as reading:
        return reading.rows(states=[section.state], search=search, below=below, limit=page)


def row(store: Readable, article: ArticleId) -> ArticleRow:
    """One line of the list; raises DeskError for an article that is not in this store."""
    with store.read() as reading:
        return reading.row(article)
