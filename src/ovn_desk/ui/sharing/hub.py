"""The newsroom's hub: rounds in the background while it can be reached, and never in the way of typing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.long_work import LongWork
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.phrases import age, quantity
from ovn_desk.usecases import merging, store_settings
from ovn_desk.usecases.queries import Store

EVERY_MS = 60_000


class HubLink(QObject):
    """Syncs once a minute where a hub is named; `came` carries what a round brought, `changed` how it stands."""

    came = Signal(object)
    changed = Signal()

    def __init__(self, session: Session, work: LongWork, bar: MessageBar, window: QObject) -> None:
        super().__init__(window)
        self._session, self._work, self._bar = session, work, bar
        self._worker = Worker(self)
        self._password = ""
        self._why_not = ""
        self._is_full = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._go)
        if self.address:
            self._timer.start()

    @property
    def address(self) -> str:
        """Of the hub, without a password; empty where there is none."""
        return store_settings.hub_address(self._session.store)

    @property
    def synced_at(self) -> datetime | None:
        """When everything here was at the hub, too: a copy off this disk."""
        return store_settings.synced_at(self._session.store)

    def standing(self) -> str:
        """How it stands, for the status line; empty without a hub."""
        if not self.address:
            return ""
        last = age(self.synced_at, newsroom_now(self._session.house)) if self.synced_at else self.tr("never")
        if self._worker.is_busy:
            return self.tr("Syncing…")
        return self.tr("Hub not reached · synced {age}" if self._why_not else "Synced {age}").format(age=last)

    @property
    def why_not(self) -> str:
        """Why the last round did not come to its end; empty when it did."""
        return self._why_not

    def sync(self) -> None:
        """A round now; asks for the hub's address where none is known."""
        if self.address:
            self._go(is_asked=True)
            return
        self._bar.ask(
            self.tr("The hub's address, as postgresql://login@host/database:"),
            answers=[(self.tr("Sync"), self._name)],
        )

    def finish(self) -> None:
        """Waits for the round that is under way."""
        self._timer.stop()
        self._worker.finish()

    def _name(self, text: str) -> None:
        from ovn_desk.sync import postgres  # only those with a hub have its package

        try:
            shown = postgres.without_password(postgres.address(text.strip()))
        except DeskError as error:
            self._bar.say(str(error), tone="warn")
            return
        store = self._session.flushed_store()
        if store is None:
            return
        store_settings.set_hub_address(store, shown)
        self._timer.start()
        self._go(is_asked=True)

    def _go(self, *, is_asked: bool = False) -> None:
        if self._worker.is_busy:
            return
        store = self._session.flushed_store()
        if store is None:
            return
        address, password = self.address, self._password

        def follow(found: Any) -> None:
            self._follow_round(found, is_asked=is_asked)

        if is_asked:
            self._work.run(
                self._worker,
                lambda _: _round(store, address, password),
                what=self.tr("Syncing with {hub}").format(hub=address.rpartition("@")[2]),
                done=follow,
                refused=self._say_refusal,
            )
        else:
            self._worker.run(lambda: _round(store, address, password), done=follow, refused=self._note_miss)
        self.changed.emit()

    def _follow_round(self, found: Any, *, is_asked: bool) -> None:
        if isinstance(found, str):  # the hub wants a password
            self._note_miss(found)
            self._ask_password(found)
            return
        self._why_not = ""
        self.changed.emit()
        is_news = bool(found.came.articles or found.came.notes or found.came.refused or found.refused)
        if is_news:
            self.came.emit(found.came)
        if found.full and (is_asked or not self._is_full):
            self._bar.say(str(found.full), tone="warn")
        elif is_asked and not is_news:
            sent = quantity(found.sent, "record", "records")
            said = self.tr("This desk and the hub have the same: {sent} sent, nothing new came.")
            self._bar.say(said.format(sent=sent))
        self._is_full = bool(found.full)

    def _ask_password(self, why: str) -> None:
        def keep(words: str) -> None:
            self._password = words  # in memory only: ~/.pgpass is where PostgreSQL keeps one
            self._timer.start()
            self._go(is_asked=True)

        self._timer.stop()
        self._bar.ask(f"{why} {self.tr('Password:')}", answers=[(self.tr("Sync"), keep)], secret=True)

    def _say_refusal(self, why: str) -> None:
        self._note_miss(why)
        self._bar.say(why, tone="warn")

    def _note_miss(self, why: str) -> None:
        """Without a network there is nothing to say but in the status line."""
        self._why_not = why
        self.changed.emit()


def _round(store: Store, address: str, password: str) -> Any:
    from ovn_desk.sync import postgres  # only those with a hub have its package

    def settle(store: Store, articles: Iterable[ArticleId]) -> object:
        return merging.combine(store, articles)

    try:
        return postgres.sync(store, postgres.address(address), password=password, settle=settle)
    except postgres.LoginRefused as error:
        return str(error)
