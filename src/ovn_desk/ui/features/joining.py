"""Who asks to be let in: the question to a chief and the answer, and how it stands with what was asked here."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import JoinRequest
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.key_access import KeyAccess
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.phrases import day_and_time
from ovn_desk.usecases import join_requests, queries
from ovn_desk.usecases.queries import Changes, Kind

_OWN, _LET_IN = "own request", "own request granted"
_ELSEWHERE = "let in from another computer"
_AFTER_WHAT_CAME_MS = 500
"""The question comes on top of the sentence about what came with it."""


class JoiningFeature(Feature):
    """A request stays in the status line until it is answered; the bar asks about it once as it comes.

    `wanted` is emitted where the words of the status line are clicked.
    """

    changed = Signal()
    """How it stands with what is asked was read anew: commands and bars say it."""

    def __init__(
        self,
        session: Session,
        notices: Notices,
        *,
        key_access: KeyAccess,
        bar: MessageBar,
        hand_over: Callable[[StaffId], object],
        sync: Callable[[], object],
        has_hub: Callable[[], bool],
        show_standing: Callable[[str], object],
        wanted: SignalInstance,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._notices, self._key_access, self._bar = session, notices, key_access, bar
        self._hand_over, self._sync, self._has_hub, self._window = hand_over, sync, has_hub, parent
        self._show_standing = show_standing
        wanted.connect(self.show)
        self._open: list[JoinRequest] = []
        self._own: JoinRequest | None = None
        self._offered: set[str] = set()
        self._keys_elsewhere: frozenset[str] = frozenset()
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_WHAT_CAME_MS)
        self._soon.timeout.connect(self._offer)
        session.committed.connect(self._hear)

    def commands(self) -> Sequence[Command]:
        newsroom = partial(Command, shortcut="", menu=Menu.FILE, submenu=Submenu.NEWSROOM)
        return (
            newsroom("person.ask", "Ask to be let in…", run=self.show_own, when=self._may_ask),
            newsroom("person.recover", "Use the recovery key…", run=self.show_recovery, when=self._may_ask),
            newsroom("person.requests", "Who asks to be let in…", run=self.ask_chief, when=lambda: bool(self._open)),
        )

    def greet(self) -> None:
        """How it stands as somebody sits down, who may be a chief or none."""
        for request in self._open:
            self._bar.withdraw(f"let in {request.key}")
        self._offered.clear()
        self._keys_elsewhere = self._find_keys_elsewhere()
        self._read()
        self._offer()

    @property
    def standing(self) -> str:
        """For the status line; empty where nothing is asked."""
        if self._own is not None:
            return self.tr("Not let in") if self._own.is_declined else self.tr("Not let in yet")
        if len(self._open) > 1:
            return self.tr("{number} ask to be let in").format(number=len(self._open))
        return self.tr("{name} asks to be let in").format(name=self._asker(self._open[0]).name) if self._open else ""

    def show(self) -> None:
        """What the status line speaks of."""
        if self._own is not None:
            self.show_own()
        else:
            self.ask_chief()

    def show_own(self) -> None:
        """The number to read out; without a key here, who one is comes first."""
        self._open_dialog(is_recovering=False)

    def show_recovery(self) -> None:
        """Where a chief types the twelve words of the newsroom's paper, whatever was asked here before."""
        self._open_dialog(is_recovering=True)

    def _open_dialog(self, *, is_recovering: bool) -> None:
        from ovn_desk.ui.dialogs.joining import JoiningDialog  # not needed to begin

        dialog = JoiningDialog(self._session, has_hub=self._has_hub(), parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self._follow_asking)
        dialog.again_wanted.connect(self._ask_again)
        dialog.open()
        if is_recovering:
            dialog.begin_recovery()

    def ask_chief(self) -> None:
        """Asks about everybody who wants to be let in."""
        self._offered.clear()
        self._offer()

    def ask_about(self, key: str) -> None:
        """Asks about whoever wants to be let in with this key, on top of what was said of their file."""
        self._read()
        for request in [one for one in self._open if one.key == key]:
            self._offered.add(request.id)
            self._ask_about(request)

    # What a chief is asked

    def _offer(self) -> None:
        for request in self._open:
            if request.id not in self._offered:
                self._offered.add(request.id)
                self._ask_about(request)

    def _ask_about(self, request: JoinRequest) -> None:
        asker = self._asker(request)
        known = queries.staff_by_id(self._session.store).get(request.person)
        number = queries.ask(self._session.store, join_requests.number, request)
        is_known = self._is_on_roster(request)
        has_key = queries.ask(self._session.store, join_requests.has_key_anywhere, request.person)
        left = queries.ask(self._session.store, join_requests.departure, request)
        day = day_and_time(left.at, newsroom_now(self._session.house)) if left else ""
        if left is not None:
            said = self.tr(
                "{name} left this newsroom: {by} took them off its list {day}. Let them in again, as a new {role}? By "
                "telephone they read this number to you: {number}."
            )
        elif is_known and not has_key:
            said = self.tr("Let {name} in, as {role}? By telephone they read this number to you: {number}.")
        elif not is_known:
            said = self.tr("Let {name} in, as a new {role}? By telephone they read this number to you: {number}.")
        elif known is not None and known.role is not Role.REPORTER:
            said = self.tr(
                "Let {name} in from another computer? They are {role} here: whoever has that computer is, too. What is "
                "written on the computer they had goes on counting as theirs. By telephone they read this number to "
                "you: {number}."
            )
        else:
            said = self.tr(
                "Let {name} in from another computer? What is written on the computer they had goes on counting as "
                "theirs. By telephone they read this number to you: {number}."
            )
        role = queries.ask(self._session.store, join_requests.role_of_asker, request)
        self._bar.say(
            said.format(name=asker.name, role=role, number=number, by=left.by if left else "", day=day),
            tone="warn" if role is Role.CHIEF else "calm",
            answers=[
                (self.tr("Let {name} in").format(name=asker.name), lambda _: self._let_in(request)),
                (self.tr("Decline"), lambda _: self._decline(request)),
            ],
            topic=f"let in {request.key}",
        )

    def _let_in(self, request: JoinRequest) -> None:
        if queries.ask(self._session.store, join_requests.role_of_asker, request) is Role.CHIEF:
            said = self.tr(
                "{name} is a chief: that computer will change the newsroom and its people. Is the number right?"
            )
            self._bar.say(
                said.format(name=self._asker(request).name),
                tone="warn",
                answers=[
                    (self.tr("The number is right: let in a chief"), lambda _: self._sign_in(request)),
                    (self.tr("Decline"), lambda _: self._decline(request)),
                ],
                topic=f"let in {request.key}",
            )
            return
        self._sign_in(request)

    def _sign_in(self, request: JoinRequest) -> None:
        def act() -> None:
            store = self._session.flushed_store()
            if store is None:
                return
            self._keys_elsewhere |= {request.key}  # whoever lets themselves in here knows of it
            if self._notices.try_action(lambda: join_requests.let_in(store, request.key, by=self._session.by)):
                self._say_let_in(self._asker(request))

        self._key_access.with_key(act)

    def _say_let_in(self, person: Staff) -> None:
        name = person.name
        if self._has_hub():
            self._notices.done.emit(
                self.tr("{name} is let in; their desk hears of it through the hub.").format(name=name)
            )
            self._sync()
            return
        said = self.tr("{name} is let in. Their desk hears of it by the next file that you hand them.").format(
            name=name
        )
        self._bar.say(said, answers=[(self.tr("Hand over a file…"), lambda _: self._hand_over(person.id))])

    def _decline(self, request: JoinRequest) -> None:
        def act() -> None:
            store = self._session.flushed_store()
            if store is None:
                return
            if self._notices.try_action(lambda: join_requests.decline(store, request.key, by=self._session.by)):
                said = self.tr("{name} is not let in, and what came from that computer is taken out of the list.")
                self._notices.done.emit(said.format(name=self._asker(request).name))

        self._key_access.with_key(act)

    # What was asked here

    def _follow_asking(self, person: Staff) -> None:
        self._session.change_person(person)
        self._read()
        if self._has_hub():
            self._sync()

    def _ask_again(self) -> None:
        def act() -> None:
            store = self._session.flushed_store()
            if store and self._notices.try_action(lambda: join_requests.ask_again(store, by=self._session.by)):
                self._read()
                self.show_own()
                if self._has_hub():
                    self._sync()

        self._key_access.with_key(act)

    def _may_ask(self) -> bool:
        session = self._session
        return not session.why_read_only and (
            self._own is not None or session.key.path is None or session.person.is_retired
        )

    def _hear(self, changes: Changes) -> None:
        if not changes.kinds & Kind.ROSTER:
            return
        self._read()
        self._tell_of_other_computer()
        self._soon.start()

    def _tell_of_other_computer(self) -> None:
        """Says at the desk that somebody had that they were let in from another one: it could be somebody else."""
        before, self._keys_elsewhere = self._keys_elsewhere, self._find_keys_elsewhere()
        if self._keys_elsewhere - before and self._session.key.path is not None and self._own is None:
            self._bar.say(
                self.tr(
                    "{name} was let in from another computer: what is written there counts as theirs, and what is "
                    "written here goes on counting. If that was not you, ring a chief at once."
                ).format(name=self._session.person.name),
                tone="warn",
                sticky=True,
                answers=[(self.tr("That was me"), lambda _: None)],
                topic=_ELSEWHERE,
            )

    def _find_keys_elsewhere(self) -> frozenset[str]:
        return join_requests.keys_elsewhere(self._session.store, self._session.person.id)

    def _read(self) -> None:
        session = self._session
        was = {one.key for one in self._open}
        found = queries.ask(session.store, join_requests.open_requests)
        self._open = [] if session.why_read_only else [one for one in found if self._may_answer(one)]
        before, self._own = self._own, queries.ask(session.store, join_requests.own_request)
        for key in was - {one.key for one in self._open}:
            self._bar.withdraw(f"let in {key}")
        self._take_back_what_is_over()
        self._show_standing(self.standing)
        self.changed.emit()
        if before is not None:
            self._say_answer(before)

    def _is_let_in(self) -> bool:
        return self._own is None and queries.ask(self._session.store, join_requests.is_granted)

    def _take_back_what_is_over(self) -> None:
        """Neither answer is said on: who was let in may be out again, and who was not may be in."""
        if not self._is_let_in():
            self._bar.withdraw(_LET_IN)
        if self._own is None or not self._own.is_declined:
            self._bar.withdraw(_OWN)

    def _say_answer(self, before: JoinRequest) -> None:
        """What became of the request of this desk since it was read `before`, whichever signal came first."""
        if self._is_let_in():
            said = self.tr("You are let in, {name}: what you wrote counts as yours in the whole newsroom.")
            self._bar.say(
                said.format(name=self._session.person.name),
                sticky=True,
                answers=[(self.tr("Good"), lambda _: None)],
                topic=_LET_IN,
            )
        elif not before.is_declined and self._own is not None and self._own.is_declined:
            self._bar.say(
                self.tr("A chief did not let you in. Your stories stay here; ring a chief, and ask again."),
                tone="warn",
                answers=[(self.tr("Ask again"), lambda _: self._ask_again())],
                topic=_OWN,
            )

    def _may_answer(self, request: JoinRequest) -> bool:
        """A chief lets anybody in, everybody another computer of their own; who has no key here nobody."""
        session = self._session
        return session.key.path is not None and (
            session.person.role is Role.CHIEF or request.person == session.person.id
        )

    def _is_on_roster(self, request: JoinRequest) -> bool:
        return queries.ask(self._session.store, lambda reading: request.person in reading.roster().people)

    def _asker(self, request: JoinRequest) -> Staff:
        return queries.staff_by_id(self._session.store).get(
            request.person, Staff(request.person, request.name, Role.REPORTER)
        )
