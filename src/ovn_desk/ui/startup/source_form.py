"""Where a newcomer gets the newsroom from: a file, twelve words and where the newsroom is, or its hub."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import keyring_access
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.sync.postgres.addresses import Encryption, HubFields, without_password
from ovn_desk.sync.postgres.certificates import Certificate
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
        self.place = _field(self.tr("Newsroom"), self.tr("Its hub's address, or a file"))
        self.hub = HubForm(HubFields())
        self.hub.show_keeping(Keeping.NOWHERE, has_keyring=keyring_access.find() is not None, has_key=True)
        self.certificate = CertificateBox()
        self.password = _field(self.tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "soft")
        wholes = {
            self.invitation: self._with_chooser(self.invitation, (joining.SUFFIX, BUNDLE_SUFFIX)),
            self.place: self._with_chooser(self.place, (BUNDLE_SUFFIX,)),
        }
        self._lines = {
            field: _line(field, wholes.get(field, field)) for field in (self.invitation, self.place, self.password)
        }
        for field in self._lines:
            field.returnPressed.connect(self.entered)
            field.textEdited.connect(lambda _: self.edited.emit())
        self.invitation.textChanged.connect(lambda _: self._show())
        self.place.textChanged.connect(lambda _: self._show())
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
        for line in self._lines.values():
            column.addWidget(line)
        column.addWidget(self.hub)
        column.addWidget(self.about)
        column.addWidget(self.certificate)
        self._is_hub = False
        self._faulty: QLineEdit | None = None
        self._show()

    def ask_for_invitation(self, file: Path | None = None) -> None:
        """A file, or twelve words."""
        self._is_hub = False
        if file is not None:
            self.invitation.setText(str(file))
        self._show()

    def ask_for_hub(self) -> None:
        """The hub's address, and who one is there."""
        self._is_hub = True
        self._show()

    def focus(self) -> None:
        """The keyboard to the first field that is to be filled."""
        hub = (self.hub.server, self.hub.database, self.hub.login, self.hub.password)
        seen = hub if self._is_hub else [one for one in self._lines if not self._lines[one].isHidden()]
        empty = next((field for field in seen if not field.text().strip()), seen[0])
        faulty = self._faulty
        (faulty if faulty is not None and not faulty.isHidden() else empty).setFocus()

    def focus_password(self) -> None:
        """The keyboard to the password, which the next letter replaces."""
        field = self.hub.password if self._is_hub else self.password
        field.setFocus()
        field.selectAll()

    def read(self) -> Source:
        """What stands in the fields; raises DeskError, a sentence that says what is missing."""
        if self._is_hub:
            self.hub.take_address_apart()
            return Source(hub=without_password(self.hub.fields.url()), password=self.hub.password.text())
        given, place = self.invitation.text().strip(), self.place.text().strip()
        self._faulty = None
        if not given:
            raise DeskError(self.tr("Choose the file that a colleague gave you, or type twelve words."))
        if not self._is_words:
            return Source(_existing(given))
        if "://" in place:
            return Source(hub=place, password=self.password.text(), words=given)
        if place and not Path(place).expanduser().is_file():
            self._faulty = self.place
            said = self.tr("{name} is no file here. Choose the newsroom's file, or name its hub.")
            raise DeskError(said.format(name=place))
        return Source(_existing(place) if place else None, words=given)

    @property
    def _is_words(self) -> bool:
        given = self.invitation.text().strip()
        return " " in given and not Path(given).suffix and not Path(given).exists()

    def show_certificate(self, certificate: Certificate | None) -> None:
        """The one that the hub showed, to be judged; none hides it."""
        self.certificate.show_certificate(certificate)

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

    def _show(self) -> None:
        """Only what is to be filled in the way that was chosen."""
        words = not self._is_hub and self._is_words
        is_at_hub = words and "://" in self.place.text()
        shown = {
            self.invitation: not self._is_hub,
            self.place: words,
            self.password: is_at_hub,
        }
        for field, is_shown in shown.items():
            self._lines[field].setVisible(is_shown)
        self.hub.setVisible(self._is_hub)
        if self._is_hub:
            self.about.setText(
                self.tr(
                    "A hub is a database on a server, through which the newsroom's computers exchange their stories. "
                    "Whoever runs it gives you a login."
                )
            )
        else:
            self.about.setText(
                self.tr(
                    "An invitation of a chief ({invitation}), or a file that a colleague handed you ({bundle})."
                ).format(invitation=joining.SUFFIX, bundle=BUNDLE_SUFFIX)
            )

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
    path = Path(name).expanduser()
    if not path.is_file():
        sentence = QCoreApplication.translate("SourceForm", "{name} is no file here. Choose it, or type twelve words.")
        raise DeskError(sentence.format(name=name))
    return path


def _line(field: QLineEdit, content: QWidget) -> QWidget:
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
