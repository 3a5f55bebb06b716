"""What is known of the spelling of a document, line by line; a change forgets the lines it touched and no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument

from ovn_desk.text import spelling
from ovn_desk.text.spelling import Word

_FENCES = ("```", "~~~")
_LETTERS_A_TIME = 4_000  # some milliseconds of work: the window waits no longer for the thread that checks


@dataclass(slots=True)
class CheckedLine:
    """The misspelt words of one line in Qt's positions; None until it was looked at."""

    found: tuple[Word, ...] | None = None
    is_code: bool = False
    is_gone: bool = False


class SpellingCache(QObject):
    """Goes with a document, which owns it, so that an article that is opened again is not checked again."""

    changed = Signal(int)
    """Where the change ended."""

    def __init__(self, document: QTextDocument, version: int) -> None:
        super().__init__(document)
        self._document = document
        self.version = version
        self._lines: list[CheckedLine] = []
        self._next = 0
        self._waiting = 0
        self._number = 0
        self._code: set[int] = set()
        self.forget()
        document.contentsChange.connect(self._note)

    @property
    def number(self) -> int:
        """How many misspelt words are known of."""
        return self._number

    @property
    def is_done(self) -> bool:
        return not self._waiting

    def forget(self) -> None:
        """Every line is to be looked at again."""
        text = self._document.toPlainText()
        self._may_hold_code, self._code_of = any(fence in text for fence in _FENCES), -1
        self._replace(0, len(self._lines), self._document.blockCount())

    def forget_word(self, word: str) -> None:
        """The lines with a word, however written, are to be looked at again."""
        folded = word.casefold()
        for number, line in enumerate(self._lines):
            if any(found.text.casefold() == folded for found in line.found or ()):
                self._replace(number, number + 1, 1)

    def take(self, first: int, last: int) -> list[tuple[CheckedLine, str]]:
        """Some lines that were not looked at yet, with their text: those from `first` to `last` before the others."""
        self._find_code()
        taken: dict[int, tuple[CheckedLine, str]] = {}
        letters = 0
        for number in chain(range(first, min(last + 1, len(self._lines))), self._go_on() if self._waiting else ()):
            if number in taken or self._lines[number].found is not None:
                continue
            text = self._text(number)
            taken[number] = self._lines[number], text
            letters += len(text)
            if letters >= _LETTERS_A_TIME or len(taken) == self._waiting:
                break
        return list(taken.values())

    def store(self, taken: Sequence[tuple[CheckedLine, str]], found: Sequence[tuple[Word, ...]]) -> None:
        """What was found in lines that were taken; a line that changed meanwhile is left to be taken again."""
        for (line, _), words in zip(taken, found, strict=True):
            if not line.is_gone and line.found is None:
                line.found = words
                self._waiting -= 1
                self._number += len(words)

    def words(self, number: int) -> tuple[Word, ...] | None:
        """The misspelt words of a line; None where it was not looked at yet."""
        return self._lines[number].found

    def near(self, number: int, position: int) -> tuple[int, Word] | None:
        """The first misspelt word below a line, else the last one before a position in it: its line and the word."""
        for here in range(number + 1, len(self._lines)):
            if words := self.words(here):
                return here, words[0]
        for here in range(number, -1, -1):
            words = self.words(here) or ()
            if before := [word for word in words if here < number or word.end < position]:
                return here, before[-1]
        return None

    def _go_on(self) -> Iterator[int]:
        while self._next < len(self._lines):
            yield self._next
            self._next += 1

    def _note(self, position: int, _removed: int, added: int) -> None:
        first = max(0, self._document.findBlock(position).blockNumber())
        end = self._document.findBlock(position + added).blockNumber()
        blocks = self._document.blockCount()
        end = end + 1 if end >= 0 else blocks
        self._replace(first, end - (blocks - len(self._lines)), end - first)
        self.changed.emit(position + added)

    def _replace(self, first: int, end: int, number: int) -> None:
        for line in self._lines[first:end]:
            line.is_gone = True
            self._waiting -= line.found is None
            self._number -= len(line.found or ())
        self._lines[first:end] = [CheckedLine() for _ in range(number)]
        self._waiting += number
        self._next = min(self._next, first)

    def _text(self, number: int) -> str:
        """A line's text; empty for one that is not to be looked at."""
        block = self._document.findBlockByNumber(number)
        self._lines[number].is_code = number in self._code
        if block.length() > spelling.LONGEST_LINE or number in self._code:
            return ""
        text = block.text()
        self._may_hold_code = self._may_hold_code or text.startswith(_FENCES)
        return text

    def _find_code(self) -> None:
        """Where code stands between fences. One more or less turns the lines below it, which are to be looked at."""
        if not self._may_hold_code or self._document.revision() == self._code_of:
            return
        self._code_of = self._document.revision()
        self._code = spelling.fenced_lines(self._document.toPlainText())
        for number, line in enumerate(self._lines):
            if line.found is not None and line.is_code != (number in self._code):
                self._replace(number, number + 1, 1)
