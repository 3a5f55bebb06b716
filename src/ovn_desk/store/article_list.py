"""The list of a window at any size: the numbers of the rows of each section in their order, and rows by their numbers.

100,000 numbers are read in some 30 ms; what a row shows is read when the row is seen.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.assignments import parse_moment
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.notifications import EVERY_EDITOR, Reason
from ovn_desk.domain.workflow import EDITORS, State, Step
from ovn_desk.store import article_index, marks, records
from ovn_desk.store.article_index import ArticleRow
from ovn_desk.store.schema import articles, concerns, discarded, events, pins, revisions

ORDER = (
    State.DRAFT,
    State.SENT_BACK,
    State.FILED,
    State.IN_REVIEW,
    State.CORRECTING,
    State.APPROVED,
    State.PUBLISHED,
    State.HELD,
    State.SPIKED,
    State.WITHDRAWN,
)
KEPT_DAYS = 30
_SOON = timedelta(days=1)


class Group(StrEnum):
    """Sections of the list that are not a state."""

    PINNED = "pinned"
    FOR_YOU = "for you"
    DISCARDED = "discarded"


class Scope(StrEnum):
    """Whose stories the list has: those a person writes, holds or is to write; those that wait for them; all."""

    MINE = "mine"
    FOR_ME = "for me"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list shows. An empty field asks for nothing; `days` is how long ago an article was changed at most."""

    scope: Scope = Scope.ALL
    words: str = ""
    state: str = ""
    category: str = ""
    author: str = ""
    days: int = 0
    is_discarded: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom the list is made, and when."""

    person: Staff
    house: House
    now: datetime


@dataclass(slots=True)
class ListSection:
    """One heading of the list, and the numbers of its rows in their order."""

    key: State | Group
    rows: "array[int]"


class Note(NamedTuple):
    """Why an article concerns the person who looks at the list, or why it was sent back."""

    why: Reason
    by: StaffId
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """What a row of the list shows; `notes` are newest first."""

    number: int
    row: ArticleRow
    due_at: datetime | None = None
    notes: tuple[Note, ...] = ()
    is_pinned: bool = False
    discarded_at: datetime | None = None
    is_to_read: bool = False
    """Its text was combined from two versions by itself, and nobody read it since."""
    is_correction: bool = False
    """It was opened for correction: readers have an older text of it, or had one."""


class ListSpot(NamedTuple):
    """Where a row stands: its section, its number, and how many rows of the section stand above it."""

    key: State | Group | None
    number: int
    above: int


def sections(connection: Connection, asked: ListFilter, viewer: Viewer) -> list[ListSection]:
    """The sections that have rows; each article is in one of them."""
    if asked.is_discarded:
        found = [ListSection(Group.DISCARDED, _numbers(connection, _discarded_rows(asked, viewer)))]
    elif asked.scope is Scope.FOR_ME:
        found = [ListSection(Group.FOR_YOU, _numbers(connection, _waiting(asked, viewer)))]
    else:
        found = _by_state(connection, asked, viewer)
    if asked.words.strip():
        matching = _matching(connection, asked.words)
        found = [ListSection(one.key, array("q", filter(matching.__contains__, one.rows))) for one in found]
    if _has_pinned(asked):
        found = _with_pinned(found, _pinned_numbers(connection, viewer.person))
    return [one for one in found if one.rows]


def lines(connection: Connection, numbers: Iterable[int], person: Staff) -> dict[int, ListLine]:
    """The rows of these numbers, as far as they are there."""
    wanted = list(numbers)
    is_to_read = marks.is_unread_combination().label("is_to_read")
    asked = (is_to_read, _is_correction().label("is_correction"))
    shown = (articles.c.row, articles.c.due, pins.c.at, discarded.c.at, *asked)
    query = (
        select(*shown, *article_index.SHOWN)
        .outerjoin(pins, and_(pins.c.article == articles.c.id, pins.c.person == person.id))
        .outerjoin(discarded, discarded.c.article == articles.c.id)
        .where(articles.c.row.in_(wanted))
    )
    found = [(values, article_index.read_row(row)) for *values, row in _split(connection, query)]
    notes = _notes(connection, [row for _, row in found], person)
    return {
        number: ListLine(
            number,
            row,
            parse_moment(due),
            notes.get(row.id, ()),
            is_pinned=pinned is not None,
            discarded_at=datetime.fromisoformat(thrown) if thrown else None,
            is_to_read=bool(to_read),
            is_correction=bool(correction),
        )
        for (number, due, pinned, thrown, to_read, correction), row in found
    }


def spot(
    connection: Connection,
    article: ArticleId,
    asked: ListFilter,
    viewer: Viewer,
    *,
    here: State | Group | None = None,
) -> ListSpot | None:
    """Where an article stands in a list by states without words; None for one that is in no list at all.

    Its section is None where the filter leaves it out. In the section where it is known to stand, `here`, what is above
    it is not counted.
    """
    table = articles.c
    row = connection.execute(
        select(table.row, table.state, table.updated_at, table.id, pins.c.article)
        .outerjoin(pins, and_(pins.c.article == table.id, pins.c.person == viewer.person.id))
        .where(table.id == article)
    ).one_or_none()
    if row is None:
        return None
    number, state, at, id_, pinned = row
    conditions = _conditions(asked, viewer)
    if pinned and _has_pinned(asked):
        return ListSpot(Group.PINNED, number, 0)
    if connection.scalar(select(table.row).where(table.row == number, *conditions)) is None:
        return ListSpot(None, number, 0)
    if state == here:
        return ListSpot(here, number, 0)
    if state == State.FILED and viewer.person.role in EDITORS:
        queue = _numbers(
            connection, select(table.row).where(table.state == state, *conditions).order_by(*_queue(viewer))
        )
        pinned_rows = set(_pinned_numbers(connection, viewer.person)) if _has_pinned(asked) else set[int]()
        return ListSpot(State.FILED, number, [one for one in queue if one not in pinned_rows].index(number))
    newer = tuple_(table.updated_at, table.id) > (at, id_)
    above = select(func.count()).where(table.state == state, newer, *conditions)
    if _has_pinned(asked):
        above = above.where(table.id.not_in(select(pins.c.article).where(pins.c.person == viewer.person.id)))
    return ListSpot(State(state), number, connection.scalar(above) or 0)


def edited_by_others(connection: Connection, wanted: Collection[ArticleId]) -> set[ArticleId]:
    """Those of these articles of which somebody else than the reporter made a version."""
    is_own = func.instr(revisions.c.record, literal('"by":"').concat(articles.c.reporter).concat('"')) > 0
    query = select(articles.c.id).join(revisions, revisions.c.article == articles.c.id)
    return set(connection.scalars(query.where(articles.c.id.in_(wanted), ~is_own).distinct()))


def number_of(connection: Connection, article: ArticleId) -> int | None:
    """The number of an article's row; None for one that is not in the list."""
    return connection.scalar(select(articles.c.row).where(articles.c.id == article))


