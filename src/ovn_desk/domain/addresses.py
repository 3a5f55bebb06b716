"""The addresses of published pages: each is written in a record once, and settled among all records of a newsroom."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from ovn_desk.domain.article import ArticleId, EventId
from ovn_desk.domain.texts import slug_of
from ovn_desk.messages import Message

EXAMPLE = "2026/07/rail-groups.html"
_LONGEST = 120  # letters of a slug
_PATH = re.compile(r"[0-9]{4}/(?:0[1-9]|1[0-2])/([^/]+)\.html")


class AddressClaim(NamedTuple):
    """That a record says a page of this article is, or was, at this path of the site.

    `at` is when the record says it was made, and never before what it exported was approved or before an earlier claim
    of the article, of which this one is that `number` (from 0). A move is a chief's.
    """

    path: str
    article: ArticleId
    at: datetime
    event: EventId
    number: int = 0
    is_move: bool = False


def path_problem(path: str) -> Message | None:
    """Why this is no address of an article's page, in a sentence; empty when it is one."""
    found = _PATH.fullmatch(path)
    if found and slug_of(found[1], limit=_LONGEST) == found[1]:
        return None
    return Message("address-wrong", path=path, example=EXAMPLE)


def slug_in(path: str) -> str:
    """The readable part of an address: `rail-groups` of `2026/07/rail-groups.html`."""
    return path.rpartition("/")[2].removesuffix(".html")


def settle_addresses(claims: Iterable[AddressClaim]) -> dict[ArticleId, str]:
    """Settle which path each article has, of all claims on the paths that these articles ever had.

    They are taken one after the other, the earliest first, alike on every desk. A path goes to the first article that
    claims it while it has no other, or is moved there; an article that only claims what another keeps has no address.
    """
    owners: dict[str, ArticleId] = {}
    found: dict[ArticleId, str] = {}
    for claim in sorted(claims, key=lambda claim: (claim.at, claim.number, claim.event)):
        is_wanted = claim.is_move or claim.article not in found
        if is_wanted and owners.setdefault(claim.path, claim.article) == claim.article:
            found[claim.article] = claim.path
    return found


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """The wanted slug, or else with the first number that makes it free."""
    slug, number = wanted, 2
    while is_taken(slug):
        slug, number = f"{wanted}-{number}", number + 1
    return slug
