"""What a content is made of: texts that are read word by word, plain values, and lists of things that have a key."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from ovn_desk.domain.article import Content

ItemKey = tuple[str, ...]

TEXTS = ("headline", "standfirst", "body", "ednote", "unverified")
LISTS: Mapping[str, Callable[[Any], ItemKey]] = {
    "topics": lambda topic: (topic,),
    "tags": lambda tag: (tag,),
    "sources": lambda source: (source.key,),
    "images": lambda image: (image.key,),
    "waivers": lambda waiver: (waiver.kind, waiver.rule, waiver.mark),
    "replies": lambda reply: (reply.name,),
    "corrections": lambda correction: (correction.key,),
    "ai_used": lambda use: (use.task,),
}
VALUES = tuple(part.name for part in fields(Content) if part.name not in TEXTS and part.name not in LISTS)


def items_by_key(part: str, items: Iterable[Any]) -> dict[ItemKey, Any]:
    """Index the items of a content's list `part` by key, in order; a second item of the same key gets a number."""
    met: Counter[ItemKey] = Counter()
    found = {}
    for item in items:
        key = LISTS[part](item)
        met[key] += 1
        found[key if met[key] == 1 else (*key, str(met[key]))] = item
    return found
