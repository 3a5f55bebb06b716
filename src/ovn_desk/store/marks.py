"""What this desk alone remembers of articles: which were discarded, pinned by a person, or read once combined."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, literal, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import ArticleId, RevisionId, StaffId
from ovn_desk.domain.workflow import Article, State
from ovn_desk.store import records
from ovn_desk.store.schema import articles, discarded, pins, read_combinations, revisions, working_copies


def is_listed() -> ColumnElement[bool]:
    """A condition of a query of `articles`: not discarded on this desk."""
    return articles.c.id.not_in(select(discarded.c.article))


def discard(connection: Connection, article: ArticleId, head: RevisionId, *, at: datetime, is_empty: bool) -> None:
    """Take an article out of the list, as long as `head` is its newest revision."""
    values = {"head": head, "at": records.time_text(at), "is_empty": int(is_empty)}
    statement = upsert(discarded).values(article=article, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_=values))


def restore(connection: Connection, article: ArticleId) -> None:
    """Put a discarded article back into the list."""
    connection.execute(delete(discarded).where(discarded.c.article == article))


def restore_if_written(connection: Connection, article: Article) -> None:
    """Put a discarded draft back that somebody wrote on, or that is no draft any more."""
    connection.execute(
        delete(discarded).where(
            discarded.c.article == article.id,
            or_(discarded.c.head != article.head, literal(article.state is not State.DRAFT)),
        )
    )


def discarded_at(connection: Connection, article: ArticleId) -> datetime | None:
    """When an article was discarded here; None for one that is in the list."""
    at = connection.scalar(select(discarded.c.at).where(discarded.c.article == article))
    return datetime.fromisoformat(at) if at else None


def pin(connection: Connection, article: ArticleId, person: StaffId, *, at: datetime) -> None:
    """Keep an article at the top of a person's list on this desk."""
    values = {"article": article, "person": person, "at": records.time_text(at)}
    connection.execute(upsert(pins).values(values).on_conflict_do_nothing())


def unpin(connection: Connection, article: ArticleId, person: StaffId) -> None:
    connection.execute(delete(pins).where(pins.c.article == article, pins.c.person == person))


def is_unread_combination() -> ColumnElement[bool]:
    """A condition of a query of `articles`: its newest text was combined by itself, and nobody read it or wrote on."""
    head = articles.c.head
    return and_(
        articles.c.versions == 1,
        exists().where(revisions.c.id == head, revisions.c.device.startswith("combined/")),
        ~exists().where(read_combinations.c.article == articles.c.id, read_combinations.c.head == head),
        ~exists().where(working_copies.c.article == articles.c.id, working_copies.c.base == head),
    )


def has_unread_combination(connection: Connection, article: ArticleId) -> bool:
    """Whether somebody has still to read what an article's versions were combined to."""
    return connection.scalar(select(articles.c.id).where(articles.c.id == article, is_unread_combination())) is not None


def mark_combination_read(connection: Connection, article: ArticleId, head: RevisionId) -> None:
    """Remember that somebody read a combined text."""
    statement = upsert(read_combinations).values(article=article, head=head)
    connection.execute(statement.on_conflict_do_update(index_elements=["article"], set_={"head": head}))
