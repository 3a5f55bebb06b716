"""Who is let in at the hub: a login and a password for each, shown once, and closed again when somebody leaves."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSysInfo, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import Login, Status, addresses, certificates
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.sharing.hub import HubLink
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.hub_card import write_card
from ovn_desk.ui.widgets.one_click_button import OneClickButton
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.usecases import joining, queries, store_settings

_NAME, _ROLE, _LOGIN = range(3)
_LEAST = 150
"""Pixels of the list: four people stay in sight beside what is to be handed over."""


class HubPeopleDialog(QDialog):
    """Needs the login that runs the hub, in the form of the hub; any other login is told so."""

    adding_wanted = Signal()
    """Somebody is to be let in who is not in the newsroom yet."""

    def __init__(self, session: Session, link: HubLink, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("People at the hub"))
        fitting.resize_to_fit(self, 640, 560)
        self._worker = Worker(self)
        self._url = postgres.address(link.address)
        self._find_password = link.password_finder()
        invited = queries.ask(session.store, joining.invited_people)
        self._invited = frozenset(one.id for one in invited)
        self._staff = [*queries.ask(session.store, lambda reading: reading.staff()), *invited]
        self._people = [one for one in self._staff if not one.is_retired]
        self._session, self._me, self._to_renew = session, session.person, ""
        self._logins: dict[str, str] = {}
        self._runs_hub = False
        self.table = QTableWidget(len(self._people), 3)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Role"), self.tr("Login at the hub")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(_LEAST)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.finished.connect(lambda _: self._keep_place())
        self.verdict = Verdict()
        self.slip = QPlainTextEdit(readOnly=True)
        self.slip.setAccessibleName(self.tr("What to hand over"))
        self.slip.setFixedHeight(176)
        self.let_in, self.keep_out = OneClickButton(self.tr("Let in")), QPushButton(self.tr("Keep out"))
        self.add = QPushButton(self.tr("Add somebody to the newsroom…"))
        self.copy, self.close_button = QPushButton(self.tr("Copy")), QPushButton(self.tr("Close"))
        self._at = addresses.split(postgres.without_password(self._url))[0]
        self._made: Login | None = None
        kept = store_settings.hub_name_for_others(session.store)
        self.place = QLineEdit(kept or QSysInfo.machineHostName())
        self.place.setAccessibleName(self.tr("Server, for colleagues"))
        self._lay_out()
        self.place.textEdited.connect(lambda _: self._write_card())
        self.table.currentCellChanged.connect(lambda *_: self._choose())
        self.let_in.clicked.connect(lambda _=False: self._let_in())
        self.keep_out.clicked.connect(lambda _=False: self._keep_out())
        self.add.clicked.connect(lambda _=False: self._add())
        self.copy.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(self.slip.toPlainText()))
        self.close_button.clicked.connect(self.reject)
        self._fill()
        self.table.setCurrentCell(0, 0)
        self._look()

    def _look(self) -> None:
        self._ask(postgres.status, self._show_status)

    def _ask(self, act: Callable[..., Any], done: Callable[[Any], None]) -> None:
        """Asks the hub for something with the login that runs it, off the window's thread."""
        url, find = self._url, self._find_password
        for button in (self.let_in, self.keep_out):
            button.setEnabled(False)
        account = addresses.account(url)
        self._worker.run(lambda: act(url, password=find(account).word), done=done, refused=self._refuse)

    def _show_status(self, found: Status) -> None:
        if not found.runs_hub:
            self.verdict.say(
                self.tr(
                    "Only the login that runs the hub lets people in, and yours is another one. Sit at the desk of "
                    "whoever made the hub, or put that login in under File, Share, Hub."
                ),
                tone="warn",
            )
            return
        self._logins, self._runs_hub = dict(found.staff), True
        self._show_those_who_left()
        self._fill()
        self._show_choice()

    def _show_those_who_left(self) -> None:
        """Whoever is retired stands here as long as the hub still knows a login of theirs."""
        left = [one for one in self._staff if one.is_retired and one.name in self._logins]
        self._people = [one for one in self._staff if not one.is_retired] + left
        self.table.setRowCount(len(self._people))

    def _fill(self) -> None:
        for row, person in enumerate(self._people):
            role = self.tr("has left") if person.is_retired else str(person.role)
            if person.id in self._invited:
                role = self.tr("{role}, invited").format(role=person.role)
            for column, text in enumerate((person.name, role, self._login_of(person))):
                self.table.setItem(row, column, QTableWidgetItem(text))

    def _login_of(self, person: Staff) -> str:
        """Their login; whoever sits here is in with the one that runs the hub, which is among no staff."""
        known = self._logins.get(person.name, "")
        if not known and self._runs_hub and person.id == self._me.id:
            return self.tr("{login}, runs the hub").format(login=self._url.username)
        return known

    @property
    def _chosen(self) -> Staff | None:
        row = self.table.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def _show_choice(self) -> None:
        person = self._chosen
        is_in = person is not None and person.name in self._logins
        self.let_in.setText(self.tr("Give a new password") if is_in else self.tr("Let in"))
        may_come = person is not None and not person.is_retired and (is_in or not self._login_of(person))
        self.let_in.setEnabled(may_come and not self._worker.is_busy)
        self.keep_out.setEnabled(is_in and not self._worker.is_busy)

    def _choose(self) -> None:
        """Another person is selected: a first press of Give a new password was not about them."""
        if self._to_renew:
            self._to_renew = ""
            self.verdict.say("")
        self._show_choice()

    def _let_in(self) -> None:
        """The second press gives a new password to who has one: the old one is good no more from then on."""
        self._keep_place()
        if (person := self._chosen) is None:
            return
        if person.name in self._logins and self._to_renew != person.id:
            self._to_renew = person.id
            said = self.tr(
                "The password that {name} has is good no more then: nothing goes to the hub from their computer, or "
                "comes from there, until they type the new one. Press Give a new password again."
            )
            self.verdict.say(said.format(name=person.name), tone="warn")
        else:
            self._to_renew = ""
            self._ask(lambda url, password: postgres.add_staff(url, person, password=password), self._show_login)

    def _keep_place(self) -> None:
        """What was typed stands here again the next time; this computer's own name for itself need not be kept."""
        store, typed = self._session.flushed_store(), self.place.text().strip()
        if store is not None and self._at.is_local:
            store_settings.set_hub_name_for_others(store, "" if typed == QSysInfo.machineHostName() else typed)

    def _write_card(self) -> None:
        """What to hand over, with a name of the server that says something on another computer, too."""
        if self._made is None:
            return
        at, number = self._at, ""
        with suppress(DeskError):  # the authorities of this computer stand for it, or it is not checked
            if at.certificate:
                number = certificates.number_of(Path(at.certificate)).replace(":", " ")
        if at.is_local and (named := self.place.text().strip()):
            at = replace(at, server=named)
        is_invited = any(one.id in self._invited and one.name == self._made.name for one in self._staff)
        self.slip.setPlainText(write_card(self._made, at, number, is_invited=is_invited))

    def _show_login(self, made: Login) -> None:
        self._made = made
        self._write_card()
        self.slip.show()
        self.copy.show()
        said = self.tr("{name} is let in. The password is shown only now: hand it over yourself, not by open mail.")
        if made.name in self._logins:
            said = self.tr(
                "{name} has a new password, and the old one is good no more. It is shown only now: hand it over "
                "yourself, not by open mail."
            )
        self.verdict.say(said.format(name=made.name), tone="good")
        self._grow()
        self._look()

    def _grow(self) -> None:
        """As high as the list and what is to be handed over need, where the screen has room for both."""
        if (layout := self.layout()) is not None:
            layout.activate()
            wanted = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
            fitting.resize_to_fit(self, self.width(), max(self.height(), wanted))

    def _keep_out(self) -> None:
        if (person := self._chosen) is not None:
            act = partial(_remove, person)
            self._ask(act, partial(self._say_kept_out, person))

    def _say_kept_out(self, person: Staff, _: str) -> None:
        self._made = None
        self.slip.hide()
        self.copy.hide()
        said = self.tr(
            "{name} is kept out of the hub from now on. Their key still signs: retire them under People and keys."
        )
        if person.id in self._invited:
            said = self.tr(
                "{name} is kept out of the hub from now on. The invitation is still good: take it back under People "
                "and keys."
            )
        self.verdict.say(said.format(name=person.name), tone="good")
        self._look()

    def _add(self) -> None:
        """People are added where people are; whoever was added stands here when this is opened next."""
        self.reject()
        self.adding_wanted.emit()

    def _refuse(self, why: str) -> None:
        self.verdict.say(why, tone="bad")
        self._show_choice()

    def _lay_out(self) -> None:
        for button in (self.let_in, self.keep_out, self.add, self.copy):
            button.setAutoDefault(False)
        lead = QLabel(
            self.tr(
                "Who is let in gets a login and a password of their own, as a note to hand over. Through the hub their "
                "stories come here, and yours go there."
            ),
            wordWrap=True,
        )
        lead.setProperty("role", "soft")
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.let_in)
        acts.addWidget(self.keep_out)
        acts.addStretch()
        acts.addWidget(self.add)
        label = QLabel(self.place.accessibleName())
        label.setBuddy(self.place)
        place = QHBoxLayout()
        place.setSpacing(16)
        place.addWidget(label)
        place.addWidget(self.place, 1)
        said = self.tr(
            "The hub is on this computer, which calls it {server}; on another computer that would be the other "
            "computer. Type how the others find this one in your network, by its name or number: that goes into the "
            "note for them. The hub has to be set to take calls from the network."
        )
        about = QLabel(said.format(server=self._at.server), wordWrap=True)
        about.setProperty("role", "soft")
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch()
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(lead)
        column.addWidget(self.table, 1)
        column.addWidget(self.verdict)  # the list makes room for it: no button goes from under the pointer
        column.addLayout(acts)
        column.addLayout(place)
        column.addWidget(about)
        for only_here in (label, self.place, about):
            only_here.setVisible(self._at.is_local)
        column.addWidget(self.slip)
        column.addLayout(foot)
        for widget in (self.slip, self.copy):
            widget.hide()


def _remove(person: Staff, url: postgres.Address, *, password: str) -> str:
    return postgres.remove_staff(url, person, password=password)
