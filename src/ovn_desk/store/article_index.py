"""The list of articles and the search: derived rows, and the queries that a screen asks for."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain import checklist, verification
from ovn_desk.domain.article import ArticleId, Content, StaffId, WorkingCopy
from ovn_desk.domain.claim import CHECKED
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.finding import Finding, standing_findings
from ovn_desk.domain.house import House
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.domain.texts import slug_of
from ovn_desk.domain.workflow import Article, Custody, Event, State, Step, custody_of
from ovn_desk.store import marks, records
from ovn_desk.store.schema import articles, concerns, named_sources
from ovn_desk.text import claims, style, words


class ArticleRow(NamedTuple):
    """One line of the article list.

    `problems` is how many stand in the way of approval; of more than one of `versions` somebody has to decide.
    `is_changed`: words were typed after the approval, which are no version yet.
    It `is_unconfirmed` while nobody has let in whoever began it, and `is_lapsed` where its writer had left and nothing
    of it counts.
    """

    id: ArticleId
    slug: str
    headline: str
    state: State
    category: str
    language: str
    words: int
    reporter: StaffId
    holder: StaffId | None
    problems: int
    versions: int
    updated_at: datetime
    custody: Custody = Custody()
    is_changed: bool = False
    is_unconfirmed: bool = False
    is_lapsed: bool = False

    @property
    def place(self) -> "ListPlace":
        return ListPlace(records.time_text(self.updated_at), self.id)


_INDEXED_AT_ONCE = 40_000  # letters: some 7,000 words
CUSTODY = [articles.c[name] for name in ("custodian", "since", "left_through", "left_by", "rivals")]
SHOWN = [*(articles.c[name] for name in ArticleRow._fields if name != "custody"), *CUSTODY]


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in the list, newest first: where the next page begins."""

    updated_at: str
    id: str


def rows(
    connection: Connection,
    *,
    states: Sequence[State],
    categories: Sequence[str],
    search: str,
    not_in: str,
    below: ListPlace | None,
    limit: int,
) -> list[ArticleRow]:
    """A page of the article list, newest first, from below a place; see ReadTransaction.rows."""
    query = select(*SHOWN).where(marks.is_listed())
    query = query.order_by(articles.c.updated_at.desc(), articles.c.id.desc()).limit(limit)
    if states:
        query = query.where(articles.c.state.in_(states))
    if categories:
        query = query.where(articles.c.category.in_(categories))
    if not_in:
        query = query.where(articles.c.language != not_in)
    if below:
        query = query.where(tuple_(articles.c.updated_at, articles.c.id) < (below.updated_at, below.id))
    return [read_row(found) for found in connection.execute(_where_matching(query, search)).all()]


def counts(connection: Connection, *, search: str) -> dict[State, int]:
    """State → number of the articles that have the words of `search`."""
    query = select(articles.c.state, func.count()).where(marks.is_listed()).group_by(articles.c.state)
    query = _where_matching(query, search)
    return {State(state): number for state, number in connection.execute(query)}


def live_by_category(connection: Connection, published: Collection[ArticleId]) -> dict[str, int]:
    """Category → number of these published articles; withdrawn ones are left out."""
    query = select(articles.c.id, articles.c.category).where(articles.c.state != State.WITHDRAWN)
    return Counter(row.category for row in connection.execute(query) if row.id in published)


def row(connection: Connection, article: ArticleId) -> ArticleRow:
    """One article's row; raises DeskError for an article that is not in the list."""
    found = connection.execute(select(*SHOWN).where(articles.c.id == article)).one_or_none()
    if found is None:
        raise DeskError("article-missing")
    return read_row(found)


def slugs(connection: Connection) -> dict[ArticleId, str]:
    """Article → its slug."""
    rows = connection.execute(select(articles.c.id, articles.c.slug))
    return {article: slug for article, slug in rows}  # noqa: C416 - rows are no pairs to a type checker


def publish(connection: Connection, exports: Iterable[Event]) -> None:
    """Set the rows of these approved articles to published, by their export events."""
    rows = [{"article": one.article, "at": records.time_text(one.at), "by": one.by} for one in exports]
    newest = func.max(articles.c.updated_at, bindparam("at"))
    values: dict[str, Any] = {
        "state": State.PUBLISHED,
        "holder": None,
        "updated_at": newest,
        "custodian": "",
        "since": bindparam("at"),
        "left_through": Step.PUBLISH,
        "left_by": bindparam("by"),
        "rivals": "",
    }
    connection.execute(update(articles).where(articles.c.id == bindparam("article")).values(values), rows)


