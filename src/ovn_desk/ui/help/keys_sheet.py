"""Every command with its place and its key, found as one types; Enter runs the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.widgets.columns import hold_columns

_SIZE = (620, 470)
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class KeysSheet(QDialog):
    """The commands menu by menu; those that can not be run now are fainter, and say so by doing nothing."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setWindowTitle(self.tr("Commands and keys"))
        self.resize(*_SIZE)
        self.search = QLineEdit(placeholderText=self.tr("Type a word, as “source”, or a key, as “F7”"))
        self.search.setAccessibleName(self.tr("Find a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.table = QTreeWidget()
        self.table.setColumnCount(3)
        self.table.setHeaderLabels([self.tr("Command"), self.tr("Menu"), self.tr("Key")])
        self.table.setAccessibleName(self.tr("Commands and keys"))
        self.table.setRootIsDecorated(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._commands: list[tuple[QTreeWidgetItem, Command]] = []
        for menu in Menu:
            for command in commands:
                if command.menu is menu:
                    self._add(command)
        hold_columns(self.table, header, (1, 2))
        self._nothing = QLabel(self.tr("No command has these words."))
        self._nothing.setProperty("role", "soft")
        self._nothing.hide()
        note = QLabel(self.tr("Enter runs the command. Preferences, Keys gives it another key."), wordWrap=True)
        note.setProperty("role", "soft")
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(16, 16, 16, 12)
        column_of.setSpacing(8)
        column_of.addWidget(self.search)
        column_of.addWidget(self._nothing)
        column_of.addWidget(self.table, 1)
        column_of.addWidget(note)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.table.itemActivated.connect(lambda *_: self._run())
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go through the commands, and Enter runs one, while the words are being typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.table.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _add(self, command: Command) -> None:
        way = command.menu.plain + (f", {command.submenu}" if command.submenu else "")
        key = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        item = QTreeWidgetItem(self.table, [command.label, way, key])
        if not command.when():
            for column in range(3):
                item.setForeground(column, self.palette().placeholderText())
        self._commands.append((item, command))

    def _filter(self, words: str) -> None:
        sought = words.casefold().split()
        fitting = []
        for item, _ in self._commands:
            text = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in text for word in sought))
            if not item.isHidden():
                fitting.append(item)
        self._nothing.setVisible(not fitting)
        self.table.setCurrentItem(fitting[0] if fitting else None)  # type: ignore[arg-type]  # nothing is chosen

    def _run(self) -> None:
        """Closes the sheet first: what a command opens or asks has the keyboard then."""
        chosen = self.table.currentItem()
        command = next((command for item, command in self._commands if item is chosen), None)
        if command is not None and command.when():
            self.close()
            QTimer.singleShot(0, self._window, command.run)
