"""What of an article may leave the newsroom: every export is written from this and from nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import citations, with_keys_replaced
from ovn_desk.domain.evidence import Correction, Reply
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source, Terms
from ovn_desk.domain.texts import without_comments

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Value = TypeVar("Value", bound=DataclassInstance)
else:
    Value = TypeVar("Value")

# A field that is not named here is private; of excerpts and answers `redact` itself says what may go.
FIELDS: Mapping[type, tuple[str, ...]] = {
    Content: (
        *("headline", "standfirst", "body", "language", "genre", "category", "topics", "tags", "slug", "byline"),
        *("dateline", "date", "unverified", "translates", "sources", "images", "replies", "corrections", "ai_used"),
    ),
    Source: (
        *("key", "kind", "name", "role", "outlet", "url", "locator", "published", "retrieved", "medium", "language"),
        *("terms", "publish_excerpts", "is_independent"),
    ),
    Image: (
        *("key", "sha256", "media", "width", "height", "crop", "shown"),
        *("alt", "is_decorative", "caption", "credit", "rights"),
    ),
    Reply: ("name", "asked_at"),
    AiUse: ("task", "tool", "what"),
    Correction: ("key", "kind", "at", "said", "in_fact", "supersedes"),
}
WITHHELD = "withheld"
ANSWERED = "answered"
_SHOWN = re.compile(r"\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)")


def redact(content: Content) -> Content:
    """Make the content that may leave the newsroom: allow-listed fields only; the signed page is made from it too.

    Sources that are cited and pictures that are shown stay, each with its public fields. A source that is not on
    record keeps nothing but its place: its key, which may be a name, is replaced in the text, too.
    """
    body, keys = without_comments(content.body), public_keys(content)
    shown = set(_SHOWN.findall(body))
    return replace(
        _with_public_fields(content),
        body=with_keys_replaced(body, {key: name for key, name in keys.items() if name != key}),
        sources=tuple(_source(source, keys) for source in content.sources if source.key in keys),
        images=tuple(_with_public_fields(image) for image in content.images if image.key in shown),
        replies=tuple(_reply(reply) for reply in content.replies),
        corrections=tuple(_with_public_fields(correction) for correction in content.corrections),
        ai_used=tuple(_with_public_fields(use) for use in content.ai_used),
    )


def public_keys(content: Content) -> dict[str, str]:
    """The key each cited source has for readers: its own, or `withheld-1` and so on for one that is not on record."""
    cited = {citation.key for citation in citations(without_comments(content.body))}
    sources = [source for source in content.sources if source.key in cited]
    taken = {source.key for source in sources if source.terms is Terms.ON_RECORD}
    free = (name for number in count(1) if (name := f"{WITHHELD}-{number}") not in taken)
    return {source.key: source.key if source.terms is Terms.ON_RECORD else next(free) for source in sources}


def _with_public_fields(value: Value) -> Value:
    kept: dict[str, Any] = {name: getattr(value, name) for name in FIELDS[type(value)]}
    return type(value)(**kept)


def _source(source: Source, keys: Mapping[str, str]) -> Source:
    if source.terms is not Terms.ON_RECORD:
        return Source(keys[source.key], name=WITHHELD, terms=Terms.BACKGROUND)
    excerpts = source.excerpts if source.publish_excerpts else ()
    return replace(_with_public_fields(source), excerpts=excerpts)


def _reply(reply: Reply) -> Reply:
    return replace(_with_public_fields(reply), answer=ANSWERED if reply.answer.strip() else "")
