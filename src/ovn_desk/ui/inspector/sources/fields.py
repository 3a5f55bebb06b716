"""The fields of a source: those of its kind in sight, two to a row, and all others under “More”."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.text import direction
from ovn_desk.ui.inspector.sources import kinds
from ovn_desk.ui.inspector.sources.kinds import KINDS, MORE, ROWS, Shape
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.line_completer import LineCompleter

LINES = ("name", "role", "outlet", "url", "medium", "published", "retrieved", "locator", "contact", "key")
_WIDE = ("note", "url")
_LINE_HEIGHT = 34
_NARROW = 380  # below it one field to a row


class _Grid(QWidget):
    """Rows of one or two labelled fields; where it is narrow each field has a row of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QWidget, ...]] = []
        self._is_narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def fill(self, rows: list[tuple[QWidget, ...]]) -> None:
        self._rows = rows
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < _NARROW) is not self._is_narrow:
            self._is_narrow = not self._is_narrow
            self._place()

    def _place(self) -> None:
        while self._grid.takeAt(0):
            pass
        place = 0
        for row in self._rows:
            is_split = len(row) == 2 and not self._is_narrow
            for number, field in enumerate(row):
                at = (place, number, 1, 1) if is_split else (place + number, 0, 1, 2)
                self._grid.addWidget(field, *at, Qt.AlignmentFlag.AlignTop)
                field.show()
            place += 1 if is_split else len(row)


