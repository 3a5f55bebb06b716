"""What is asked when somebody closes the desk while something is only on this laptop, and the ways to send it first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.sharing.hub import HubLink
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.copy_words import CopyWords
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import Answer, MessageBar
from ovn_desk.usecases import queries
from ovn_desk.usecases.housekeeping import is_same_disk
from ovn_desk.usecases.whereabouts import Whereabouts, whereabouts

_TOPIC = "closing"


class ClosingFeature(Feature):
    """Asks once; closing again closes. Nobody is asked who has no hub, or whose stick is there to be copied to."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        preferences: Preferences,
        bar: MessageBar,
        hub: HubLink,
        *,
        close: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._preferences, self._bar = session, article, preferences, bar
        self._hub, self._close = hub, close
        self._is_sending = False
        hub.changed.connect(self._follow_round)

    def may_close(self) -> bool:
        """Whether the desk may close now; else it sends to the hub first, or says what is only here."""
        is_told = self._is_sending or self._bar.tells_of(_TOPIC)
        if is_told or self._session.why_read_only or not self._article.save_and_close():
            return True
        where = queries.ask(self._session.store, whereabouts)
        if not where.only_here or not where.places or self._is_copied_at_the_end:
            return True
        if where.hub is not None and not self._hub.why_not:
            self._is_sending = True
            self._bar.say(self.tr("Sending to the hub, then quitting. Quit again to go at once."), topic=_TOPIC)
            self._hub.sync()
        else:
            self._ask(where)
        return False

    def finish(self) -> None:
        self._is_sending = False

    @property
    def _is_copied_at_the_end(self) -> bool:
        """Whether the place for copies is there, on another disk: closing makes one, with everything in it."""
        place = self._preferences.value.second_place
        return bool(place) and Path(place).is_dir() and not is_same_disk(self._session.store.path, Path(place))

    def _follow_round(self) -> None:
        if not self._is_sending or self._hub.is_busy:
            return
        self._is_sending = False
        where = queries.ask(self._session.store, whereabouts)
        if where.only_here and self._hub.why_not:
            self._ask(where)
        else:
            self._close()

    def _ask(self, where: Whereabouts) -> None:
        answers: list[Answer] = [(self.tr("Quit all the same"), lambda _: self._close())]
        if where.hub is not None:
            answers.append((self.tr("Try the hub again"), lambda _: self._try_again()))
        said = CopyWords(where, newsroom_now(self._session.house)).closing
        way = self.tr("It stays on this laptop. Quitting again quits all the same.")
        sentence = " ".join(part for part in (said, self._hub.why_not, way) if part)
        self._bar.say(sentence, tone="warn", sticky=True, topic=_TOPIC, answers=answers)

    def _try_again(self) -> None:
        self._is_sending = True
        self._hub.sync()
