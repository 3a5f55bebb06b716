"""What an export is asked for."""

from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.article import ArticleId
from ovn_desk.formats import SITE


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which articles, as what, where to; `ids` None is everything that is approved or published.

    `format` is the name of one in `formats.FORMATS`, `to` a folder or with `as_zip` a file, `theme` the name of one
    that comes with the desk, or a folder.
    """

    ids: tuple[ArticleId, ...] | None
    to: Path
    format: str = SITE.name
    as_zip: bool = False
    theme: str = ""
