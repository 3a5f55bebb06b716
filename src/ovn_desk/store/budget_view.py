"""Whom articles concern, and the stories of a day or week: derived rows, and one query for each list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, case, delete, false, insert, or_, select

from ovn_desk.domain.article import ArticleId, EventId, StaffId
from ovn_desk.domain.assignments import parse_moment
from ovn_desk.domain.house import Staff
from ovn_desk.domain.notifications import EVERY_EDITOR, Notification, Reason
from ovn_desk.domain.workflow import EDITORS, RUNNING, Custody, State
from ovn_desk.store import article_index, marks, records
from ovn_desk.store.schema import articles, concerns


class InboxRow(NamedTuple):
    """One reason why an article concerns a person, with what a list shows of the article."""

    article: ArticleId
    headline: str
    state: State
    why: Reason
    event: EventId
    by: StaffId
    at: datetime
    words: str
    due_at: datetime | None


class BudgetRow(NamedTuple):
    """One story of the news budget. `owner` is who is to write it or else its reporter, `aim` the length asked for.

    `custody` says who has it now.

    `claims` are the quotations and figures, `supported` those of them that hold; `open` is what stands in the way of
    approval.
    """

    article: ArticleId
    slug: str
    headline: str
    state: State
    category: str
    owner: StaffId
    holder: StaffId | None
    words: int
    aim: int
    due_at: datetime | None
    planned_at: datetime | None
    embargo_until: datetime | None
    claims: int
    supported: int
    open: int
    custody: Custody = Custody()


def write_notifications(connection: Connection, article: ArticleId, found: Iterable[Notification]) -> None:
    """Replace the notification rows of one article."""
    connection.execute(delete(concerns).where(concerns.c.article == article))
    rows = [
        {
            "article": article,
            "person": one.person,
            "why": one.why,
            "event": one.event,
            "by": one.by,
            "at": records.time_text(one.at),
            "words": one.words,
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(concerns), rows)


def inbox(connection: Connection, person: Staff) -> list[InboxRow]:
    """The notifications of a person, newest first; what waits for every editor is not shown to its own reporter."""
    of_all = concerns.c.person == EVERY_EDITOR
    for_all = and_(of_all, articles.c.reporter != person.id) if person.role in EDITORS else false()
    shown = [
        articles.c.id,
        articles.c.headline,
        articles.c.state,
        *(concerns.c[name] for name in ("why", "event", "by", "at", "words")),
        articles.c.due,
    ]
    query = (
        select(*shown)
        .join(articles, articles.c.id == concerns.c.article)
        .where(or_(and_(concerns.c.person == person.id, ~of_all), for_all), marks.is_listed())
        .order_by(concerns.c.at.desc(), concerns.c.event)
    )
    return [_inbox_row(row) for row in connection.execute(query)]


def budget(connection: Connection, since: datetime, until: datetime) -> list[BudgetRow]:
    """The stories of a time: those planned or due before its end and not out yet, those worked on, those gone out."""
    first, last = records.time_text(since), records.time_text(until)
    day = case((articles.c.planned_at != "", articles.c.planned_at), else_=articles.c.due)
    is_running = articles.c.state.in_(RUNNING)
    was_touched = and_(articles.c.updated_at >= first, articles.c.updated_at < last)
    query = (
        select(*_BUDGET)
        .where(
            marks.is_listed(),
            or_(
                and_(is_running, day != "", day < last),
                and_(is_running, day == "", was_touched),
                and_(articles.c.state == State.PUBLISHED, was_touched),
            ),
        )
        .order_by(day == "", day, articles.c.updated_at.desc(), articles.c.id)
    )
    return [_budget_row(row) for row in connection.execute(query)]


_BUDGET = [
    *(articles.c[name] for name in ("id", "slug", "headline", "state", "category", "reporter", "assigned", "holder")),
    *(articles.c[name] for name in ("words", "aim", "due", "planned_at", "embargo_until", "claims", "supported")),
    articles.c.problems,
    *article_index.CUSTODY,
]


def _inbox_row(row: Any) -> InboxRow:
    article, headline, state, why, event, by, at, words, due = row
    return InboxRow(
        article, headline, State(state), Reason(why), event, by, datetime.fromisoformat(at), words, parse_moment(due)
    )


def _budget_row(row: Any) -> BudgetRow:
    article, slug, headline, state, category, reporter, assigned, holder, *rest = row
    words, aim, due, planned_at, embargo_until, claims, supported, problems, *custody = rest
    return BudgetRow(
        article,
        slug,
        headline,
        State(state),
        category,
        StaffId(assigned or reporter),
        holder,
        words,
        aim,
        parse_moment(due),
        parse_moment(planned_at),
        parse_moment(embargo_until),
        claims,
        supported,
        problems,
        article_index.read_custody(custody),
    )
