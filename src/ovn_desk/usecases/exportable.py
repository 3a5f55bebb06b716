"""What may go out: what is approved, and whether its time has come; what is out already, and where it can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.assignments import too_early_refusal
from ovn_desk.domain.workflow import State
from ovn_desk.messages import Message
from ovn_desk.store import Readable, ReadTransaction, records

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing.request import ExportRequest


@dataclass(frozen=True, slots=True)
class Exportable:
    """An article that may go out. `why_not_yet` says that its time has not come; None where it has.

    `is_changed`: words were typed after its approval, which do not go out.
    """

    id: ArticleId
    headline: str
    why_not_yet: Message | None = None
    is_published: bool = False
    is_changed: bool = False


def exportable(store: Readable, also: Sequence[ArticleId] = ()) -> list[Exportable]:
    """The approved articles, the newest first, and others that are published."""
    with store.read() as reading:
        zone, now = reading.house().zone, records.now()
        found = [
            Exportable(
                row.id,
                row.headline,
                too_early_refusal(reading.article(row.id).plan, now, zone),
                is_changed=row.is_changed,
            )
            for row in reading.rows(states=[State.APPROVED])
        ]
        approved = {one.id for one in found}
        others = [article for article in also if article not in approved]
        found += [Exportable(article, reading.row(article).headline, is_published=True) for article in others]
    return found


def published_count(store: Readable) -> int:
    """How many articles readers have."""
    with store.read() as reading:
        return reading.counts().get(State.PUBLISHED, 0)


def published_ids(store: Readable) -> list[ArticleId]:
    """The articles that readers have, the newest first."""
    with store.read() as reading:
        return list(reading.ids(State.PUBLISHED))


def file_to_see(store: Readable, asked: "ExportRequest", written: Sequence[str]) -> Path | None:
    """The file to look at after an export: the first article's page, or the front page, or whatever was written."""
    if asked.as_zip:
        return None
    addresses: list[str] = []
    if asked.ids:
        with store.read() as reading:
            addresses = [claim.path for claim in reversed(reading.article(asked.ids[0]).claims)]
    pages = sorted(written, key=lambda name: not name.endswith(".html"))
    candidates = (asked.to / name for name in (*addresses, "index.html", *pages))
    return next((file for file in candidates if file.is_file()), None)


def standing_pages(reading: ReadTransaction) -> frozenset[ArticleId]:
    """The withdrawn articles whose pages readers still have, as far as this desk knows: no site was written since.

    Each export of the whole site notes in the public log which articles it says are withdrawn.
    """
    gone = {id for id in reading.ids(State.WITHDRAWN) if reading.article(id).published}  # noqa: A001
    lines = [line for one in reading.public_log().counted if one.log for line in one.log.lines] if gone else []
    told = [line for line in lines if '"withdrawn"' in line]
    return frozenset(id for id in gone if not any(id in line for line in told))  # noqa: A001
