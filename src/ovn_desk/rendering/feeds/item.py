"""One article in a feed."""

from dataclasses import dataclass
from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.rendering.model import PageModel, Shown, shown_dates
from ovn_desk.rendering.page import figures

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One article; `id` never changes, `path` is its place on the site."""

    id: str
    issue: PageModel
    path: str

    @property
    def guid(self) -> str:
        return f"urn:uuid:{self.id}"


def labels(item: Item, house: House) -> list[str]:
    """The section and the tags, in the article's language."""
    content = item.issue.content
    category = house.section(content.category)
    return ([category.name(content.language)] if category else []) + list(content.tags)


def html(item: Item, house: House) -> str:
    """The whole text, with pictures that any reader can load."""
    return figures.addressed(item.issue.html, item.issue.pictures, root=f"{house.url}/")


def picture(item: Item) -> tuple[Shown, int, str] | None:
    """The first picture with the width and address of its widest copy."""
    for shown in item.issue.pictures:
        if shown.copies and ":" not in shown.copies[-1][1]:
            return shown, *shown.copies[-1]
    return None


def modified(item: Item, house: House) -> datetime | None:
    """When the text was last changed; a correction moves it, and nothing else of an item."""
    published, updated = shown_dates(item.issue, house)
    return updated or published
