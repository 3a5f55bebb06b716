"""What an export is asked for: which articles, in which form, where to."""

from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.article import ArticleId


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """`ids` None is everything that is approved or published; `theme` as `publishing.export` takes it."""

    ids: tuple[ArticleId, ...] | None
    to: Path
    form: str = "site"
    as_zip: bool = False
    theme: str = ""