def waiting(connection: Connection, viewer: Viewer) -> int:
    """How many articles wait for a person."""
    query = _concerning(select(func.count(concerns.c.article.distinct())), viewer.person)
    return connection.scalar(query) or 0


def beginning_with(connection: Connection, start: str) -> set[int]:
    """The numbers of the rows whose headline begins with these letters, upper or lower case."""
    pattern = "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in start) + "%"
    return set(_numbers(connection, select(articles.c.row).where(articles.c.headline.like(pattern, escape="\\"))))


def _by_state(connection: Connection, asked: ListFilter, viewer: Viewer) -> list[ListSection]:
    """The order comes from one index for each state; what a filter leaves out, from one pass over the table.

    Newest first, but for an editor's filed stories, which are a queue.
    """
    table = articles.c
    states = [state for state in ORDER if asked.state in {"", state}]
    newest_first = [table.updated_at.desc(), table.id.desc()]
    orders: dict[State, list[ColumnElement[Any]]] = {state: [*newest_first] for state in states}
    if viewer.person.role in EDITORS:
        orders |= {State.FILED: _queue(viewer)}
    found = [
        ListSection(state, _numbers(connection, select(table.row).where(table.state == state).order_by(*orders[state])))
        for state in states
    ]
    if _is_narrow(asked):
        shown = set(_numbers(connection, select(table.row).where(*_conditions(asked, viewer))))
        return [ListSection(one.key, array("q", filter(shown.__contains__, one.rows))) for one in found]
    return _without(found, _numbers(connection, select(table.row).join(discarded, discarded.c.article == table.id)))


def _is_narrow(asked: ListFilter) -> bool:
    return bool(asked.category or asked.author or asked.days or asked.scope is Scope.MINE)


def _conditions(asked: ListFilter, viewer: Viewer) -> list[ColumnElement[bool]]:
    """What a filter asks of a row, but for its words."""
    table, me = articles.c, viewer.person.id
    found = [marks.is_listed()]
    if asked.scope is Scope.MINE:
        has_it = or_(table.holder == me, func.instr(table.rivals, me) > 0)
        is_mine = or_(table.reporter == me, has_it, table.custodian == me, table.assigned == me)
        found.append(or_(is_mine, table.is_lapsed == 1))  # which whoever reads it may make theirs
    if asked.state:
        found.append(table.state == asked.state)
    if asked.category:
        section = viewer.house.section(asked.category)
        found.append(table.category.in_([asked.category, *(section.was if section else ())]))
    if asked.author:
        found.append(table.reporter == asked.author)
    if asked.days:
        found.append(table.updated_at >= records.time_text(viewer.now - timedelta(days=asked.days)))
    return found


def _is_correction() -> ColumnElement[bool]:
    return exists().where(
        events.c.article == articles.c.id, func.instr(events.c.record, f'"step":"{Step.CORRECT}"') > 0
    )


def _urgency(viewer: Viewer) -> ColumnElement[int]:
    """0 for what is over, 1 for what is due within a day, 2 for anything else."""
    due, now, soon = articles.c.due, records.time_text(viewer.now), records.time_text(viewer.now + _SOON)
    return case((due == "", 2), (due < now, 0), (due < soon, 1), else_=2)


