"""Issues made for tests of formats, as an export makes them."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from make import HOUSE, content
from ovn_desk.domain.article import tidy
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.image import Image
from ovn_desk.domain.redaction import public_keys, redact
from ovn_desk.formats.site import writing
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import PageModel, Shown
from ovn_desk.text.render import render

POST = read_house(HOUSE)
PKT = timezone(timedelta(hours=5))
FIRST = datetime(2025, 7, 20, 12, 30, tzinfo=PKT)
TRAIN = Image(
    key="train",
    sha256="ab" * 32,
    media="image/jpeg",
    width=2000,
    height=1000,
    alt="A goods train",
    caption="It left at dawn for ملتان.",
    credit="Ali Raza",
)


def issue(*, at=FIRST, updated=None, **changes):
    """The issue of an article with these fields, of what is public; its pictures have two copies each."""
    made = tidy(content(**changes))
    shown = render(made.body, [source.key for source in made.sources], made.images)
    by_key = {image.key: image for image in made.images}
    keys = public_keys(made)
    pictures = tuple(
        Shown(by_key[key], tuple((width, f"assets/images/{key}-{width}.jpg") for width in by_key[key].widths))
        for key in shown.pictures
    )
    cited = tuple(keys[key] for key in shown.cited)
    left = replace(redact(made), slug=made.slug or "rail-groups")
    return PageModel(left, shown.html, cited, at, updated or at, None, pictures)


def pictured(**changes):
    """The issue of an article with a picture."""
    return issue(body="They meet [@dawn-rail].\n\n![](image:train)\n\nMore.", images=(TRAIN,), **changes)


def site_of(entries, house=POST):
    """The files of a site of these articles, by path; those that were withdrawn among them."""
    live = [one for one in entries if one.withdrawn is None]
    edition = Edition(house, FIRST, live, [one for one in entries if one.withdrawn])
    return {file.path: file for file in writing.build(edition)}
