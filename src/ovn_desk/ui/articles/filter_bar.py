"""What the list shows: words as one types, three chips for whose stories, and a menu for everything else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State
from ovn_desk.ui.articles.model import section_name
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.icons import icon
from ovn_desk.ui.widgets.steady import SteadyPushButton
from ovn_desk.usecases import article_list, queries, saved_searches
from ovn_desk.usecases.article_list import Group, ListFilter, Scope


class FilterBar(QWidget):
    """`value` is what is asked for; `changed` says that it is another, `typed` that only its words are."""

    changed = Signal()
    typed = Signal()
    save_wanted = Signal()
    forget_wanted = Signal(str)
    waiting_counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._value = ListFilter(scope=self._first_scope())
        self.field = QLineEdit(placeholderText=self.tr("Filter"))
        clearing = self.field.addAction(icon("x", "soft"), QLineEdit.ActionPosition.TrailingPosition)
        clearing.setToolTip(self.tr("Clear"))
        clearing.setVisible(False)
        clearing.triggered.connect(self.field.clear)
        self.field.textChanged.connect(lambda words: clearing.setVisible(bool(words)))
        self.field.setObjectName("filter")
        self.field.setAccessibleName(self.tr("Filter articles"))
        self.menu_button = QToolButton()
        self.menu_button.setObjectName("filter-menu")
        self.menu_button.setIcon(icon("filter", "soft"))
        self.menu_button.setIconSize(QSize(16, 16))
        self.menu_button.setProperty("flat", True)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu_button.setAccessibleName(self.tr("Filter by state, category, author or date; saved searches"))
        self.menu_button.setToolTip(self.menu_button.accessibleName())
        self.menu_button.clicked.connect(self.open_menu)
        self.chips = {scope: self._chip(scope) for scope in Scope}
        self._group = QButtonGroup(self)
        for chip in self.chips.values():
            self._group.addButton(chip)
        self._summary = QLabel()
        self._summary.setProperty("role", "soft")
        self._summary.setWordWrap(True)
        self._clear = QToolButton()
        self._clear.setIcon(icon("x", "soft"))
        self._clear.setProperty("flat", True)
        self._clear.setAccessibleName(self.tr("Clear the filter"))
        self._clear.setToolTip(self._clear.accessibleName())
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self.field.textChanged.connect(self._take_words)
        session.person_changed.connect(lambda: self.set_value(ListFilter(scope=self._first_scope())))
        self._show_value()

    @property
    def value(self) -> ListFilter:
        return self._value

    @property
    def is_narrow(self) -> bool:
        """Whether something is left out, but for whose stories they are."""
        return replace(self._value, scope=Scope.ALL) != ListFilter()

    def set_value(self, value: ListFilter) -> None:
        """Shows another filter, and says so where it is another."""
        if value == self._value:
            return
        self._value = value
        if self.field.text() != value.words:
            self.field.setText(value.words)
        self._show_value()
        self.changed.emit()

    def set_part(self, **changes: Any) -> None:
        """Changes one thing that is asked for."""
        self.set_value(replace(self._value, **changes))

    def clear(self) -> None:
        """Asks for nothing but whose stories; the keyboard stays in the filter."""
        if self._clear.hasFocus():
            self.field.setFocus()
        self.set_value(ListFilter(scope=self._value.scope))

    def show_waiting(self, number: int) -> None:
        """How many stories wait for whoever sits here."""
        self.waiting_counted.emit(number)
        chip = self.chips[Scope.FOR_ME]
        chip.setText(self.tr("For me {number}").format(number=f"{number:,}") if number else self.tr("For me"))

    def open_menu(self) -> None:
        """State, category, author and date, and the saved searches, below their button."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _first_scope(self) -> Scope:
        """A reporter begins with their own stories, an editor with everybody's."""
        return Scope.MINE if self._session.person.role is Role.REPORTER else Scope.ALL

    def _take_words(self, words: str) -> None:
        if words != self._value.words:
            self._value = replace(self._value, words=words)
            self.typed.emit()

    def _chip(self, scope: Scope) -> QPushButton:
        names = {Scope.MINE: self.tr("Mine"), Scope.FOR_ME: self.tr("For me"), Scope.ALL: self.tr("All")}
        said = {
            Scope.MINE: self.tr("Stories you write or review"),
            Scope.FOR_ME: self.tr("What waits for you"),
            Scope.ALL: self.tr("Every story"),
        }
        chip = SteadyPushButton(names[scope])
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setToolTip(said[scope])
        chip.clicked.connect(lambda _=False: self.set_part(scope=scope, is_discarded=False))
        return chip

    def _show_value(self) -> None:
        self.chips[self._value.scope].setChecked(True)
        text = " · ".join(self._choices_in_words())
        self._summary.setText(text)
        self._summary.setVisible(bool(text))
        self._clear.setVisible(bool(text))

    def _choices_in_words(self) -> list[str]:
        """What the menu's choices are now, in words."""
        value, house = self._value, self._session.house
        section = house.section(value.category) if value.category else None
        days = dict(self._days())
        names = queries.staff_names(self._session.store) if value.author else {}
        parts = [
            section_name(Group.DISCARDED) if value.is_discarded else "",
            _state_name(value.state) if value.state else "",
            section.name("en") if section else value.category,
            {str(one): name for one, name in names.items()}.get(value.author, value.author),
            days.get(value.days, "") if value.days else "",
        ]
        return [part for part in parts if part]

    def _days(self) -> list[tuple[int, str]]:
        return [
            (0, self.tr("Any time")),
            (1, self.tr("Last 24 hours")),
            (7, self.tr("Last 7 days")),
            (30, self.tr("Last 30 days")),
            (365, self.tr("Last 12 months")),
        ]

    def make_menu(self) -> QMenu:
        """What can be asked for, and is asked for now; the window owns it: a pane beside a web page can own no menu."""
        menu = QMenu(self.window())
        value, house, store = self._value, self._session.house, self._session.store
        states = [("", self.tr("Any state")), *((str(one), _state_name(one)) for one in article_list.ORDER)]
        self._add_choices(menu, self.tr("State"), states, value.state, lambda one: self._choose(state=one))
        categories = [("", self.tr("Any category")), *((one.key, one.name("en")) for one in house.categories)]
        self._add_choices(menu, self.tr("Category"), categories, value.category, lambda one: self._choose(category=one))
        people = [("", self.tr("Anybody")), *((str(one.id), one.name) for one in queries.active_staff(store))]
        self._add_choices(menu, self.tr("Written by"), people, value.author, lambda one: self._choose(author=one))
        self._add_choices(menu, self.tr("Changed"), self._days(), value.days, lambda one: self._choose(days=one))
        menu.addSeparator()
        discarded = menu.addAction(self.tr("Discarded drafts"))
        discarded.setCheckable(True)
        discarded.setChecked(value.is_discarded)
        discarded.triggered.connect(lambda on: self.set_value(ListFilter(value.scope, is_discarded=on)))
        clearing = menu.addAction(self.tr("Clear the filter"), self.clear)
        clearing.setEnabled(self.is_narrow)
        menu.addSeparator()
        self._add_saved_searches(menu)
        return menu

    def _choose(self, **changes: object) -> None:
        self.set_part(is_discarded=False, **changes)

    def _add_choices(
        self,
        parent: QMenu,
        title: str,
        choices: Sequence[tuple[Any, str]],
        now: object,
        choose: Callable[[Any], object],
    ) -> None:
        menu = parent.addMenu(title)
        group = QActionGroup(menu)
        for value, name in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _=False, given=value: choose(given))
            group.addAction(action)

    def _add_saved_searches(self, menu: QMenu) -> None:
        saved = saved_searches.saved_searches(self._session.store)
        for one in saved:
            action = menu.addAction(one.name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, given=one.filter: self.set_value(given))
        saving = menu.addAction(self.tr("Save this search…"))
        saving.triggered.connect(lambda _=False: self.save_wanted.emit())
        saving.setEnabled(self.is_narrow)
        if saved:
            forget = menu.addMenu(self.tr("Delete a saved search"))
            for one in saved:
                action = forget.addAction(one.name.replace("&", "&&"))
                action.triggered.connect(lambda _=False, given=one.name: self.forget_wanted.emit(given))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 4)
        column.setSpacing(8)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.field, 1)
        first.addWidget(self.menu_button)
        second.setSpacing(6)
        for chip in self.chips.values():
            second.addWidget(chip)
        second.addStretch()
        third.addWidget(self._summary, 1)
        third.addWidget(self._clear)
        for row in (first, second, third):
            column.addLayout(row)


def _state_name(state: str) -> str:
    return section_name(State(state))
