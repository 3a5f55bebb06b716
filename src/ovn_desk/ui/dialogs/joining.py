"""Asking to be let in at a desk that has the newsroom already: who one is, then the number to read out."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import JoinRequest
from ovn_desk.ui.state import join_requests as requests
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.number_box import NumberBox
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.ui.widgets.who_form import WhoForm
from ovn_desk.usecases import join_requests, joining, queries


class JoiningDialog(QDialog):
    """`asked` with who asked; `again_wanted` where a chief has declined."""

    asked = Signal(object)
    again_wanted = Signal()

    def __init__(self, session: Session, *, has_hub: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Ask to be let in"))
        fitting.resize_to_fit(self, 520, 440)
        self._session, self._has_hub = session, has_hub
        self._is_recovering = False
        self.who, self.number, self.said = WhoForm(), NumberBox(), Verdict()
        self.ask_button, self.save = (
            QPushButton(self.tr("Ask to be let in")),
            QPushButton(self.tr("Save the request as a file…")),
        )
        self.again = QPushButton(self.tr("Ask again"))
        self.close_button = QPushButton(self.tr("Close"))
        self.ask_button.setObjectName("primary")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.who)
        self._pages.addWidget(self.number)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self.ask_button, self.again, self.save, self.close_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._pages, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)
        self.ask_button.clicked.connect(self.ask)
        self.who.chosen.connect(self.ask)
        self.who.changed.connect(self._show_answered)
        self.who.words.textChanged.connect(lambda _: self._show_answered())
        self.number.recovery_given.connect(self.recover)
        self.save.clicked.connect(self._choose_file)
        self.again.clicked.connect(self._ask_again)
        self.close_button.clicked.connect(self.reject)
        self._show()

    def begin_recovery(self) -> None:
        """The keyboard to the words of the recovery key; who is no chief says first which of them they are."""
        self.setWindowTitle(self.tr("Use the recovery key"))
        if self.number.words.isVisibleTo(self.number) and self._pages.currentWidget() is self.number:
            self.number.words.setFocus()
            return
        self._is_recovering = True
        self.ask_button.setText(self.tr("Use the recovery key"))
        chiefs = [one for one in queries.active_staff(self._session.store) if one.role is Role.CHIEF]
        only = chiefs[0].id if len(chiefs) == 1 else self._session.person.id
        self.who.show_people(chiefs, preset=only, is_closed=True)
        self._pages.setCurrentWidget(self.who)
        for button, is_wanted in ((self.ask_button, True), (self.save, False), (self.again, False)):
            button.setVisible(is_wanted)
        self.said.hide()
        self._show_answered()
        if self.who.words.isVisibleTo(self.who):
            self.who.words.setFocus()
        else:
            self.who.focus()

    def ask(self) -> None:
        """Makes the key of whoever was chosen on this computer, and asks with it, or lets in with the recovery key."""
        if not self._is_answered:
            return
        store, words = self._session.flushed_store(), self.who.recovery_words
        if store is None:
            return
        try:
            person = self.who.person()
            by = joining.recover(store, person.id, words) if words else join_requests.ask(store, person)
        except DeskError as error:
            self.said.say(str(error), tone="bad")
            return
        self.asked.emit(by.person)
        if words:
            self.accept()
            return
        self._show()

    def recover(self, words: str) -> None:
        """Lets in at once, with the recovery key, the chief who asked here."""
        store = self._session.flushed_store()
        request = queries.ask(store, join_requests.own_request) if store else None
        if store is None or request is None:
            return
        try:
            by = joining.recover(store, request.person, words)
        except DeskError as error:
            self.said.say(str(error), tone="bad")
            return
        self.asked.emit(by.person)
        self.accept()

    def _show(self) -> None:
        store = self._session.store
        request = queries.ask(store, join_requests.own_request)
        staff = queries.active_staff(store)
        is_asking = request is not None
        self.ask_button.setVisible(not is_asking)
        self.save.setVisible(is_asking and not self._is_declined(request))
        self.again.setVisible(self._is_declined(request))
        self.said.hide()
        if request is None:
            self._ask_who()
            return
        chiefs = [one.name for one in staff if one.role is Role.CHIEF and one.id != request.person]
        number = queries.ask(store, join_requests.number, request)
        is_chief = any(one.id == request.person and one.role is Role.CHIEF for one in staff)
        self.number.show_request(number, chiefs, has_hub=self._has_hub, is_chief=is_chief)
        self._pages.setCurrentWidget(self.number)
        if request.is_declined:
            self.said.say(self.tr("A chief has declined. Ring them, and ask again."), tone="warn")

    def _ask_who(self) -> None:
        self.who.show_people(queries.active_staff(self._session.store), preset=self._session.person.id)
        self._pages.setCurrentWidget(self.who)
        self.who.focus()
        self._show_answered()

    @staticmethod
    def _is_declined(request: JoinRequest | None) -> bool:
        return request is not None and request.is_declined

    def _ask_again(self) -> None:
        self.accept()
        self.again_wanted.emit()

    @property
    def _is_answered(self) -> bool:
        """Whether it is said who it is; for the recovery key also its words."""
        return self.who.is_answered and (not self._is_recovering or bool(self.who.recovery_words))

    def _show_answered(self) -> None:
        self.ask_button.setEnabled(self._is_answered)

    def _choose_file(self) -> None:
        file = requests.choose_request_file(self, self._session.person.name, title=self.save.text())
        if file is not None:
            self.write_request(file)

    def write_request(self, to: Path) -> None:
        """The request as a file to send to a chief, with the stories that were begun here."""
        store = self._session.flushed_store()
        if store is not None:
            requests.save_request(store, to, by=self._session.by, say=self.said.say)
