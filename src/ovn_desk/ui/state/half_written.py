"""Words that are half written outside the text, kept in the store: a desk that is killed loses a second of them."""

from PySide6.QtCore import QObject, QTimer

from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import AFTER_FIRST_UNSAVED_MS
from ovn_desk.ui.widgets.half_written import HalfWritten
from ovn_desk.usecases import half_written, queries


class StoredHalfWritten(HalfWritten):
    """Writes a second after the first key, off the window's thread; what can not be written is tried again."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__()
        self._session, self._jobs = session, Worker(parent)
        self._unsaved: dict[str, str] = {}
        self._after_first = QTimer(parent, singleShot=True, interval=AFTER_FIRST_UNSAVED_MS)
        self._after_first.timeout.connect(self._write)

    def find(self, name: str) -> str:
        if name not in self._words:
            self._words[name] = queries.ask(self._session.store, half_written.find, name)
        return self._words[name]

    def keep(self, name: str, words: str) -> None:
        if words == self.find(name):
            return
        super().keep(name, words)
        self._unsaved[name] = words
        if not self._after_first.isActive():
            self._after_first.start()

    def finish(self) -> None:
        """Writes what is not written yet, and waits for it."""
        self._after_first.stop()
        self._write()
        self._after_first.stop()
        self._jobs.finish()

    def _write(self) -> None:
        if not self._unsaved or self._session.why_read_only:
            return
        store = self._session.flushed_store()
        if store is None:
            self._after_first.start()
            return
        words, self._unsaved = self._unsaved, {}

        def try_again(_: str) -> None:
            self._unsaved = words | self._unsaved
            self._after_first.start()

        self._jobs.run(lambda: half_written.keep(store, words), done=lambda _: None, refused=try_again)
