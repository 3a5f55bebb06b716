"""What is chosen about conflicts of an article while its decision is being made; no other desk hears of it."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ovn_desk.domain.article import ArticleId
from ovn_desk.store.schema import choices


def read(connection: Connection, article: ArticleId) -> dict[str, str]:
    """Conflict → what was kept of it."""
    rows = connection.execute(select(choices.c.conflict, choices.c.choice).where(choices.c.article == article))
    return {conflict: choice for conflict, choice in rows}  # noqa: C416 - rows are no pairs to a type checker


def keep(connection: Connection, article: ArticleId, conflict: str, choice: str) -> None:
    """Keep a choice in the place of the one before; an empty one takes it away."""
    if not choice:
        connection.execute(delete(choices).where(choices.c.article == article, choices.c.conflict == conflict))
        return
    statement = upsert(choices).values(article=article, conflict=conflict, choice=choice)
    statement = statement.on_conflict_do_update(index_elements=["article", "conflict"], set_={"choice": choice})
    connection.execute(statement)


def drop(connection: Connection, article: ArticleId) -> None:
    """Forget every choice about an article."""
    connection.execute(delete(choices).where(choices.c.article == article))
