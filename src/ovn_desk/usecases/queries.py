"""What a window or a command asks the store: each question is one read transaction, and its answer is values."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from ovn_desk.domain.article import RevisionId, StaffId
from ovn_desk.domain.house import Staff
from ovn_desk.store import Readable, ReadTransaction
from ovn_desk.store.article_index import ArticleRow

P = ParamSpec("P")
T = TypeVar("T")


def ask(
    store: Readable, question: Callable[Concatenate[ReadTransaction, P], T], *args: P.args, **options: P.kwargs
) -> T:
    """Call a function of a ReadTransaction, with these arguments, in a read transaction of its own."""
    with store.read() as reading:
        return question(reading, *args, **options)


def find_articles(store: Readable, words: str, *, limit: int) -> list[ArticleRow]:
    """The newest articles that have all the words; the last word may be the start of one."""
    with store.read() as reading:
        return reading.rows(search=words, limit=limit)


def active_staff(store: Readable) -> list[Staff]:
    """Who works here now, by name."""
    with store.read() as reading:
        return [person for person in reading.staff() if not person.is_retired]


def staff_names(store: Readable) -> dict[StaffId, str]:
    """The name of everybody who is or was on the roster."""
    with store.read() as reading:
        return {person.id: person.name for person in reading.staff()}


def person(store: Readable, name_or_id: str) -> Staff:
    """One person of the roster; raises DeskError where that is not one person."""
    with store.read() as reading:
        return reading.person(name_or_id)


def parent_of(store: Readable, revision: RevisionId) -> RevisionId | None:
    """The revision that another was made from; None for the first."""
    with store.read() as reading:
        return next(iter(reading.revision(revision).parents), None)
