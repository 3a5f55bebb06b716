"""Where a newcomer gets the newsroom from: a file, twelve words with its hub or a file, or its hub."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import keyring_access, signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.sync.postgres.addresses import Encryption, HubFields, without_password
from ovn_desk.sync.postgres.certificates import Certificate
from ovn_desk.text import foreign
from ovn_desk.ui.startup.setting_up import Source
from ovn_desk.ui.widgets.hub_certificate import CertificateBox
from ovn_desk.ui.widgets.hub_form import HubForm
from ovn_desk.usecases import joining
from ovn_desk.usecases.hub_password import Keeping

_LABEL_WIDTH = 96


class SourceForm(QWidget):
    """`entered` by Enter in a field; `read` says what stands in it."""

    entered = Signal()
    edited = Signal()
    certificate_chosen = Signal(object)
    """The file of a certificate that is to be trusted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.invitation = _field(self.tr("File or words"), self.tr("A file, or twelve words"))
        self.place = _field(self.tr("Its file"), self.tr("A file of the newsroom that a colleague handed you"))
        self.at_hub, self.in_file = QRadioButton(self.tr("At its hub")), QRadioButton(self.tr("In a file"))
        self.at_hub.setChecked(True)
        self.hub = HubForm(HubFields())
        self.hub.align_labels(_LABEL_WIDTH)
        self.hub.show_keeping(Keeping.NOWHERE, has_keyring=keyring_access.find() is not None, has_key=True)
        self.certificate = CertificateBox()
        self.words = _field(self.tr("Your words"), self.tr("The twelve words of an invitation, if you have them"))
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "soft")
        wholes = {
            self.invitation: self._with_chooser(self.invitation, (joining.SUFFIX, BUNDLE_SUFFIX)),
            self.place: self._with_chooser(self.place, (BUNDLE_SUFFIX,)),
        }
        self._lines: dict[QWidget, QWidget] = {
            field: _line(field, wholes.get(field, field)) for field in (self.invitation, self.place, self.words)
        }
        self._choice = self._make_choice()
        for field in (self.invitation, self.place, self.words):
            field.returnPressed.connect(self.entered)
            field.textEdited.connect(lambda _: self.edited.emit())
        self.invitation.textChanged.connect(self._follow_invitation)
        self.place.textChanged.connect(self._follow_place)
        self.at_hub.toggled.connect(lambda _: self._follow_choice())
        self.hub.edited.connect(self._follow_editing)
        for field in (
            self.hub.server,
            self.hub.port.lineEdit(),
            self.hub.database,
            self.hub.login,
            self.hub.password,
        ):
            field.returnPressed.connect(self.entered)
        self.certificate.file_wanted.connect(self._choose_certificate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for line in (self._lines[self.invitation], self._choice, self._lines[self.place], self.hub):
            column.addWidget(line)
        column.addWidget(self._lines[self.words])
        column.addWidget(self.about)
        column.addWidget(self.certificate)
        self._is_hub = False
        self._faulty: QLineEdit | None = None
        self._show()

    def ask_for_invitation(self, file: Path | None = None) -> None:
        """A file, or twelve words; beside words that were typed, a colleague's file is where the newsroom is."""
        self._is_hub = False
        if file is not None and self._is_words and file.suffix == BUNDLE_SUFFIX:
            self.place.setText(str(file))
            self.in_file.setChecked(True)
        elif file is not None:
            self.invitation.setText(str(file))
        self._show()

    def ask_for_hub(self) -> None:
        """The hub's address, and who one is there."""
        self._is_hub = True
        self._show()

    def focus(self) -> None:
        """The keyboard to the first field that is to be filled."""
        hub = (self.hub.server, self.hub.database, self.hub.login, self.hub.password)
        asked: tuple[QLineEdit, ...] = () if self._is_hub else (self.invitation,)
        asked += hub if self._needs_hub else (self.place,) if self._is_words else ()
        empty = next((field for field in asked if not field.text().strip()), asked[0])
        faulty = self._faulty
        (faulty if faulty is not None and not faulty.isHidden() else empty).setFocus()

    def focus_password(self) -> None:
        """The keyboard to the password, which the next letter replaces."""
        self.hub.password.setFocus()
        self.hub.password.selectAll()

    def read(self) -> Source:
        """What stands in the fields; raises DeskError, a sentence that says what is missing."""
        self._faulty = None
        given = (self.words if self._is_hub else self.invitation).text().strip()
        if not given and not self._is_hub:
            raise DeskError(self.tr("Choose the file that a colleague gave you, or type twelve words."))
        if (self._is_words or self._is_hub) and given and (number := len(given.split())) != signing.WORDS:
            self._faulty = self.words if self._is_hub else self.invitation
            said = self.tr("An invitation has {wanted} words; here are {number}.")
            raise DeskError(said.format(wanted=signing.WORDS, number=number))
        if not self._is_hub and self._needs_hub and not self.hub.server.text().strip():
            return Source(words=given)
        if self._needs_hub:
            self.hub.take_address_apart()
            url = self.hub.fields.url()
            return Source(hub=without_password(url), password=self.hub.password.text(), words=given)
        if not self._is_words:
            return Source(_existing(given))
        place = self.place.text().strip()
        if place and not foreign.path_of(place).is_file():
            self._faulty = self.place
            said = self.tr("{name} is no file here. Choose the newsroom's file, or say that it is at its hub.")
            raise DeskError(said.format(name=place))
        return Source(_existing(place) if place else None, words=given)

    @property
    def _is_words(self) -> bool:
        given = self.invitation.text().strip()
        return " " in given and not Path(given).suffix and not _is_file(given)

    @property
    def _needs_hub(self) -> bool:
        """Whether the newsroom is brought from its hub."""
        return self._is_hub or (self._is_words and self.at_hub.isChecked())

    def show_certificate(self, certificate: Certificate | None) -> None:
        """The one that the hub showed, to be judged; none hides it."""
        self.certificate.show_certificate(certificate, is_other=self.hub.has_number)

    def pin(self, certificate: str) -> None:
        """From now on only what was trusted counts, whose file this is."""
        self.hub.certificate = certificate
        self.hub.choose_encryption(Encryption.PINNED)
        self.show_certificate(None)

    def _choose_certificate(self) -> None:
        kinds = f"{self.tr('Certificates')} (*.crt *.pem *.cer)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate of the hub"), "", kinds)
        if name:
            self.certificate_chosen.emit(Path(name))

    def _follow_editing(self) -> None:
        self.show_certificate(None)
        self.edited.emit()

    def _follow_invitation(self, text: str) -> None:
        """What leads to the hub fills its fields, wherever it was pasted."""
        if self.hub.take(text):
            self._is_hub = True
            self.invitation.clear()
            self._show()
            self.words.setFocus()
        self._show()

    def _follow_place(self, text: str) -> None:
        if self.hub.take(text):
            self.place.clear()
            self.at_hub.setChecked(True)
            self.hub.server.setFocus()

    def _follow_choice(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        """Only what is to be filled in the way that was chosen."""
        words = not self._is_hub and self._is_words
        self._lines[self.invitation].setVisible(not self._is_hub)
        self._choice.setVisible(words)
        self._lines[self.place].setVisible(words and self.in_file.isChecked())
        self._lines[self.words].setVisible(self._is_hub)
        self.hub.setVisible(self._needs_hub)
        if self._is_hub:
            self.about.setText(
                self.tr(
                    "A hub is a database on a server, through which the newsroom's computers exchange their stories. "
                    "Whoever runs it gives you a login."
                )
            )
        elif words:
            said = self.tr("The words say who you are; the newsroom itself comes from its hub, or from a file.")
            paste = self.tr("Paste all that whoever runs the hub gave you into Server: it fills every field.")
            self.about.setText(f"{said} {paste}" if self.at_hub.isChecked() else said)
        else:
            self.about.setText(
                self.tr(
                    "An invitation of a chief ({invitation}), or a file that a colleague handed you ({bundle})."
                ).format(invitation=joining.SUFFIX, bundle=BUNDLE_SUFFIX)
            )

    def _make_choice(self) -> QWidget:
        """The two places that a newsroom can be brought from."""
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.at_hub)
        row.addWidget(self.in_file)
        row.addStretch()
        content.setAccessibleName(self.tr("Newsroom"))
        return _line(content, content)

    def _with_chooser(self, field: QLineEdit, suffixes: tuple[str, ...]) -> QWidget:
        def choose() -> None:
            kinds = f"{field.accessibleName()} ({' '.join(f'*{one}' for one in suffixes)})"
            name, _ = QFileDialog.getOpenFileName(self, field.accessibleName(), "", kinds)
            if name:
                field.setText(name)
                self.edited.emit()

        button = QPushButton(self.tr("Choose a file…"))
        button.setAutoDefault(False)
        button.clicked.connect(choose)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        return whole


def _existing(name: str) -> Path:
    path = foreign.path_of(name)
    if not path.is_file():
        sentence = QCoreApplication.translate("SourceForm", "{name} is no file here. Choose it, or type twelve words.")
        raise DeskError(sentence.format(name=name))
    return path


def _is_file(name: str) -> bool:
    try:
        return foreign.path_of(name).is_file()
    except DeskError:
        return False


def _line(field: QWidget, content: QWidget) -> QWidget:
    """A field behind its label, in a line that is shown or not."""
    label = QLabel(field.accessibleName())
    label.setBuddy(field)
    label.setFixedWidth(_LABEL_WIDTH)
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    row.addWidget(label)
    row.addWidget(content, 1)
    return whole


def _field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit(placeholderText=hint)
    field.setAccessibleName(name)
    return field
