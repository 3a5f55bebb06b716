"""Copies of the store: every half hour while it changes, when the desk closes, and off this disk where one is named."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.usecases import housekeeping, queries, restoring
from ovn_desk.usecases.queries import Changes
from ovn_desk.usecases.restoring import Restored
from ovn_desk.usecases.whereabouts import Whereabouts, whereabouts

EVERY_MS = 30 * 60 * 1000
_TOO_OLD = timedelta(days=1)


class CopiesFeature(Feature):
    """Makes copies off the window's thread; `made` says that there is a newer one."""

    made = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        preferences: Preferences,
        notices: Notices,
        bar: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._article, self._preferences, self._notices = session, article, preferences, notices
        self._bar = bar
        self._window = window
        self._worker = Worker(self)
        self._is_changed = False
        self._has_warned = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.make)
        self._timer.start()
        session.committed.connect(self._note)

    def commands(self) -> Sequence[Command]:
        backups = partial(Command, shortcut="", menu=Menu.FILE, submenu=Submenu.BACKUPS)
        return (
            backups("copies.away", "Copy to another disk", run=self.copy_away, starts_group=True),
            backups("copies.place", "Choose where copies go…", run=self.choose_place),
            backups("copies.restore", "Restore from a copy…", run=self.restore),
        )

    @property
    def last_away(self) -> datetime | None:
        return max((place.at for place in self.whereabouts().copies if place.at), default=None)

    def whereabouts(self) -> Whereabouts:
        """Where the newsroom's texts are, as the store has them."""
        return queries.ask(self._session.store, whereabouts)

    def make(self) -> None:
        """A copy of what changed since the last one, beside the store and in the second place."""
        if not self._is_changed or self._worker.is_busy:
            return
        store, place = self._session.flushed_store(), self._place
        if store is None:
            return
        self._is_changed = False

        def copy() -> str:
            housekeeping.back_up(store)
            return _try_copy(lambda: housekeeping.copy_away(store, place)) if place else ""

        self._worker.run(copy, done=self._follow_copy, refused=self._say_failure)

    def choose_place(self) -> None:
        """Asks for a folder on another disk, and makes the first copy there."""
        start = str(self._place or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self._window, self.tr("Keep copies in"), start):
            self._preferences.set(second_place=chosen)
            self.copy_away()

    def copy_away(self) -> None:
        """A copy in the second place, now."""
        place = self._place
        if place is None:
            self.choose_place()
            return
        store = self._session.flushed_store()
        if store is None:
            return

        def say_copied(copy: Path) -> None:
            self._notices.done.emit(self.tr("Copied to {path}.").format(path=copy))
            self.made.emit()

        self._notices.work.run(
            self._worker,
            lambda _: housekeeping.copy_away(store, place),
            what=self.tr("Copying the newsroom to {place}").format(place=place),
            done=say_copied,
            refused=self._notices.refused.emit,
        )

    def restore(self) -> None:
        """Asks for a copy and adds what this store lacks; nothing that is here is overwritten."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Restore from a copy"), str(self._session.store.path.parent), "OVN Desk (*.ovn)"
        )
        if name:
            self.bring_back(Path(name))

    def bring_back(self, file: Path) -> None:
        """Adds what this store lacks of a copy; what is being written is a version before."""
        store = self._session.flushed_store() if self._article.save_and_close() else None
        if store is None:
            return

        by = self._session.by if self._session.key.is_open else None

        def say_restored(came: Restored) -> None:
            self._notices.done.emit(" ".join(map(str, came.sentences)))
            self.made.emit()

        self._notices.work.run(
            self._worker,
            lambda _: restoring.restore(store, file, by=by),
            what=self.tr("Bringing back what is missing, from {name}").format(name=file.name),
            done=say_restored,
            refused=self._notices.refused.emit,
        )

    def warn(self) -> None:
        """Says once that the newest copy off this disk is old; only where there should be one."""
        place, last = self._place, self.last_away
        if place is None or self._has_warned or (last and newsroom_now(self._session.house) - last < _TOO_OLD):
            return
        self._has_warned = True
        said = self.tr("The newest copy in {place} is over a day old.").format(place=place)
        self._bar.say(said, tone="warn", answers=[(self.tr("Copy now"), lambda _: self.copy_away())])

    def finish(self) -> None:
        """The last copy, when the desk closes; one that fails keeps nobody from going home."""
        self._timer.stop()
        self._worker.finish()
        store, place = self._session.flushed_store(), self._place
        if self._is_changed and store is not None:
            _try_copy(lambda: housekeeping.back_up(store))
            if place and place.is_dir():
                _try_copy(lambda: housekeeping.copy_away(store, place))

    @property
    def _place(self) -> Path | None:
        named = self._preferences.value.second_place
        return Path(named) if named else None

    def _note(self, changes: Changes) -> None:
        self._is_changed = self._is_changed or bool(changes.articles) or changes.is_anything

    def _follow_copy(self, why: str) -> None:
        self.made.emit()
        if why:
            self.warn()

    def _say_failure(self, why: str) -> None:
        self._is_changed = True
        self._bar.say(why, tone="warn")


def _try_copy(copy: Callable[[], Path]) -> str:
    """Why a copy could not be made; empty when it was."""
    try:
        copy()
    except DeskError as error:
        return str(error)
    return ""
