"""Where a newcomer gets the newsroom from: a file, twelve words and where the newsroom is, or its hub."""

from pathlib import Path
from typing import TYPE_CHECKING

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

from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.ui.startup.setting_up import Source
from ovn_desk.usecases import joining

_LABEL_WIDTH = 96

if TYPE_CHECKING:
    from ovn_desk.sync.postgres.addresses import HubFields


class SourceForm(QWidget):
    """`entered` by Enter in a field; `read` says what stands in it."""

    entered = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.invitation = _field(self.tr("File or words"), self.tr("A file, or twelve words"))
        self.place = _field(self.tr("Newsroom"), self.tr("Where it is: its hub's address, or a file"))
        self.server = _field(self.tr("Hub"), self.tr("Such as hub.example.org, or the whole address"))
        self.database = _field(self.tr("Database"), self.tr("Its name there, such as newsroom"))
        self.login = _field(self.tr("Login"), self.tr("As whoever runs the hub gave it to you"))
        self.password = _field(self.tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "soft")
        wholes = {
            self.invitation: self._with_chooser(self.invitation, (joining.SUFFIX, BUNDLE_SUFFIX)),
            self.place: self._with_chooser(self.place, (BUNDLE_SUFFIX,)),
        }
        self._lines = {
            field: _line(field, wholes.get(field, field))
            for field in (self.invitation, self.place, self.server, self.database, self.login, self.password)
        }
        for field in self._lines:
            field.returnPressed.connect(self.entered)
            field.textEdited.connect(lambda _: self.edited.emit())
        self.invitation.textChanged.connect(lambda _: self._show())
        self.place.textChanged.connect(lambda _: self._show())
        self.server.editingFinished.connect(self._take_address_apart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for line in self._lines.values():
            column.addWidget(line)
        column.addWidget(self.about)
        self._is_hub = False
        self._pasted: HubFields | None = None
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
        fields = (self.server, self.database, self.login) if self._is_hub else (self.invitation, self.place)
        seen = [field for field in fields if not self._lines[field].isHidden()]
        next((field for field in seen if not field.text().strip()), seen[0]).setFocus()

    def read(self) -> Source:
        """What stands in the fields; raises DeskError, a sentence that says what is missing."""
        if self._is_hub:
            return Source(hub=self._address(), password=self.password.text())
        given, place = self.invitation.text().strip(), self.place.text().strip()
        if not given:
            raise DeskError(self.tr("Choose the file that a colleague gave you, or type twelve words."))
        if not self._is_words:
            return Source(_existing(given))
        if "://" in place:
            return Source(hub=place, password=self.password.text(), words=given)
        return Source(_existing(place) if place else None, words=given)

    @property
    def _is_words(self) -> bool:
        given = self.invitation.text().strip()
        return " " in given and not Path(given).suffix and not Path(given).exists()

    def _address(self) -> str:
        from ovn_desk.sync.postgres import addresses  # only those with a hub have its package

        self._take_address_apart()
        if "://" in self.server.text():
            addresses.split(self.server.text())
        server, port = self.server.text().strip(), addresses.PORT
        name, colon, number = server.rpartition(":")
        if colon and ":" not in name and number.isdigit():
            server, port = name, int(number)
        encryption, certificate = addresses.Encryption.CHECKED, ""
        if addresses.is_here(server):
            encryption = addresses.Encryption.LOCAL
        if self._pasted is not None and self._pasted.server == server:
            encryption, certificate = self._pasted.encryption, self._pasted.certificate
        database, login = self.database.text().strip(), self.login.text().strip()
        return addresses.without_password(
            addresses.HubFields(server, port, database, login, encryption, certificate).url()
        )

    def _show(self) -> None:
        """Only what is to be filled in the way that was chosen."""
        words = not self._is_hub and self._is_words
        is_at_hub = words and "://" in self.place.text()
        shown = {
            self.invitation: not self._is_hub,
            self.place: words,
            self.server: self._is_hub,
            self.database: self._is_hub,
            self.login: self._is_hub,
            self.password: self._is_hub or is_at_hub,
        }
        for field, is_shown in shown.items():
            self._lines[field].setVisible(is_shown)
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

    def _take_address_apart(self) -> None:
        """A whole address that stands in the first field fills the others."""
        if "://" not in self.server.text():
            return
        from ovn_desk.sync.postgres import addresses  # only those with a hub have its package

        try:
            fields, password = addresses.split(self.server.text())
        except DeskError:
            return  # `read` says why
        if fields.database and fields.login:
            self._pasted = fields
            self.server.setText(fields.server if fields.port == addresses.PORT else f"{fields.server}:{fields.port}")
            self.database.setText(fields.database)
            self.login.setText(fields.login)
            self.password.setText(password or self.password.text())

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
