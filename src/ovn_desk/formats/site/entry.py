"""What a site asks of each of its articles: where it is, and what it is put in order by."""

from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.rendering.model import PageModel, address_of, shown_dates


def order_key(entry: PageModel, house: House) -> tuple[str, str]:
    """What entries are put in order by."""
    first, _ = shown_dates(entry, house)
    return first.isoformat() if first else "", entry.id


def changed_at(entry: PageModel, house: House) -> datetime | None:
    """When an article was last changed for readers."""
    first, updated = shown_dates(entry, house)
    return updated or first


def address(entry: PageModel, house: House) -> str:
    """Where its page is, relative to the top of the site."""
    return address_of(entry, house)
