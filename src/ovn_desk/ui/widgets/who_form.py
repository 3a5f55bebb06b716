"""Who are you? The people of a newsroom to choose from, or a name that is not among them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.usecases import join_requests

_PERSON = Qt.ItemDataRole.UserRole
_ROWS = 9
_EDGES = 14  # pixels: its frame, and the air in it


class _People(QListWidget):
    """A list in which the keyboard alone chooses nobody: Qt has the first one current as soon as it is entered."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_move = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End}
        if is_move and not self.selectedItems():
            is_last = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_End}
            self.setCurrentRow(self.count() - 1 if is_last else 0)
            return
        super().keyPressEvent(event)


class WhoForm(QWidget):
    """Nobody is chosen at first but whom a file names; `changed` when somebody else is."""

    changed = Signal()
    chosen = Signal()
    """Enter, or a double click, on who it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invited = ""
        self._names: set[str] = set()
        self._chiefs: set[str] = set()
        self.people = _People()
        self.people.setObjectName("who")
        self.people.setAccessibleName(self.tr("The people of the newsroom"))
        self.people.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name = QLineEdit(placeholderText=self.tr("Your name, as in a byline"))
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.setMaxLength(join_requests.LONGEST_NAME)
        self.words = QLineEdit(placeholderText=self.tr("The twelve words of the recovery key, if you have them"))
        self.words.setAccessibleName(self.tr("The recovery key"))
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.people)
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addWidget(self.about)
        column.addStretch(1)
        self.people.itemSelectionChanged.connect(self._show)
        self.people.itemActivated.connect(lambda _: self._go_on())
        self.name.textChanged.connect(lambda _: self.changed.emit())
        for field in (self.name, self.words):
            field.returnPressed.connect(self._go_on)

    def show_people(self, people: Sequence[Staff], *, preset: str, invited: str = "", is_closed: bool = False) -> None:
        """The people, with the one chosen whom the file names; whoever is `invited` is let in at once.

        With `is_closed` it can be nobody who is not among them.
        """
        self._invited = invited
        self._names = {one.name.casefold() for one in people}
        self._chiefs = {one.id for one in people if one.role is Role.CHIEF}
        self.people.blockSignals(True)
        self.people.clear()
        for one in sorted(people, key=lambda one: one.name.casefold()):
            item = QListWidgetItem(f"{one.name} · {one.role}")
            item.setData(_PERSON, one)
            self.people.addItem(item)
            if one.id == preset:
                self.people.setCurrentItem(item)
        if not is_closed:
            self.people.addItem(QListWidgetItem(self.tr("I am not on this list")))
        self.people.blockSignals(False)
        self.people.ensurePolished()
        rows, policy = min(self.people.count(), _ROWS), Qt.ScrollBarPolicy
        is_whole = self.people.count() <= _ROWS
        self.people.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_whole else policy.ScrollBarAsNeeded)
        self.people.setFixedHeight(rows * self.people.sizeHintForRow(0) + _EDGES)
        self._show()

    @property
    def is_new(self) -> bool:
        """Whether a name is to be typed that is not on the list."""
        return any(item.data(_PERSON) is None for item in self.people.selectedItems())

    @property
    def is_invited(self) -> bool:
        """Whether the invitation is for whoever is chosen."""
        person = self._person
        return person is not None and person.id == self._invited

    @property
    def recovery_words(self) -> str:
        """The words of the recovery key, where a chief typed them, who is let in by them at once."""
        return self.words.text().strip() if self._is_chief_without_invitation else ""

    @property
    def _is_chief_without_invitation(self) -> bool:
        return self._person is not None and self._person.id in self._chiefs and not self.is_invited

    @property
    def is_answered(self) -> bool:
        """Whether it is said who it is."""
        return self._person is not None or (self.is_new and bool(self.name.text().strip()))

    @property
    def shown_name(self) -> str:
        """Of whoever is chosen, or as it is typed; empty where nobody is."""
        return self._person.name if self._person else " ".join(self.name.text().split()) if self.is_new else ""

    def person(self) -> Staff:
        """Whoever was chosen, or a newcomer by the name that was typed; raises DeskError for none."""
        if self._person is not None:
            return self._person
        newcomer = join_requests.newcomer(self.name.text() if self.is_new else "")
        if newcomer.name.casefold() in self._names:
            said = self.tr("{name} is on the list. If that is you, choose it there; if not, add what tells you apart.")
            raise DeskError(said.format(name=newcomer.name))
        return newcomer

    def focus(self) -> None:
        """The keyboard to what is to be answered first."""
        (self.name if self.is_new else self.people).setFocus()

    @property
    def _person(self) -> Staff | None:
        found = (item.data(_PERSON) for item in self.people.selectedItems())
        return next((one for one in found if isinstance(one, Staff)), None)

    def _show(self) -> None:
        person = self._person
        self.name.setVisible(self.is_new)
        self.words.setVisible(self._is_chief_without_invitation)
        if person is not None and self.is_invited:
            said = self.tr("The invitation is for {name}: you are let in at once.").format(name=person.name)
        elif person is not None and person.role is Role.CHIEF:
            said = self.tr(
                "{name} is a chief. The twelve words on the newsroom's paper let this computer in at once; without "
                "them another chief has to, by a number you read to them."
            )
            if self._chiefs == {person.id}:
                said = self.tr(
                    "{name} is the only chief. The twelve words on the newsroom's paper let this computer in at once; "
                    "without them only {name}'s other computer can."
                )
            said = said.format(name=person.name)
        elif person is not None or self.is_new:
            said = self.tr(
                "A chief has to let you in: their desk asks them, and you read a number to them by telephone. You can "
                "write until then."
            )
        else:
            said = self.tr("Choose your name. What you write here stands under it.")
        self.about.setText(said)
        self.changed.emit()

    def _go_on(self) -> None:
        if self.is_new and not self.name.text().strip():
            self.name.setFocus()
        elif self.is_answered:
            self.chosen.emit()