def find(connection: Connection, wanted: str) -> ArticleId:
    """The article that a full id, a unique start of one or a slug names; raises DeskError for none and for several."""
    by_slug = select(articles.c.id).where(articles.c.slug == wanted)
    by_start = (
        select(articles.c.id)
        .where(or_(*(_begins_with(articles.c.id, one) for one in {wanted, wanted.lower()})))
        .limit(3)
    )
    found: list[str] = list(connection.scalars(by_slug)) or (list(connection.scalars(by_start)) if wanted else [])
    if not found:
        raise DeskError("article-unknown", wanted=wanted)
    if len(found) > 1:
        raise DeskError("article-ambiguous", wanted=wanted)
    return ArticleId(found[0])


def match_query(search: str) -> str:
    """An FTS5 expression for what a person typed: every word quoted, the last one a prefix; empty for no words."""
    tokens = words.search_tokens(search)
    return " ".join(f'"{token}"' for token in tokens) + "*" if tokens else ""


def _where_matching(query: Select[Any], search: str) -> Select[Any]:
    if not search.strip():
        return query
    expression = match_query(search)
    if not expression:
        return query.where(text("0"))
    found: Select[Any] = (
        select(literal_column("rowid")).select_from(text("article_search")).where(text("article_search MATCH :match"))
    )
    return query.where(articles.c.row.in_(found.params(match=expression)))


def project(
    connection: Connection,
    article: Article,
    content: Content,
    updated_at: datetime,
    house: House,
    *,
    slug: str,
    must_fix: int,
    published: Content | None,
    with_text: bool,
) -> None:
    """Writes one article's row, and its words into the search index.

    `slug` is the one it was published under; without it one is made from the text. `published` is the text that readers
    have.
    """
    judged = tuple(verification.judge(claims.find(content), content.sources, content.waivers))
    checked = [one for one in judged if one.claim.kind in CHECKED]
    day = updated_at.astimezone(house.zone).date().isoformat()  # not today: the same records make the same row
    style_found, length = _blocking_style(content, house), words.count(content.body)
    found = checklist.Found(judged, style_found, must_fix, words=length, today=day, published=published)
    given = article.assignment
    values = {
        **_listed_values(content),
        "problems": checklist.count_to_settle(checklist.problems(content, house, found)),
        "claims": len(checked),
        "supported": sum(not one.blocks for one in checked),
        "must_fix": must_fix,
        "assigned": given.who if given else "",
        "due": given.due if given else "",
        "aim": (given and given.words) or content.target_words,
        "planned_at": article.plan.planned_at,
        "embargo_until": article.plan.embargo_until,
        "slug": _free_slug(connection, article.id, slug or content.slug or content.headline),
        "state": article.state,
        "head": article.head,
        "versions": len(article.heads),
        "reporter": article.reporter,
        "holder": article.holder,
        "is_unconfirmed": int(article.is_unconfirmed),
        "is_lapsed": int(bool(article.lapse)),
        "updated_at": records.time_text(updated_at),
        "is_changed": 0,
        **_custody_values(custody_of(article)),
    }
    statement = upsert(articles).values(id=article.id, **values)
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=values)
    number = connection.scalar(statement.returning(articles.c.row))
    if with_text:
        _name_sources(connection, content, records.time_text(updated_at))
        _index_words(connection, number, content)


def _index_words(connection: Connection, row: int | None, content: Content) -> None:
    folded = {
        "row": row,
        "headline": words.fold_for_search(f"{content.headline} {content.standfirst}"),
        "body": words.fold_for_search(f"{content.body} {content.byline} {' '.join(content.tags)}"),
    }
    connection.execute(text("DELETE FROM article_search WHERE rowid = :row"), folded)
    connection.execute(
        text("INSERT INTO article_search (rowid, headline, body) VALUES (:row, :headline, :body)"), folded
    )


def _blocking_style(content: Content, house: House) -> tuple[Finding, ...]:
    """What the style rules find, in a house where it stops an approval; as advice it counts nowhere."""
    if not checklist.blocks_approval("style", house.checklist):
        return ()
    return tuple(standing_findings(style.find(content, style.rules(house.text)), content.waivers))


def _name_sources(connection: Connection, content: Content, used_at: str) -> None:
    """Those who may be named, for the next story that needs them."""
    for source in content.sources:
        if source.terms is not Terms.ON_RECORD or not (source.name or source.outlet):
            continue
        values = {name: getattr(source, name) for name in ("kind", "name", "role", "outlet", "url")}
        statement = upsert(named_sources).values(label=source.label, used_at=used_at, **values)
        statement = statement.on_conflict_do_update(
            index_elements=["label"], set_={**values, "used_at": used_at}, where=named_sources.c.used_at <= used_at
        )
        connection.execute(statement)


