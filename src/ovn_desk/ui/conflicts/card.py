"""One thing that both sides changed: as it was, theirs and mine beside each other, and what stands."""

from dataclasses import fields, is_dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ovn_desk.text.changes import compare
from ovn_desk.text.merge import Choice, Conflict, Take
from ovn_desk.ui.widgets import change_markup, theme

_COLUMNS = ("base", "theirs", "mine")


class ConflictCard(QFrame):
    """Three columns and the answers below them; `decided` says that there is one, or another one."""

    decided = Signal()

    def __init__(self, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.conflict = conflict
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("The text as it should read"))
        self.text.setFixedHeight(110)
        self.text.textChanged.connect(self.decided)
        self.text.hide()
        self._group = QButtonGroup(self)
        self._answers: dict[QPushButton, Take | None] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        title = QLabel(" · ".join((change_markup.part_name(conflict.part), *conflict.key)))
        title.setProperty("role", "heading")
        grid.addWidget(title, 0, 0, 1, 3)
        names = {"base": self.tr("As it was"), "theirs": self.tr("Theirs"), "mine": self.tr("Mine")}
        for column, side in enumerate(_COLUMNS):
            name = QLabel(names[side])
            name.setProperty("role", "soft")
            words = QLabel(_side_html(conflict, side), wordWrap=True)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(f"{names[side]}: {change_markup.value_words(getattr(conflict, side))}")
            grid.addWidget(name, 1, column)
            grid.addWidget(words, 2, column)
            grid.setColumnStretch(column, 1)
        grid.addLayout(self._buttons(), 3, 0, 1, 3)
        grid.addWidget(self.text, 4, 0, 1, 3)

    @property
    def choice(self) -> Choice | None:
        """What was decided; None where nothing was."""
        button = self._group.checkedButton()
        if not isinstance(button, QPushButton):
            return None
        take = self._answers[button]
        return self.text.toPlainText() if take is None else take

    def choose(self, take: Take | None) -> None:
        """Takes a side, both, or opens the field to write in."""
        next(button for button, answer in self._answers.items() if answer is take).click()

    def _buttons(self) -> QHBoxLayout:
        answers: list[tuple[str, Take | None]] = [
            (self.tr("Take theirs"), Take.THEIRS),
            (self.tr("Take mine"), Take.MINE),
        ]
        if self.conflict.may_take_both:
            answers.append((self.tr("Both"), Take.BOTH))
        if self.conflict.may_be_written:
            answers.append((self.tr("Write…"), None))
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, take in answers:
            button = QPushButton(words)
            button.setCheckable(True)
            self._group.addButton(button)
            self._answers[button] = take
            button.clicked.connect(self._follow_choice)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _follow_choice(self) -> None:
        is_written = self.choice is not None and not isinstance(self.choice, Take)
        if is_written and not self.text.toPlainText():
            self.text.setPlainText(str(self.conflict.mine or self.conflict.theirs))
        self.text.setVisible(is_written)
        if is_written:
            self.text.setFocus()
        self.decided.emit()


def _side_html(conflict: Conflict, side: str) -> str:
    """A side's words, with what it changed marked; what is not there says so."""
    value: Any = getattr(conflict, side)
    if value is None or value == "":
        return (
            f'<i style="color:{theme.colours().soft}">{escape(QCoreApplication.translate("Deciding", "not there"))}</i>'
        )
    if isinstance(value, str) and isinstance(conflict.base, str) and side != "base":
        return change_markup.inline(compare(conflict.base, value))
    if isinstance(value, str):
        return change_markup.inline(compare(value, value))
    return _value_html(value, _differing(conflict))


def _differing(conflict: Conflict) -> list[str]:
    """Of things of a list: which of their parts are not the same in all three."""
    three = [value for value in (conflict.base, conflict.mine, conflict.theirs) if is_dataclass(value)]
    names = [part.name for part in fields(three[0])] if three else []
    return [name for name in names if any(getattr(one, name) != getattr(three[0], name) for one in three)]


def _value_html(value: Any, names: list[str]) -> str:
    if not names:
        return change_markup.value_words(value)
    lines = [
        f"{change_markup.part_name(name)}: {change_markup.value_words(getattr(value, name)) or '–'}" for name in names
    ]
    return f"<b>{change_markup.value_words(value)}</b><br>" + "<br>".join(lines)
