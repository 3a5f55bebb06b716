"""What this desk remembers of each upload: which post an article is, and when the site last changed it for us."""

import json
from dataclasses import asdict, dataclass

from ovn_desk.domain.article import ArticleId
from ovn_desk.store import ReadTransaction, WriteTransaction


@dataclass(frozen=True, slots=True)
class Note:
    """`modified` is the site's time of our last change, empty while one is under way; `before` is the one before it."""

    post: int = 0
    digest: str = ""
    modified: str = ""
    before: str = ""


def read(reading: ReadTransaction, site: str, article: ArticleId) -> Note:
    """The note; one that can not be read is none, for the post is found again by its mark."""
    try:
        return Note(**json.loads(reading.setting(_name(site, article)) or "{}"))
    except (ValueError, TypeError):
        return Note()


def write(tx: WriteTransaction, site: str, article: ArticleId, note: Note) -> None:
    tx.set_setting(_name(site, article), json.dumps(asdict(note)))


def _name(site: str, article: ArticleId) -> str:
    return f"wordpress post {site} {article}"
