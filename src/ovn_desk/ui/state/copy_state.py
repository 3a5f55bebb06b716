"""Where the newsroom's texts are, as the window knows it at this moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.copy_words import CopyWords
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases import queries
from ovn_desk.usecases.whereabouts import Whereabouts, whereabouts

_REST_MS = 3_000  # longer than autosave waits while somebody types on
_EVERY_MS = 60_000  # a time that was today's is yesterday's after midnight


class CopyState(QObject):
    """Asks the store after each COMMIT, in a pause of typing and off the window's thread; what is typed counts at once.

    `changed` says that there may be other words for it.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        parent: QObject,
        *,
        is_hub_seen: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._is_hub_seen = is_hub_seen
        self._session, self._article, self._text = session, article, text
        self._work = Latest(self)
        self._found: Whereabouts | None = None
        self._typing: tuple[ArticleId, datetime] | None = None
        self._clock = QTimer(self, interval=_EVERY_MS)
        self._clock.timeout.connect(self.changed)
        self._clock.start()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.ask)
        session.committed.connect(lambda _: self._ask_in_a_pause())
        text.save_state_changed.connect(self._follow_typing)
        article.opened.connect(self.changed)

    @property
    def where(self) -> Whereabouts | None:
        """None until it was asked for the first time."""
        if self._found is None or self._typing is None:
            return self._found
        return self._found.with_typing(*self._typing)

    @property
    def words(self) -> CopyWords | None:
        """The sentences about it; None until it was asked for the first time."""
        where = self.where
        if where is None:
            return None
        return CopyWords(where, newsroom_now(self._session.house), self._is_hub_seen())

    def ask(self) -> None:
        is_kept = not self._text.is_unsaved

        self._work.ask(
            lambda: queries.ask(self._session.store, whereabouts),
            done=partial(self._take, is_kept=is_kept),
            refused=lambda _: None,
        )

    def take(self, found: Whereabouts) -> None:
        """Takes over what was found out just now, for something else that says it; an older answer comes no more."""
        self._rest.stop()
        self._take(found, is_kept=True)
        self.ask()

    def finish(self) -> None:
        self._clock.stop()
        self._rest.stop()
        self._work.finish()

    def _take(self, found: Whereabouts, *, is_kept: bool) -> None:
        self._found = found
        if is_kept and not self._text.is_unsaved:
            self._typing = None
        self.changed.emit()

    def _ask_in_a_pause(self) -> None:
        """At once, or when nobody types: what is typed is said to be only here already, and each answer takes time."""
        if self._typing is None:
            self.ask()
        else:
            self._rest.start()

    def _follow_typing(self) -> None:
        if not self._text.is_unsaved:
            self._ask_in_a_pause()
        elif self._article.id is not None and (self._typing is None or self._typing[0] != self._article.id):
            self._typing = (self._article.id, datetime.now(UTC))
            self.changed.emit()
