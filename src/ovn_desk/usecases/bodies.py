"""The HTML of approved texts, kept from the approval on, so that an export need not make it again."""

import json
from dataclasses import asdict

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import Event
from ovn_desk.rendering.artifact import name_for
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases.program import program_fingerprint
from ovn_desk.usecases.signatures import Body


def keep(kept: BuildCache, approval: Event, body: Body, *, made_by: str = "") -> None:
    """Keep the body of an approved revision in the cache."""
    data = json.dumps(asdict(body), ensure_ascii=False).encode()
    kept.put(_place(approval.article), _made_from(approval, made_by), data)


def find(kept: BuildCache, approval: Event, *, made_by: str = "") -> Body | None:
    """The body of an approved revision as this program makes it; none when it has to be rendered.

    A revision is named by its hash, and the body was made from nothing else but the approval's credits. Of an article
    only the last is kept.
    """
    found = kept.find(_place(approval.article), _made_from(approval, made_by))
    if found is None:
        return None
    data = json.loads(found)
    listed = {name: tuple(data[name]) for name in ("cited", "pictures", "hints")}
    return Body(html=data["html"], marked=data["marked"], digest=data["digest"], **listed)


def _place(article: ArticleId) -> str:
    return f"body/{article}"


def _made_from(approval: Event, made_by: str) -> str:
    return name_for(made_by or program_fingerprint(), approval.revision, repr(approval.credits))
