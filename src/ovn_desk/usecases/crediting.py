"""The credits that an approval would sign, and the line that readers are given of them."""

from dataclasses import replace

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, RevisionId, tidy
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.house import Staff
from ovn_desk.rendering import page
from ovn_desk.store import ReadTransaction

_NOT_YET_SAVED = RevisionId("now")


def credits_under(reading: ReadTransaction, article: ArticleId, content: Content, *, by: Staff) -> tuple[Credit, ...]:
    """The credits of a text under this person's signature; what is not a version yet is theirs."""
    history, head = reading.history(article), reading.revision(reading.article(article).head)
    signed, revisions = head.id, list(history.revisions)
    if tidy(content) != head.content:
        signed = _NOT_YET_SAVED
        revisions.append(replace(head, id=signed, content=tidy(content), parents=(head.id,), by=by.id, nonce=""))
    return workflow.credits_of(revisions, signed, by, reading.roster().people)


def line_of(credits: tuple[Credit, ...], content: Content, *, approver: str) -> str:  # noqa: A002
    """The sentence of the page that names them, in the language of the story."""
    return page.credit_line(credits, content.language, approver=approver)


def line_under(reading: ReadTransaction, article: ArticleId, content: Content, *, by: Staff) -> str:
    """The sentence that readers would be given under this person's signature."""
    return line_of(credits_under(reading, article, content, by=by), content, approver=by.name)
