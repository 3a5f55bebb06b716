"""A disk that is full: said while it is so, and looked at every few seconds until there is room again."""

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar

EVERY_MS = 5_000
_TOPIC = "disk"


class DiskWatch(Feature):
    """Says in the bar that the disk is full and how much is needed, and that it has room again."""

    def __init__(self, session: Session, text: WorkingText, notices: Notices, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._text, self._notices = session, text, notices
        self._bar = bar
        self._worker = Worker(self)
        self._said = ""
        self._put_away = ""
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        text.save_state_changed.connect(self.show)

    def show(self) -> None:
        """Says what there is to say of the disk; a text that is not saved says more, and its bar stays."""
        if self._text.save_state.saving is Saving.NOT_SAVED:
            return
        sentence = self._session.why_read_only or self._session.disk.warning
        if not sentence:
            self._end()
            return
        if self._put_away == _kind(sentence) or (sentence == self._said and self._bar.tells_of(_TOPIC)):
            return
        self._said = sentence
        answers = [(self.tr("Understood"), self._keep_away)]
        self._bar.say(sentence, tone="warn", sticky=True, topic=_TOPIC, answers=answers, for_everybody=True)

    def look(self) -> None:
        """Makes it well where there is room, off the window's thread."""
        if self._session.disk.is_well or self._worker.is_busy:
            return
        could_only_be_read = bool(self._session.why_read_only)
        self._worker.run(
            self._session.disk.mend,
            done=lambda _: self._follow_mending(could_only_be_read=could_only_be_read),
            refused=self._notices.refused.emit,
        )

    def finish(self) -> None:
        self._timer.stop()
        self._worker.finish()

    def _keep_away(self, _: str) -> None:
        """It is not said again unless there is something else to say."""
        self._put_away = _kind(self._said)

    def _follow_mending(self, *, could_only_be_read: bool) -> None:
        if could_only_be_read and not self._session.why_read_only:
            self._session.writable_changed.emit()
        self.show()

    def _end(self) -> None:
        self._bar.withdraw(_TOPIC)
        if self._said:
            self._notices.done.emit(self.tr("The disk has room again. You can write."))
        self._said = self._put_away = ""


def _kind(sentence: str) -> str:
    """What a sentence says, whatever the number of MB."""
    return re.sub(r"\d+", "", sentence)