class SourceFields(QWidget):
    """What is typed stays when the kind changes: a field only moves between what is in sight and “More”."""

    edited = Signal()
    entered = Signal()
    """Enter was pressed in a line."""
    named = Signal(str)
    """The name of an earlier source was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape = Shape.PERSON
        self.lines = {name: QLineEdit(placeholderText=kinds.hint(name)) for name in LINES}
        self.note = QPlainTextEdit(placeholderText=kinds.hint("note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(56)
        self.kind, self.language = Choice(), Choice()
        for code, words in (("", self.tr("Not said")), ("en", self.tr("English")), ("ur", self.tr("Urdu"))):
            self.language.addItem(words, code)
        self.independent = QCheckBox(self.tr("Independent of those it speaks about"))
        self.asked = QCheckBox(self.tr("They were asked for a reply"))
        self.asked.setToolTip(self.tr("Writes them down under Evidence, Right of reply"))
        self._labels: dict[str, QLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        inputs = {**self.lines, "note": self.note, "kind": self.kind, "language": self.language}
        for name, field in inputs.items():
            self._add_labelled(name, field)
        for line in self.lines.values():
            line.setFixedHeight(_LINE_HEIGHT)  # also in Urdu
        self.main, self.more = _Grid(), _Grid()
        for grid in (self.main, self.more):
            grid.setParent(self)
        self._names = QStringListModel(self)
        self._complete()
        self._connect()
        self.arrange(Shape.PERSON)

    def inputs(self) -> Iterator[QWidget]:
        """What can be typed into or chosen of what is always in sight, in its order."""
        yield from (self._input(name) for row in ROWS[self.shape] for name in row)

    def more_inputs(self) -> Iterator[QWidget]:
        """The same of what stands under “More”."""
        yield from (self._input(name) for row in self._more_rows() for name in row)
        yield from (self.independent, self.asked)

    def arrange(self, shape: Shape) -> None:
        """Shows the fields of a shape; none of them loses what stands in it."""
        self.shape = shape
        for name, label in self._labels.items():
            label.setText(kinds.label(shape, name))
            self._input(name).setAccessibleName(label.text())
        if self.kind.currentData() not in KINDS[shape]:
            self._offer_kinds(KINDS[shape][0])
        self.main.fill([tuple(self._boxes[name] for name in row) for row in ROWS[shape]])
        rows = [tuple(self._boxes[name] for name in row) for row in self._more_rows()]
        self.more.fill([*rows, (self.independent,), (self.asked,)])
        self.asked.setVisible(shape in {Shape.PERSON, Shape.OUTLET})

    def show_source(self, source: Source, *, is_asked: bool) -> None:
        """Fills every field; `is_asked`: a reply was asked of them already."""
        for name, field in self.lines.items():
            field.setText(getattr(source, name))
            field.setCursorPosition(0)  # the start of a long text is in sight
        self.note.setPlainText(source.note)
        place = self.language.findData(source.language)
        if place < 0:
            self.language.addItem(source.language, source.language)
            place = self.language.count() - 1
        self.language.setCurrentIndex(place)
        self._offer_kinds(source.kind)
        self.independent.setChecked(source.is_independent)
        self.asked.setChecked(is_asked)
        self.asked.setEnabled(not is_asked)
        self.arrange(kinds.shape_of(source))

    def source(self, start: Source) -> Source:
        """The source with what stands in the fields."""
        values: dict[str, Any] = {name: field.text().strip() for name, field in self.lines.items()}
        note = self.note.toPlainText().strip()
        return replace(
            start,
            **values,
            note=start.note if note == start.note.strip() else note,
            kind=SourceKind(self.kind.currentData()),
            language=str(self.language.currentData()),
            is_independent=self.independent.isChecked(),
        )

    def has_more(self) -> bool:
        """Whether anything stands in a field under “More”."""
        lines = [name for row in self._more_rows() for name in row if name in self.lines and name != "key"]
        is_said = any(self.lines[name].text().strip() for name in lines) or self.note.toPlainText().strip()
        return bool(is_said or not self.independent.isChecked())

    def offer_names(self, names: list[str]) -> None:
        """Names of earlier sources, found as one types."""
        self._names.setStringList(names)

    def _more_rows(self) -> list[tuple[str, ...]]:
        """What is not in sight, the short fields two to a row."""
        in_sight = {name for row in ROWS[self.shape] for name in row}
        rest = [name for name in MORE if name not in in_sight]
        short = [name for name in rest if name not in _WIDE]
        pairs = [tuple(short[place : place + 2]) for place in range(0, len(short), 2)]
        return [pairs[0], *((name,) for name in rest if name in _WIDE), *pairs[1:]]

    def _input(self, name: str) -> QWidget:
        special: dict[str, QWidget] = {"note": self.note, "kind": self.kind, "language": self.language}
        return self.lines.get(name) or special[name]

    def _add_labelled(self, name: str, field: QWidget) -> None:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = QLabel()
        label.setProperty("role", "label")
        label.setBuddy(field)
        field.setObjectName(f"source-{name}")
        field.setMinimumWidth(60)
        if isinstance(field, QComboBox):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column.addWidget(label)
        column.addWidget(field)
        self._labels[name], self._boxes[name] = label, box

    def _offer_kinds(self, chosen: SourceKind) -> None:
        family = next(family for family in KINDS.values() if chosen in family)
        self.kind.blockSignals(True)
        self.kind.clear()
        for kind in family:
            self.kind.addItem(kinds.kind_label(kind), kind)
        self.kind.setCurrentIndex(family.index(chosen))
        self.kind.blockSignals(False)

    def _complete(self) -> None:
        ways = [
            self.tr("by telephone"),
            self.tr("in person"),
            self.tr("by e-mail"),
            self.tr("by message"),
            self.tr("press conference"),
            self.tr("press note"),
            self.tr("statement"),
            self.tr("report"),
        ]
        for field, model in (("medium", QStringListModel(ways, self)), ("name", self._names)):
            suggestions = LineCompleter(model, self.lines[field])
            suggestions.setFilterMode(Qt.MatchFlag.MatchContains)
            if field == "name":
                suggestions.activated.connect(self.named)

    def _note_edit(self, field: QLineEdit) -> None:
        """Urdu is set in the face that has room in one line."""
        is_urdu = direction.language_of(field.text()) == "ur"
        if bool(field.property("urdu")) is not is_urdu:
            field.setProperty("urdu", is_urdu)
            field.setFont(theme.writing_font("ur", face="", pixels=10, is_naskh=True) if is_urdu else QFont())
        self.edited.emit()

    def _connect(self) -> None:
        for field in self.lines.values():
            field.textChanged.connect(lambda _, one=field: self._note_edit(one))
            field.returnPressed.connect(self.entered)
        self.note.textChanged.connect(self.edited)
        for choice in (self.kind, self.language):
            choice.currentIndexChanged.connect(lambda _: self.edited.emit())
        for box in (self.independent, self.asked):
            box.toggled.connect(lambda _: self.edited.emit())
