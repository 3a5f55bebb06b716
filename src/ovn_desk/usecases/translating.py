"""Translating an article: a draft in another language that says what it is a translation of."""

from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.store import ReadTransaction
from ovn_desk.store.article_index import ArticleRow

# What holds in any language, and what a translator has to put into the new one before it may go out.
_KEPT = (
    *("genre", "category", "topics", "byline", "dateline", "date"),
    *("unverified", "sources", "images", "replies"),
)
_OFFERED = 12


def begin_translation(original: Content, article: ArticleId, house: House, *, language: str) -> Content:
    """Make the content that a translation begins with; raises DeskError for a language it can not be in."""
    if language not in house.languages:
        raise DeskError("language-not-of-house", language=language, languages=house.languages)
    if language == original.language:
        raise DeskError("language-already", language=language)
    kept = {name: getattr(original, name) for name in _KEPT}
    return Content(language=language, translates=article, **kept)


def other_language(original: Content, house: House) -> str:
    """The first language of the house that an article is not in; raises DeskError where there is none."""
    for language in house.languages:
        if language != original.language:
            return language
    raise DeskError("language-only-one")


def originals(reading: ReadTransaction, article: ArticleId, language: str, search: str) -> list[ArticleRow]:
    """The articles in another language with these words in them, newest first."""
    rows = reading.rows(search=search, not_in=language, limit=_OFFERED + 1)
    return [row for row in rows if row.id != article][:_OFFERED]
