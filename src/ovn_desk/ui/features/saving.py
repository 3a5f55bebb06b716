"""What the bar says of a text that could not be saved, and the way out with it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from ovn_desk.ui.editor.clipboard import copy_text
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import Answer, MessageBar

_TOPIC = "saving"


class SavingFeature(Feature):
    """Says it while it is so, and offers the text to the clipboard."""

    def __init__(self, text: WorkingText, *, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._text, self._bar = text, bar
        text.save_state_changed.connect(self._show)

    def refuse_to_close(self, abandon: Callable[[], object]) -> None:
        """Says why the window stays; `abandon` closes it without the text."""
        sentence = self.tr("The text is not saved yet: {why}").format(why=self._text.save_state.why)
        leave = (self.tr("Quit without saving"), lambda _: abandon())
        self._say(sentence, [self._copy_answer(), leave])

    def _show(self) -> None:
        state = self._text.save_state
        if state.saving is Saving.NOT_SAVED:
            sentence = self.tr("NOT SAVED: {why} The desk goes on trying.").format(why=state.why)
            self._say(sentence, [self._copy_answer()])
        elif state.saving is Saving.SAVED:
            self._bar.withdraw(_TOPIC)

    def _say(self, sentence: str, answers: list[Answer]) -> None:
        self._bar.say(sentence, tone="bad", sticky=True, topic=_TOPIC, answers=answers, for_everybody=True)

    def _copy_answer(self) -> Answer:
        return self.tr("Copy the text"), lambda _: copy_text(self._text.content)
