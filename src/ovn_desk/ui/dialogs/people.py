"""The roster and the keys: who works here, and the key that the person at this desk signs with."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import files, signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import Invitation
from ovn_desk.domain.texts import slug_of
from ovn_desk.signing import Signer
from ovn_desk.ui.dialogs.people_fields import lay_out_own_key, roles_box, secret_field
from ovn_desk.ui.dialogs.people_table import PeopleTable, PersonRow
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.one_click_button import OneClickButton
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.ui.widgets.word_grid import WordGrid
from ovn_desk.usecases import join_requests, joining, people, queries, store_settings
from ovn_desk.usecases.queries import Changes, Kind, Store


class PeopleDialog(QDialog):
    """Everybody sees the roster and may make a new key; a chief changes the roster, and signs each change."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("People and keys"))
        fitting.resize_to_fit(self, 680, 640)
        self._session = session
        self._to_retire = self._to_invite = ""
        self._is_for_hub = self._is_to_renew = False
        self._own_key = QWidget()
        self._change, self._retire = QPushButton(self.tr("Change the role")), OneClickButton(self.tr("Retire"))
        self._withdraw = QPushButton(self.tr("Take the invitation back"))
        self._is_chief = session.key.is_chiefs
        self.table = PeopleTable()
        self.name = QLineEdit(placeholderText=self.tr("Name of a new person"))
        self.name.returnPressed.connect(lambda: self.add() if self._is_for_hub else self.invite())
        self.role = roles_box(self.tr("Role of the new person"))
        self.new_role = roles_box(self.tr("New role of the person selected above"))
        self.opened_with = secret_field(self.tr("Your passphrase, if your key has one"))
        self.passphrase = secret_field(self.tr("A new passphrase; empty for none"))
        self.again = secret_field(self.tr("Repeat the new passphrase"))
        self.verdict = Verdict()
        self.words = WordGrid(self.tr("The words of the invitation"))
        self._invited: joining.NewInvitation | None = None
        self.keep = QPushButton(self.tr("Save the invitation as a file…"))
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self._keep_invitation)
        for widget in (self.words, self.keep):
            widget.hide()
        self._my_key = QLabel(wordWrap=True)
        self._my_key.setProperty("role", "soft")
        self._lay_out()
        clear_when_edited(self, self.verdict)
        self.refresh()
        self._follow_selection()
        self.table.itemSelectionChanged.connect(self._follow_selection)
        session.committed.connect(self._hear)

    def refresh(self) -> None:
        """Shows the roster as it is now."""
        found = queries.ask(self._session.store, people.roster)
        keys = {key.person: key.id for key in found.keys.values() if not key.retired_at}
        invited = {one.person: one for one in queries.ask(self._session.store, people.open_invitations)}
        rows = []
        for one in sorted(found.people.values(), key=lambda one: (one.is_retired, one.name)):
            asked = invited.pop(one.id, None)
            status = self.tr("retired") if one.is_retired else self._describe_key(keys.get(one.id, ""), asked)
            invitation = asked.key if asked else ""
            rows.append(PersonRow(one.id, one.name, one.role, status, invitation, is_retired=one.is_retired))
        for asked in sorted(invited.values(), key=lambda one: one.name):
            status = self._describe_key("", asked)
            rows.append(PersonRow(asked.person, asked.name, asked.role, status, asked.key, is_listed=False))
        self.table.show_rows(rows)
        path = self._session.key.path
        if path is None:
            self._my_key.setText(self.tr("You have no key on this computer yet."))
            return
        words = self.tr("opens with a passphrase") if signing.is_sealed(path) else self.tr("has no passphrase")
        said = self.tr(
            "Your key on this computer is {key} and {words}. A new key takes its place; what you signed before "
            "stays valid."
        )
        self._my_key.setText(said.format(key=signing.key_name(path), words=words))

    def _describe_key(self, key: str, asked: Invitation | None) -> str:
        """What stands under “Key”: its name, and until when an invitation is good."""
        until = self.tr("invited, until {day}").format(day=asked.expires) if asked else ""
        return "; ".join(filter(None, [key, until])) or self.tr("none yet")

    def add(self) -> None:
        """Puts the named person on the roster."""
        role = Role(self.role.currentData())
        said = self.tr("{name} is listed, without a key yet. Now select {name} above and press Invite.")
        if self._is_for_hub:
            said = self.tr("{name} is listed. Close this: then let {name} in at the hub.")
        said = said.format(name=self.name.text().strip())
        if self._try(lambda store, by: people.add_staff(store, name=self.name.text(), role=role, by=by), said):
            self.name.clear()

    def begin_adding_for_hub(self) -> None:
        """Whoever is added is let in at the hub next, where this was asked for."""
        self._is_for_hub = True
        self.name.setFocus()

    def begin_inviting(self, role: Role, name: str = "") -> None:
        """The keyboard is where a newcomer's name is typed, or stands; the role is there that is wanted of them."""
        if name:
            self.name.setText(name)
        if name or not self.name.text():
            self.role.setCurrentIndex(self.role.findData(str(role)))
        self.name.setFocus()

    def invite(self) -> None:
        """Invites the named person, or by a second press the chosen one; the words are shown this once."""
        name, role = self.name.text().strip(), Role(self.role.currentData())
        if not name:
            if (chosen := self._confirm_invited()) is None:
                return
            name, role = chosen.name, chosen.role
        made: list[joining.NewInvitation] = []
        if self._try(lambda store, by: made.append(joining.invite(store, name, role=role, by=by)), ""):
            (self._invited,) = made
            self._show_invitation()
            self.name.clear()

    def _show_invitation(self) -> None:
        if (one := self._invited) is None:
            return
        said = self.tr(
            "Hand {name} these words, like a key; they are good until {day}. With the words alone {name} needs the hub "
            "or a file of the newsroom, too: the invitation as a file has all of it."
        )
        self.verdict.say(said.format(name=one.person.name, day=one.expires), tone="good")
        self.words.show_words(one.words)
        self._own_key.hide()  # a low screen has no room for both
        for widget in (self.words, self.keep):
            widget.show()
        if (layout := self.layout()) is not None:
            layout.activate()

    def showEvent(self, event: QShowEvent) -> None:
        """Who came and got a key meanwhile is in the list of a dialog that is opened again, too."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def _hear(self, changes: Changes) -> None:
        if changes.kinds & Kind.ROSTER and self.isVisible():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """The words of an invitation are shown once: a dialog that is opened again has them no more."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._invited, self._is_for_hub, self._is_to_renew = None, False, False
            for widget in (self.words, self.keep, self.verdict):
                widget.hide()
            self._own_key.show()
            self.table.choose_nobody()
            self.new_role.setCurrentIndex(0)
            if not self.name.text().strip():
                self.role.setCurrentIndex(0)  # of nobody: the one it was for is listed, or was never typed

    def _keep_invitation(self) -> None:
        """Writes the last invitation as a file, which sets up the new computer without anything else."""
        if self._invited is None:
            return
        proposed = suggest_file(f"{slug_of(self._invited.person.name)}{joining.SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Invitation"), proposed, f"(*{joining.SUFFIX})")
        if name:
            self.write_invitation(Path(name))

    def write_invitation(self, to: Path) -> None:
        """The same, to a file that is named."""
        to = files.with_ending(to, joining.SUFFIX)
        store, invited = self._session.flushed_store(), self._invited
        if store is None or invited is None:
            return
        try:
            files.write(to, joining.write_file(store, invited).encode(), is_private=True)
        except OSError as error:
            self.verdict.say(
                self.tr("{file} cannot be written: {why}.").format(file=to, why=files.reason(error)), tone="bad"
            )
            return
        said = self.tr(
            "{file} sets up {name}'s computer: people and settings, no story. Hand it over like a key; then hand over "
            "stories, under File, Share."
        )
        self.verdict.say(said.format(file=to.name, name=invited.person.name), tone="good")

    def change_role(self) -> None:
        if chosen := self._choose_somebody():
            role = Role(self.new_role.currentData())
            said = self.tr("{name} is {role} now.").format(name=chosen.name, role=role)
            self._try(lambda store, by: people.change_role(store, chosen.person, role, by=by), said)

    def retire(self) -> None:
        """The second press retires whoever is selected: it can not be undone."""
        if not (chosen := self._choose_somebody()):
            return
        name, person = chosen.name, chosen.person
        if self._to_retire != person and self._attempt_check(person):
            return
        if self._to_retire != chosen.person:
            self._to_retire = chosen.person
            self.verdict.say(self._describe_retiring(chosen), tone="bad")
            return
        self._to_retire = ""
        said = self.tr(
            "{name} is retired; their key can sign nothing more. Their computer learns it from a file: hand one over "
            "to “Whoever gets the file”, and send it. What they typed stays there, and is offered as a file."
        )
        if store_settings.hub_address(self._session.store):
            said = self.tr(
                "{name} is retired; their key can sign nothing more. Their login at the hub is still open: it closes "
                "with the next sync of whoever runs the hub. What they typed since their last sync stays on their "
                "computer, which offers it as a file."
            )
        self._take_off(lambda store, by: people.retire_staff(store, person, by=by), said.format(name=name))

    def _describe_retiring(self, row: PersonRow) -> str:
        """What follows where somebody is retired, before it is done."""
        said = [self.tr("{name}'s key will sign nothing more, and this cannot be undone.")]
        held = queries.ask(self._session.store, queries.count_held, row.person)
        if held:
            said.append(self.tr("They have {stories}, which others can go on with."))
        said.append(self.tr("What they wrote and did not hand over will count nowhere: ask for it first."))
        if row.invitation:
            said.append(self.tr("Their invitation is taken back."))
        if store_settings.hub_address(self._session.store):
            said.append(self.tr("Their login at the hub is closed with the next sync of whoever runs the hub."))
        said.append(self.tr("Press Retire again."))
        return " ".join(said).format(name=row.name, stories=quantity(held, "story", "stories"))

    def withdraw(self) -> None:
        """Takes back the invitation of whoever is selected."""
        if (chosen := self.table.chosen) and (key := chosen.invitation):
            said = self.tr("The invitation of {name} is taken back.").format(name=chosen.name)
            self._take_off(lambda store, by: joining.withdraw(store, key, by=by), said)

    def _take_off(self, act: Callable[[Store, Signer], object], said: str) -> None:
        """Whoever was selected is gone: nothing more is done with the next one by the same key or click."""
        if self._try(act, said):
            self.table.setFocus()
            self.table.choose_nobody()

    def _follow_selection(self) -> None:
        """Another person is selected: a first press of Retire was not about them, and their role stands in its box."""
        self._to_retire = self._to_invite = ""
        chosen = self.table.chosen
        may_change = chosen is not None and chosen.is_listed and not chosen.is_retired
        for widget in (self.new_role, self._change, self._retire):
            widget.setEnabled(may_change)
        self._withdraw.setVisible(self._is_chief and chosen is not None and bool(chosen.invitation))
        if chosen is not None:
            self.new_role.setCurrentIndex(self.new_role.findData(str(chosen.role)))

    def _attempt_check(self, person: str) -> bool:
        """Says at once why somebody cannot be retired; whether there is a reason."""
        try:
            queries.ask(self._session.store, people.check_may_leave, person)
        except DeskError as error:
            self.verdict.say(str(error), tone="bad")
            return True
        return False

    def _confirm_invited(self) -> PersonRow | None:
        """Whoever is selected; who has a key already needs no invitation but to another computer: a second press."""
        chosen = self.table.chosen
        if chosen is None:
            self.verdict.say(self.tr("Type the name of whom you invite."), tone="bad")
            self.name.setFocus()
            return None
        has_key = queries.ask(self._session.store, join_requests.has_key_anywhere, chosen.person)
        if has_key and self._to_invite != chosen.person:
            self._to_invite = chosen.person
            question = self.tr("Invite {name} to another computer? Press Invite again; or type another name.")
            self.verdict.say(question.format(name=chosen.name), tone="bad")
            return None
        self._to_invite = ""
        return chosen

    def renew(self) -> None:
        """A new key for the person at this desk, which the old one signs; a second press, where there is an old one."""
        if self.passphrase.text() != self.again.text():
            self.verdict.say(self.tr("The two passphrases are not the same. Type them again."), tone="bad")
            return
        key, passphrase = self._session.key, self.passphrase.text()
        if key.path and not self._is_to_renew:
            self._is_to_renew = True
            said = self.tr("A new key takes the place of yours on this computer. Press Make a new key again.")
            self.verdict.say(said, tone="bad")
            return
        self._is_to_renew = False
        if key.path:
            is_done = self._try(
                lambda _store, _by: key.renew(passphrase), self.tr("You sign with a new key from now on.")
            )
        else:
            is_done = self._attempt(lambda _: key.make(passphrase), self.tr("You have a key now."))
        if is_done:
            for field in (self.passphrase, self.again, self.opened_with):
                field.clear()

    def _try(self, act: Callable[[Store, Signer], object], said: str) -> bool:
        """Does something with the opened key of the person at the desk."""
        return self._attempt(lambda store: act(store, self._open_signer()), said)

    def _open_signer(self) -> Signer:
        session, words = self._session, self.opened_with.text()
        if words or not session.key.is_open:
            session.key.open(words)
        return session.by

    def _attempt(self, act: Callable[[Store], object], said: str) -> bool:
        store = self._session.flushed_store()
        if store is None:
            return False
        try:
            act(store)
        except DeskError as error:
            self.verdict.say(str(error), tone="bad")
            return False
        self.verdict.say(said, tone="good")
        self.refresh()
        self._session.person_changed.emit()
        return True

    def _choose_somebody(self) -> PersonRow | None:
        chosen = self.table.chosen
        if chosen is None:
            self.verdict.say(self.tr("Choose a person in the list first."), tone="bad")
        return chosen

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addWidget(self.verdict)  # the list makes room for it: no button goes from under the pointer
        column.addWidget(self.words)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        if self._is_chief:
            column.addLayout(self._chiefs_part())
        fields = (self.opened_with, self.passphrase, self.again)
        lay_out_own_key(self._own_key, self._my_key, fields, self.renew)
        column.addWidget(self._own_key)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _chiefs_part(self) -> QVBoxLayout:
        add, invite = QPushButton(self.tr("Add")), QPushButton(self.tr("Invite"))
        add.setToolTip(self.tr("Only lists them; they can be invited later"))
        invite.setToolTip(self.tr("Lists them, and gives you words for their computer"))
        acts = (self.add, self.invite, self.change_role, self.retire, self.withdraw)
        for button, act in zip((add, invite, self._change, self._retire, self._withdraw), acts, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        chosen, new = QHBoxLayout(), QHBoxLayout()
        label = QLabel(self.tr("Selected above:"))
        for widget in (label, self.new_role, self._change, self._retire, self._withdraw):
            chosen.addWidget(widget)
        chosen.addStretch(1)
        new.addWidget(self.name, 1)
        new.addWidget(self.role)
        new.addWidget(add)
        new.addWidget(invite)
        column = QVBoxLayout()
        column.addLayout(chosen)
        column.addLayout(new)
        return column
