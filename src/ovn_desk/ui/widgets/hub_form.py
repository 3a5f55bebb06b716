"""Where a hub is and who one is there: the parts of its address in fields, which a pasted address fills at once."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.sync.postgres.addresses import Encryption, HubFields, is_here, split
from ovn_desk.sync.postgres.certificates import Certificate
from ovn_desk.ui.widgets.hub_card import Card, read_card
from ovn_desk.ui.widgets.inputs import Choice, Number
from ovn_desk.usecases.hub_password import Keeping

_LAST_PORT = 65_535


class HubForm(QWidget):
    """The fields; `edited` when somebody changed one of them.

    `certificate` is the file that was trusted, or empty; `number` is the one of the certificate that stood in what
    whoever runs the hub handed over, for the server it was handed over with.
    """

    edited = Signal()

    def __init__(self, fields: HubFields) -> None:
        super().__init__()
        self.certificate = self.number = ""
        self._of_number = ""
        self.server, self.database, self.login = QLineEdit(), QLineEdit(), QLineEdit()
        self.server.setPlaceholderText(self.tr("A name, or paste it all"))
        self.port = Number()
        self.port.setRange(1, _LAST_PORT)
        self.port.setGroupSeparatorShown(False)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.encryption = Choice()
        self._kinds = {
            Encryption.CHECKED: self.tr("On, and the certificate is checked"),
            Encryption.PINNED: self.tr("On, with the certificate you trusted"),
            Encryption.UNCHECKED: self.tr("On, whoever answers"),
            Encryption.LOCAL: self.tr("Where the server has it: it is on this computer"),
        }
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "soft")
        self._lay_out()
        self.show_fields(fields)
        self._length, self._fitted_to = 0, fields.server
        self.server.textEdited.connect(self._follow_server)
        self.server.editingFinished.connect(self.take_address_apart)
        for field in (self.database, self.login, self.password):
            field.textEdited.connect(partial(self._follow_pasted, field))
        for field in (self.server, self.database, self.login, self.password):
            field.textEdited.connect(lambda _: self.edited.emit())
        self.port.valueChanged.connect(lambda _: self.edited.emit())
        self.encryption.activated.connect(lambda _: self.edited.emit())

    @property
    def chosen(self) -> Encryption:
        """How the line is kept from others."""
        return Encryption(self.encryption.currentData())

    @property
    def fields(self) -> HubFields:
        """What stands in the fields."""
        encryption = self.chosen
        return HubFields(
            self.server.text().strip(),
            self.port.value(),
            self.database.text().strip(),
            self.login.text().strip(),
            encryption,
            self.certificate if encryption is Encryption.PINNED else "",
        )

    def align_labels(self, width: int) -> None:
        """Makes the column of the labels this wide, in pixels, below others that are."""
        for label in self.findChildren(QLabel):
            if label.buddy() is not self.port and label is not self.note:
                label.setMinimumWidth(width)

    def show_fields(self, fields: HubFields) -> None:
        """Puts the parts of an address into the fields."""
        self.certificate = fields.certificate or self.certificate
        self.server.setText(fields.server)
        self.port.setValue(fields.port)
        self.database.setText(fields.database)
        self.login.setText(fields.login)
        self.choose_encryption(fields.encryption)

    def choose_encryption(self, encryption: Encryption) -> None:
        """Only what can be had is offered: a trusted certificate where there is one, none on this computer alone."""
        is_offered = {
            Encryption.PINNED: bool(self.certificate),
            Encryption.LOCAL: not self.server.text() or is_here(self.server.text().strip()),
        }
        self.encryption.clear()
        for kind, label in self._kinds.items():
            if kind is encryption or is_offered.get(kind, True):
                self.encryption.addItem(label, kind)
        self.encryption.setCurrentIndex(self.encryption.findData(encryption))

    @property
    def has_number(self) -> bool:
        """Whether the number of the hub's certificate was handed over, for the server that is named."""
        return bool(self.number) and self._of_number == self.server.text().strip()

    def is_as_handed_over(self, shown: Certificate | None) -> bool:
        """Whether a certificate that signed itself has the number that was handed over: nobody has to compare it."""
        if shown is None or not shown.is_self_signed or self.chosen is Encryption.PINNED:
            return False
        return self.has_number and shown.fingerprint == self.number

    def show_keeping(self, keeping: Keeping, *, has_keyring: bool, has_key: bool) -> None:
        """Says where the password is kept, or will be."""
        hints = {
            Keeping.KEYRING: self.tr("Kept in the keyring of this computer"),
            Keeping.SEALED: self.tr("Kept, sealed with your key"),
            Keeping.NOWHERE: "",
        }
        self.password.setPlaceholderText(hints[keeping])
        if keeping is not Keeping.NOWHERE:
            self.note.setText(self.tr("Leave the password empty to go on with the one that is kept."))
        elif has_keyring:
            self.note.setText(self.tr("The password is kept in the keyring of this computer, and in no file."))
        elif has_key:
            self.note.setText(self.tr("The password is kept on this computer, sealed with your key."))
        else:
            self.note.setText(
                self.tr("The password is kept only until the desk closes: there is no keyring here, and no open key.")
            )

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        port = QLabel(self.tr("Port"))
        port.setBuddy(self.port)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.server, 1)
        place.addWidget(port)
        place.addWidget(self.port)
        for label, field, content in (
            (self.tr("Server"), self.server, place),
            (self.tr("Database"), self.database, self.database),
            (self.tr("Your login"), self.login, self.login),
            (self.tr("Password"), self.password, self.password),
            (self.tr("Encryption"), self.encryption, self.encryption),
        ):
            form.addRow(label, content)
            field.setAccessibleName(label)
        self.port.setAccessibleName(self.tr("Port"))
        form.addRow(self.note)

    def take_address_apart(self) -> None:
        """A whole address that was typed into the first field fills the others."""
        if "://" in self.server.text() or read_card(self.server.text()) is not None:
            self._take_pasted(self.server.text())

    def _follow_server(self, text: str) -> None:
        """What comes at once was pasted; an address that is being typed is left alone until it is whole."""
        is_pasted = len(text) > self._length + 1
        self._length = len(text)
        if is_pasted or "://" not in text:
            self._take_pasted(text)

    def _follow_pasted(self, field: QLineEdit, text: str) -> None:
        """A card is taken apart wherever it is pasted, as where the keyboard stands when a password is asked for."""
        if read_card(text) is not None:
            field.clear()
            self.take(text)

    def _take_pasted(self, text: str) -> None:
        """A whole address or card is taken apart; a port behind a name goes into its field."""
        if self.take(text) or "://" in text:
            return
        name, colon, port = text.rpartition(":")
        if colon and ":" not in name and port.isdigit() and int(port) <= _LAST_PORT and len(port) > 3:
            self.server.setText(name)
            self.port.setValue(int(port))
        self._fit_encryption()

    def take(self, text: str) -> bool:
        """Fills the fields from a card, or from a whole address; False for any other text, which changes nothing."""
        if (card := read_card(text)) is not None:
            self._take_card(card)
            return True
        if "://" not in text:
            return False
        try:
            fields, password = split(text)
        except DeskError:
            return False  # it is being typed
        if not fields.database and not fields.login:
            return False
        self._take_parts(fields, password)
        return True

    def _take_card(self, card: Card) -> None:
        """Fills the fields; with the number of its certificate the hub has to show that one, on this computer too."""
        self._take_parts(card.fields, card.password)
        self.number, self._of_number = card.number, card.fields.server if card.number else ""
        if not card.number:
            self._fitted_to = ""
            self._fit_encryption()

    def _take_parts(self, fields: HubFields, password: str) -> None:
        self.show_fields(fields)
        self._fitted_to = fields.server
        if password:
            self.password.setText(password)

    def _fit_encryption(self) -> None:
        """On this computer none is needed, elsewhere it is; what was chosen since for this server stays."""
        if self._fitted_to == self.server.text():
            return
        self._fitted_to = self.server.text()
        kind, is_local = self.chosen, is_here(self.server.text().strip())
        if is_local and kind is Encryption.CHECKED:
            kind = Encryption.LOCAL
        elif kind is Encryption.LOCAL and not is_local:
            kind = Encryption.CHECKED
        self.choose_encryption(kind)
