"""Spelling while one writes: looked at in a job when the keys pause, mended at the cursor."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu

from ovn_desk.text import spelling
from ovn_desk.text.spelling import Speller, Word
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.editor.spelling_cache import CheckedLine, SpellingCache
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.editor.underlines import Underlines, Writing
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import spelling as lists

_PAUSE_MS = 300


class Spelling(QObject):
    """Follows the texts of some widgets, the editor first. A key only notes its line; the words wait for a pause."""

    rested = Signal()
    """Every word was looked at, or none is any more."""
    said = Signal(str)

    def __init__(
        self, places: Sequence[Writing], *, folder: Path, personal: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.is_on = True
        self._folder, self._personal = folder, personal
        self._speller: Speller | None = None
        self._is_missing = False
        self._version = 0
        self._jobs = Worker(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self._texts = [Underlines(place, self) for place in places]
        for text in self._texts:
            text.changed.connect(self._pause.start)
            text.place.menu.open_suggestions = partial(self._open_at, text)
            if isinstance(text.place, Editor):
                text.place.opened.connect(partial(self._open, text))
        self._pause.start()

    def turn(self, *, on: bool) -> None:
        """Checks and underlines, or does neither."""
        self.is_on = on
        self.show()
        self.rested.emit()
        self._check()

    def show(self) -> None:
        """Draws the underlines as they are to be now, in the colours of now."""
        for text in self._texts:
            text.is_on = self.is_on
            text.show()

    def summary(self, language: str) -> str:
        """What the status line says of a text in this language: nothing where it is not, or not yet, checked."""
        is_known = self.is_on and self._speller is not None and self._speller.checks(language)
        if not is_known or not all(text.checked.is_done for text in self._texts):
            return ""
        number = sum(text.checked.number for text in self._texts)
        return f"· {quantity(number, 'spelling', 'spellings')}" if number else "✓"

    def lacks(self, language: str) -> bool:
        """Whether texts in this language would be checked, and no dictionary is there for it."""
        return self.is_on and self._speller is not None and not self._speller.checks(language)

    def suggest(self) -> None:
        """A small menu at the misspelt word at the cursor or just before it, or at the next one."""
        text = next((text for text in self._texts if text.place.hasFocus()), self._texts[0])
        cursor = text.place.textCursor()
        self._ask(text, cursor.blockNumber(), cursor.positionInBlock())

    def learn(self, word: str) -> None:
        """Puts a word on the user's list; it is underlined no more, anywhere."""

        def keep(speller: Speller) -> None:
            lists.add_word(word, to=self._personal)
            speller.add_words([word])

        self._run(keep, lambda _: self._show_learned(word))

    def reload(self) -> None:
        """The dictionaries changed: everything is looked at anew."""
        self._load(self._start_anew)

    def finish(self) -> None:
        """Ends the work under way."""
        self._pause.stop()
        self.is_on = False
        self._jobs.finish()
        for text in self._texts:
            text.stop()

    # Looking at words

    def _open(self, text: Underlines) -> None:
        text.follow(self._version)
        self._pause.start()
        self.rested.emit()

    def _check(self) -> None:
        """Asks for the next words, those in the window first; while keys are pressed the pause begins anew."""
        if self._jobs.is_busy or self._pause.isActive():
            return
        for text in self._texts if self.is_on and not self._is_missing else ():
            if taken := text.checked.take(*text.visible_lines()):
                lines = [line for _, line in taken]
                self._run(
                    partial(spelling.misspelt_words, lines=lines), partial(self._store, text, text.checked, taken)
                )
                return
        self.rested.emit()

    def _store(
        self,
        text: Underlines,
        checked: SpellingCache,
        taken: Sequence[tuple[CheckedLine, str]],
        found: Sequence[tuple[Word, ...]],
    ) -> None:
        checked.store(taken, found)
        text.show_soon()
        self._check()

    def _run(self, ask: Callable[[Speller], Any], then: Callable[[Any], None]) -> None:
        """Asks in the job; the dictionaries are loaded there when they are first needed."""
        if self._speller is None:
            self._load(partial(self._run, ask, then))
            return
        self._jobs.run(partial(ask, self._speller), done=then, refused=self.said.emit)

    def _load(self, then: Callable[[], None]) -> None:
        def take_speller(loaded: lists.LoadedSpeller) -> None:
            self._speller, self._is_missing = loaded.speller, False
            for sentence in loaded.refusals:
                self.said.emit(sentence)
            then()

        def say_refusal(sentence: str) -> None:
            self._is_missing = True
            self.said.emit(sentence)

        load = partial(lists.load, folder=self._folder, personal=self._personal)
        self._jobs.run(load, done=take_speller, refused=say_refusal)

    def _start_anew(self) -> None:
        self._version += 1
        for text in self._texts:
            text.follow(self._version)
        self._check()

    def _show_learned(self, word: str) -> None:
        self._version += 1
        for text in self._texts:
            text.checked.forget_word(word)
            text.checked.version = self._version
        self._check()

    # The menu

    def _open_at(self, text: Underlines, cursor: QTextCursor, menu: QMenu) -> bool:
        """Opens the menu of the text with suggestions above it; says whether a misspelt word is at the cursor."""
        if not self.is_on or text.place.isReadOnly() or not text.word_at(cursor):
            return False
        self._ask(text, cursor.blockNumber(), cursor.positionInBlock(), menu)
        return True

    def _ask(self, text: Underlines, line: int, position: int, menu: QMenu | None = None) -> None:
        """Opens the menu at the misspelt word at a place, just before it, or nearest, with suggestions on top."""
        if text.place.isReadOnly():
            return
        document = text.place.document()
        revision, written = document.revision(), document.findBlockByNumber(line).text()

        def answer(offer: tuple[Word, list[str]] | None) -> None:
            if text.place.document() is not document or document.revision() != revision:
                if menu:
                    menu.deleteLater()
                return  # another text by now
            if offer:
                self._open_menu(text, text.cursor(line, offer[0]), menu or QMenu(text.place.window()), *offer)
            elif found := text.checked.near(line, position):
                self._ask(text, found[0], found[1].start, menu)
            else:
                self.said.emit(self.tr("No misspelt word was found in this text."))

        self._run(partial(spelling.suggestions_at, line=written, position=position), answer)

    def _open_menu(
        self, text: Underlines, cursor: QTextCursor, menu: QMenu, word: Word, suggestions: Sequence[str]
    ) -> None:
        """The arrows choose a suggestion, Enter takes it, Escape leaves the word.

        None is chosen at first: a name that no dictionary has would be spoilt by an Enter nobody meant.
        """
        place = text.place
        rest = menu.actions()[0] if menu.actions() else None
        menu.setObjectName("suggestions")
        entries = [QAction(suggestion, menu) for suggestion in suggestions]
        for entry in entries:
            entry.triggered.connect(partial(_replace, cursor, entry.text()))
        if not entries:
            entries = [QAction(self.tr("No suggestions"), menu, enabled=False)]
        learn = QAction(self.tr("Add “{word}” to my words").format(word=word.text), menu)
        learn.triggered.connect(partial(self.learn, word.text))
        line, end = QAction(menu), QAction(menu)
        for separator in (line, end):
            separator.setSeparator(True)
        menu.insertActions(rest, [*entries, line, learn, *([end] if rest else [])])  # type: ignore[arg-type]  # None: at the end
        menu.aboutToHide.connect(menu.deleteLater)
        menu.aboutToHide.connect(place.window().update)  # beside a native child, what was covered is not painted again
        here = QTextCursor(cursor)
        if not (rest and place.textCursor().hasSelection()):
            here.setPosition(cursor.selectionEnd())
            place.setTextCursor(here)
            place.ensureCursorVisible()
        here.setPosition(cursor.selectionStart())
        menu.popup(place.viewport().mapToGlobal(place.cursorRect(here).bottomLeft()))


def _replace(word: QTextCursor, suggestion: str) -> None:
    """One step that can be undone; an apostrophe stays of the kind it was."""
    is_straight = "'" in word.selectedText()
    word.insertText(suggestion if is_straight else suggestion.replace("'", "’"))
