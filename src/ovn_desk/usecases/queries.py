"""What a window or a command asks the store: each question is one read transaction, and its answer is values.

`Readable` and `Store` are what is asked; `Changes` and `Kind` say what a store tells when something was committed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec, TypeVar

from ovn_desk.domain.article import ArticleId, Revision, RevisionId, StaffId
from ovn_desk.domain.house import House, Staff
from ovn_desk.store import Changes, Kind, Readable, ReadTransaction, Store, article_index, records
from ovn_desk.store.article_index import ArticleRow
from ovn_desk.store.budget_view import BudgetRow, InboxRow

__all__ = [
    "ArticleRow",
    "BudgetRow",
    "Changes",
    "InboxRow",
    "Kind",
    "Readable",
    "Store",
    "active_staff",
    "ask",
    "count_held",
    "find_articles",
    "headline",
    "headlines",
    "house",
    "parent_of",
    "person",
    "revision",
    "short_names",
    "staff_by_id",
    "staff_names",
    "staff_with_key",
    "today",
]

P = ParamSpec("P")
T = TypeVar("T")


def ask(
    store: Readable, question: Callable[Concatenate[ReadTransaction, P], T], *args: P.args, **options: P.kwargs
) -> T:
    """Call a function of a ReadTransaction, with these arguments, in a read transaction of its own."""
    with store.read() as reading:
        return question(reading, *args, **options)


# The house and its people


def house(store: Readable) -> House:
    """The house as its records say; raises DeskError where there is none yet."""
    with store.read() as reading:
        return reading.house()


def today(newsroom: House) -> str:
    """The day it is where the newsroom is, as ISO date."""
    return records.now().astimezone(newsroom.zone).date().isoformat()


def active_staff(store: Readable) -> list[Staff]:
    """Who works here now, by name."""
    with store.read() as reading:
        return [person for person in reading.staff() if not person.is_retired]


def staff_by_id(store: Readable) -> dict[StaffId, Staff]:
    """Everybody who is or was on the roster, and who asks to be on it."""
    with store.read() as reading:
        roster = reading.roster()
        asking = (roster.asker(one.key) for one in roster.requests.values() if one.person not in roster.people)
        return {person.id: person for person in (*filter(None, asking), *reading.staff())}


def staff_names(store: Readable) -> dict[StaffId, str]:
    """Their names."""
    return {id: person.name for id, person in staff_by_id(store).items()}  # noqa: A001


def short_names(store: Readable) -> dict[StaffId, str]:
    """The first names of those whom nobody shares it with, the whole names of all others: for where room is short."""
    whole = {id: name for id, name in staff_names(store).items() if name.strip()}  # noqa: A001
    first = Counter(name.split()[0] for name in whole.values())
    return {id: name if first[name.split()[0]] > 1 else name.split()[0] for id, name in whole.items()}  # noqa: A001


def staff_with_key(store: Readable) -> set[StaffId]:
    """Whose public key the roster has, so that something can be sealed to them."""
    with store.read() as reading:
        return {owner for owner, _ in reading.public_keys().values()}


def person(store: Readable, name_or_id: str) -> Staff:
    """One person of the roster; raises DeskError where that is not one person."""
    with store.read() as reading:
        return reading.person(name_or_id)


# Articles and their texts


def find_articles(store: Readable, words: str, *, limit: int) -> list[ArticleRow]:
    """The newest articles that have all the words; the last word may be the start of one."""
    with store.read() as reading:
        return reading.rows(search=words, limit=limit)


def count_held(reading: ReadTransaction, person: StaffId) -> int:
    """How many stories a person has, as the list says it."""
    return article_index.count_held(reading.connection, person)


def has_stories(store: Readable) -> bool:
    """Whether there is any story here."""
    with store.read() as reading:
        return reading.has_stories


def headline(store: Readable, article: ArticleId) -> str:
    """Raises DeskError for an article that is not in this store."""
    with store.read() as reading:
        return reading.row(article).headline


def headlines(store: Readable, articles: Iterable[ArticleId]) -> dict[ArticleId, str]:
    """Article → headline, of several articles."""
    with store.read() as reading:
        return {article: reading.row(article).headline for article in articles}


def told_headlines(reading: ReadTransaction, articles: Iterable[ArticleId]) -> list[str]:
    """The headlines of those of these articles that have a version here with a word in it, and are not discarded."""
    histories = {one: reading.history(one) for one in articles if not reading.discarded_at(one)}
    has_words = [one for one, found in histories.items() if found.article is not None and not found.is_untouched]
    return [reading.row(one).headline for one in has_words]


def revision(store: Readable, wanted: RevisionId) -> Revision:
    """One text, whether it counts or not; raises DeskError where it is not in this store."""
    with store.read() as reading:
        return reading.revision(wanted)


def parent_of(store: Readable, child: RevisionId) -> RevisionId | None:
    """The revision that another was made from; None for the first."""
    return next(iter(revision(store, child).parents), None)
