"""One article in a feed."""

from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.rendering.model import PageModel, Shown, shown_dates
from ovn_desk.rendering.page import figures

NEWEST = 50


def labels(item: PageModel, house: House) -> list[str]:
    """The section and the tags, in the article's language."""
    content = item.content
    category = house.section(content.category)
    return ([category.name(content.language)] if category else []) + list(content.tags)


def html(item: PageModel, house: House) -> str:
    """The whole text, with pictures that any reader can load."""
    return figures.address_pictures(item.html, item.pictures, root=f"{house.url}/")


def picture(item: PageModel) -> tuple[Shown, int, str] | None:
    """The first picture with the width and address of its widest copy."""
    for shown in item.pictures:
        if shown.copies and ":" not in shown.copies[-1][1]:
            return shown, *shown.copies[-1]
    return None


def modified_at(item: PageModel, house: House) -> datetime | None:
    """When the text was last changed; a correction moves it, and nothing else of an item."""
    published, updated = shown_dates(item, house)
    return updated or published
