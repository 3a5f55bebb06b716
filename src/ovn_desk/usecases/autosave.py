"""Keeping one article's text while it is written, by a window and the thread that autosaves for it."""

import threading
from functools import partial
from time import monotonic

from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.store import Store, records
from ovn_desk.store.changes import asking
from ovn_desk.usecases import writing
from ovn_desk.usecases.writing import KeptCopy, Writer


class Keeper:
    """Keeps the text of one article in the store, one call at a time, each compared with the one before.

    `known` is what it last kept or read. Changes that it makes say that it asked for them.
    """

    def __init__(self, store: Store, article: ArticleId, known: KeptCopy) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._next = records.new_id()
        self._kept_at, self._kept_by = 0.0, ""
        self.article = article
        self.known = known

    @property
    def has_copy(self) -> bool:
        """Whether something was kept that is no version yet."""
        return bool(self.known.token) and self.known.is_mine

    def keep(self, content: Content, *, by: Writer) -> KeptCopy:
        """Writes the working copy; raises DeskError where it can not be written."""
        with self._lock, asking(self):
            self.known = self._store.write_with_reserve(partial(self._keep, content, by))
            self._next = records.new_id()
            self._kept_at, self._kept_by = monotonic(), by.id
            return self.known

    def rested_copy(self, seconds: float, *, by: Writer) -> KeptCopy | None:
        """What this person typed here last, where it is no version and nothing was kept for so long; else None."""
        with self._lock:
            is_theirs = self.has_copy and self._kept_by == by.id
            return self.known if is_theirs and monotonic() - self._kept_at >= seconds else None

    def standing_copy(self, *, by: Writer) -> KeptCopy | None:
        """What stands here and is no version, typed here or met when it was opened; None for what another typed here.

        A text is met that a desk left when it stopped, or that a copy brought back.
        """
        with self._lock:
            return self.known if self.has_copy and self._kept_by in {"", by.id} else None

    def _keep(self, content: Content, by: Writer) -> KeptCopy:
        return writing.keep(self._store, self.article, content, by=by, known=self.known, token=self._next)

    def has_made(self, token: str) -> bool:
        """Whether a working copy is this one's own; also the one that is just being kept by the other thread."""
        return token == self._next or (token == self.known.token and self.known.is_mine)
