"""Joining a newsroom at the first start: where it is, then who one is, and only then is anything written."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.sync.newsroom import Newsroom
from ovn_desk.sync.postgres import certificates
from ovn_desk.sync.postgres.certificates import Certificate
from ovn_desk.sync.postgres.diagnosing import Diagnosis
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.startup import setting_up
from ovn_desk.ui.startup.joined_page import JoinedPage
from ovn_desk.ui.startup.setting_up import SetUp, Source
from ovn_desk.ui.startup.source_form import SourceForm
from ovn_desk.ui.startup.start_page import StartPage
from ovn_desk.ui.state import join_requests as requests
from ovn_desk.ui.widgets.number_box import NumberBox
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.ui.widgets.who_form import WhoForm
from ovn_desk.usecases import people, queries, store_settings
from ovn_desk.usecases.queries import Store

_UNKNOWN = "hub-certificate-unknown"
_ABOUT_PASSWORD = frozenset({"hub-login-refused", "hub-password-wanted"})


class JoinForm(QObject):
    """Four pages; then `joined` with the store and the person's id, empty for who only reads, or `left`."""

    joined = Signal(object, str)
    left = Signal()
    page_wanted = Signal(object)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self._worker = Worker(self)
        self._source = Source()
        self._newsroom = Newsroom("", "")
        self._done: SetUp | None = None
        self._store: Store | None = None
        self._is_setting_up = False
        self._looks = 0
        self._certificate: Certificate | None = None
        self._said: list[Verdict] = []
        self.source, self.who, self.number = SourceForm(), WhoForm(), NumberBox()
        self.next, self.join_button = _primary(self.tr("Continue")), _primary(self.tr("Join"))
        self.read_only = QPushButton(self.tr("Only read"))
        self.save_request = QPushButton(self.tr("Save the request as a file…"))
        self.go_on = _primary(self.tr("Go to the desk"))
        self._backs = [QPushButton(self.tr("Back")) for _ in range(2)]
        self._source_page = self._page(
            self.tr("Join a newsroom"),
            self.tr("Nothing is written on this computer before you have said who you are."),
            self.source,
            (self.next, self._backs[0]),
        )
        self.who_page = self._page(
            self.tr("Who are you?"), "", self.who, (self.join_button, self.read_only, self._backs[1])
        )
        self.number_page = self._page(
            self.tr("Ask to be let in"),
            self.tr("This computer has your key now. A chief has to know that it is yours."),
            self.number,
            (self.save_request, self.go_on),
        )
        self.joined_page = JoinedPage()
        self.pages = (self._source_page, self.who_page, self.number_page, self.joined_page)
        self._connect()

    def begin(self, file: Path | None = None, *, brought: Store | None = None) -> None:
        """Asks for the invitation; a file that was given is looked at once. A newsroom that is back needs none."""
        if brought is not None:
            self._go_on_in(brought)
            return
        self.source.ask_for_invitation(file)
        self._show(self._source_page)
        self.source.focus()
        if file is not None:
            self.look()

    def begin_from_hub(self) -> None:
        """Asks for the hub's address."""
        self.source.ask_for_hub()
        self._show(self._source_page)
        self.source.focus()

    def _go_on_in(self, store: Store) -> None:
        """Asks who one is in a newsroom that was brought back; where somebody's key is here, they sit down."""
        self._store = store
        staff = queries.active_staff(store)
        if any(people.has_key(store, one) for one in staff):
            self.joined.emit(store, "")
            return
        source = Source(hub=store_settings.hub_address(store))
        self._ask_who(Newsroom(queries.house(store).name, "", tuple(staff)), source)

    @property
    def is_begun(self) -> bool:
        """Whether the newsroom is here already, or is being set up: no other file begins anew then."""
        return self._store is not None or self._is_setting_up

    def look(self) -> None:
        """Reads who works there, which may take a while from a hub; only what was asked for last is followed."""
        if self._is_setting_up:
            return
        try:
            source = self.source.read()
        except DeskError as error:
            self._refuse(str(error))
            self.source.focus()
            return
        self._say(self.tr("Looking into the newsroom…"), tone="calm")
        self._enable(is_on=False)
        self._looks += 1
        self._worker.run(
            partial(setting_up.look, source),
            done=partial(self._answer_look, self._looks, self._follow_look),
            refused=partial(self._answer_look, self._looks, self._refuse_look),
        )

    def _answer_look(self, number: int, follow: Callable[[Any], object], found: Any) -> None:
        if number == self._looks:
            follow(found)

    def _join(self) -> None:
        """Writes the newsroom here, and makes the key of whoever was chosen."""
        try:
            person = self.who.person()
        except DeskError as error:
            self._refuse(str(error))
            self.who.focus()
            return
        self._set_up(person, is_invited=self.who.is_invited, recovery=self.who.recovery_words)

    def write_request(self, to: Path) -> None:
        """The request as a file to send to a chief."""
        if self._done is not None and self._done.by is not None:
            requests.save_request(self._done.store, to, by=self._done.by, say=self._say)

    def _recover(self, words: str) -> None:
        """Lets in at once, with the recovery key, who asked a chief before."""
        if self._done is not None and self._done.by is not None:
            self._set_up(self._done.by.person, recovery=words)

    def _set_up(self, person: Staff | None, *, is_invited: bool = False, recovery: str = "") -> None:
        if self._worker.is_busy:
            return
        self._say(self.tr("Setting up this computer…"), tone="calm")
        self._enable(is_on=False)
        self._is_setting_up = True
        source = replace(self._source, recovery=recovery)
        work = partial(setting_up.set_up, self._path, source, person, is_invited=is_invited, made=self._store)
        self._worker.run(work, done=self._follow_set_up, refused=self._refuse)

    def _follow_look(self, found: tuple[Newsroom, Source] | Diagnosis) -> None:
        """The people to choose from, or what is the matter with the hub."""
        if isinstance(found, Diagnosis):
            problem, self._certificate = found.problem, found.certificate
            if (
                problem is not None
                and problem.code == _UNKNOWN
                and self.source.hub.is_as_handed_over(self._certificate)
            ):
                self._trust()
                return
            self._refuse_look(str(problem))
            is_about_it = problem is not None and problem.code.startswith("hub-certificate-")
            self.source.show_certificate(found.certificate if is_about_it else None)
            if problem is not None and problem.code in _ABOUT_PASSWORD:
                self.source.focus_password()
            return
        self._ask_who(*found)

    def _pin(self, keep: Callable[[], str]) -> None:
        """Trusts a certificate, and looks again."""
        try:
            self.source.pin(keep())
        except DeskError as error:
            self._refuse(str(error))
            return
        self.look()

    def _trust(self) -> None:
        shown, path = self._certificate, self._path
        if shown is not None:
            self._pin(lambda: certificates.trust(shown, path))

    def _ask_who(self, found: Newsroom, source: Source) -> None:
        self._newsroom, self._source = found, source
        newsroom = self._newsroom
        invited = newsroom.addressee if self._source.words else ""
        self.who.words.setText(source.recovery)
        is_alone = newsroom.is_theirs_alone
        shown = [one for one in newsroom.active if one.id == newsroom.addressee or not is_alone]
        self.who.show_people(shown, preset=newsroom.addressee, invited=invited, is_closed=is_alone)
        lead = self.tr("These people work for {newsroom}.")
        if is_alone:
            lead = self.tr(
                "Your login at the hub of {newsroom} is this person's. It is not you? Ask for your own login."
            )
        self.who_page.lead.setText(lead.format(newsroom=newsroom.name))
        self._enable(is_on=True)
        self._show(self.who_page)
        self.who.focus()

    def _follow_set_up(self, done: SetUp) -> None:
        """The newsroom stays for the next try where the key could not be made."""
        self._is_setting_up = False
        self._store = done.store
        if done.why:
            self._refuse(done.why)
            if self._done is not None:  # it is asked already: the words were wrong
                self.number.words.setFocus()
            return
        self._done = done
        self._enable(is_on=True)
        me = done.by.id if done.by else ""
        chiefs = [one.name for one in self._newsroom.active if one.role is Role.CHIEF and one.id != me]
        if done.by is not None and done.is_invited and not self._source.hub:
            self.joined_page.show_joined(done.store, done.by, chiefs, has_stories=done.has_stories)
            self._show(self.joined_page)
            self.joined_page.save.setFocus()
            return
        if not done.number:
            self.joined.emit(done.store, me)
            return
        _make_primary(self.go_on, is_primary=bool(self._source.hub))
        _make_primary(self.save_request, is_primary=not self._source.hub)
        is_chief = any(one.id == me and one.role is Role.CHIEF for one in self._newsroom.active)
        self.number.show_request(
            done.number, chiefs, has_hub=bool(self._source.hub), is_sent=done.is_sent, is_chief=is_chief
        )
        self._show(self.number_page)
        (self.go_on if self._source.hub else self.save_request).setFocus()

    def _finish(self) -> None:
        if self._done is not None and self._done.by is not None:
            self.joined.emit(self._done.store, self._done.by.id)

    def _leave(self) -> None:
        if self._worker.is_busy:
            return
        if self._store is not None:
            self.joined.emit(self._store, "")  # the newsroom is here, to be read
        else:
            self.left.emit()

    def _back_to_source(self) -> None:
        if self._store is not None:
            self._leave()
        elif not self._worker.is_busy:
            self._show(self._source_page)
            self.source.focus()

    def _choose_request_file(self) -> None:
        if self._done is None or self._done.by is None:
            return
        file = requests.choose_request_file(self.number, self._done.by.name, title=self.save_request.text())
        if file is not None:
            self.write_request(file)

    # What is said

    def _refuse(self, why: str) -> None:
        self._is_setting_up = False
        self._enable(is_on=True)
        self._say(why, tone="bad")

    def _refuse_look(self, why: str) -> None:
        self._refuse(why)
        self.source.focus()

    def _enable(self, *, is_on: bool) -> None:
        for widget in (self.next, self.read_only, self.number, self.save_request, self.go_on, *self._backs):
            widget.setEnabled(is_on)
        self.join_button.setEnabled(is_on and self.who.is_answered)

    def _say(self, sentence: str, *, tone: str) -> None:
        for verdict in self._said:
            verdict.say(sentence, tone=tone)

    def _show(self, page: QWidget) -> None:
        self._say("", tone="calm")
        self.page_wanted.emit(page)

    def _name_button(self) -> None:
        """The button says who one will be."""
        self._say("", tone="calm")
        self.join_button.setEnabled(self.who.is_answered and not self._worker.is_busy)
        name = self.who.shown_name
        self.join_button.setText(self.tr("Join as {name}").format(name=name) if name else self.tr("Join"))

    def _page(self, title: str, lead: str, body: QWidget, foot: tuple[QWidget, ...]) -> StartPage:
        said = Verdict()
        self._said.append(said)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(body)
        column.addWidget(said)
        return StartPage(title, lead, whole, foot)

    def _connect(self) -> None:
        self.next.clicked.connect(self.look)
        self.source.entered.connect(self.next.click)
        self.source.edited.connect(lambda: self._say("", tone="calm"))
        self.source.certificate.trusted.connect(self._trust)
        self.source.certificate_chosen.connect(
            lambda file: self._pin(lambda: certificates.trust_file(file, self._path))
        )
        self.join_button.clicked.connect(self._join)
        self.who.chosen.connect(self.join_button.click)
        self.who.changed.connect(self._name_button)
        self.read_only.clicked.connect(lambda: self._set_up(None))
        self.save_request.clicked.connect(self._choose_request_file)
        self.go_on.clicked.connect(self._finish)
        self.number.recovery_given.connect(self._recover)
        self.joined_page.left.connect(self._finish)
        self._backs[0].clicked.connect(self._leave)
        self._source_page.back_wanted.connect(self._leave)
        self._backs[1].clicked.connect(self._back_to_source)
        self.who_page.back_wanted.connect(self._back_to_source)


def _primary(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName("primary")
    return button


def _make_primary(button: QPushButton, *, is_primary: bool) -> None:
    button.setObjectName("primary" if is_primary else "")
    button.style().unpolish(button)
    button.style().polish(button)
