"""Which key runs which command: found by name, changed by pressing the new one, conflicts said before they are made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from ovn_desk.ui.commands import Command
from ovn_desk.ui.dialogs.preference_pages import Page
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets.columns import hold_columns

_LABEL, _MENU, _KEY = range(3)


class KeyPage(Page):
    """A table of the commands; below it the key of the one that is chosen."""

    restored = ("keys",)

    def __init__(self, preferences: Preferences, commands: Sequence[Command]) -> None:
        super().__init__(preferences)
        self._all = commands
        self._commands = [one for one in commands if not one.has_own_key]
        self.search = QLineEdit(placeholderText=self.tr("Find a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Find a command or a key"))
        self.table = QTableWidget(len(self._commands), 3)
        self.table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Menu"), self.tr("Key")])
        self.table.setAccessibleName(self.tr("Commands and their keys"))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setMinimumHeight(180)
        self.key = QKeySequenceEdit()
        self.key.setMaximumSequenceLength(1)
        self.key.setClearButtonEnabled(True)
        self.key.setAccessibleName(self.tr("New key"))
        self.change = QPushButton(self.tr("Use this key"))
        self.reset = QPushButton(self.tr("Reset this key"))
        self.said = QLabel(wordWrap=True)
        self.said.setProperty("role", "soft")
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.key, self.change, self.reset):
            row.addWidget(widget, 1 if widget is self.key else 0)
        for button in (self.change, self.reset):
            button.setAutoDefault(False)
        self._column.addWidget(self.search)
        self._column.addWidget(self.table, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.said)
        self.search.textChanged.connect(self._filter)
        self.table.currentCellChanged.connect(lambda *_: self._show_key())
        self.key.keySequenceChanged.connect(lambda _: self._say_conflict())
        self.change.clicked.connect(lambda _=False: self._use_key())
        self.reset.clicked.connect(lambda _=False: self._reset_key())
        preferences.changed.connect(self.show_values)
        self.show_values()
        self.table.setCurrentCell(0, 0)

    def _fill(self) -> None:
        self._commands = [one for one in self._all if not one.has_own_key]
        for row, command in enumerate(self._commands):
            texts = (command.label, _way(command), _key_name(command.shortcut))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if command.name in self._preferences.value.keys:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(row, column, item)
        hold_columns(self.table, self.table.horizontalHeader(), (_MENU, _KEY))
        self._show_key()

    def _filter(self, words: str) -> None:
        sought = words.casefold().split()
        for row, command in enumerate(self._commands):
            text = f"{command.label} {_way(command)} {_key_name(command.shortcut)}".casefold()
            self.table.setRowHidden(row, not all(word in text for word in sought))

    @property
    def _chosen(self) -> Command | None:
        row = self.table.currentRow()
        return self._commands[row] if 0 <= row < len(self._commands) else None

    @property
    def _pressed(self) -> str:
        return self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _show_key(self) -> None:
        command = self._chosen
        if command:
            self.key.setKeySequence(QKeySequence(command.shortcut))
            self.reset.setEnabled(command.name in self._preferences.value.keys)
            self.change.setEnabled(False)
            self.said.setText(self.tr("Press the new key for “{label}”.").format(label=command.label))

    def _conflict(self) -> Command | None:
        """Another command that has the key which was pressed."""
        pressed = self.key.keySequence()
        chosen = self._chosen
        others = [one for one in self._all if chosen is None or one.name != chosen.name]
        return next((one for one in others if one.shortcut and QKeySequence(one.shortcut) == pressed), None)

    def _say_conflict(self) -> None:
        command, other = self._chosen, self._conflict() if self._pressed else None
        if command is None:
            return
        self.change.setEnabled(QKeySequence(command.shortcut) != self.key.keySequence())
        if other is None:
            self.change.setText(self.tr("Use this key"))
            self.said.setText(self.tr("No other command has this key.") if self._pressed else self.tr("No key."))
        elif other.has_own_key:
            self.change.setEnabled(False)
            self.said.setText(self.tr("Every field has this key for “{label}”; it stays.").format(label=other.label))
        else:
            self.change.setText(self.tr("Take it over"))
            self.said.setText(
                self.tr("“{label}” has this key. It will have none if you take it over.").format(label=other.label)
            )

    def _use_key(self) -> None:
        command, other = self._chosen, self._conflict() if self._pressed else None
        if command is None:
            return
        keys = self._preferences.value.keys | {command.name: self._pressed}
        if other:
            keys[other.name] = ""
        self._preferences.set(keys=keys)

    def _reset_key(self) -> None:
        command = self._chosen
        if command:
            keys = {name: key for name, key in self._preferences.value.keys.items() if name != command.name}
            self._preferences.set(keys=keys)


def _way(command: Command) -> str:
    """The way to a command through the menus."""
    return command.menu.plain + (f", {command.submenu}" if command.submenu else "")


def _key_name(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
