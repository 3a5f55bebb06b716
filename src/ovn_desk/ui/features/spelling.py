"""Spelling: suggestions at the cursor, checking on or off, and further dictionaries."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import settings
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.bars.status_bar import StatusBar
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.editor import Spelling
from ovn_desk.ui.features.conditions import may_write
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.usecases import spelling


class SpellingFeature(Feature):
    """Works on the checker of the editor and its fields; what it found goes to `show_summary`."""

    def __init__(
        self,
        article: OpenArticle,
        text: WorkingText,
        preferences: Preferences,
        notices: Notices,
        *,
        checker: Spelling,
        bar: MessageBar,
        status: StatusBar,
        show_text: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """`show_text` brings the text back where something else stands in its place."""
        super().__init__(parent)
        self._article, self._preferences, self._notices = article, preferences, notices
        self._text, self._checker, self._bar, self._window = text, checker, bar, parent
        self._status, self._show_text = status, show_text
        status.spelling_wanted.connect(self.show_next)
        self._imports = Worker(self)
        checker.said.connect(notices.refused)
        checker.rested.connect(self._summarise)

    def show_next(self) -> None:
        """The next misspelt word in the text, with suggestions; a dictionary is asked for where there is none."""
        if self._checker.lacks(self._text.content.language):
            self.choose_dictionary()
        elif may_write(self._article):
            self._show_text()
            self._checker.suggest()
        elif self._article.edit_refusal:
            self._notices.refused.emit(self._article.edit_refusal)

    def commands(self) -> Sequence[Command]:
        spelling = partial(Command, menu=Menu.EDIT, submenu=Submenu.SPELLING)
        return (
            spelling(
                "spelling.suggest",
                "Spelling suggestions",
                "Ctrl+.",
                run=self._checker.suggest,
                when=partial(may_write, self._article),
                starts_group=True,
            ),
            spelling(
                "spelling.check",
                "Check spelling while typing",
                "",
                run=partial(self._preferences.toggle, "is_spelling"),
                checked=lambda: self._preferences.value.is_spelling,
            ),
            spelling("spelling.add_dictionary", "Add a spelling dictionary…", "", run=self.choose_dictionary),
        )

    def choose_dictionary(self) -> None:
        """Asks for the file of a dictionary, and adds it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Add a spelling dictionary"), "", f"{self.tr('Hunspell dictionaries')} (*.aff *.dic)"
        )
        if name:
            self.add_dictionary(Path(name))

    def add_dictionary(self, path: Path) -> None:
        """Copies a dictionary to the user's, once it was tried out."""
        self._imports.run(
            lambda: spelling.add_dictionary(path, to=settings.dictionaries()),
            done=self._say_added,
            refused=self._notices.refused.emit,
        )

    def finish(self) -> None:
        """Ends checking and the work under way."""
        self._checker.finish()
        self._imports.finish()

    def _summarise(self) -> None:
        language = self._text.content.language
        self._status.show_spelling(self._checker.summary(language), lacks_dictionary=self._checker.lacks(language))

    def _say_added(self, name: str) -> None:
        self._checker.reload()
        self._bar.say(self.tr("The spelling dictionary {name} was added.").format(name=name))
