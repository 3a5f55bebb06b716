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
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import PageModel, Shown
from ovn_desk.usecases.publishing.building import Build
from ovn_desk.usecases.publishing.gate import Leak
from ovn_desk.usecases.publishing.gathering import Refused
from ovn_desk.usecases.uploading.library import Media, Picture

_KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One article for the site; `digest` names everything of it that a reader there would see."""

    model: PageModel
    house: House
    terms: tuple[tuple[str, str, str], ...]
    pictures: tuple[tuple[Picture, Callable[[], bytes]], ...]
    digest: str

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def headline(self) -> str:
        return self.model.content.headline

    @property
    def slug(self) -> str:
        return self.model.slug

    def values(self, media: Mapping[str, Media], terms: Mapping[str, list[int]]) -> dict[str, Any]:
        """The fields of its post, once the site has its pictures."""
        content = self.model.content
        placed = replace(self.model, pictures=tuple(_place_picture(one, media) for one in self.model.pictures))
        body = gutenberg.write(placed, self.house, media={one.address: one.id for one in media.values()})
        values: dict[str, Any] = {
            "title": content.headline,
            "content": gutenberg.marked_as(body, self.id, self.digest),
            "excerpt": content.standfirst,
            "slug": self.slug,
            **terms,
        }
        if self.pictures:
            values["featured_media"] = media[self.pictures[0][0].name].id
        return values

    def publishing_values(self, now: datetime) -> dict[str, Any]:
        """Its post made live; with the date of the first publication, unless a clock might still find that to come."""
        first = self.model.published_at
        dated = {"date_gmt": f"{first.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"} if first else {}
        return {"status": "publish"} | (dated if first and now - first > timedelta(hours=1) else {})


def of(build: Build) -> tuple[list[Wanted], list[Refused]]:
    """Everything that was gathered, in its order, without the posts that would carry what is withheld."""
    made, refused = list[Wanted](), list[Refused]()
    for ready in build.ready:
        wanted, said = _wanted_post(build.complete(ready.model), build.edition)
        try:
            build.gate.check(str(Message("the-post", slug=wanted.slug)), said.encode(), ready)
        except Leak as leak:
            refused.append(Refused(ready.article.id, leak.reason))
            continue
        made.append(wanted)
    return made, refused


def _wanted_post(model: PageModel, edition: Edition) -> tuple[Wanted, str]:
    """What the site is to have of an article, and all the words of it."""
    content, house = model.content, edition.house
    category = house.section(content.category)
    terms = [("categories", category.key, category.name(house.languages[0]))] if category else []
    terms += [("tags", slug_of(tag), tag) for tag in content.tags]
    pictures = [
        (_picture(shown), edition.images[shown.copies[-1][1]].make)
        for shown in dict.fromkeys(model.pictures)
        if shown.copies
    ]
    said = [content.headline, content.standfirst, model.slug, terms, gutenberg.write(model, house)]
    said.append([(one.name, one.alt, one.caption) for one, _ in pictures])
    words = json.dumps(said, ensure_ascii=False)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Wanted(model, house, tuple(terms), tuple(pictures), digest), words


def _picture(shown: Shown) -> Picture:
    name = shown.copies[-1][1].rpartition("/")[2]
    image = shown.image
    caption = " ".join(part for part in (image.caption, image.credit) if part)
    return Picture(name, _KINDS[name.rpartition(".")[2]], "" if image.is_decorative else image.alt, caption)


def _place_picture(shown: Shown, media: Mapping[str, Media]) -> Shown:
    """The picture where the site has it, in the one size that was uploaded: WordPress makes the others."""
    if not shown.copies:
        return shown
    width, address = shown.copies[-1]
    found = media.get(address.rpartition("/")[2])
    return replace(shown, copies=((width, found.address),)) if found else shown
