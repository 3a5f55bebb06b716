"""What a WordPress site is to have of each article: made before anything is asked of the site."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ovn_desk.domain.house import House
from ovn_desk.domain.texts import slug_of
from ovn_desk.messages import Message
from ovn_desk.rendering import gutenberg
from ovn_desk.rendering.feeds import Item
from ovn_desk.rendering.page import Shown
from ovn_desk.usecases.publishing.forms import Batch, gate_of, item_of
from ovn_desk.usecases.publishing.gate import Leak
from ovn_desk.usecases.publishing.gathering import Refused
from ovn_desk.usecases.uploading.library import Media, Picture

_KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One article for the site; `digest` names everything of it that a reader there would see."""

    item: Item
    house: House
    terms: tuple[tuple[str, str, str], ...]
    pictures: tuple[tuple[Picture, Callable[[], bytes]], ...]
    digest: str

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def headline(self) -> str:
        return self.item.issue.content.headline

    @property
    def slug(self) -> str:
        return self.item.issue.content.slug

    def values(self, media: Mapping[str, Media], terms: Mapping[str, list[int]]) -> dict[str, Any]:
        """The fields of its post, once the site has its pictures."""
        content = self.item.issue.content
        shown = tuple(_placed(one, media) for one in self.item.issue.pictures)
        item = replace(self.item, issue=replace(self.item.issue, pictures=shown))
        body = gutenberg.write(item, self.house, media={one.address: one.id for one in media.values()})
        values: dict[str, Any] = {
            "title": content.headline,
            "content": gutenberg.marked_as(body, self.id, self.digest),
            "excerpt": content.standfirst,
            "slug": content.slug,
            **terms,
        }
        if self.pictures:
            values["featured_media"] = media[self.pictures[0][0].name].id
        return values

    def published(self, now: datetime) -> dict[str, Any]:
        """Its post made live; with the date of the first publication, unless a clock might still find that to come."""
        first = self.item.issue.published_at
        dated = {"date_gmt": f"{first.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"} if first else {}
        return {"status": "publish"} | (dated if first and now - first > timedelta(hours=1) else {})


def of(batch: Batch) -> tuple[list[Wanted], list[Refused]]:
    """Everything that was gathered, in its order, without the posts that would carry what is withheld."""
    gate = gate_of(batch)
    made, refused = list[Wanted](), list[Refused]()
    for ready in batch.ready:
        wanted, said = _wanted(item_of(ready, batch), batch)
        try:
            gate.check(str(Message("the-post", slug=wanted.slug)), said.encode(), ready)
        except Leak as leak:
            refused.append(Refused(ready.article.id, leak.reason))
            continue
        made.append(wanted)
    return made, refused


def _wanted(item: Item, batch: Batch) -> tuple[Wanted, str]:
    """What the site is to have of an article, and all the words of it."""
    content = item.issue.content
    category = batch.house.section(content.category)
    terms = [("categories", category.key, category.name(batch.house.languages[0]))] if category else []
    terms += [("tags", slug_of(tag), tag) for tag in content.tags]
    pictures = []
    for shown in dict.fromkeys(item.issue.pictures):
        if shown.copies:
            address = shown.copies[-1][1]
            pictures.append((_picture(shown), batch.pictures[address].make))
    said = [content.headline, content.standfirst, content.slug, terms, gutenberg.write(item, batch.house)]
    said.append([(one.name, one.alt, one.caption) for one, _ in pictures])
    words = json.dumps(said, ensure_ascii=False)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Wanted(item, batch.house, tuple(terms), tuple(pictures), digest), words


def _picture(shown: Shown) -> Picture:
    name = shown.copies[-1][1].rpartition("/")[2]
    image = shown.image
    caption = " ".join(part for part in (image.caption, image.credit) if part)
    return Picture(name, _KINDS[name.rpartition(".")[2]], "" if image.is_decorative else image.alt, caption)


def _placed(shown: Shown, media: Mapping[str, Media]) -> Shown:
    """The picture where the site has it, in the one size that was uploaded: WordPress makes the others."""
    if not shown.copies:
        return shown
    width, address = shown.copies[-1]
    found = media.get(address.rpartition("/")[2])
    return replace(shown, copies=((width, found.address),)) if found else shown