def _queue(viewer: Viewer) -> list[ColumnElement[Any]]:
    """The order in which filed stories are to be read: urgent ones, corrections, and then who has waited longest."""
    is_first = case((_is_correction(), 0), else_=1)
    return [_urgency(viewer), is_first, articles.c.since, articles.c.id]


def _waiting(asked: ListFilter, viewer: Viewer) -> Any:
    """What waits for a person: what is over, what is due within a day, filed corrections, and then the newest.

    The other filed stories stand below these, whichever has waited longest first.
    """
    table, is_filed = articles.c, articles.c.state == State.FILED
    is_late = case((and_(is_filed, _is_correction()), 0), (is_filed, 2), else_=1)
    waited = case((is_filed, table.since), else_="")
    plain = ListFilter(state=asked.state, category=asked.category, author=asked.author, days=asked.days)
    query = _concerning(select(table.row), viewer.person).where(*_conditions(plain, viewer))
    order = (_urgency(viewer), is_late, waited, func.max(concerns.c.at).desc(), table.row)
    return query.group_by(table.row).order_by(*order)


def _concerning(query: Any, person: Staff) -> Any:
    """What waits for every editor does not wait for its own reporter."""
    of_all = concerns.c.person == EVERY_EDITOR
    for_all = and_(of_all, articles.c.reporter != person.id) if person.role in EDITORS else false()
    return (
        query.select_from(concerns)
        .join(articles, articles.c.id == concerns.c.article)
        .where(or_(and_(concerns.c.person == person.id, ~of_all), for_all), marks.is_listed())
    )


def _discarded_rows(asked: ListFilter, viewer: Viewer) -> Any:
    """What was discarded with words in it, the last one first, for as long as it is kept here."""
    since = records.time_text(viewer.now - timedelta(days=KEPT_DAYS))
    query = select(articles.c.row).join(discarded, discarded.c.article == articles.c.id)
    query = query.where(discarded.c.is_empty == 0, discarded.c.at >= since)
    if asked.category:
        query = query.where(articles.c.category == asked.category)
    return query.order_by(discarded.c.at.desc(), articles.c.id)


def _pinned_numbers(connection: Connection, person: Staff) -> "array[int]":
    query = select(articles.c.row).join(pins, pins.c.article == articles.c.id)
    return _numbers(connection, query.where(pins.c.person == person.id, marks.is_listed()).order_by(pins.c.at))


def _has_pinned(asked: ListFilter) -> bool:
    """Whether pinned rows stand at the top; where something is looked for they stand among the others."""
    return not (
        asked.words.strip() or asked.state or asked.category or asked.author or asked.days or asked.is_discarded
    )


def _with_pinned(found: Sequence[ListSection], pinned: "array[int]") -> list[ListSection]:
    """Pinned rows at the top, and not repeated below."""
    return [ListSection(Group.PINNED, pinned), *_without(found, pinned)]


def _without(found: Sequence[ListSection], numbers: "array[int]") -> list[ListSection]:
    left_out = set(numbers)
    if not left_out:
        return list(found)
    return [ListSection(one.key, array("q", (n for n in one.rows if n not in left_out))) for one in found]


def _matching(connection: Connection, words: str) -> set[int]:
    expression = article_index.match_query(words)
    if not expression:
        return set()
    query: Any = select(literal_column("rowid").label("row")).select_from(text("article_search"))
    return set(_numbers(connection, query.where(text("article_search MATCH :match")).params(match=expression)))


def _numbers(connection: Connection, query: Any) -> "array[int]":
    """The numbers that a query finds, in its order; as one text, for a row each takes ten times as long."""
    inner = query.subquery()
    found = connection.scalar(select(func.json_group_array(inner.c[0])))
    return array("q", json.loads(found or "[]"))


def _split(connection: Connection, query: Any) -> Iterable[tuple[Any, ...]]:
    for number, due, pinned, thrown, to_read, correction, *row in connection.execute(query):
        yield number, due, pinned, thrown, to_read, correction, row


def _notes(connection: Connection, rows: Sequence[ArticleRow], person: Staff) -> Mapping[ArticleId, tuple[Note, ...]]:
    """Article → why it concerns a person; why it was sent back, whomever it concerns."""
    table = concerns.c
    query = select(table.article, table.person, table.why, table.by, table.at, table.words)
    query = query.where(table.article.in_([row.id for row in rows])).order_by(table.at.desc(), table.event)
    reporters = {row.id: row.reporter for row in rows}
    found: dict[ArticleId, list[Note]] = defaultdict(list)
    for article, whom, why, by, at, words in connection.execute(query):
        is_for_editors = whom == EVERY_EDITOR and person.role in EDITORS and reporters[article] != person.id
        note = Note(Reason(why), by, datetime.fromisoformat(at), words)
        if (whom == person.id or is_for_editors or note.why is Reason.SENT_BACK) and note not in found[article]:
            found[article].append(note)
    return {article: tuple(notes) for article, notes in found.items()}
