"""Ctrl+K: articles as one types, `>` commands, `@` sources, `#` categories, and whatever else features offer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.commands.command import Command

_WIDTH, _LONGEST = 560, 12
_COMMANDS = ">"
_LATE_MS = 150
"""From here on a search is seen to take long."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette, and what choosing it does."""

    label: str
    hint: str
    do: Callable[[], object]


Find = Callable[[str], list[Choice]]
"""The choices that have some words in them; they are given in lower case but for articles."""


class Palette(QFrame):
    """A field and the choices that match it; arrows choose, Enter does, Escape leaves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self._window = parent
        self._kinds: Mapping[str, Find] = {}
        self.commands: Sequence[Command] = ()
        self._choices: list[Choice] = []
        self._articles = Latest(self)
        self._is_searching = self._is_choosing = False
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._drop_older)
        self.field = QLineEdit(
            placeholderText=self.tr("Find an article, or type > for commands, @ sources, # categories, ~ people")
        )
        self.field.setObjectName("palette-field")
        self.field.setAccessibleName(self.tr("Search or run a command"))
        self.about = QLabel()
        """What the choices behind a sign are for; not shown without one."""
        self.about.setProperty("role", "soft")
        self.about.setContentsMargins(14, 4, 14, 2)
        self._titles = {
            _COMMANDS: self.tr("Commands. Enter runs one."),
            "@": self.tr("Sources of this story. Enter cites one at the cursor."),
            "#": self.tr("Categories. Enter puts the open story into one."),
            "~": self.tr("People. Enter seats one at this desk."),
            "+": self.tr("Templates. Enter begins an article with one."),
            ":": self.tr("Snippets. Enter puts one in at the cursor."),
        }
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.about)
        column.addWidget(self._list)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._choose())

    def offer(self, kinds: Mapping[str, Find], commands: Sequence[Command]) -> None:
        """What is found behind each sign, and commands; behind an empty sign articles, and commands below them."""
        self._kinds, self.commands = {**kinds, _COMMANDS: self._find_commands}, commands

    def open(self, start: str = "") -> None:
        window = self._window
        self.setFixedWidth(min(_WIDTH, window.width() - 40))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 44)))
        self._is_choosing = False
        self.field.setText(start)
        self._search(start)
        self.show()
        self.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._window.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._choices:
                self._list.setCurrentRow((self._list.currentRow() + step) % len(self._choices))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._is_choosing = self._is_searching  # what was typed just now is chosen once it is found
                if not self._is_searching:
                    self._choose()
                return True
        return super().eventFilter(watched, event)

    def finish(self) -> None:
        """Waits for the search that is under way."""
        self._articles.finish()

    def _search(self, text: str) -> None:
        """Articles with some words are found off the window's thread; all else at once."""
        sign, words = text[:1], text.strip().casefold()
        self.about.setText(self._titles.get(sign, ""))
        self.about.setVisible(bool(self.about.text()) and sign in self._kinds)
        find = self._kinds.get("")
        if not words or find is None or (sign and sign in self._kinds):
            self._is_searching = False
            self._late.stop()
            self._show_choices(self._find_choices(text))
            return
        self._is_searching = True
        self._late.start()
        self._articles.ask(
            partial(find, text),
            done=partial(self._show_articles, text),
            refused=lambda _: self._show_articles(text, []),
        )

    def _show_articles(self, text: str, articles: list[Choice]) -> None:
        if text != self.field.text():
            return
        self._is_searching = False
        self._late.stop()
        self._show_choices(articles + self._find_commands(text.strip().casefold()))
        if self._is_choosing:
            self._is_choosing = False
            self._choose()

    def _drop_older(self) -> None:
        """What was found for fewer words stands no longer than a moment; nothing is lit until Enter would choose it."""
        found = self._find_commands(self.field.text().strip().casefold())
        self._show_choices(found, self.tr("Searching…"))
        self._list.setCurrentRow(-1)

    def _show_choices(self, choices: list[Choice], instead: str = "") -> None:
        """Lists the choices, or says instead that there are none."""
        self._choices = choices[:_LONGEST]
        self._list.clear()
        for choice in self._choices:
            self._list.addItem(QListWidgetItem(f"{choice.label}    {choice.hint}" if choice.hint else choice.label))
        if not self._choices:
            nothing = QListWidgetItem(instead or self.tr("Nothing found."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)
        rows = max(1, len(self._choices))
        self._list.setFixedHeight(rows * max(30, self._list.sizeHintForRow(0)) + 4)
        self.adjustSize()
        self._window.update()  # beside a native child, what it covered while it was larger is not painted by itself

    def _find_choices(self, text: str) -> list[Choice]:
        sign = text[:1]
        if sign and sign in self._kinds:
            return self._kinds[sign](text[1:].strip().casefold())
        if "" in self._kinds:
            return self._kinds[""]("")
        return self._find_commands(text.strip().casefold())

    def _find_commands(self, words: str) -> list[Choice]:
        """The commands that can be run now and have some words in their label, but for the one that is running.

        Below them those that have them together with the name of the menu they stand in, which is said then. Three dots
        find what the label writes with one sign.
        """
        words = words.replace("...", "…")
        there = [one for one in self.commands if one.name != "view.palette" and one.when()]
        by_label = [one for one in there if words in one.label.casefold()]
        by_menu = [one for one in there if one not in by_label and _has_all(f"{_place(one)} {one.label}", words)]
        return [
            *(Choice(one.label, one.shortcut, one.run) for one in by_label),
            *(Choice(f"{_place(one)} › {one.label}", one.shortcut, one.run) for one in by_menu),
        ]

    def _choose(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._choices):
            choice = self._choices[row]
            self.close()
            choice.do()


def _place(command: Command) -> str:
    """The menu that a command is seen in, and the one inside it."""
    return f"{command.menu.plain} › {command.submenu}" if command.submenu else command.menu.plain


def _has_all(text: str, words: str) -> bool:
    """Whether each of some words is in a text."""
    return all(word in text.casefold() for word in words.split())
