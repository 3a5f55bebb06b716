"""The newsroom's hub: rounds in the background while it can be reached, and never in the way of typing."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.errors import DeskError
from ovn_desk.signing import Key
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.sharing.hub_round import Miss, Want, run_round
from ovn_desk.ui.sharing.news_words import tell_same, tell_sent
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.long_work import LongWork
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.phrases import age, day_and_time, quantity
from ovn_desk.usecases import hub_password, queries, resting, store_settings
from ovn_desk.usecases.hub_password import KeptPassword
from ovn_desk.usecases.whereabouts import Whereabouts, host_of, whereabouts

EVERY_MS = 60_000
FIRST_MS = 5_000
"""After the window opened: it is there and drawn by then."""
TOPIC = "hub"
_SAME = "hub has the same"
"""The topic of what stops being so with the next key or step."""
_LOST = "hub lost"
_CLOSED = "hub login closed"
_NOBODY_NEEDED = frozenset({Want.NOTHING, Want.ROOM})


class HubLink(QObject):
    """Syncs once a minute where a hub is named; `came` carries what a round brought, `changed` how it stands.

    A round that nobody asked for says nothing but in the status line, whatever the hub wants.
    """

    came = Signal(object)
    changed = Signal()
    counted = Signal(object)
    """Where everything is, as it was said of a round: what else says so says the same."""
    settings_wanted = Signal()
    """Somebody asked for a round that needs an address, a password or a look at what is the matter."""
    saving_wanted = Signal()
    """Whoever is let in no more wants what the hub lacks as files."""
    key_wanted = Signal()
    """Somebody asked for a round that needs their key."""

    def __init__(self, session: Session, text: WorkingText, work: LongWork, bar: MessageBar, window: QObject) -> None:
        super().__init__(window)
        self._session, self._text, self._work, self._bar = session, text, work, bar
        self._worker = Worker(self)
        self._password = self._account = ""
        self._is_to_keep = False
        self._miss: Miss | None = None
        self._is_full = self._is_asked_again = False
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self._go)
        session.key.opened.connect(self._go_on_with_key)
        text.save_state_changed.connect(self._withdraw_same)
        session.committed.connect(lambda _: self._withdraw_same())
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

    @property
    def is_in_need(self) -> bool:
        """Whether the hub waits for something that whoever sits here can do."""
        return self._miss is not None and self._miss.want not in _NOBODY_NEEDED

    def standing(self) -> str:
        """How it stands, for the status line; empty without a hub."""
        if not self.address:
            return ""
        if self._worker.is_busy:
            return self.tr("Syncing…")
        at, now = self.synced_at, newsroom_now(self._session.house)
        last = self.tr("not yet synced from this computer")
        if at:
            last = self.tr("last synced {when}").format(when=day_and_time(at, now))
        return self._words().format(age=age(at, now) if at else self.tr("never"), last=last)

    def _words(self) -> str:
        match self._miss.want if self._miss else None:
            case None:
                return self.tr("Synced {age}")
            case Want.KEY if self._waits_for_key:
                return self.tr("Hub waits for your key")
            case Want.PASSWORD | Want.KEY:
                return self.tr("Hub wants your password")
            case Want.LOGIN:
                return self.tr("Hub does not let you in")
            case Want.CERTIFICATE:
                return self.tr("Hub not proved · {last}")
            case Want.ROOM:
                return self.tr("Hub takes nothing in · {last}")
            case Want.HELP:
                return self.tr("Hub cannot be used")
            case _:
                return self.tr("Hub not reached · {last}")

    @property
    def is_busy(self) -> bool:
        """Whether a round is under way."""
        return self._worker.is_busy

    @property
    def why_not(self) -> str:
        """Why the last round did not come to its end; empty when it did."""
        return self._miss.sentence if self._miss else ""

    @property
    def is_password_refused(self) -> bool:
        """Whether the last round was refused with the password that is kept, or had none."""
        return self._miss is not None and self._miss.want is Want.PASSWORD

    def sync(self) -> None:
        """A round now; where the hub is not known yet, or waits for something, that is asked for."""
        if self._waits_for_key:
            self.key_wanted.emit()
        elif not self.address or (self._miss and self._miss.want in {Want.PASSWORD, Want.KEY}):
            self.settings_wanted.emit()
        else:
            self._go(is_asked=True)

    def open_what_is_wanted(self) -> None:
        """Asks for the key where that is all the hub waits for, or opens what is set of it."""
        if self._waits_for_key:
            self.key_wanted.emit()
        else:
            self.settings_wanted.emit()

    @property
    def _waits_for_key(self) -> bool:
        """Whether the hub's password comes out as soon as whoever sits here opens their key."""
        key = self._session.key
        return self._miss is not None and self._miss.want is Want.KEY and key.is_sealed and not key.is_open

    def password_finder(self) -> Callable[[str], KeptPassword]:
        """Finds what is kept for an account; to be called off the window's thread, as a keyring may ask first."""
        store, key, account, password = self._session.store, self._key, self._account, self._password

        def find(asked: str) -> KeptPassword:
            kept = KeptPassword()
            with suppress(DeskError):  # a keyring that is locked has nothing
                kept = hub_password.find(store, asked, key=key)
            return replace(kept, word=kept.word or (password if asked == account else ""))

        return find

    def use(self, address: str, account: str, password: str) -> None:
        """From now on this is the hub; a password that was typed is kept, and a round begins."""
        store = self._session.flushed_store()
        if store is None:
            return
        if password or account != self._account:
            self._password, self._account, self._is_to_keep = password, account, bool(password)
        store_settings.set_hub_address(store, address)
        self._miss = None
        self._timer.start(EVERY_MS)
        self._go(is_asked=True)

    def leave(self, account: str) -> None:
        """From now on there is no hub; everything stays here, and the password goes."""
        store = self._session.flushed_store()
        if store is None:
            return
        address, password = self.address, self._password
        self._timer.stop()
        hub_password.forget(store, account)
        store_settings.set_hub_address(store, "")
        self._password, self._account, self._miss = "", "", None
        self.changed.emit()
        self._bar.say(
            self.tr("This desk has left the hub. Every story stays here; nothing goes there or comes from there now."),
            undo=partial(self.use, address, account, password),
            topic=TOPIC,
        )

    def finish(self) -> None:
        """Waits for the round that is under way."""
        self._timer.stop()
        self._worker.finish()

    @property
    def _key(self) -> Key | None:
        """The key of whoever sits here, where it is open."""
        return self._session.by.key if self._session.key.is_open else None

    def _go_on_with_key(self) -> None:
        if self._miss and self._miss.want is Want.KEY:
            self._timer.start(EVERY_MS)
            self._go()

    def _go(self, *, is_asked: bool = False, is_sending_on: bool = False) -> None:
        if self._worker.is_busy:
            self._is_asked_again = self._is_asked_again or is_asked
            return
        store = self._session.flushed_store()
        if store is None:
            return
        if self._timer.isActive():
            self._timer.start(EVERY_MS)
        run = partial(
            run_round,
            store,
            self.address,
            self._password,
            self._key,
            save_rested=self._rested_text(is_asked=is_asked),
            is_to_keep=self._is_to_keep,
        )
        self._is_to_keep = False
        follow = partial(self._follow_round, is_asked=is_asked, is_sending_on=is_sending_on)
        if is_asked:
            self._work.run(
                self._worker,
                lambda _: run(),
                what=self._describe_work(),
                done=follow,
                refused=self._bar.warn,
            )
        else:
            self._worker.run(run, done=follow, refused=self._bar.warn)
        self.changed.emit()

    def _describe_work(self) -> str:
        """What is under way, by the name of the server alone; a hub whose place is a folder is on this computer."""
        if server := host_of(self.address):
            return self.tr("Syncing with the hub at {server}").format(server=server)
        return self.tr("Syncing with the hub on this computer")

    def _rested_text(self, *, is_asked: bool) -> Callable[[], object]:
        """Makes versions, on any thread: of the open text that its writer left alone; in a round that is asked for, of
        what stands there anyhow, and of what a stop of the desk or a copy left of other stories.
        """
        store, keeper, key, writer = (
            self._session.flushed_store(),
            self._text.keeper,
            self._session.key,
            self._session.writer,
        )
        if store is None or not key.is_open:
            return lambda: None
        by, known = self._session.by, None
        if keeper is not None:
            known = keeper.standing_copy(by=writer) if is_asked else keeper.rested_copy(resting.RESTED_S, by=writer)
        article = keeper.article if keeper is not None else None

        def save() -> None:
            if is_asked:
                resting.save_left_texts(store, by=by, but=article)
            if article is not None and known is not None:
                resting.save_rested(store, article, by=by, known=known, is_asked=is_asked)

        return save

    def _follow_round(self, found: Any, *, is_asked: bool, is_sending_on: bool) -> None:
        if not self.address:  # it was left meanwhile
            return
        for topic in (TOPIC, _SAME):  # what was said of the round before is so no more
            self._bar.withdraw(topic)
        self._miss = found if isinstance(found, Miss) else None
        if self._miss is None:
            self._say_done(found, is_asked=is_asked)
        else:
            self._follow_miss(self._miss, is_asked=is_asked)
        self._go_on(found, is_sending_on=is_sending_on)
        self.changed.emit()

    def _go_on(self, found: Any, *, is_sending_on: bool) -> None:
        """A round that was asked for meanwhile; or one more, for what the round that just ended made a version of.

        What came beside an open text makes that one a version, in the window, when nothing is sent any more. One more
        round is enough: what that brings waits for the next.
        """
        if self._is_asked_again:
            self._is_asked_again = False
            self._go(is_asked=True)
            return
        may_send_on = self._miss is None and not is_sending_on and not found.full
        if may_send_on and found.came.arrived and self._lacks_versions(self._where()):
            self._go(is_sending_on=True)

    def _follow_miss(self, miss: Miss, *, is_asked: bool) -> None:
        if miss.want in {Want.PASSWORD, Want.KEY}:
            self._password = ""
            self._timer.stop()  # each refusal counts at the server, and some close the door after a few
        if not is_asked:
            return
        if miss.want in {Want.PASSWORD, Want.KEY}:
            self.open_what_is_wanted()
            return
        said = miss.sentence
        if miss.want is Want.NOTHING:
            said = self.tr("What you write stays on this laptop and goes when the hub answers. {why}").format(why=said)
        answers = [(self.tr("Hub…"), lambda _: self.settings_wanted.emit())]
        if miss.want is Want.LOGIN and (self._lacks_versions(where := self._where()) or where.texts):
            answers.insert(0, (self.tr("Save what is only here…"), lambda _: self.saving_wanted.emit()))
        self._bar.say(said, tone="warn", topic=TOPIC, answers=answers)

    def _say_done(self, found: Any, *, is_asked: bool) -> None:
        is_news = bool(
            found.came.articles - found.came.quiet or found.came.notes or found.came.refused or found.refused
        )
        if is_news:
            self.came.emit(found.came)
        if found.lost:
            lost = quantity(found.lost, "version or step", "versions or steps")
            self._bar.say(
                self.tr(
                    "The hub had lost {lost}, as a hub does that was set back to an older copy. They were sent again."
                ).format(lost=lost),
                tone="warn",
                sticky=True,
                topic=_LOST,
                for_everybody=True,
                answers=[(self.tr("Understood"), lambda _: None)],
            )
        elif found.full and (is_asked or not self._is_full):
            self._bar.say(str(found.full), tone="warn", topic=TOPIC, for_everybody=True)
        elif found.closed:
            self._say_closed(found.closed)
        elif is_asked and not is_news:
            self._say_same(found)
        self._is_full = bool(found.full)

    def _say_same(self, done: Any) -> None:
        """Says what went, and that both have the same: all of it, or all but text that is no version."""
        where = self._where()
        if self._lacks_versions(where):
            said = self.tr("What was made here meanwhile goes with the next round.")
        else:
            is_deciding = where.hub is not None and any(lack.is_deciding for lack in where.hub.lacks.values())
            said = tell_same(has_texts=bool(where.texts) or self._text.is_unsaved, is_deciding=is_deciding)
        self._bar.say(" ".join(filter(None, [self._describe_sent(done), said])), topic=_SAME)
        self.counted.emit(where)

    def _withdraw_same(self) -> None:
        """The next key, or step, and it is so no more."""
        if not self._bar.tells_of(_SAME):
            return
        if self._text.is_unsaved or self._lacks_versions(self._where()):
            self._bar.withdraw(_SAME)

    def _where(self) -> Whereabouts:
        return queries.ask(self._session.store, whereabouts)

    @staticmethod
    def _lacks_versions(where: Whereabouts) -> bool:
        """Whether the hub lacks more than text that is no version."""
        hub = where.hub
        return hub is None or hub.lacks_files or any(one.versions or one.steps for one in hub.lacks.values())

    def _describe_sent(self, done: Any) -> str:
        """What went to the hub, by its headlines; empty where nothing did."""
        headlines = queries.ask(self._session.store, queries.told_headlines, done.stories)
        return tell_sent(headlines) if headlines or "" in done.stories else ""

    def _say_closed(self, names: Sequence[str]) -> None:
        said = self.tr(
            "{names} left the newsroom: the login at the hub is closed, and nothing reaches that computer any more."
        )
        self._bar.say(said.format(names=", ".join(names)), topic=_CLOSED, for_everybody=True)
