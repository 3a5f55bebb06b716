"""One thing that both sides changed: theirs and mine beside each other, and what stands."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QWidget

from ovn_desk.text.merge import Conflict, Take
from ovn_desk.ui.conflicts.sides import Side
from ovn_desk.ui.conflicts.wording import Wording
from ovn_desk.usecases.deciding import PendingChoice

_COLUMNS = (Take.THEIRS, Take.MINE)
_LEAST_LINES, _MOST_LINES = 3, 10


class ConflictCard(QFrame):
    """Two columns and the answers below them. By key: left and right take a side, B both, W begins one's own words."""

    chosen = Signal(object)
    """Another `PendingChoice` was made, by hand."""
    typed = Signal()
    """One's own words changed."""
    undo_wanted = Signal()
    step_wanted = Signal(int)
    """To the card below (1) or above (-1)."""
    next_wanted = Signal()

    def __init__(
        self, conflict: Conflict, wording: Wording, names: dict[Take, Side], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.conflict, self._wording, self._names = conflict, wording, names
        self._pending = PendingChoice()
        self.is_enabled = True
        self._columns = {take: _Column(take, self) for take in _COLUMNS}
        self._state = QLabel()
        self._note = QLabel(wordWrap=True)
        self._note.setProperty("role", "soft")
        self._note.hide()
        self.buttons: dict[Take | None, QPushButton] = {}
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setProperty("link", True)
        self.undo.clicked.connect(self.undo_choice)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("The text as it should read"))
        self.text.setPlaceholderText(self.tr("As it should read"))
        self.text.setTabChangesFocus(True)
        self.text.setObjectName("own-words")
        self.text.textChanged.connect(self._follow_text)
        self._lay_out()
        self._show()

    @property
    def pending(self) -> PendingChoice:
        """What is chosen, and what was typed."""
        return self._pending

    @property
    def is_decided(self) -> bool:
        return self._pending.choice is not None

    def show_choice(self, pending: PendingChoice, note: str = "") -> None:
        """Shows what was chosen before, without announcing it; `note` says what became of it meanwhile."""
        self._pending = pending
        if self.text.toPlainText() != pending.text:
            self.text.blockSignals(True)  # it was not typed now
            self.text.setPlainText(pending.text)
            self.text.blockSignals(False)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._show()

    def choose(self, take: Take | None) -> None:
        """Takes a side or both; None opens the field for one's own words."""
        if not self.is_enabled or take not in self.buttons:
            return
        text = self._pending.text
        if take is None and not text:
            text = str(self.conflict.mine or self.conflict.theirs)
        made = PendingChoice(take, is_written=take is None, text=text)
        if made != self._pending:
            self.chosen.emit(made)
        if take is None:
            self.text.setFocus()
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def undo_choice(self) -> None:
        """Nothing is chosen any more; what was typed is kept."""
        if self._pending.choice is not None or self._pending.is_written:
            self.chosen.emit(PendingChoice(text=self._pending.text))
            self.setFocus()

    def refresh_colours(self) -> None:
        self._show()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back a choice here, not a word of the text that is not in sight."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = event.matches(QKeySequence.StandardKey.Undo) or Qt.Key(event.key()) in self._keys
            if is_ours and self.hasFocus():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hasFocus():  # out of the field for one's own words
            if event.key() == Qt.Key.Key_Escape and self.text.hasFocus():
                self.setFocus()
                return
            super().keyPressEvent(event)
            return
        run = self._keys.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif run is not None:
            run()
        else:
            super().keyPressEvent(event)

    @cached_property
    def _keys(self) -> dict[Qt.Key, Callable[[], object]]:
        """What a key does while the card itself has the keyboard."""
        keys = Qt.Key
        write = partial(self.choose, None)
        return {
            keys.Key_Left: partial(self.choose, Take.THEIRS),
            keys.Key_Right: partial(self.choose, Take.MINE),
            keys.Key_B: partial(self.choose, Take.BOTH),
            keys.Key_W: write,
            keys.Key_Return: write,
            keys.Key_Enter: write,
            keys.Key_Delete: self.undo_choice,
            keys.Key_Backspace: self.undo_choice,
            keys.Key_Down: partial(self.step_wanted.emit, 1),
            keys.Key_Up: partial(self.step_wanted.emit, -1),
            keys.Key_N: self.next_wanted.emit,
        }

    def _follow_text(self) -> None:
        self._pending = PendingChoice(None, is_written=True, text=self.text.toPlainText())
        self._show_state()
        self._fit_text()
        self.typed.emit()

    def _show(self) -> None:
        take = self._pending.take
        for column in self._columns.values():
            is_faint = self.is_decided and take not in {column.take, Take.BOTH}
            side = self._names[column.take]
            column.show_words(self._wording, self.conflict, side, is_decided=self.is_decided, is_faint=is_faint)
            column.setToolTip(self._answer(column.take))
            column.mark(is_chosen=take in {column.take, Take.BOTH})
        for answer, button in self.buttons.items():
            is_chosen = self._pending.is_written if answer is None else take is answer
            button.setChecked(is_chosen)
            button.setEnabled(self.is_enabled)
        self.text.setVisible(self._pending.is_written)
        self.text.setReadOnly(not self.is_enabled)
        self._fit_text()
        self._show_state()

    def _show_state(self) -> None:
        said = self.tr("to decide")
        if self._pending.is_written:
            said = self.tr("your own words stand") if self.is_decided else self.tr("write how it should read")
        elif self._pending.take is Take.BOTH:
            said = self.tr("both stand")
        elif self._pending.take is not None:
            said = self.tr("{whose} stands").format(whose=self._names[self._pending.take].short)
            if self._wording.is_absent(self.conflict, self._pending.take.value):
                said = self.tr("left out")
        self._state.setText(said)
        tone = "calm" if self.is_decided else "bad"
        if self._state.property("chip") != tone:
            self._state.setProperty("chip", tone)
            self._state.style().unpolish(self._state)
            self._state.style().polish(self._state)
        self.undo.setVisible(self.is_decided and self.is_enabled)
        title = self._wording.title(self.conflict)
        self.setAccessibleName(f"{title}: {said}")
        self.setAccessibleDescription(
            "\n".join(
                f"{self._names[take].head}: {self._wording.plain(self.conflict, take.value)}" for take in _COLUMNS
            )
        )

    def _fit_text(self) -> None:
        """As high as the words are, up to ten lines."""
        lines = max(_LEAST_LINES, min(_MOST_LINES, round(self.text.document().size().height()) + 1))
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 16)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        title = QLabel(self._wording.title(self.conflict), wordWrap=True)
        title.setProperty("role", "heading")
        head.addWidget(title, 1)
        head.addWidget(self.undo)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._note, 1, 0, 1, 2)
        for place, column in enumerate(self._columns.values()):
            grid.addWidget(column, 2, place)
            grid.setColumnStretch(place, 1)
            column.clicked.connect(self._choose_column)
        grid.addLayout(self._answers(), 3, 0, 1, 2)
        grid.addWidget(self.text, 4, 0, 1, 2)

    def _choose_column(self, take: Take) -> None:
        self.choose(take)
        self.setFocus()

    def _answer(self, take: Take) -> str:
        """What taking a side is called; one that has nothing there is not taken."""
        is_absent = self._wording.is_absent(self.conflict, take.value)
        return self.tr("Leave it out") if is_absent else self._names[take].take

    def _answers(self) -> QHBoxLayout:
        answers: list[tuple[str, Take | None]] = [(self._answer(take), take) for take in _COLUMNS]
        if self.conflict.may_take_both:
            answers.append((self.tr("Both"), Take.BOTH))
        if self.conflict.may_be_written:
            answers.append((self.tr("My own words…"), None))
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, take in answers:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, take=take: self._press(take))
            self.buttons[take] = button
            row.addWidget(button)
        if self.conflict.may_take_both:
            order = self.tr("{first}, then {second}")
            first, second = (self._names[take].short for take in _COLUMNS)
            self.buttons[Take.BOTH].setToolTip(order.format(first=first, second=second))
        row.addStretch(1)
        return row

    def _press(self, take: Take | None) -> None:
        """A button; pressing the one that is chosen takes the choice back."""
        is_same = self._pending.is_written if take is None else self._pending.take is take
        if is_same:
            self.undo_choice()
        else:
            self.choose(take)
        self._show()


class _Column(QFrame):
    """One version's words; a click takes them."""

    clicked = Signal(object)

    def __init__(self, take: Take, parent: QWidget) -> None:
        super().__init__(parent)
        self.take = take
        self.setObjectName("version")
        self.words = QLabel(wordWrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumWidth(1)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 0)
        row.addWidget(self.words)

    def show_words(self, wording: Wording, conflict: Conflict, side: Side, *, is_decided: bool, is_faint: bool) -> None:
        """Shows what one chooses between with its changes marked, what is decided as it will be read."""
        self.words.setText(wording.side(conflict, self.take.value, is_marked=not is_decided, is_faint=is_faint))
        self.words.setAccessibleName(f"{side.head}: {wording.plain(conflict, self.take.value)}")

    def mark(self, *, is_chosen: bool) -> None:
        """With the mark of what stands, or without."""
        if self.property("chosen") != is_chosen:
            self.setProperty("chosen", is_chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self.take)
        else:
            super().mouseReleaseEvent(event)
