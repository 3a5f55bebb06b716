"""The list of articles as a window shows it: its sections, and what its rows say as they are seen."""

from collections.abc import Iterable
from dataclasses import replace

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.workflow import State
from ovn_desk.store import Readable, records
from ovn_desk.store.article_list import (
    KEPT_DAYS,
    ORDER,
    Group,
    ListFilter,
    ListLine,
    ListSection,
    ListSpot,
    Note,
    Scope,
    Viewer,
)
from ovn_desk.usecases import merging
from ovn_desk.usecases.undecided import count_undecided

__all__ = [
    "KEPT_DAYS",
    "ORDER",
    "Group",
    "ListFilter",
    "ListLine",
    "ListSection",
    "ListSpot",
    "Note",
    "Scope",
    "address",
    "lines",
    "number_waiting",
    "row_number",
    "rows_beginning_with",
    "sections",
    "spot",
]


def sections(store: Readable, asked: ListFilter, *, person: Staff, house: House) -> list[ListSection]:
    """The sections that have rows, with the numbers of these; each article is in one of them."""
    with store.read() as reading:
        return reading.sections(asked, Viewer(person, house, records.now()))


def lines(store: Readable, numbers: Iterable[int], *, person: Staff) -> dict[int, ListLine]:
    """What the rows of these numbers show to a person; a number whose article is gone is left out.

    An editor's undecided changes are problems here as in the open article: the store's own row counts the text alone.
    What was combined is for some to read.
    """
    with store.read() as reading:
        found = reading.lines(numbers, person)
        for number, line in found.items():
            if line.is_to_read and not merging.needs_reading(reading, line.row.id, person):
                found[number] = replace(line, is_to_read=False)
        undecided = count_undecided(reading, {line.row.id: line.row.state for line in found.values()})
    return {number: _with_problems(line, undecided.get(line.row.id, 0)) for number, line in found.items()}


def spot(
    store: Readable,
    article: ArticleId,
    asked: ListFilter,
    *,
    person: Staff,
    house: House,
    here: State | Group | None = None,
) -> ListSpot | None:
    """Where an article stands in a list by states; None for one that no list has.

    In the section where it is known to stand, `here`, what is above it is not counted.
    """
    with store.read() as reading:
        return reading.spot(article, asked, Viewer(person, house, records.now()), here=here)


def row_number(store: Readable, article: ArticleId) -> int | None:
    """The number of an article's row; None for one that no list has."""
    with store.read() as reading:
        return reading.row_number(article)


def rows_beginning_with(store: Readable, start: str) -> set[int]:
    """The numbers of the rows whose headline begins with these letters."""
    with store.read() as reading:
        return reading.rows_beginning_with(start)


def number_waiting(store: Readable, *, person: Staff, house: House) -> int:
    """How many articles wait for a person."""
    with store.read() as reading:
        return reading.number_waiting(Viewer(person, house, records.now()))


def address(store: Readable, article: ArticleId) -> str:
    """The address of an article's page on the site; empty for one that has none yet."""
    with store.read() as reading:
        claims = reading.article(article).claims
        return reading.house().address(claims[-1].path) if claims else ""


def _with_problems(line: ListLine, more: int) -> ListLine:
    return replace(line, row=line.row._replace(problems=line.row.problems + more)) if more else line
