"""The private key of the person at the desk: open, asking for a passphrase, or not on this computer."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.signing import Signer
from ovn_desk.usecases import join_requests, keys, people, queries
from ovn_desk.usecases.queries import Store


class SigningKey(QObject):
    """A key that lies open is open as soon as its owner sits down; who has none here can read."""

    opened = Signal()

    def __init__(self, store: Store, person: Staff, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._person = store, person
        self._key: signing.Key | None = None
        self.is_let_in = True
        """Whether what is signed with it counts in the newsroom: not while it is only asked for."""
        self._open_silently()
        self.look_for_request()

    @property
    def is_open(self) -> bool:
        """Whether what is done here can be signed."""
        return self._key is not None

    @property
    def is_sealed(self) -> bool:
        """Whether it asks for a passphrase."""
        return people.is_sealed(self._store, self._person)

    @property
    def is_chiefs(self) -> bool:
        """Whether a chief sits here whose key counts: who only asks to be let in changes no people."""
        return self._person.role is Role.CHIEF and self.is_let_in

    @property
    def path(self) -> Path | None:
        """Of its file; None where there is none on this computer."""
        return keys.path_of(self._store, self._person)

    def signer(self) -> Signer:
        """The person with their opened key; raises DeskError where it is not open, or not here."""
        if self._key is None:
            self.open()
        if self._key is None:
            sentence = QCoreApplication.translate("Session", "Open your key first: {name} signs what is done here.")
            raise DeskError(sentence.format(name=self._person.name))
        return Signer(self._person, self._key)

    def open(self, passphrase: str = "") -> None:
        """Opens it; one that asks for a passphrase stays shut without it."""
        if passphrase or not self.is_sealed:
            self._key = people.signer(self._store, self._person, passphrase=passphrase).key
            self.opened.emit()

    def make(self, passphrase: str = "") -> None:
        """Makes one on this computer; a chief whose key lies open signs it."""
        people.make_key(self._store, self._person, passphrase=passphrase)
        self.open(passphrase)

    def renew(self, passphrase: str = "") -> None:
        """Puts a new one in its place, which the old one signs; what comes next is signed with the new one."""
        self._key = people.replace_key(self._store, self._person, passphrase=passphrase, old=self.signer().key)
        self.opened.emit()

    def check_open_chief(self) -> None:
        """Raises DeskError where no chief's key lies open on this computer."""
        people.open_chief(self._store)

    def change_person(self, person: Staff) -> None:
        """Somebody else sits down, or the same person with another name or role."""
        is_other = person.id != self._person.id
        self._person = person
        if is_other:
            self._key = None
            self._open_silently()
        self.look_for_request()

    def look_for_request(self) -> None:
        """Whether this key waits for a chief's answer."""
        request, path = queries.ask(self._store, join_requests.own_request), self.path
        self.is_let_in = request is None or path is None or signing.key_name(path) != request.key

    def _open_silently(self) -> None:
        with suppress(DeskError):
            if people.has_key(self._store, self._person):
                self.open()
