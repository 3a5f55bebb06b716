"""When a command can be run, and what a form is about, as several features ask."""

from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session


def is_open(article: OpenArticle) -> bool:
    """Whether an article is open."""
    return article.folded is not None


def may_write(article: OpenArticle) -> bool:
    """Whether an article is open whose text this person may change now."""
    return not article.edit_refusal


def may_type(article: OpenArticle, editor: QWidget) -> bool:
    """`may_write`, while the text is shown: what cannot be seen is not changed at a cursor that cannot be seen."""
    return may_write(article) and editor.isVisibleTo(editor.window())


def is_chief(session: Session) -> bool:
    return session.key.is_chiefs


def form_of(article: OpenArticle, session: Session) -> tuple[ArticleId | None, StaffId]:
    """What a form that is opened now is about: the open story, and who sits here."""
    return article.id, session.person.id
