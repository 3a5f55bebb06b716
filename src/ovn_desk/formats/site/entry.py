"""One article as a site knows it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.rendering.model import Beside, PageModel, Translations, address_of, shown_dates


@dataclass(frozen=True, slots=True)
class Repair:
    """A published text that was put right: when the new one was approved, and how many hours that took."""

    at: datetime
    hours: float


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an article was taken off, when, and the reason that readers are given."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One article on the site; `id` is the article's, and stays when its address or text changes.

    `repairs` are its changes after publication, `overrides` the times it was published before a full check. `issue` may
    be without its text, when `read` gives the whole one; `made_from` names all of this, where it is known. One that was
    `withdrawn` is counted in the account, and leads to a page that says so. `proof` makes what shows that it is in the
    public log, and `proved_by` names what that is made from. `former` are addresses it was published at before,
    `beside` other articles that were published where it is now.
    """

    id: str
    issue: PageModel
    repairs: tuple[Repair, ...] = ()
    overrides: tuple[datetime, ...] = ()
    made_from: str = ""
    read: Callable[[], PageModel] | None = None
    withdrawn: Withdrawal | None = None
    translations: Translations = field(default_factory=Translations)
    proof: Callable[[], str] | None = None
    proved_by: str = ""
    former: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def whole(self) -> PageModel:
        return replace(self.read() if self.read else self.issue, translations=self.translations, beside=self.beside)


def address(entry: SiteEntry, house: House) -> str:
    return address_of(entry.issue, house)


def published(entry: SiteEntry, house: House) -> tuple[str, str]:
    """What entries are put in order by."""
    first, _ = shown_dates(entry.issue, house)
    return first.isoformat() if first else "", entry.id


def changed(entry: SiteEntry, house: House) -> datetime | None:
    first, updated = shown_dates(entry.issue, house)
    return updated or first