def query_named_sources(connection: Connection, *, limit: int) -> list[Source]:
    """The sources that may be named, the last used first."""
    columns = [named_sources.c[name] for name in ("kind", "name", "role", "outlet", "url")]
    rows = connection.execute(select(*columns).order_by(named_sources.c.used_at.desc()).limit(limit))
    return [
        Source(kind=SourceKind(kind), name=name, role=role, outlet=outlet, url=url)
        for kind, name, role, outlet, url in rows
    ]


def show_working_copy(connection: Connection, copy: WorkingCopy, *, is_changed: bool) -> None:
    """Update an article's row and words from its working copy; its count of problems waits for the next revision.

    So do the words of a very long text: folding them would be felt at each autosave. `is_changed`: the text is another
    one than was approved.
    """
    values = {
        **_listed_values(copy.content),
        "updated_at": records.time_text(copy.kept_at),
        "is_changed": int(is_changed),
    }
    statement = update(articles).where(articles.c.id == copy.article).values(**values)
    row = connection.scalar(statement.returning(articles.c.row))
    if row is not None and len(copy.content.body) <= _INDEXED_AT_ONCE:
        _index_words(connection, row, copy.content)


def leave_out(connection: Connection, article: ArticleId) -> None:
    """Delete an article's row and search text, as for one none of whose texts counts."""
    row = connection.scalar(select(articles.c.row).where(articles.c.id == article))
    if row is not None:
        connection.execute(text("DELETE FROM article_search WHERE rowid = :row"), {"row": row})
        connection.execute(delete(articles).where(articles.c.id == article))
        connection.execute(delete(concerns).where(concerns.c.article == article))


def clear(connection: Connection) -> None:
    """Delete every derived row of the list and the search."""
    connection.execute(delete(articles))
    connection.execute(delete(concerns))
    connection.execute(delete(named_sources))
    connection.execute(text("DELETE FROM article_search"))


def _custody_values(custody: Custody) -> dict[str, str]:
    return {
        "custodian": custody.holder or "",
        "since": records.time_text(custody.since) if custody.since else "",
        "left_through": custody.step or "",
        "left_by": custody.by or "",
        "rivals": " ".join(custody.rivals),
    }


def read_custody(values: Sequence[str]) -> Custody:
    """Who has an article, from its row's `CUSTODY`."""
    holder, since, step, by, rivals = values
    return Custody(
        StaffId(holder) or None,
        datetime.fromisoformat(since) if since else None,
        Step(step) if step else None,
        StaffId(by) or None,
        tuple(StaffId(one) for one in rivals.split()),
    )


def _listed_values(content: Content) -> dict[str, Any]:
    return {
        "headline": content.headline,
        "category": content.category,
        "language": content.language,
        "words": words.count(content.body),
    }


def _free_slug(connection: Connection, article: ArticleId, wanted: str) -> str:
    """The slug that a text makes, with a number where another article has it; nothing but the list is named by it."""
    base = slug_of(wanted)  # a slug that came from elsewhere may be any text
    near = select(articles.c.slug).where(_begins_with(articles.c.slug, base), articles.c.id != article)
    taken = set(connection.scalars(near))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _begins_with(column: Column[str], start: str) -> ColumnElement[bool]:
    """A beginning as a range of the column's index: LIKE reads every row of the table."""
    return and_(column >= start, column < f"{start}\U0010ffff")


def read_row(found: Any) -> ArticleRow:
    """A row that a query of `SHOWN` found."""
    # By position: a screen asks for hundreds, and looking each value up by name takes most of the time.
    id, slug, headline, state, category, language, count, *others = found  # noqa: A001
    reporter, holder, problems, versions, updated_at, is_changed, is_unconfirmed, is_lapsed, *custody = others
    return ArticleRow(
        id,
        slug,
        headline,
        State(state),
        category,
        language,
        count,
        reporter,
        holder,
        problems,
        versions,
        datetime.fromisoformat(updated_at),
        read_custody(custody),
        bool(is_changed),
        bool(is_unconfirmed),
        bool(is_lapsed),
    )


def count_held(connection: Connection, person: StaffId) -> int:
    """How many articles of the list are with a person."""
    held = select(func.count()).select_from(articles).where(articles.c.custodian == person)
    return connection.scalar(held) or 0
