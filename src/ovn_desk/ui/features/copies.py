"""Copies of the store: every half hour while it changes, when the desk closes, and off this disk where one is named."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.copy_state import CopyState
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import Answer, MessageBar
from ovn_desk.ui.widgets.phrases import day_and_time
from ovn_desk.usecases import housekeeping, known_copies, queries, restoring
from ovn_desk.usecases.queries import Changes
from ovn_desk.usecases.restoring import Restored
from ovn_desk.usecases.whereabouts import whereabouts

EVERY_MS = 30 * 60 * 1000
IDLE_MS = 1_500  # without a COMMIT, after which the one file is made whole
_TOO_OLD = timedelta(days=1)
_AHEAD = timedelta(minutes=2)
_OLD = "old copy"
"""The topic of a copy that is old, until there is a new one."""


class CopiesFeature(Feature):
    """Makes copies off the window's thread, and keeps the store's one file whole while nobody writes."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        preferences: Preferences,
        notices: Notices,
        bar: MessageBar,
        *,
        sync: Callable[[], object],
        is_hub_seen: Callable[[], bool],
        open_article: Callable[[ArticleId], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._article, self._preferences, self._notices = session, article, preferences, notices
        self._bar = bar
        self._window = window
        self._worker, self._idle_worker = Worker(self), Worker(self)
        self._is_changed = False
        self._has_warned = False
        self._sync, self._open_article = sync, open_article
        self.state = CopyState(session, article, text, self, is_hub_seen=is_hub_seen)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.make)
        self._timer.start()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.make_whole)
        self._idle.start()
        session.committed.connect(self._note)
        article.opened.connect(self._look_for_copies)
        self.state.changed.connect(self.warn)

    def commands(self) -> Sequence[Command]:
        backups = partial(Command, shortcut="", menu=Menu.FILE, submenu=Submenu.BACKUPS)
        return (
            backups("copies.where", "Where everything is…", run=self.show_where, starts_group=True),
            backups("copies.away", "Copy to another disk", run=self.copy_away),
            backups("copies.place", "Choose where copies go…", run=self.choose_place),
            backups("copies.restore", "Restore from a copy…", run=self.restore),
        )

    def show_where(self) -> None:
        """What each place has, and what is only on this laptop."""
        from ovn_desk.ui.dialogs.copies import CopiesDialog  # not needed to begin

        where = self.state.where
        dialog = CopiesDialog(self.state, self._headline, has_hub=bool(where and where.hub), parent=self._window)
        dialog.copy_wanted.connect(self.copy_away)
        dialog.sync_wanted.connect(self._sync)
        dialog.article_wanted.connect(self._open_article)
        dialog.open()

    def answer_status(self) -> None:
        """What a click on the status line does: where everything is, or the way to the first copy."""
        where = self.state.where
        if where is None or where.places:
            self.show_where()
        else:
            self.choose_place()

    def make(self) -> None:
        """A copy of what changed since the last one, beside the store and in the second place."""
        place = self._place
        is_lacking = place is not None and not self._has_everything(place)
        if not (self._is_changed or is_lacking) or self._worker.is_busy:
            return
        store, is_changed = self._session.flushed_store(), self._is_changed
        if store is None:
            return
        self._is_changed = False

        def copy() -> str:
            if is_changed:
                housekeeping.back_up(store)
            return _try_copy(lambda: housekeeping.copy_away(store, place)) if place else ""

        self._worker.run(copy, done=self._follow_copy, refused=self._say_failure)

    def make_whole(self) -> None:
        """Moves everything into the store's one file, so that whoever copies that has all; again later if not now."""
        if self._idle_worker.is_busy or self._session.why_read_only:
            return

        def try_again(is_whole: object) -> None:
            if not is_whole:
                self._idle.start()

        self._idle_worker.run(self._session.disk.make_whole, done=try_again, refused=lambda _: None)

    def choose_place(self) -> None:
        """Asks for a folder on another disk, and makes the first copy there."""
        start = str(self._place or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self._window, self.tr("Keep copies in"), start):
            self._consider_place(Path(chosen))

    def _consider_place(self, folder: Path) -> None:
        """Copies go there from now on; first it is asked where the folder is on the newsroom's own disk."""

        def keep_there() -> None:
            self._bar.withdraw("place of copies")
            self._preferences.set(second_place=str(folder))
            self.copy_away()

        if not housekeeping.is_same_disk(self._session.store.path, folder):
            keep_there()
            return
        self._bar.say(
            self.tr("{folder} is on the same disk as the newsroom: a copy there is lost with this laptop.").format(
                folder=folder
            ),
            tone="warn",
            topic="place of copies",
            answers=[
                (self.tr("Choose another disk…"), lambda _: self.choose_place()),
                (self.tr("Keep copies there all the same"), lambda _: keep_there()),
            ],
        )

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
            self._bar.withdraw(_OLD)
            self._notices.done.emit(self.tr("Copied to {path}. Keys are not in it.").format(path=copy))

        self._notices.work.run(
            self._worker,
            lambda _: housekeeping.copy_away(store, place),
            what=self.tr("Copying the newsroom to {place}").format(place=place),
            done=say_copied,
            refused=self._notices.refused.emit,
        )

    def restore(self) -> None:
        """Asks for a copy and adds what this store lacks; nothing that is here is overwritten."""
        from ovn_desk.ui.dialogs.restore import RestoreDialog  # not needed to begin

        store, place = self._session.store, self._place
        folders = [place] if place else []
        dialog = RestoreDialog(
            lambda: known_copies.find_copies(store.path, folders, store),
            lambda file: known_copies.take_stock(file, store),
            lambda: newsroom_now(self._session.house),
            self._window,
        )
        dialog.chosen.connect(self._close_and_bring_back)
        dialog.other_wanted.connect(self._choose_copy)
        dialog.open()

    def _choose_copy(self) -> None:
        start = self._place if self._place and self._place.is_dir() else self._session.store.path.parent
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Restore from a copy"), str(start), "OVN Desk (*.ovn)"
        )
        if name:
            self._close_and_bring_back(Path(name))

    def _close_and_bring_back(self, file: Path) -> None:
        if self._article.save_and_close():
            self.bring_back(file)

    def bring_back(self, file: Path) -> None:
        store = self._session.flushed_store()
        if store is None:
            return
        by = self._session.by if self._session.key.is_open else None

        def say_restored(came: Restored) -> None:
            self._bar.say(" ".join(map(str, came.sentences)), sticky=bool(came.beside or came.left))

        self._notices.work.run(
            self._worker,
            lambda _: restoring.restore(store, file, by=by),
            what=self.tr("Bringing back what is missing, from {name}").format(name=file.name),
            done=say_restored,
            refused=self._notices.refused.emit,
        )

    def warn(self) -> None:
        """Says once that the newest copy in the place that was chosen is old, where something is not in it.

        It is said until it is so no more; not while a copy is being made.
        """
        place, where = self._place, self.state.where
        if place is None or where is None:
            return
        now = newsroom_now(self._session.house)
        copy = where.copy_in(place.absolute())
        if copy is not None and (copy.has_everything or (copy.at and -_AHEAD <= now - copy.at < _TOO_OLD)):
            self._bar.withdraw(_OLD)
            return
        if self._has_warned or self._worker.is_busy:
            return
        self._has_warned = True
        if copy is None or copy.at is None:
            said = self.tr("There is no copy of this newsroom in {place} yet.").format(place=place)
        elif copy.at - now > _AHEAD:
            said = self.tr("The newest copy in {place} does not have everything.").format(place=place)
        else:
            said = self.tr("The newest copy in {place} is of {when}, and does not have everything.").format(
                place=place, when=day_and_time(copy.at, now)
            )
        copy_now: Answer = (self.tr("Copy now"), lambda _: self.copy_away())
        self._bar.say(said, tone="warn", answers=[copy_now], topic=_OLD, for_everybody=True)

    def finish(self) -> None:
        """The last copy, when the desk closes; one that fails keeps nobody from going home."""
        self._timer.stop()
        self._idle.stop()
        self._worker.finish()
        self._idle_worker.finish()
        self.state.finish()
        store, place = self._session.flushed_store(), self._place
        if store is None:
            return
        if self._is_changed:
            _try_copy(lambda: housekeeping.back_up(store))
        if place and place.is_dir():
            copy = queries.ask(store, whereabouts).copy_in(place.absolute())
            if copy is None or not copy.has_everything:
                _try_copy(lambda: housekeeping.copy_away(store, place))
        with suppress(DeskError):
            self._session.disk.make_whole()

    @property
    def _place(self) -> Path | None:
        named = self._preferences.value.second_place
        return Path(named) if named else None

    def _has_everything(self, place: Path) -> bool:
        where = self.state.where
        copy = where.copy_in(place.absolute()) if where else None
        return copy is not None and copy.has_everything

    def _look_for_copies(self) -> None:
        """Whether the copies are where they were put, off the window's thread: a folder may be far away."""
        store = self._session.flushed_store()
        if store is None or self._session.why_read_only or self._idle_worker.is_busy:
            return
        self._idle_worker.run(
            lambda: housekeeping.forget_lost_copies(store), done=lambda _: None, refused=lambda _: None
        )

    def _headline(self, article: ArticleId) -> str:
        with suppress(DeskError):  # one that has no row in the list
            return queries.headline(self._session.store, article) or self.tr("No headline yet")
        return self.tr("A story that is not in the list")

    def _note(self, changes: Changes) -> None:
        self._is_changed = self._is_changed or bool(changes.articles) or changes.is_anything
        self._idle.start()

    def _follow_copy(self, why: str) -> None:
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
