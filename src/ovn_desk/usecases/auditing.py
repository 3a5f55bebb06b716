"""What a year's published texts declare of AI, and which named person examined each: a table for an auditor."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ovn_desk.domain import workflow
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.workflow import Event, Step
from ovn_desk.store import ReadTransaction, replication

_COLUMNS = (
    *("published", "article", "headline", "language", "reported by", "AI used"),
    *("examined and approved by", "approved", "sent back before", "approved over the checks, why"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate


@dataclass(frozen=True, slots=True)
class ExaminedText:
    """One text that readers had: what it declares, and who approved it after sending it back so many times.

    Times are in the house's zone; `ai_used` is empty where nothing was declared.
    """

    article: ArticleId
    headline: str
    language: str
    reporter: str
    ai_used: tuple[AiUse, ...]
    approver: str
    approved_at: datetime
    published_at: datetime
    sent_back: int = 0
    override: str = ""


def examined_texts(reading: ReadTransaction, year: int) -> list[ExaminedText]:
    """Every text published in that year (house time), oldest first; a corrected text counts as one of its own."""
    zone = reading.house().zone
    names = {person.id: person.name for person in reading.staff()}
    found = [one for one in _of_articles(reading, names, zone) if one.published_at.year == year]
    return sorted(found, key=lambda one: one.published_at)


def _of_articles(reading: ReadTransaction, names: dict[StaffId, str], zone: tzinfo) -> Iterator[ExaminedText]:
    for articles in replication.batches(reading.listed_ids()):
        reading.histories(articles)
        for article in articles:
            yield from _of_article(reading, article, names, zone)


def _of_article(
    reading: ReadTransaction, article: ArticleId, names: dict[StaffId, str], zone: tzinfo
) -> Iterator[ExaminedText]:
    folded = reading.article(article)
    if folded.published is None:
        return
    approval: Event | None = None
    sent_back = 0
    for event in workflow.topological_order(reading.events(article)):
        if event.step is Step.APPROVE:
            approval = event
        elif event.step is Step.SEND_BACK:
            sent_back += 1
        elif event.step is Step.PUBLISH and approval:
            content = reading.revision(approval.revision).content
            yield ExaminedText(
                article,
                content.headline,
                content.language,
                names.get(folded.reporter, folded.reporter),
                content.ai_used,
                approval.name,
                approval.at.astimezone(zone),
                event.at.astimezone(zone),
                sent_back,
                approval.override,
            )
            approval, sent_back = None, 0


def as_csv(rows: list[ExaminedText]) -> str:
    """The table as comma-separated values with a heading; no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in rows:
        said = "; ".join(use.label for use in row.ai_used) or "not declared"
        cells = (
            *(f"{row.published_at:%Y-%m-%d %H:%M}", row.article, row.headline, row.language, row.reporter, said),
            *(row.approver, f"{row.approved_at:%Y-%m-%d %H:%M}", row.sent_back, row.override),
        )
        writer.writerow([f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()
