"""The key of whoever sits here, opened with a passphrase that the bar asks for."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.message_bar import MessageBar


class KeyAccess:
    """Asks once for a passphrase where something has to be signed."""

    def __init__(self, session: Session, notices: Notices, bar: MessageBar) -> None:
        self._session, self._notices, self._bar = session, notices, bar

    def with_key(self, act: Callable[[], object]) -> None:
        """Does something that has to be signed, now or when the key was opened."""
        if self._session.key.is_open or not self._session.key.is_sealed:
            act()
        else:
            self.ask(act)

    def ask(self, then: Callable[[], object] = lambda: None) -> None:
        """Asks for the passphrase, and goes on once it has opened the key."""

        def open_key(passphrase: str) -> None:
            if self._notices.try_action(lambda: self._session.key.open(passphrase)):
                then()

        self._bar.ask(
            _translate("Passphrase of {name}").format(name=self._session.person.name),
            answers=[(_translate("Open my key"), open_key)],
            secret=True,
        )


def _translate(text: str) -> str:
    return QCoreApplication.translate("KeyAccess", text)
