"""The hub set up in the window: its address tried out, what is the matter with it, and the way out of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import keyring_access
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import addresses, certificates
from ovn_desk.sync.postgres.addresses import Encryption, HubFields
from ovn_desk.sync.postgres.diagnosing import Diagnosis, diagnose
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.sharing.hub import HubLink
from ovn_desk.ui.sharing.hub_round import Want, want_of
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.hub_certificate import CertificateBox
from ovn_desk.ui.widgets.hub_form import HubForm
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.usecases import queries
from ovn_desk.usecases.hub_password import Keeping, KeptPassword

_WIDTH, _HEIGHT = 600, 520
_LOWEST = 100_000  # of a scroll bar: as far down as it goes
_NOT_MADE, _TOO_OLD, _UNKNOWN = "hub-not-made", "hub-too-old", "hub-certificate-unknown"


class HubDialog(QDialog):
    """Nothing is kept before it was tried, unless somebody says so; a test can be broken off at any time."""

    def __init__(self, session: Session, link: HubLink, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hub"))
        fitting.resize_to_fit(self, _WIDTH, _HEIGHT)
        self._session, self._link = session, link
        self._worker = Worker(self)
        self._trial = 0
        self._is_testing = False
        self._tried: HubFields | None = None
        self._certificate: certificates.Certificate | None = None
        self._saved = addresses.split(link.address)[0] if link.address else HubFields()
        self._keeping = Keeping.NOWHERE
        self.form = HubForm(self._saved)
        self.verdict = Verdict()
        self.certificate = CertificateBox()
        self.remedy = QPushButton()
        self.leave, self.test = QPushButton(self.tr("Leave this hub")), QPushButton(self.tr("Test"))
        self.save, self.close_button = QPushButton(self.tr("Save and sync")), QPushButton(self.tr("Close"))
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        self._act: Callable[[], object] = self._save
        self._content, self._room = QVBoxLayout(), QScrollArea()
        self._lay_out()
        self.leave.setVisible(bool(link.address))
        self.form.edited.connect(self._begin_anew)
        self.certificate.trusted.connect(self._trust)
        self.certificate.file_wanted.connect(self._choose_file)
        self.remedy.clicked.connect(lambda _=False: self._act())
        self.leave.clicked.connect(lambda _=False: self._leave())
        self.test.clicked.connect(lambda _=False: self._test_or_stop())
        self.save.clicked.connect(lambda _=False: self._try_out(then=self._save))
        self.close_button.clicked.connect(self.reject)
        self._look_for_password()
        self._say_begin()

    def reject(self) -> None:
        """Closes it; a test that is under way is broken off."""
        self._trial += 1
        super().reject()

    # Trying out

    def _test_or_stop(self) -> None:
        if self._is_testing:
            self._trial += 1
            self._end_trial()
            self._say(self.tr("The test was stopped."), tone="calm")
            return
        self._try_out(then=lambda: None)

    def _try_out(self, *, then: Callable[[], object]) -> None:
        """Tries what stands in the fields; `then` follows where nothing is the matter."""
        if self._is_testing:
            return
        self._hide_answers()
        fields = self.form.fields
        try:
            url = fields.url()
        except DeskError as error:
            self._say(str(error), tone="bad")
            return
        find_password = self._password_finder(url)
        newsroom = queries.ask(self._session.store, lambda reading: reading.roster().founding)
        self._trial += 1
        number = self._trial
        self._say(self.tr("Asking {server}…").format(server=fields.server), tone="calm")
        self._is_testing = True
        self.test.setText(self.tr("Stop"))
        self.save.setEnabled(False)
        self._worker.run(
            lambda: diagnose(url, find_password(), newsroom=newsroom, go_on=lambda: self._trial == number),
            done=partial(self._follow, number, fields, then),
            refused=partial(self._follow_stop, number),
        )

    def _follow(self, number: int, fields: HubFields, then: Callable[[], object], found: Diagnosis) -> None:
        if number != self._trial:
            return
        self._end_trial()
        self._tried, self._certificate = fields, found.certificate
        if found.problem is None:
            self._say_fine(fields, found)
            then()
            return
        if found.problem.code == _UNKNOWN and self.form.is_as_handed_over(found.certificate):
            self._trust(then=then)
            return
        if found.problem.code == _NOT_MADE and self._session.person.role is Role.CHIEF:
            said = self.tr("The server lets you in. The database {database} is no hub yet: make it one here.")
            self._say(said.format(database=fields.database), tone="calm")
        elif found.problem.code == _TOO_OLD and self._session.person.role is Role.CHIEF:
            said = self.tr("An older OVN Desk made this hub. Bring it up to date here; every story stays in its place.")
            self._say(said, tone="warn")
        else:
            self._say(str(found.problem), tone="bad")
        want = want_of(found.problem.code)
        judged = found.certificate if want is Want.CERTIFICATE else None
        self.certificate.show_certificate(judged, is_other=self.form.has_number)
        self._fit()
        if want is Want.PASSWORD:
            self._keeping = Keeping.NOWHERE
            self._show_keeping(Keeping.NOWHERE)
            self.form.password.setFocus()
            self.form.password.selectAll()
        self._offer_remedy(found.problem.code, want)

    def _follow_stop(self, number: int, why: str) -> None:
        if number == self._trial:
            self._end_trial()
            self._say(why, tone="calm")

    def _end_trial(self) -> None:
        self._is_testing = False
        self.test.setText(self.tr("Test"))
        self.save.setEnabled(True)

    def _say_fine(self, fields: HubFields, found: Diagnosis) -> None:
        shown = found.certificate
        if fields.encryption is Encryption.UNCHECKED and shown and shown.problem is None:
            self.form.choose_encryption(Encryption.CHECKED)
            self._tried = self.form.fields
        if fields.encryption is Encryption.UNCHECKED and shown and shown.problem:
            self._say(
                self.tr("The hub lets you in. But nothing proves that it is the hub: {why}").format(why=shown.problem),
                tone="warn",
            )
            self.certificate.show_certificate(shown)
            self._fit()
            return
        self._say(self.tr("All is well: the hub lets you in, and it is the hub of this newsroom."), tone="good")

    def _offer_remedy(self, code: str, want: Want) -> None:
        """A button for what can be done here about it."""
        is_chief = self._session.person.role is Role.CHIEF
        if code == _NOT_MADE and is_chief:
            self._offer(self.tr("Make this database the newsroom's hub"), self._make)
        elif code == _TOO_OLD and is_chief:
            self._offer(self.tr("Bring the hub up to date"), self._upgrade)
        elif want in {Want.NOTHING, Want.ROOM}:
            self._offer(self.tr("Save it all the same"), self._save)

    def _offer(self, label: str, act: Callable[[], object]) -> None:
        self._act = act
        self.remedy.setText(label)
        self.remedy.show()
        self._fit()

    # What follows

    def _save(self) -> None:
        fields = self._tried if self._tried is not None else self.form.fields
        url = fields.url()
        self._link.use(postgres.without_password(url), addresses.account(url), self.form.password.text())
        self.accept()

    def _leave(self) -> None:
        url = addresses.split(self._link.address)[0].url()
        self._link.leave(addresses.account(url))
        self.accept()

    def _trust(self, then: Callable[[], object] = lambda: None) -> None:
        if (shown := self._certificate) is not None:
            self._pin(lambda: certificates.trust(shown, self._session.store.path), then)

    def _choose_file(self) -> None:
        kinds = f"{self.tr('Certificates')} (*.crt *.pem *.cer)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of the hub"), "", kinds)
        if name:
            self._pin(lambda: certificates.trust_file(Path(name), self._session.store.path))

    def _pin(self, keep: Callable[[], str], then: Callable[[], object] = lambda: None) -> None:
        """From now on only what was trusted counts; it is tried out at once."""
        try:
            self.form.certificate = keep()
        except DeskError as error:
            self._say(str(error), tone="bad")
            return
        self.form.choose_encryption(Encryption.PINNED)
        self._try_out(then=then)

    def _make(self) -> None:
        store = self._session.flushed_store()
        if store is not None:
            self._run_as_owner(
                lambda url, password: postgres.make(url, store, password=password),
                self.tr(
                    "The newsroom's hub is made. Save it; then let people in under File, Share, People at the hub."
                ),
            )

    def _upgrade(self) -> None:
        self._run_as_owner(
            lambda url, password: postgres.upgrade(url, password=password),
            self.tr("The hub is up to date, with every story in its place."),
        )

    def _run_as_owner(self, act: Callable[[Any, str], Any], said: str) -> None:
        """Does something that only who runs the hub may do, with the login in the fields."""
        url = self.form.fields.url()
        find_password = self._password_finder(url)
        self._hide_answers()
        self._say(self.tr("Working at the hub…"), tone="calm")
        self.save.setEnabled(False)
        self._worker.run(
            lambda: act(url, find_password()), done=lambda _: self._end_work(said, "good"), refused=self._refuse
        )

    def _end_work(self, said: str, tone: str) -> None:
        self.save.setEnabled(True)
        self._say(said, tone=tone)

    def _refuse(self, why: str) -> None:
        self._end_work(why, "bad")

    def _password_finder(self, url: postgres.Address) -> Callable[[], str]:
        """Finds the password on the worker's thread: a keyring may ask for something first."""
        typed, find = self.form.password.text(), self._link.password_finder()
        account = addresses.account(url)
        return lambda: typed or find(account).word

    # What is said

    def _begin_anew(self) -> None:
        """What was found out is about another address now."""
        if self._is_testing:
            self._trial += 1
            self._end_trial()
        self._tried = None
        self._hide_answers()
        self.verdict.hide()
        self._show_keeping(self._keeping if self._is_saved_account() else Keeping.NOWHERE)

    def _is_saved_account(self) -> bool:
        """Whether the fields say the login that the password was kept for."""
        now, saved = self.form.fields, self._saved
        return (now.server, now.port, now.database, now.login) == (
            saved.server,
            saved.port,
            saved.database,
            saved.login,
        )

    def _look_for_password(self) -> None:
        """Says where the password is kept, or will be; a keyring answers in its own time."""
        self._show_keeping(Keeping.NOWHERE)
        if self._link.address:
            find = self._link.password_finder()
            account = addresses.account(addresses.split(self._link.address)[0].url())
            self._worker.run(
                lambda: find(account),
                done=self._follow_kept,
                refused=lambda _: None,
            )

    def _follow_kept(self, kept: KeptPassword) -> None:
        """Nothing is kept that is sealed with another's key, or that the hub has just refused."""
        is_usable = (bool(kept.word) or not self._session.key.is_open) and not self._link.is_password_refused
        self._keeping = kept.keeping if is_usable else Keeping.NOWHERE
        self._show_keeping(self._keeping if self._is_saved_account() else Keeping.NOWHERE)

    def _show_keeping(self, keeping: Keeping) -> None:
        has_ring, has_key = keyring_access.find() is not None, self._session.key.is_open
        self.form.show_keeping(keeping, has_keyring=has_ring, has_key=has_key)

    def _say_begin(self) -> None:
        """What the last round ran into, with the cursor where it can be mended."""
        self._hide_answers()
        if self._link.why_not:
            self._say(self._link.why_not, tone="warn")
        else:
            self.verdict.hide()
        (self.form.password if self._link.address else self.form.server).setFocus()

    def _hide_answers(self) -> None:
        self.certificate.show_certificate(None)
        self.remedy.hide()

    def _say(self, sentence: str, *, tone: str) -> None:
        self.verdict.say(sentence, tone=tone)
        self._fit()

    def _fit(self) -> None:
        """As high as what is said needs, where the screen has room for it."""
        wanted = self._content.totalHeightForWidth(self._room.viewport().width())
        more = wanted - self._room.viewport().height()
        if more > 0:
            fitting.resize_to_fit(self, self.width(), self.height() + more)
        QTimer.singleShot(0, self._room, lambda: self._room.verticalScrollBar().setValue(_LOWEST))

    def _lay_out(self) -> None:
        about = QLabel(
            self.tr(
                "A hub is a database on a server, through which the computers of a newsroom exchange their stories by "
                "themselves. Whoever runs it gives you its address, your login and a password."
            ),
            wordWrap=True,
        )
        about.setProperty("role", "soft")
        for button in (self.remedy, self.leave, self.test, self.close_button):
            button.setAutoDefault(False)
        remedies = QHBoxLayout()
        remedies.addWidget(self.remedy)
        remedies.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.leave)
        foot.addStretch()
        for button in (self.test, self.close_button, self.save):
            foot.addWidget(button)
        self._content.setContentsMargins(24, 0, 24, 0)
        self._content.setSpacing(12)
        for widget in (about, self.form, self.verdict, self.certificate):
            self._content.addWidget(widget)
        self._content.addLayout(remedies)
        self._content.addStretch(1)
        content = QWidget()
        content.setLayout(self._content)
        self._room.setWidget(content)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._room, 1)
        foot.setContentsMargins(24, 0, 24, 0)
        column.addLayout(foot)
