"""The bar that finds and replaces in the text, above it: nothing opens in the way."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import finding
from ovn_desk.text.finding import Query
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.widgets import theme

_SHOWN = 500  # marks drawn at once, those round the cursor


class FindBar(QFrame):
    """Marks every place as one types; Enter goes on, Shift+Enter back, Escape returns to the text."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.setObjectName("find-bar")
        self._editor = editor
        self._places: list[tuple[int, int]] = []
        self._in_keys = 0
        """How many more there are in keys of sources and pictures, which are not replaced."""
        self._replaced = (Query(""), 0)
        self.words = QLineEdit(placeholderText=self.tr("Find"))
        self.words.setAccessibleName(self.tr("Find"))
        self.by = QLineEdit(placeholderText=self.tr("Replace with"))
        self.by.setAccessibleName(self.tr("Replace with"))
        self._count = QLabel()
        self._count.setProperty("role", "soft")
        self._options = {
            "case": self._option("Aa", self.tr("Upper and lower case as written")),
            "word": self._option(self.tr("Word"), self.tr("Whole words only")),
            "pattern": self._option(".*", self.tr("Regular expression, across lines")),
        }
        self._pause = QTimer(self, singleShot=True, interval=80)
        self._pause.timeout.connect(self._look)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self.words.installEventFilter(self)
        self.by.returnPressed.connect(self.replace)
        editor.touched.connect(self._pause_if_shown)
        self._lay_out()
        self.hide()

    def open(self, *, replacing: bool) -> None:
        """Shows the bar with the selected words, ready to be typed into."""
        chosen = self._editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        for widget in self._replacing:
            widget.setVisible(replacing and not self._editor.isReadOnly())
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._look()

    def put_away(self) -> None:
        self.hide()
        self._editor.mark("found", [])
        self._editor.setFocus()

    def go(self, step: int) -> None:
        """Selects the next place (1) or the one before (-1), round the end."""
        self._replaced = (self.query, 0)
        self._look()
        if not self._places:
            return
        here = self._editor.selection()
        if step > 0:
            number = next((n for n, place in enumerate(self._places) if place[0] >= here[1]), 0)
        else:
            before = [n for n, place in enumerate(self._places) if place[1] <= here[0]]
            number = before[-1] if before else len(self._places) - 1
        self._editor.select(*self._places[number])
        self._say()

    def replace(self) -> None:
        """Replaces the selected place, then goes to the next."""
        self._look()
        here = self._editor.selection()
        if here in self._places:
            self._change([here])
        self.go(1)

    def replace_all(self) -> None:
        """Replaces every place, as one step that can be undone."""
        self._look()
        number = self._change(self._places)
        self._replaced = (self.query, number)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A line tells nobody that Shift was held with Enter, so it is asked before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if watched is self.words and is_enter:
                self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    @property
    def query(self) -> Query:
        on = {name: option.isChecked() for name, option in self._options.items()}
        return Query(self.words.text(), is_pattern=on["pattern"], is_case_kept=on["case"], is_whole_word=on["word"])

    @property
    def _is_replacing(self) -> bool:
        return not self.by.isHidden()

    def _option(self, sign: str, said: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setCheckable(True)
        button.setProperty("flat", True)
        button.setToolTip(said)
        button.setAccessibleName(said)
        button.toggled.connect(lambda _: self._look())
        return button

    def _lay_out(self) -> None:
        def button(text: str, act: object) -> QPushButton:
            made = QPushButton(text)
            made.clicked.connect(act)
            return made

        one, every = button(self.tr("Replace"), self.replace), button(self.tr("Replace all"), self.replace_all)
        back, on = button("↑", lambda: self.go(-1)), button("↓", lambda: self.go(1))
        back.setAccessibleName(self.tr("Previous match"))
        on.setAccessibleName(self.tr("Next match"))
        close = button("✕", self.put_away)
        close.setAccessibleName(self.tr("Close"))
        for small in (back, on, close):
            small.setProperty("flat", True)
            small.setMaximumWidth(36)
        self._replacing = (self.by, one, every)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (*self._options.values(), back, on, close):
            first.addWidget(widget)
        for replacing in (one, every):
            second.addWidget(replacing)
        second.addStretch()
        grid = QGridLayout(self)
        grid.setContentsMargins(32, 6, 32, 6)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.words, 0, 0)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self.by, 1, 0)
        grid.addLayout(second, 1, 1)
        grid.addWidget(self._count, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        in_order = (self.words, self.by, one, every, *self._options.values(), back, on, close)
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)

    def _pause_if_shown(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _look(self) -> None:
        if not self.isVisible():
            return
        try:
            text = self._editor.text()
            every = finding.matches(text, self.query)
            self._places = finding.replaceable(text, every) if self._is_replacing else every
            self._in_keys = len(every) - len(self._places)
        except DeskError as error:
            self._places, self._in_keys = [], 0
            self._mark()
            self._count.setText(str(error))
            return
        self._mark()
        self._say()

    def _say(self) -> None:
        here = self._editor.selection()
        if not self.words.text():
            self._count.clear()
        elif self._replaced[0] == self.query and self._replaced[1]:
            said = self.tr("{number} replaced. Ctrl+Z takes it back.").format(number=self._replaced[1])
            self._count.setText(f"{said} {self._keys_sentence()}".strip())
        elif not self._places and self._in_keys:
            self._count.setText(self.tr("Only in keys of sources and pictures, which stay."))
        elif not self._places:
            self._count.setText(self.tr("Not in the text."))
        elif here in self._places:
            number = self._places.index(here) + 1
            self._count.setText(self.tr("{number} of {all}").format(number=number, all=len(self._places)))
        else:
            said = self.tr("{all} found").format(all=len(self._places))
            self._count.setText(f"{said}. {self._keys_sentence()}" if self._in_keys else said)

    def _keys_sentence(self) -> str:
        return self.tr("Keys of sources and pictures stay.") if self._in_keys else ""

    def _change(self, places: list[tuple[int, int]]) -> int:
        try:
            changes = finding.replacements(self._editor.text(), self.query, self.by.text(), places)
        except DeskError as error:
            self._count.setText(str(error))
            return 0
        self._editor.change(changes)
        return len(changes)

    def _mark(self) -> None:
        at = self._editor.selection()[0]
        near = sorted(self._places, key=lambda place: abs(place[0] - at))[:_SHOWN]
        shape = QTextCharFormat()
        shape.setBackground(QColor(theme.colours().amber_tint))
        marks = []
        for cursor in self._editor.cursors(near):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = shape
            marks.append(mark)
        self._editor.mark("found", marks)
