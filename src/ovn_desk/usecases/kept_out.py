"""A hub that does not let this desk's login in: that it is so, and what was filed here that never went there."""

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.store import Readable, ReadTransaction, Store, copy_marks
from ovn_desk.store.copy_marks import HUB_PLACE
from ovn_desk.store.session import HUB

_SETTING = "hub that keeps out"


def note(store: Store, address: str, *, is_out: bool) -> None:
    """Remembers whether the hub at this address let the login in when it was asked last."""
    said = address if is_out else ""
    with store.read() as reading:
        if reading.setting(_SETTING) == said:
            return
    with store.begin() as tx:
        tx.set_setting(_SETTING, said)


def is_kept_out(store: Readable) -> bool:
    """Whether the newsroom's hub did not let this desk's login in when it was asked last."""
    with store.read() as reading:
        return _is_kept_out(reading)


def is_filed_here_only(store: Readable, article: ArticleId, state: State) -> bool:
    """Whether a story is filed and is not known to be at the hub, which keeps this desk out."""
    if state is not State.FILED:
        return False
    with store.read() as reading:
        if not _is_kept_out(reading):
            return False
        address = reading.setting(HUB)
        marks = [one for one in copy_marks.marks(reading) if one.place.startswith(HUB_PLACE) and one.file == address]
        newest = sorted(marks, key=lambda mark: mark.at)[-1:]
        return article in copy_marks.filings_lacking(reading, newest)


def _is_kept_out(reading: ReadTransaction) -> bool:
    address = reading.setting(HUB)
    return bool(address) and reading.setting(_SETTING) == address
