"""What stands in the way of filing or approval: at most five lines, each of them the link to its places."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.checklist import MOST_LINES, Line, Problem
from ovn_desk.domain.claim import Field
from ovn_desk.domain.levels import Level
from ovn_desk.ui.widgets.link_row import LinkRow

_MOST_PLACES = 30  # of a thousand, laying them out would hold the window for seconds; Evidence lists all
_MARKS = {
    Level.FILING: ("●", "red"),
    Level.APPROVAL: ("●", "amber"),
    Level.ADVICE: ("○", "soft"),
    None: ("✓", "accent"),
}


class ToSettle(QFrame):
    """A line goes to its first place, pressed again to the next; one of several places unfolds."""

    problem_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._number = QLabel()
        self._number.setProperty("chip", "warn")
        self.rows = [_Row() for _ in range(MOST_LINES)]
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 4, 2)
        top.addWidget(self._heading, 1)
        top.addWidget(self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        column.addLayout(top)
        for row in self.rows:
            row.hide()
            row.problem_wanted.connect(self.problem_wanted)
            column.addWidget(row)

    def show_lines(self, title: str, number: int, lines: tuple[Line, ...]) -> None:
        """Shows the lines under a title, and beside it how much is to be settled."""
        self._heading.setText(title)
        self._number.setText(self.tr("{number} to settle").format(number=number))
        self._number.setVisible(bool(number))
        for row, line in zip(self.rows, lines, strict=False):
            row.show_line(line)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(lines))

    def take_focus(self) -> None:
        """Takes the keyboard to the first line that leads anywhere."""
        links = [row.link for row in self.rows if row.isVisibleTo(self) and row.places]
        if links:
            links[0].setFocus(Qt.FocusReason.OtherFocusReason)


class _Row(QWidget):
    """One line, and when it is unfolded each of its places below it."""

    problem_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places: tuple[Problem, ...] = ()
        self._code, self._turn = "", 0
        self.link = LinkRow()
        self.link.clicked.connect(self._go_on)
        self.link.unfold_wanted.connect(self._unfold)
        self.fold = QToolButton()
        self.fold.setProperty("flat", True)
        self.fold.setProperty("small", True)
        self.fold.setFixedWidth(28)
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Right and Left do it
        self.fold.setAccessibleName(self.tr("Show each place"))
        self.fold.setToolTip(self.tr("Show each place"))
        self.fold.toggled.connect(self._show_places)
        self._list = QWidget()
        self._list.hide()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(20, 0, 0, 4)
        self._column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.link, 1)
        top.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._list)

    def show_line(self, line: Line) -> None:
        """The turn, and what is unfolded, stay while the line says the same thing."""
        if line.said.code != self._code:
            self._code, self._turn = line.said.code, 0
            self.fold.setChecked(False)
        is_other, self.places = line.problems != self.places, line.problems
        mark, role = _MARKS[line.level]
        words, place = str(line.said), f"({line.words})" if line.words else ""
        self.link.show_words(words[:1].upper() + words[1:], place, mark=mark, role=role)
        self.link.set_link(is_link=bool(self.places))
        self.fold.setVisible(len(self.places) > 1)
        if is_other or not self.fold.isChecked():
            self._show_places(is_shown=self.fold.isChecked())

    def _go_on(self) -> None:
        problem = self.places[self._turn % len(self.places)]
        self._turn += 1
        self.problem_wanted.emit(problem)

    def _unfold(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.fold.setChecked(is_wanted and len(self.places) > 1)

    def _say_place(self, problem: Problem) -> str:
        """Where a problem is: in a line of the text, or in the headline; nothing for what is about the whole story."""
        if problem.line:
            return self.tr("line {line}").format(line=problem.line)
        named = {Field.HEADLINE: self.tr("in the headline"), Field.STANDFIRST: self.tr("in the standfirst")}
        return named.get(problem.field, "") if problem.spot.start is not None else ""

    def _show_places(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.fold.setText("▾" if is_shown else "▸")
        self._list.setVisible(is_shown)
        while taken := self._column.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        if not is_shown:
            return
        before = self.link
        for problem in self.places[:_MOST_PLACES]:
            place = LinkRow()
            place.show_words(str(problem.spot.words or problem.message), self._say_place(problem))
            place.setToolTip(problem.message)
            place.clicked.connect(lambda _=False, one=problem: self.problem_wanted.emit(one))
            self._column.addWidget(place)
            place.show()  # at once: the next key may already go there
            QWidget.setTabOrder(before, place)
            before = place
        if more := len(self.places[_MOST_PLACES:]):
            rest = QLabel(self.tr("And {number} more, in the text and under Evidence.").format(number=more))
            rest.setWordWrap(True)
            rest.setProperty("role", "soft")
            self._column.addWidget(rest)
